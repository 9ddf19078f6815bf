"""Words to who helps and about who helps: read from their phones, written by the worker.

    4821 1    yes          4821 2    cannot       4821 3    on the way
    4821 4    there        4821 5    done         4821 61   the police lead (62 child protection, 63 clinic, 64 shelter, 65 advocate)

The code may be left out where exactly one thing is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.directory_tables import DirectoryEntry, DirectoryPhone
from hotline.alerts.helper_tables import Helper, HelperState
from hotline.alerts.helpers import declines, helpers_of_phone, moves, names_lead
from hotline.alerts.phones import language_of, text_line
from hotline.alerts.tables import Alert
from hotline.oncall.directory import RESPONDERS, Kind
from hotline.standards.fold import tokens
from hotline.threads.kit import Kit
from hotline.threads.outbox import Priority
from hotline.threads.sending import queue_text

_STATES = {
    "1": HelperState.ACCEPTED,
    "3": HelperState.ON_WAY,
    "4": HelperState.THERE,
    "5": HelperState.DONE,
}
_CANNOT, _LEAD = "2", "6"


def helper_text(tx: Session, kit: Kit, number_index: bytes, text: str, now: datetime) -> str | None:
    """The answer to a text from a phone of the directory whose owner is asked or helps; None where it is not about that."""
    theirs = helpers_of_phone(tx, number_index, now)
    words = tokens(text)
    if not theirs or not words or not all(word.isdecimal() for word in words):
        return None
    code, said = (
        (words[0][:4], words[0][4:] + "".join(words[1:])) if len(words[0]) >= 4 else ("", "".join(words))
    )
    meant = [one for one in theirs if one.code == code] if code else list(theirs)
    locale = _language(tx, kit, theirs[0])
    if len(meant) != 1:
        return kit.book.say("helper.which", locale, codes=", ".join(one.code for one in theirs))
    return _act(tx, kit, meant[0], said, locale, now)


def _act(tx: Session, kit: Kit, helper: Helper, said: str, locale: str, now: datetime) -> str:
    if said == _CANNOT:
        declines(tx, kit, helper, "reply", now)
        return kit.book.say("helper.passed", locale, code=helper.code)
    if said in _STATES:
        moves(tx, kit, helper, _STATES[said], now)
        return _answer(kit, helper, locale)
    place = int(said[1:]) if len(said) == 2 and said[0] == _LEAD else 0
    if 1 <= place <= len(RESPONDERS) and helper.kind == Kind.TIPS:
        moves(tx, kit, helper, HelperState.ACCEPTED, now)
        if helper.state != HelperState.NO:
            names_lead(tx, kit, helper, RESPONDERS[place - 1], now)
        return _answer(kit, helper, locale)
    return kit.book.say("helper.how", locale, code=helper.code)


def _answer(kit: Kit, helper: Helper, locale: str) -> str:
    """Noted; or somebody else said yes before."""
    wording = "helper.over" if helper.state == HelperState.NO else "helper.noted"
    return kit.book.say(wording, locale, code=helper.code)


def words_to_helper(tx: Session, kit: Kit, helper: Helper, *, asked: bool) -> str | None:
    """What a helper is written: that they are asked, or how to say how far they are. None for a landline."""
    phone = tx.get(DirectoryPhone, helper.phone_id)
    if phone is None or phone.landline:
        return None
    locale = _language(tx, kit, helper)
    wording = "helper.asked" if asked else "helper.lead" if helper.kind == Kind.TIPS else "helper.how"
    return kit.book.as_sent(kit.book.say(wording, locale, code=helper.code), locale)


def write_told(tx: Session, kit: Kit, payload: Mapping[str, str], now: datetime) -> None:
    """Who asked learns by text how far somebody is, or that nobody is left to be asked."""
    helper = tx.get(Helper, payload["helper"])
    alert = tx.get(Alert, helper.alert_id) if helper is not None and helper.alert_id else None
    if helper is None or alert is None:
        return
    locale = language_of(tx, kit, payload["staff"])
    text = kit.book.say(
        f"helper.told_{helper.state}",
        locale,
        code=alert.code,
        kind=kit.book.say(f"helper.kind_{helper.kind}", locale),
    )
    queue_text(
        tx, kit, kit.book.as_sent(text, locale), now,
        line=text_line(kit), priority=Priority.NOTICE, staff_id=payload["staff"],
    )  # fmt: skip


def _language(tx: Session, kit: Kit, helper: Helper) -> str:
    entry = tx.get(DirectoryEntry, helper.entry_id)
    return entry.language if entry is not None else kit.settings.deployment.languages[0]
