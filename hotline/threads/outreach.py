"""Whether and what may be written to a contact: the one place that decides (DESIGN 3 and 4).

The phone may be in the wrong hands. So a person writes only in a thread that is theirs, only after a text of the contact,
never after STOP or "not safe"; at first one neutral line, within 24 hours of the last text; more while the contact writes
back. Worked example: their text at 12:00, our line at 12:05, a second at 12:10 is refused; they write at 12:20, now lines at
12:21 and 12:24 are let through; at 12:40 (more than 15 minutes of silence) it is one line again, and that was written.

A registered officer is exempt from all but two rules: the thread is one's own, and STOP is STOP.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.answers.sheet import Status
from hotline.conversation.state import Stage
from hotline.threads import repeats
from hotline.threads.conversations import load, running
from hotline.threads.kit import Kit
from hotline.threads.outbox import Priority
from hotline.threads.sending import MACHINE, queue_text
from hotline.threads.tables import Contact, Direction, Message, Thread, ThreadState
from hotline.vault.sealing import Unsealable
from hotline.wording.discretion import Discretion, Finding
from hotline.wording.segments import size

OFFICER = "officer"
_LONGEST = 1600  # characters: what carriers take as one text
_NEUTRAL_SEGMENTS = 1
_FREE_SEGMENTS = 3
# Here it is not known, or known not to be so, that writing is safe.
_NOT_KNOWN_SAFE = frozenset((Stage.LANGUAGE, Stage.SAFE, Stage.SAFE_AGAIN, Stage.UNSAFE))


class Ground(StrEnum):
    """What a text to the contact rests on."""

    NEUTRAL = "neutral"  # one neutral line within 24 hours of their last text
    EXCHANGE = "exchange"  # they answered a person and are there
    OFFICER = "officer"


class Refusal(StrEnum):
    """Why a text may not be written."""

    CLOSED = "closed"
    NOT_TAKEN = "not_taken"
    NOT_YOURS = "not_yours"
    STOPPED = "stopped"
    UNSAFE = "unsafe"
    NO_NUMBER = "no_number"
    NEVER_WROTE = "never_wrote"
    TOO_LATE = "too_late"
    WRITTEN = "written"  # the one line was written; they have not answered
    NO_LINE = "no_line"  # the line they wrote to cannot send
    EMPTY = "empty"
    TOO_LONG = "too_long"
    REPEATED = "repeated"  # the same text went as often as it may
    TELLS = "tells"  # words in it give the service away


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a text may go: `refusals` is empty then, and `ground` says why. `findings` are the words that tell,
    `segments` and `most_segments` the text's size and what it may have; `line` is the line that will send it."""

    ground: Ground | None
    refusals: tuple[Refusal, ...]
    findings: tuple[Finding, ...] = ()
    segments: int = 0
    most_segments: int = 0
    line: str = ""

    @property
    def allowed(self) -> bool:
        return not self.refusals


def decide(
    tx: Session,
    kit: Kit,
    discretion: Discretion,
    thread_id: str,
    staff_id: str,
    now: datetime,
    text: str | None = None,
    names: Iterable[str] = (),
) -> Decision:
    """Whether this member of staff may write to the thread's contact now, and this `text` (None: no text yet).

    `names` are those held in the thread's records and on the staff list. Changes nothing.
    """
    thread = tx.get(Thread, thread_id)
    if thread is None or thread.state != ThreadState.OPEN:
        return Decision(None, (Refusal.CLOSED,))
    contact = tx.get(Contact, thread.contact_id) if thread.contact_id else None
    officer = thread.speaker == OFFICER
    refusals = list(_always(thread, contact, staff_id))
    line = _line(tx, kit, thread)
    if not line:
        refusals.append(Refusal.NO_LINE)
    if officer:
        ground: Ground | None = Ground.OFFICER
    else:
        ground, more = _ground(tx, kit, thread, now)
        refusals += more
    findings: tuple[Finding, ...] = ()
    units, most = 0, _FREE_SEGMENTS if ground is Ground.EXCHANGE else _NEUTRAL_SEGMENTS
    if text is not None:
        text = as_sent(kit, thread, text)
        units = size(text).segments
        if not text.strip():
            refusals.append(Refusal.EMPTY)
        if len(text) > _LONGEST or (units > most and not officer):
            refusals.append(Refusal.TOO_LONG)
        if not officer:
            if contact is not None and repeats.too_often(tx, kit, contact.id, text, now):
                refusals.append(Refusal.REPEATED)
            allow = kit.settings.deployment.emergency_numbers if _said_safe(tx, kit, thread, now) else ()
            findings = discretion.findings(text, names=names, allow_numbers=allow)
            if findings:
                refusals.append(Refusal.TELLS)
    return Decision(None if refusals else ground, tuple(refusals), findings, units, most, line)


