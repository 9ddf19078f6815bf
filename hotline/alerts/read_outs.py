"""The read-out of an alert: what was told, made ready by the worker for one call of who took the alert.

The process that answers calls holds no key to messages. When the PIN was right it orders a read-out; the worker opens the
copies of what was told (`hotline.threads.copies`) and leaves them here, in flight, for that call alone. It is gone when the
call ends, with the outcome, and after two hours whatever happens.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.alerts.tables import ReadOut, ReadOutSound
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority

LONGEST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something said (`text`, in the voice of `locale`) or played (`sound`, the id of a recording)."""

    locale: str
    text: str = ""
    sound: str = ""


Part = tuple[Piece, ...]
"""What is heard in one go, until the next key."""


def order_read_out(tx: Session, kit: Kit, alert_id: str, staff_id: str, call_sid: str, now: datetime) -> None:
    """Order what was told up to now for this call; one that was made before is gone."""
    destroy_for_call(tx, call_sid)
    read_out = ReadOut(
        call_sid=call_sid, id=kit.ids.token(), alert_id=alert_id, staff_id=staff_id, ordered_at=now
    )
    tx.add(read_out)
    tx.flush()
    outbox.order(
        tx, kit.ids, DeedKind.READ_OUT, f"read_out:{read_out.id}", {"read_out": read_out.id}, now,
        priority=Priority.FIRST_PAGE,
    )  # fmt: skip


def read_out_of(tx: Session, call_sid: str) -> ReadOut | None:
    """The read-out of a call, ready or not."""
    return tx.get(ReadOut, call_sid)


def put_parts(kit: Kit, read_out: ReadOut, parts: tuple[Part, ...]) -> None:
    """It is ready."""
    rows = [[[piece.locale, piece.text, piece.sound] for piece in part] for part in parts]
    read_out.parts_sealed = kit.sealer.seal_flight(read_out.id, json.dumps(rows, ensure_ascii=False).encode())


def parts_of(kit: Kit, read_out: ReadOut) -> tuple[Part, ...]:
    """What is heard, part by part; () while it is not ready."""
    if read_out.parts_sealed is None:
        return ()
    opened = kit.sealer.flying(read_out.id, read_out.parts_sealed)
    rows = json.loads(opened) if opened is not None else []
    return tuple(tuple(Piece(*piece) for piece in part) for part in rows)


def add_sound(tx: Session, kit: Kit, read_out: ReadOut, media: bytes) -> str:
    """A recording of the read-out; gives its id."""
    sound = kit.ids.token()
    tx.add(ReadOutSound(id=sound, call_sid=read_out.call_sid, sealed=kit.sealer.seal_flight(sound, media)))
    tx.flush()
    return sound


def sound_of(tx: Session, kit: Kit, sound: str) -> bytes | None:
    """The recording of that id, while its call lasts."""
    found = tx.get(ReadOutSound, sound)
    return kit.sealer.flying(found.id, found.sealed) if found is not None else None


def keep_reply(tx: Session, kit: Kit, call_sid: str, key: str, body: str) -> bool:
    """Keep the document of a turn (`key`) for its repeat, where the call has a read-out, and nowhere else: it may hold words.
    False where it has none. A carrier repeats the last turn alone, so one is kept."""
    read_out = tx.get(ReadOut, call_sid)
    if read_out is None:
        return False
    read_out.reply_sealed = kit.sealer.seal_flight(read_out.id, json.dumps([key, body]).encode())
    return True


def reply_of(tx: Session, kit: Kit, call_sid: str, key: str) -> str | None:
    """The document of that turn, while its call lasts."""
    read_out = tx.get(ReadOut, call_sid)
    if read_out is None or read_out.reply_sealed is None:
        return None
    opened = kit.sealer.flying(read_out.id, read_out.reply_sealed)
    if opened is None:
        return None
    kept, body = json.loads(opened)
    return str(body) if kept == key else None


def destroy_for_call(tx: Session, call_sid: str) -> None:
    """The call is over, or asks anew."""
    _destroy(tx, [call_sid])


def destroy_for_alert(tx: Session, alert_id: str) -> None:
    """The alert has its outcome."""
    _destroy(tx, list(tx.scalars(select(ReadOut.call_sid).where(ReadOut.alert_id == alert_id))))


def destroy_old(tx: Session, now: datetime) -> None:
    """Those of calls whose end nobody told."""
    _destroy(tx, list(tx.scalars(select(ReadOut.call_sid).where(ReadOut.ordered_at <= now - LONGEST))))


def _destroy(tx: Session, calls: list[str]) -> None:
    if calls:
        tx.execute(delete(ReadOutSound).where(ReadOutSound.call_sid.in_(calls)))
        tx.execute(delete(ReadOut).where(ReadOut.call_sid.in_(calls)))
