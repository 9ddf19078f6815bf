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

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from hotline.now import Ids
from hotline.threads.tables import Deed, DeedState

LEASE = timedelta(seconds=30)


class DeedKind(StrEnum):
    """What the worker can do."""

    SEND = "send"  # a text: {"message": id}
    RING = "ring"  # a page call: {"page": id}
    HANG_UP = "hang_up"  # {"call": sid}
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
    ROTA_TEXT = "rota_text"  # words of the rota: {"what": kind, "staff": id, ids and times} (hotline.alerts.rota_notices)
    FEED = "feed"  # read the rota's calendar: {"feed": id}
    READ_OUT = (
        "read_out"  # what was told, for one call of who took it: {"read_out": id} (hotline.alerts.read_aloud)
    )
    RING_BACK = (
        "ring_back"  # a call to a contact, for who took the alert: {"back": id} (hotline.alerts.ring_backs)
    )
    FORWARD = "forward"  # words of who took it to the contact: {"message": id, "alert": id} (hotline.alerts.forwarding)
    PIN_LOCKED = "pin_locked"  # words to the coordinator: {"staff": id} (hotline.alerts.pin_locked)


class Priority:
    """The order of what is due, since a line sends one segment and dials one call a second."""

    FIRST_PAGE = 0
    PAGE = 1
    ANSWER = 2
    NOTICE = 3
    LATER = 5


@dataclass(frozen=True, slots=True)
class Leased:
    """A deed in hand: `attempts` counts this try too."""

    id: str
    kind: DeedKind
    payload: Mapping[str, str]
    attempts: int
    ordered_at: datetime


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


def lease(tx: Session, now: datetime, limit: int = 20) -> tuple[Leased, ...]:
    """Take up to `limit` due deeds in hand, the most urgent first."""
    due = (
        select(Deed)
        .where(
            Deed.state == DeedState.PENDING,
            Deed.due_at <= now,
            or_(Deed.leased_until.is_(None), Deed.leased_until <= now),
        )
        .order_by(Deed.priority, Deed.due_at, Deed.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = []
    for deed in tx.scalars(due):
        deed.leased_until = now + LEASE
        deed.attempts += 1
        taken.append(
            Leased(deed.id, DeedKind(deed.kind), json.loads(deed.payload), deed.attempts, deed.ordered_at)
        )
    return tuple(taken)


def finish(tx: Session, deed_id: str, now: datetime) -> None:
    """The deed is done."""
    _close(tx, deed_id, DeedState.DONE, now, "")


def give_up(tx: Session, deed_id: str, now: datetime, error: str) -> None:
    """The deed cannot be done; `error` is a code or a class name, never content."""
    _close(tx, deed_id, DeedState.FAILED, now, error)


def postpone(tx: Session, deed_id: str, until: datetime, error: str) -> None:
    """Try the deed again at `until`."""
    tx.execute(
        update(Deed).where(Deed.id == deed_id).values(due_at=until, leased_until=None, error=error[:120])
    )


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
