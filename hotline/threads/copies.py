"""What a contact told, sealed for the worker besides, so that who takes an alert can hear it by phone.

Messages are sealed to the readers of records, whom a phone call has none of. The copy is sealed to a key of the thread that the
worker alone can open, and is kept no longer than it may be wanted: until the alert's outcome; two days where nothing
alarmed. Then the key is destroyed too, so that no copy opens from a backup either.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.threads.kit import Kit
from hotline.threads.tables import Message, WorkerCopy
from hotline.vault.compartments import doom
from hotline.vault.roles import FOR_WORKER

_OWNER = "copy:"  # before the message's id: the blob opens in this row alone


def keep_words(tx: Session, kit: Kit, message: Message, text: str) -> None:
    """Keep the words of a message of a thread, or of a member of staff's own (which has none: nothing is kept)."""
    if message.thread_id is not None and text.strip():
        _keep(tx, kit, message, text.encode(), sound=False)


def keep_sound(tx: Session, kit: Kit, message: Message, media: bytes) -> None:
    """Keep the recording of a message, while its words may still be wanted."""
    if message.thread_id is not None and tx.get(WorkerCopy, message.id) is None:
        _keep(tx, kit, message, media, sound=True)


def copies_of(tx: Session, thread_id: str) -> tuple[tuple[Message, WorkerCopy | None], ...]:
    """What the contact of a thread told, oldest first, each with its copy (None where it is kept no more)."""
    rows = tx.execute(
        select(Message, WorkerCopy)
        .outerjoin(WorkerCopy, WorkerCopy.message_id == Message.id)
        .where(Message.thread_id == thread_id, Message.direction == "in")
        .order_by(Message.at, Message.id)
    )
    return tuple((message, copy) for message, copy in rows)


def owner(message_id: str) -> str:
    """Under which name a copy is sealed."""
    return f"{_OWNER}{message_id}"


def drop_copies(tx: Session, thread_id: str, now: datetime) -> None:
    """The alert has its outcome: nobody hears this by phone any more."""
    tx.execute(delete(WorkerCopy).where(WorkerCopy.thread_id == thread_id))
    doom(tx, thread_id, now, FOR_WORKER)


def expire_copies(tx: Session, kit: Kit, now: datetime, in_alarm: frozenset[str]) -> None:
    """Drop what is older than the replay of a webhook, but for the threads `in_alarm`."""
    before = now - timedelta(hours=kit.settings.deployment.timings.replay_hours)
    old = select(WorkerCopy.message_id, WorkerCopy.thread_id).where(WorkerCopy.at <= before)
    if in_alarm:
        old = old.where(WorkerCopy.thread_id.not_in(in_alarm))
    found = tx.execute(old).all()
    if not found:
        return
    tx.execute(delete(WorkerCopy).where(WorkerCopy.message_id.in_([message for message, _ in found])))
    threads = {thread for _, thread in found}
    kept = set(tx.scalars(select(WorkerCopy.thread_id).where(WorkerCopy.thread_id.in_(threads))))
    for thread_id in sorted(threads - kept):
        doom(tx, thread_id, now, FOR_WORKER)


def _keep(tx: Session, kit: Kit, message: Message, data: bytes, *, sound: bool) -> None:
    tx.flush()
    if message.thread_id is None:
        return
    sealed = kit.sealer.seal_to_worker(tx, message.thread_id, owner(message.id), data)
    tx.add(
        WorkerCopy(
            message_id=message.id, thread_id=message.thread_id, sealed=sealed, sound=sound, at=message.at
        )
    )
