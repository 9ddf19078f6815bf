"""The outbox: deeds ordered inside a transaction, done after it by the worker (DESIGN, the way of a message, 4).

The database is the truth; Redis only rings a bell. A deed is leased, done outside any transaction, and marked done in a
new one. A worker that dies leaves a lease that runs out, and the deed is done again: every deed must bear that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from hotline.now import Ids
from hotline.threads.tables import Deed, DeedState

LEASE = timedelta(seconds=20)
"""How long a deed is in hand: longer than one request to a carrier may take (5 s to connect, 10 s to answer), so that a
second worker never repeats one that is still under way; and short, since a page waits so long for a worker that died."""
_DOUBTS = "doubts"


class DeedKind(StrEnum):
    """What the worker can do."""

    SEND = "send"  # a text: {"message": id}
    RING = "ring"  # a page call: {"page": id}
    HANG_UP = "hang_up"  # {"call": sid}
    CALL_STATE = "call_state"  # is that call over? {"page": id, "call": sid} (hotline.alerts.silent_calls)
    BRIDGE = "bridge"  # bring a waiting caller into the conference: {"call": sid, "alert": id}
    NOTICE = "notice"  # words to staff that name a colleague: {"alert": id, "staff": id, "what": kind} (hotline.alerts.notices)
    SUBMIT = "submit"  # a finished conversation becomes a record: {"conversation": id}
    REGISTER = "register"  # a phone that joined in a training becomes an officer: {"joining": id}
    SUPERVISOR = (
        "supervisor"  # reference and date to the agency's supervisor: {"conversation": id, "officer": id}
    )
    FETCH = "fetch"  # a recording from the carrier: {"message": id}
    TAKE = "take"  # a prompt that staff spoke, from the carrier: {"take": id}
    KEEP = "keep"  # the same becomes a clip: {"take": id}
    CHECK_PHONE = (
        "check_phone"  # a code to a phone that is to be proven: {"check": id} (hotline.alerts.phone_checks)
    )
    RING_HELPER = (
        "ring_helper"  # a call to somebody of the directory: {"helper": id} (hotline.alerts.helpers)
    )
    HELPER_TEXT = "helper_text"  # words to somebody of the directory: {"helper": id, "what": kind} (hotline.alerts.helpers)
    HELPER_TOLD = "helper_told"  # the same to who asked for them: {"helper": id, "staff": id} (hotline.alerts.helper_texts)
    LET_GO = "let_go"  # the caller goes on alone after a conference: {"call": sid} (hotline.alerts.joining)
    ROTA_TEXT = "rota_text"  # words of the rota: {"what": kind, "staff": id, ids and times} (hotline.alerts.rota.notices)
    FEED = "feed"  # read the rota's calendar: {"feed": id}
    READ_OUT = (
        "read_out"  # what was told, for one call of who took it: {"read_out": id} (hotline.alerts.read_aloud)
    )
    RING_BACK = (
        "ring_back"  # a call to a contact, for who took the alert: {"back": id} (hotline.alerts.ring_backs)
    )
    FORWARD = "forward"  # words of who took it to the contact: {"message": id, "alert": id} (hotline.alerts.forwarding)
    DRILL_RING = "drill_ring"  # a practice call: {"person": id} (hotline.watch)
    PROBE = "probe"  # a probe's turn at the worker: {"probe": id} (hotline.watch)
    WIPE = "wipe"  # a copy at the carrier is to go: {"copy": id} (hotline.retention.carrier_copies)
    RECONCILE = "reconcile"  # what do the carriers still hold of us? {} (hotline.retention.reconciling)
    KEEPING = "keeping"  # words to the leader: {"what": kind, "number": count} (hotline.retention.notices)
    GLASS = "glass"  # words to who confirms that a case was read in an emergency: {"glass": id} (hotline.alerts.glass)
    PIN_LOCKED = "pin_locked"  # words to the coordinator: {"staff": id} (hotline.alerts.pin_locked)


class Priority:
    """The order of what is due, since a line sends one segment and dials one call a second."""

    FIRST_PAGE = 0
    PAGE = 1
    ANSWER = 2
    NOTICE = 3
    LATER = 5
    CLEARING = 9
    NOTHING = 100  # a bound: all others go before it


@dataclass(frozen=True, slots=True)
class Leased:
    """A deed in hand since `leased_at`: `attempts` counts this try too. `doubts` counts the tries of which nobody knows
    whether they were done: the worker died, or the carrier's answer was lost."""

    id: str
    kind: DeedKind
    payload: Mapping[str, str]
    attempts: int
    ordered_at: datetime
    key: str
    priority: int
    leased_at: datetime
    doubts: int


