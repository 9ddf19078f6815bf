"""What lies at the carrier of us, and when it is to be gone: texts of contacts, our replies, pages, recordings, calls.

A copy gets a row when it is old enough (`carrier_copy_hours`), with a deed that deletes it (`worker.wiping`). The carrier's ids
are kept no longer than their copies: with the proof that one is gone its id goes here too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from hotline.alerts.tables import Alert, RingBack
from hotline.retention.tables import CarrierCopy, CopyKind, CopyState
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.tables import Call, Message

GONE = "gone"
"""What stands in a message's `recording` once the carrier's copy is gone: that it is one, and no id that leads anywhere."""
_SMS = "sms"
_PURPOSE = "media"


def age(kit: Kit) -> timedelta:
    """How long a copy may lie at the carrier."""
    return timedelta(hours=kit.settings.deployment.retention.carrier_copy_hours)


def add_copy(
    tx: Session, kit: Kit, kind: CopyKind, sid: str, line: str, now: datetime, *, due_at: datetime,
    message_id: str | None = None, media: bytes | None = None,
) -> CarrierCopy:  # fmt: skip
    """Note a copy and order its deletion, once. `media`: the sound that was sealed, for the comparison before it goes."""
    copy = tx.scalar(select(CarrierCopy).where(CarrierCopy.kind == kind, CarrierCopy.sid == sid))
    if copy is not None:
        return copy
    copy = CarrierCopy(
        id=kit.ids.new(), kind=kind.value, sid=sid, line=line, message_id=message_id,
        size=None if media is None else len(media),
        digest=None if media is None else digest(kit, media),
        state=CopyState.DUE.value, due_at=due_at,
    )  # fmt: skip
    tx.add(copy)
    tx.flush()
    order_wipe(tx, kit, copy, now)
    return copy


def order_wipe(tx: Session, kit: Kit, copy: CarrierCopy, now: datetime) -> None:
    """Order the deletion when it is due; of one that was given up, once a day more."""
    key = f"wipe:{copy.id}" if copy.state == CopyState.DUE else f"wipe:{copy.id}:{now:%Y%m%d}"
    copy.state = CopyState.DUE.value
    outbox.order(
        tx, kit.ids, DeedKind.WIPE, key, {"copy": copy.id}, now,
        due_at=max(copy.due_at, now), priority=Priority.CLEARING,
    )  # fmt: skip


def recording_sealed(tx: Session, kit: Kit, message: Message, media: bytes, now: datetime) -> None:
    """The sound of a recording was fetched and sealed: its copy at the carrier is to go."""
    if message.recording and message.recording != GONE:
        add_copy(
            tx, kit, CopyKind.RECORDING, message.recording, message.line, now,
            due_at=message.at + age(kit), message_id=message.id, media=media,
        )  # fmt: skip


def texts_forgotten(tx: Session, kit: Kit, messages: Iterable[Message], now: datetime) -> None:
    """Messages that are deleted here at once, on the person's wish: their copies go at once too."""
    for message in messages:
        if message.sid and message.channel == _SMS:
            add_copy(tx, kit, CopyKind.TEXT, message.sid, message.line, now, due_at=now)


def collect(tx: Session, kit: Kit, now: datetime, limit: int) -> int:
    """Note the texts and calls that are old enough; gives how many there were."""
    before = now - age(kit)
    noted = exists().where(CarrierCopy.kind == CopyKind.TEXT, CarrierCopy.sid == Message.sid)
    texts = tx.scalars(
        select(Message)
        .where(Message.sid.is_not(None), Message.channel == _SMS, Message.at <= before, ~noted)
        .order_by(Message.at)
        .limit(limit)
    ).all()
    for message in texts:
        add_copy(
            tx, kit, CopyKind.TEXT, str(message.sid), message.line, now, due_at=now, message_id=message.id
        )
    noted = exists().where(CarrierCopy.kind == CopyKind.CALL, CarrierCopy.sid == Call.sid)
    calls = tx.scalars(
        select(Call).where(Call.begun_at <= before, ~noted).order_by(Call.begun_at).limit(limit)
    ).all()
    for call in calls:
        add_copy(tx, kit, CopyKind.CALL, call.sid, call.line, now, due_at=now)
    return len(texts) + len(calls)


def is_gone(tx: Session, copy: CarrierCopy, now: datetime) -> None:
    """The carrier deleted it: our rows lose its id. A call's row, of which nothing else is needed after a day, goes whole."""
    copy.state, copy.gone_at, copy.error = CopyState.GONE.value, now, ""
    match CopyKind(copy.kind):
        case CopyKind.TEXT:
            tx.execute(update(Message).where(Message.sid == copy.sid).values(sid=None))
        case CopyKind.RECORDING:
            tx.execute(update(Message).where(Message.recording == copy.sid).values(recording=GONE))
        case CopyKind.CALL:
            _call_is_gone(tx, copy.sid)


def _call_is_gone(tx: Session, sid: str) -> None:
    call = tx.get(Call, sid)
    if call is not None and call.thread_id is not None:
        turns = update(Message).where(Message.thread_id == call.thread_id, Message.channel == "voice")
        tx.execute(turns.where(Message.sid.startswith(f"{sid}:", autoescape=True)).values(sid=None))
    tx.execute(update(Alert).where(Alert.live_call == sid).values(live_call=None))
    tx.execute(update(RingBack).where(RingBack.sid == sid).values(sid=None))
    tx.execute(delete(Call).where(Call.sid == sid))


def digest(kit: Kit, media: bytes) -> bytes:
    """A keyed hash of a sound: the same for the same sound, and worth nothing without the key."""
    return kit.sealer.index(hashlib.sha256(media).hexdigest(), _PURPOSE)
