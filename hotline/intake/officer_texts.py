"""Officers' words beside their reports (DESIGN, "Who speaks when one phone is several people"). They make no thread, no
conversation and no record, and wait in no queue.

A registered phone is answered whatever it asks. An unregistered one may join with a right code, and ask for a report of
its own; anything else it sends takes the public road, as if these words did not exist. Where a machine must be silent
("not safe", STOP), it is. A text that tells of danger is no officer's word: only practice of a registered phone is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from hotline.access.officers import confirm
from hotline.access.tables import Officer
from hotline.conversation.inbound import Inbound
from hotline.conversation.officer import starts_report
from hotline.conversation.officer_words import (
    AsksSigns,
    AsksStanding,
    IsStill,
    Joins,
    OfficerWord,
    Practises,
    is_danger,
    practise,
)
from hotline.conversation.turn import Facts
from hotline.intake.desk import Desk
from hotline.intake.joining import answer, join
from hotline.records.standing import standing_of
from hotline.threads.contacts import open_thread
from hotline.threads.outbox import Priority
from hotline.threads.sending import queue_text
from hotline.threads.tables import Contact

_BETWEEN = timedelta(seconds=3)  # so that the lines of the signs come in their order


@dataclass(frozen=True, slots=True)
class Spoken:
    """An officer's word was taken; `text` is the answer, None for silence."""

    text: str | None


def officer_text(
    tx: Session, desk: Desk, inbound: Inbound, contact: Contact, officer: Officer | None, facts: Facts
) -> Spoken | None:
    """Take the text as an officer's word; None when it is none."""
    if not inbound.sender or inbound.carrier_word is not None:
        return None
    word = desk.officer_words.read(inbound.text, desk.kit.book)
    if is_danger(inbound.text, facts) and not (officer is not None and isinstance(word, Practises)):
        return None
    if officer is None:
        thread = open_thread(tx, contact)
        if thread is not None and (thread.unsafe or thread.taken_by is not None):
            return None
    spoken = _take(tx, desk, inbound, contact, officer, facts, word)
    return Spoken(None) if spoken is not None and contact.stopped else spoken


def _take(
    tx: Session,
    desk: Desk,
    inbound: Inbound,
    contact: Contact,
    officer: Officer | None,
    facts: Facts,
    word: OfficerWord | None,
) -> Spoken | None:
    book, locale, now = desk.kit.book, facts.language or facts.languages[0], inbound.at
    match word:
        case Joins():
            return Spoken(join(tx, desk, inbound.sender, contact, officer, word, now).text)
        case AsksStanding(reference=reference):
            standing = standing_of(tx, desk.kit, contact.id, reference)
            if standing is None and officer is None:
                return None
            key = f"officer.st_{standing.value}" if standing else "officer.st_unknown"
            return Spoken(book.say(key, locale, reference=reference))
        case Practises(report=report) if officer is not None:
            return Spoken(practise(book, report, inbound, facts, desk.greetings))
        case AsksSigns() if officer is not None:
            return Spoken(_signs(tx, desk, inbound, contact, locale))
        case IsStill() if officer is not None and officer.asked_at is not None:
            confirm(officer, now)
            return Spoken(book.say("officer.confirmed", locale))
        case None if not starts_report(inbound.text, book):
            joined = answer(tx, desk, inbound.sender, inbound.text, now)
            return Spoken(joined.text) if joined is not None else None
        case _:
            return None


def _signs(tx: Session, desk: Desk, inbound: Inbound, contact: Contact, locale: str) -> str:
    """The signs, one text a line: the first is the answer, the others follow."""
    book = desk.kit.book
    keys = [key for key in book.wordings if key.startswith("signs.")]
    lines = [f"{number}/{len(keys)} {book.say(key, locale)}" for number, key in enumerate(keys, start=1)]
    for number, line in enumerate(lines[1:], start=1):
        queue_text(
            tx, desk.kit, line, inbound.at,
            line=inbound.line, priority=Priority.ANSWER, contact_id=contact.id, due_at=inbound.at + number * _BETWEEN,
        )  # fmt: skip
    return lines[0]
