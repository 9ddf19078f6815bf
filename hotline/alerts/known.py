"""What is known of a contact in short, for who took the alert: place, language, whether it is safe, whether they may be rung.
From what they answered in the conversations in flight; nothing is known of what nobody answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from hotline.answers.sheet import Given, Status
from hotline.conversation.state import State
from hotline.forms.definition import Kind
from hotline.standards.places import Gazetteer
from hotline.threads import conversations
from hotline.threads.kit import Kit
from hotline.threads.outreach import OFFICER
from hotline.threads.tables import Contact, Thread
from hotline.vault.sealing import Unsealable

_NOW = "current_location"  # where they are comes before where it happened
_SAFE, _PREFERENCE = "safe_now", "contact_preference"
_MAY_RING = ("ring", "either")


class Safe(StrEnum):
    """What was said of writing to this phone."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    STOPPED = "stopped"


class MayRing(StrEnum):
    """Whether this phone may be rung."""

    YES = "yes"
    NO = "no"  # they said so
    UNKNOWN = "unknown"  # nobody said anything
    UNSAFE = "unsafe"
    STOPPED = "stopped"
    NO_NUMBER = "no_number"


@dataclass(frozen=True, slots=True)
class Known:
    """`place` and `language` in words, "" where not known; `words_in` is the locale that their words are read in. `officer`
    says that a registered officer wrote it: of them no safety is asked."""

    place: str
    language: str
    words_in: str
    safe: Safe
    ring: MayRing
    officer: bool


def known_of(tx: Session, kit: Kit, thread: Thread, locale: str) -> Known:
    """What is known of the contact of a thread, in the words of `locale`."""
    states = _states(tx, kit, thread)
    spoken = thread.language or next((state.locale for state in states if state.locale), "")
    contact = tx.get(Contact, thread.contact_id) if thread.contact_id else None
    language = kit.book.languages.by_locale.get(spoken)
    return Known(
        _place(kit, states, locale),
        kit.book.text(language.name, locale) if language else spoken,
        spoken or kit.settings.deployment.languages[0],
        _safe(thread, contact, states),
        _may_ring(thread, contact, states),
        thread.speaker == OFFICER,
    )


def may_ring(tx: Session, kit: Kit, thread: Thread) -> MayRing:
    """Whether who took the alert may ring the contact: only where they said so, and nothing speaks against it (DESIGN 3)."""
    contact = tx.get(Contact, thread.contact_id) if thread.contact_id else None
    return _may_ring(thread, contact, _states(tx, kit, thread))


def _states(tx: Session, kit: Kit, thread: Thread) -> Sequence[State]:
    """The conversations in flight, the latest first."""
    found = []
    for conversation in conversations.all_running(tx, thread.id):
        try:
            found.append(conversations.load(kit, conversation))
        except (Unsealable, ValueError):
            continue
    return found


def _safe(thread: Thread, contact: Contact | None, states: Sequence[State]) -> Safe:
    if contact is not None and contact.stopped:
        return Safe.STOPPED
    if thread.unsafe:
        return Safe.NO
    given = _newest(states, _SAFE)
    if given is None or given.status is not Status.ANSWERED:
        return Safe.UNKNOWN
    return Safe.YES if given.value == "yes" else Safe.NO


def _may_ring(thread: Thread, contact: Contact | None, states: Sequence[State]) -> MayRing:
    if contact is None or contact.number_sealed is None:
        return MayRing.NO_NUMBER
    if contact.stopped:
        return MayRing.STOPPED
    if thread.speaker == OFFICER:
        return MayRing.YES  # officers are exempt (DESIGN 3)
    if _safe(thread, contact, states) is Safe.NO:
        return MayRing.UNSAFE
    given = _newest(states, _PREFERENCE)
    if given is None or given.status is not Status.ANSWERED:
        return MayRing.UNKNOWN
    return MayRing.YES if given.value in _MAY_RING else MayRing.NO


def _newest(states: Sequence[State], field: str) -> Given | None:
    """The answer given last, over all conversations."""
    given = [state.sheet[field] for state in states if field in state.sheet]
    return max(given, key=lambda one: one.at, default=None)


def _place(kit: Kit, states: Sequence[State], locale: str) -> str:
    """The place in words: where they are, else where it happened; as it was said where it is not coded."""
    fields = [
        _NOW,
        *(item.name for form in kit.book.forms.values() for item in form.items if item.kind is Kind.PLACE),
    ]
    for field in dict.fromkeys(fields):
        given = _newest(states, field)
        if given is None or given.status not in (Status.ANSWERED, Status.PENDING):
            continue
        if words := _in_words(kit, given, locale):
            return words
    return ""


def _in_words(kit: Kit, given: Given, locale: str) -> str:
    value = given.value if isinstance(given.value, dict) else {}
    district = value.get("district")
    country = value.get("country")
    abroad = country if country != kit.settings.deployment.country else None
    named = [
        value.get("community"),
        Gazetteer.shared().district_name(district) if district else None,
        kit.book.languages.countries.name(abroad, locale) if abroad else None,
    ]
    return ", ".join(dict.fromkeys(one for one in named if one)) or given.said.strip()
