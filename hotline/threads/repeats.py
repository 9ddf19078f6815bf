"""A loop guard: the same text never goes to a public phone more than five times in five minutes.

Two machines that answer each other, or a child with the phone, would otherwise fill it with one sentence. Texts are
compared by a keyed hash bound to the contact, for the words themselves are sealed. Worked example, with 5 in 5 minutes:
"Is it safe for you to write now?" went at 12:00, 12:01, 12:02, 12:03 and 12:04; at 12:04:30 there is silence, at 12:05:01
it may go again. Officers and staff are exempt: their texts bear no hash.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hotline.threads.kit import Kit
from hotline.threads.tables import Direction, Message, Thread

_PURPOSE = "text"


def mark(kit: Kit, message: Message, text: str) -> None:
    """Make a text to the public one that counts."""
    if message.contact_id is not None:
        message.text_index = _index(kit, message.contact_id, text)


def too_often(tx: Session, kit: Kit, contact_id: str, text: str, now: datetime) -> bool:
    """Whether this text was given to this contact as often as it may be; the caller holds the contact's row."""
    return _count(tx, kit, contact_id, _index(kit, contact_id, text), Message.at >= now - _window(kit))


def leaves_too_often(tx: Session, kit: Kit, message: Message, now: datetime) -> bool:
    """The same when a text leaves late: after a carrier was away, what waited must not come all at once."""
    if message.contact_id is None or message.text_index is None:
        return False
    return _count(tx, kit, message.contact_id, message.text_index, Message.sent_at >= now - _window(kit))


def fall_silent(thread: Thread, now: datetime) -> None:
    """What happens instead of the text: the thread is shown to a person, once."""
    if thread.fell_silent_at is None:
        thread.fell_silent_at = now
        thread.wants_person = True


def _count(tx: Session, kit: Kit, contact_id: str, index: bytes, when: ColumnElement[bool]) -> bool:
    found = tx.scalar(
        select(func.count()).where(
            Message.contact_id == contact_id,
            Message.text_index == index,
            Message.direction == Direction.OUT,
            when,
        )
    )
    return (found or 0) >= kit.settings.deployment.timings.same_text_times


def _window(kit: Kit) -> timedelta:
    return timedelta(minutes=kit.settings.deployment.timings.same_text_minutes)


def _index(kit: Kit, contact_id: str, text: str) -> bytes:
    return kit.sealer.index(f"{contact_id}:{' '.join(text.split())}", _PURPOSE)
