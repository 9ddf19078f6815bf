"""What no class of a thread reaches: calls without a word, contacts without a thread, texts to staff, deeds that were done."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from hotline.access.tables import Joining, JoinTry
from hotline.deployment import Retention
from hotline.retention.anonymity import forget_contact
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind
from hotline.threads.tables import Call, Contact, Deed, DeedState, Message, Thread

# Deeds about contacts and staff phones, whose keys and payloads name messages, calls and recordings; after the time in which
# a webhook is repeated nobody orders them again. What the rota has told is remembered by its deeds, and stays.
_OF_PEOPLE = tuple(
    kind.value
    for kind in (
        DeedKind.SEND, DeedKind.RING, DeedKind.HANG_UP, DeedKind.CALL_STATE, DeedKind.BRIDGE, DeedKind.SUBMIT,
        DeedKind.SUPERVISOR, DeedKind.FETCH, DeedKind.LET_GO, DeedKind.READ_OUT, DeedKind.RING_BACK,
        DeedKind.FORWARD, DeedKind.NOTICE,
    )
)  # fmt: skip


def clear_leavings(tx: Session, kit: Kit, now: datetime, limit: int) -> int:
    """Delete up to `limit` of each; gives how many went."""
    days = kit.settings.deployment.retention
    silent = now - timedelta(days=days.silent_days)
    calls = tx.scalars(
        select(Call.sid).where(Call.thread_id.is_(None), Call.begun_at < silent).limit(limit)
    ).all()
    tx.execute(delete(Call).where(Call.sid.in_(calls)))
    texts = _texts_of_no_thread(tx, days, now, limit)
    tries = tx.scalars(select(JoinTry.id).where(JoinTry.at < silent).limit(limit)).all()
    tx.execute(delete(JoinTry).where(JoinTry.id.in_(tries)))
    replayed = now - 2 * timedelta(hours=kit.settings.deployment.timings.replay_hours)
    deeds = tx.scalars(
        select(Deed.id)
        .where(
            Deed.kind.in_((*_OF_PEOPLE, DeedKind.WIPE.value)),
            Deed.state.in_((DeedState.DONE, DeedState.DROPPED)),
            Deed.done_at < replayed,
        )
        .limit(limit)
    ).all()
    tx.execute(delete(Deed).where(Deed.id.in_(deeds)))
    tx.flush()
    return len(calls) + texts + len(tries) + len(deeds) + _contacts(tx, kit, silent, now, limit)


def _texts_of_no_thread(tx: Session, days: Retention, now: datetime, limit: int) -> int:
    """Texts to staff and to officers lose their words first: when a page left, the figures of its month ask for later."""
    of_none = (Message.thread_id.is_(None), func.length(Message.body_sealed) > 0)
    worded = tx.scalars(
        select(Message.id).where(*of_none, Message.at < now - timedelta(days=days.message_days)).limit(limit)
    ).all()
    tx.execute(update(Message).where(Message.id.in_(worded)).values(body_sealed=b"", text_index=None))
    rows = tx.scalars(
        select(Message.id)
        .where(Message.thread_id.is_(None), Message.at < now - timedelta(days=days.tip_days))
        .limit(limit)
    ).all()
    tx.execute(delete(Message).where(Message.id.in_(rows)))
    return len(worded) + len(rows)


def _contacts(tx: Session, kit: Kit, before: datetime, now: datetime, limit: int) -> int:
    found = tx.scalars(
        select(Contact)
        .where(
            Contact.created_at < before,
            ~exists().where(Thread.contact_id == Contact.id),
            ~exists().where(Message.contact_id == Contact.id),
            ~exists().where(Joining.contact_id == Contact.id),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for contact in found:
        forget_contact(tx, kit, contact, now)
    return len(found)