def order(
    tx: Session,
    ids: Ids,
    kind: DeedKind,
    key: str,
    payload: Mapping[str, str],
    now: datetime,
    *,
    due_at: datetime | None = None,
    priority: int = Priority.LATER,
) -> None:
    """Order a deed. `key` names the deed itself ("send:<message id>"): a second order of the same does nothing."""
    if tx.scalar(select(Deed.id).where(Deed.key == key)) is not None:
        return
    tx.add(
        Deed(
            id=ids.new(),
            kind=kind.value,
            key=key,
            payload=json.dumps(dict(payload)),
            priority=priority,
            due_at=due_at or now,
            ordered_at=now,
        )
    )
    tx.flush()


def lease(
    tx: Session, now: datetime, limit: int = 20, *, before: int = Priority.NOTHING
) -> tuple[Leased, ...]:
    """Take up to `limit` due deeds in hand, the most urgent first; of those alone that go `before` a priority."""
    due = (
        select(Deed)
        .where(_due(now, before))
        .order_by(Deed.priority, Deed.due_at, Deed.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(_in_hand(deed, now) for deed in tx.scalars(due))


def waits(tx: Session, now: datetime, before: int) -> bool:
    """Whether something is due that goes `before` a priority."""
    return tx.scalar(select(Deed.id).where(_due(now, before)).limit(1)) is not None


def hold(tx: Session, deed: Leased, now: datetime) -> bool:
    """Keep a deed in hand for another lease. False when it is ours no more: it was dropped, or the lease ran out and another
    worker has it."""
    ours = tx.scalar(
        select(Deed)
        .where(Deed.id == deed.id, Deed.state == DeedState.PENDING, Deed.attempts == deed.attempts)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if ours is None:
        return False
    ours.leased_until = now + LEASE
    tx.flush()
    return True


def _due(now: datetime, before: int) -> ColumnElement[bool]:
    return and_(
        Deed.state == DeedState.PENDING,
        Deed.due_at <= now,
        Deed.priority < before,
        or_(Deed.leased_until.is_(None), Deed.leased_until <= now),
    )


def _in_hand(deed: Deed, now: datetime) -> Leased:
    payload = json.loads(deed.payload)
    doubts = int(payload.get(_DOUBTS, 0))
    if deed.leased_until is not None:  # whoever had it gave no word: it died, or is too slow
        doubts += 1
        deed.payload = json.dumps(payload | {_DOUBTS: doubts})
    deed.leased_until = now + LEASE
    deed.attempts += 1
    return Leased(
        deed.id, DeedKind(deed.kind), payload, deed.attempts, deed.ordered_at, deed.key, deed.priority, now, doubts
    )  # fmt: skip


def finish(tx: Session, deed_id: str, now: datetime) -> None:
    """The deed is done."""
    _close(tx, deed_id, DeedState.DONE, now, "")


def give_up(tx: Session, deed_id: str, now: datetime, error: str) -> None:
    """The deed cannot be done; `error` is a code or a class name, never content."""
    _close(tx, deed_id, DeedState.FAILED, now, error)


def postpone(tx: Session, deed_id: str, until: datetime, error: str, *, doubt: bool = False) -> None:
    """Try the deed again at `until`; with a `doubt` when nobody knows whether it was done."""
    deed = tx.get(Deed, deed_id)
    if deed is None:
        return
    deed.due_at, deed.leased_until, deed.error = until, None, error[:120]
    if doubt:
        payload = json.loads(deed.payload)
        deed.payload = json.dumps(payload | {_DOUBTS: int(payload.get(_DOUBTS, 0)) + 1})
    tx.flush()


def put_back(tx: Session, deed: Leased, until: datetime, now: datetime) -> None:
    """The deed was not begun: it is due again at `until`, and this was no try. Nothing when it is ours no more."""
    if hold(tx, deed, now):
        row = tx.get_one(Deed, deed.id)
        row.due_at, row.leased_until, row.attempts = until, None, row.attempts - 1
        tx.flush()


def drop(tx: Session, key: str, now: datetime) -> None:
    """A deed that is no longer wanted (a page whose alert was taken); nothing when it was done already."""
    tx.execute(
        update(Deed)
        .where(Deed.key == key, Deed.state == DeedState.PENDING)
        .values(state=DeedState.DROPPED, done_at=now)
    )


def _close(tx: Session, deed_id: str, state: DeedState, now: datetime, error: str) -> None:
    tx.execute(
        update(Deed)
        .where(Deed.id == deed_id)
        .values(state=state, done_at=now, leased_until=None, error=error[:120])
    )
