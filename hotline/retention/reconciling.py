"""The reconciler: lists what a carrier still holds of us, and so proves what is gone.

Three things come out of it. What should be gone and is there is deleted once more. What was said to be gone and is not there is
proven, and its last trace here goes. What never reached us (our house was down) is left where it is: nobody has it but the carrier;
people are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from hotline.carriers.carrier import Carrier
from hotline.carriers.leftovers import Holds, Leftover, Leftovers
from hotline.db import write
from hotline.retention.carrier_copies import add_copy, age, order_wipe
from hotline.retention.tables import CarrierCheck, CarrierCopy, CopyKind, CopyState
from hotline.threads.kit import Kit
from hotline.threads.seen import was_seen
from hotline.threads.tables import Call, Message, PromptTake, Recording

_MARGIN = timedelta(hours=1)  # for what is being deleted just now, and for clocks that differ
_IN_HAND = timedelta(days=1)
_PIECE = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at a line gave: see `CarrierCheck`."""

    line: str
    left: int
    missed: int
    proven: int
    whole: bool


def reconcile(engine: Engine, kit: Kit, carriers: Mapping[str, Carrier], now: datetime) -> tuple[Seen, ...]:
    """Look at every line's carrier. Raises `CarrierError` when one cannot be asked."""
    return tuple(_one_line(engine, kit, line, carrier, now) for line, carrier in carriers.items())


def last_checks(tx: Session) -> tuple[CarrierCheck, ...]:
    """The newest look at each line."""
    newest: dict[str, CarrierCheck] = {}
    for check in tx.scalars(select(CarrierCheck).order_by(CarrierCheck.at)):
        newest[check.line] = check
    return tuple(newest.values())


def _one_line(engine: Engine, kit: Kit, line: str, carrier: Carrier, now: datetime) -> Seen:
    before = now - age(kit) - _MARGIN
    listed = carrier.leftovers(before)
    left = missed = 0
    for piece in _pieces(listed.found):
        with write(engine) as tx:
            for one in piece:
                left_here, missed_here = _judge(tx, kit, line, one, now)
                left, missed = left + left_here, missed + missed_here
    with write(engine) as tx:
        proven = _prove(tx, line, listed, before)
        tx.execute(delete(CarrierCheck).where(CarrierCheck.at < now - timedelta(days=90)))
        tx.add(
            CarrierCheck(
                id=kit.ids.new(), line=line, left=left, missed=missed, proven=proven, whole=listed.whole, at=now
            )
        )  # fmt: skip
    return Seen(line, left, missed, proven, listed.whole)


def _judge(tx: Session, kit: Kit, line: str, one: Leftover, now: datetime) -> tuple[int, int]:
    """One thing that is there: (1, 0) when it should be gone, (0, 1) when it never reached us, (0, 0) while it is in hand."""
    kind = CopyKind(one.holds.value)
    copy = tx.scalar(select(CarrierCopy).where(CarrierCopy.kind == kind, CarrierCopy.sid == one.sid))
    if copy is not None:
        in_hand = copy.state == CopyState.DUE and copy.due_at > now - _IN_HAND
        if copy.state in (CopyState.GONE, CopyState.STUCK):
            order_wipe(tx, kit, copy, now)
        return int(not in_hand), 0
    if not _ours(tx, kit, one):
        return 0, int(one.inbound)
    message = None
    if kind is CopyKind.RECORDING:
        message = tx.scalar(select(Message.id).where(Message.recording == one.sid))
    add_copy(tx, kit, kind, one.sid, line, now, due_at=now, message_id=message)
    return 1, 0


def _ours(tx: Session, kit: Kit, one: Leftover) -> bool:
    """Whether we hold it, or held it: only then may the carrier's copy go."""
    match one.holds:
        case Holds.TEXT:
            return not one.inbound or was_seen(tx, kit, one.sid)
        case Holds.CALL:
            known = tx.get(Call, one.sid) is not None or was_seen(tx, kit, f"call:{one.sid}:0::")
            return not one.inbound or known
        case Holds.RECORDING:
            sealed = select(Recording.message_id).join(Message, Message.id == Recording.message_id)
            spoken = select(PromptTake.id).where(
                PromptTake.recording == one.sid, PromptTake.state != "spoken"
            )
            return (
                tx.scalar(sealed.where(Message.recording == one.sid)) is not None
                or tx.scalar(spoken) is not None
            )


def _prove(tx: Session, line: str, listed: Leftovers, before: datetime) -> int:
    """Copies that were deleted before the span of the list, and are not on it: the carrier holds them no more."""
    if not listed.whole:
        return 0
    there = {(one.holds.value, one.sid) for one in listed.found}
    gone = tx.scalars(
        select(CarrierCopy).where(
            CarrierCopy.line == line, CarrierCopy.state == CopyState.GONE, CarrierCopy.gone_at <= before
        )
    ).all()
    proven = [copy.id for copy in gone if (copy.kind, copy.sid) not in there]
    for piece in (proven[at : at + _PIECE] for at in range(0, len(proven), _PIECE)):
        tx.execute(delete(CarrierCopy).where(CarrierCopy.id.in_(piece)))
    return len(proven)


def _pieces(found: Sequence[Leftover]) -> Iterator[Sequence[Leftover]]:
    return (found[at : at + _PIECE] for at in range(0, len(found), _PIECE))