def write_to_contact(
    tx: Session,
    kit: Kit,
    discretion: Discretion,
    thread_id: str,
    staff_id: str,
    text: str,
    now: datetime,
    names: Iterable[str] = (),
) -> Decision:
    """Decide, and when it may be, queue the text as written by this member of staff. The caller holds the thread's row
    (`db.lock_row`), so that two lines at one instant do not both count as the first."""
    decision = decide(tx, kit, discretion, thread_id, staff_id, now, text, names)
    thread = tx.get(Thread, thread_id)
    if decision.allowed and thread is not None:
        queue_text(
            tx,
            kit,
            as_sent(kit, thread, text),
            now,
            line=decision.line,
            priority=Priority.ANSWER,
            thread_id=thread.id,
            contact_id=thread.contact_id,
            by=staff_id,
            public=thread.speaker != OFFICER,
        )
        thread.waiting_since = None
        note(tx, kit.ids, Act.ANSWER, now, by=staff_id, about=thread_id)
    return decision


def as_sent(kit: Kit, thread: Thread, text: str) -> str:
    """The text as it travels: curly quotes and the like made plain, accents as the thread's language allows."""
    return kit.book.as_sent(text, thread.language or "").strip()


def _always(thread: Thread, contact: Contact | None, staff_id: str) -> Iterable[Refusal]:
    """What holds for everybody, officers included."""
    if thread.taken_by is None:
        yield Refusal.NOT_TAKEN
    elif thread.taken_by != staff_id:
        yield Refusal.NOT_YOURS
    if contact is None or contact.number_sealed is None:
        yield Refusal.NO_NUMBER
    elif contact.stopped:
        yield Refusal.STOPPED


def _ground(tx: Session, kit: Kit, thread: Thread, now: datetime) -> tuple[Ground | None, list[Refusal]]:
    """What a text to the public rests on. A live contact preference will be a further ground, asked for here."""
    if thread.unsafe:
        return None, [Refusal.UNSAFE]
    timings = kit.settings.deployment.timings
    last_in = _newest(tx, thread, Message.direction == Direction.IN, Message.channel == "sms")
    if last_in is None:
        return None, [Refusal.NEVER_WROTE]
    by_person = (Message.direction == Direction.OUT, Message.by != MACHINE)
    first_line = tx.scalar(select(func.min(Message.at)).where(Message.thread_id == thread.id, *by_person))
    answered = first_line is not None and last_in > first_line
    if answered and now - last_in <= timedelta(minutes=timings.silence_minutes):
        return Ground.EXCHANGE, []
    if now - last_in > timedelta(hours=timings.neutral_line_hours):
        return None, [Refusal.TOO_LATE]
    last_line = _newest(tx, thread, *by_person)
    if last_line is not None and last_line >= last_in:
        return None, [Refusal.WRITTEN]
    return Ground.NEUTRAL, []


def _newest(tx: Session, thread: Thread, *which: object) -> datetime | None:
    return tx.scalar(
        select(Message.at)
        .where(Message.thread_id == thread.id, *which)  # type: ignore[arg-type]
        .order_by(Message.at.desc())
        .limit(1)
    )


def _line(tx: Session, kit: Kit, thread: Thread) -> str:
    """The line they last wrote to, when it can send: a text from a number they do not know would be a surprise."""
    wrote_to = tx.scalar(
        select(Message.line)
        .where(Message.thread_id == thread.id, Message.direction == Direction.IN, Message.channel == "sms")
        .order_by(Message.at.desc())
        .limit(1)
    )
    lines = kit.settings.deployment.lines
    return next((line.id for line in lines if line.id == (wrote_to or thread.line) and line.sms_out), "")


def _said_safe(tx: Session, kit: Kit, thread: Thread, now: datetime) -> bool:
    """Whether they said that writing is safe, and not longer ago than a silence."""
    conversation = running(tx, thread.id)
    if conversation is None:
        return False
    try:
        state = load(kit, conversation)
    except (Unsealable, ValueError):
        return False
    given = state.sheet.get("safe_now")
    if given is None or given.status is not Status.ANSWERED or given.value != "yes":
        return False
    silence = timedelta(minutes=kit.settings.deployment.timings.silence_minutes)
    return state.stage not in _NOT_KNOWN_SAFE and now.timestamp() - state.last <= silence.total_seconds()
