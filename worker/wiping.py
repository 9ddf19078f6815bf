"""Copies at the carrier are deleted: emptied first, then deleted, and tried again for days while the carrier is not done with
them. A recording goes only after what lies there was compared with what we sealed."""

from __future__ import annotations

from datetime import timedelta

from hotline.carriers.carrier import Carrier, CarrierError
from hotline.db import read, write
from hotline.retention.carrier_copies import digest, is_gone
from hotline.retention.notices import Told, tell
from hotline.retention.reconciling import last_checks, reconcile
from hotline.retention.tables import CarrierCopy, CopyKind, CopyState
from hotline.threads.outbox import Leased, finish, hold, postpone
from hotline.threads.tables import Message, Recording
from worker.workshop import Workshop

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
NOT_SEALED, DIFFERS, PICTURES, NO_LINE = "not_sealed", "differs", "pictures", "no_line"
"""Why a copy was kept at the carrier."""


def wipe(shop: Workshop, deed: Leased) -> None:
    """Delete one copy, or say why not, or put it off. Raises nothing that belongs to the carrier."""
    with read(shop.engine) as tx:
        copy = tx.get(CarrierCopy, deed.payload["copy"])
    if copy is None or copy.state != CopyState.DUE:
        _done(shop, deed)
        return
    carrier = shop.carriers.get(copy.line)
    try:
        kept = NO_LINE if carrier is None else _wipe_at(shop, carrier, copy)
    except CarrierError as error:
        _later(shop, deed, copy, error)
        return
    with write(shop.engine) as tx:
        now = shop.clock.now()
        row = tx.get(CarrierCopy, copy.id)
        if row is not None and kept:
            row.state, row.error = CopyState.KEPT.value, kept
        elif row is not None:
            is_gone(tx, row, now)
        finish(tx, deed.id, now)


def look_at_carriers(shop: Workshop, deed: Leased) -> None:
    """The reconciler's daily look; what should be gone is told to the leader each day, what never reached us when there is more
    of it than before: it stays there until a person has read it. Raises `CarrierError`."""
    with read(shop.engine) as tx:
        known = sum(check.missed for check in last_checks(tx))
    looks = reconcile(shop.engine, shop.kit, shop.carriers, shop.clock.now())
    with write(shop.engine) as tx:
        now = shop.clock.now()
        left, missed = sum(one.left for one in looks), sum(one.missed for one in looks)
        if left:
            tell(tx, shop.kit, Told.LEFT, left, now)
        if missed > known:
            tell(tx, shop.kit, Told.MISSED, missed, now)
        finish(tx, deed.id, now)


def _wipe_at(shop: Workshop, carrier: Carrier, copy: CarrierCopy) -> str:
    """Delete it there; gives why it was kept, "" when it is gone."""
    match CopyKind(copy.kind):
        case CopyKind.TEXT:
            if carrier.redact(copy.sid):
                return PICTURES  # we hold the words, and cannot fetch pictures: a person decides
            carrier.delete_message(copy.sid)
        case CopyKind.RECORDING:
            if kept := _unaccounted(shop, carrier, copy):
                return kept
            carrier.delete_recording(copy.sid)
        case CopyKind.CALL:
            carrier.delete_call(copy.sid)
    return ""


def _unaccounted(shop: Workshop, carrier: Carrier, copy: CarrierCopy) -> str:
    """Why what we sealed does not account for the carrier's recording; "" when it does. The same sound made into MP3 anew may
    differ in its tags, so the same length is enough. What we do not have any more on purpose needs no account."""
    with read(shop.engine) as tx:
        message = tx.get(Message, copy.message_id) if copy.message_id else None
        sealed = tx.get(Recording, copy.message_id) if copy.message_id else None
    if message is not None and (sealed is None or not sealed.media_sealed):
        return NOT_SEALED
    if copy.digest is None:
        return ""
    try:
        there = carrier.fetch_recording(copy.sid)
    except CarrierError:
        return ""  # no sound there any more, or not now: deleting it tells which
    return "" if digest(shop.kit, there) == copy.digest or len(there) == copy.size else DIFFERS


def _later(shop: Workshop, deed: Leased, copy: CarrierCopy, error: CarrierError) -> None:
    """Again, later and later; given up after `carrier_tries_days`, and told by the next look at the carrier."""
    with write(shop.engine) as tx:
        now = shop.clock.now()
        if not hold(tx, deed, now):
            return
        row = tx.get(CarrierCopy, copy.id)
        if row is None:
            finish(tx, deed.id, now)
            return
        row.error = error.code[:40]
        days = shop.settings.deployment.retention.carrier_tries_days
        if now - max(copy.due_at, deed.ordered_at) >= timedelta(days=days):
            row.state = CopyState.STUCK.value
            finish(tx, deed.id, now)
            return
        postpone(tx, deed.id, now + _pause(deed, error), f"{error.retry.value} {error.code}")


def _pause(deed: Leased, error: CarrierError) -> timedelta:
    grown: timedelta = _FIRST_PAUSE * (1 << min(deed.attempts - 1, 10))
    return max(min(grown, _LONGEST_PAUSE), timedelta(seconds=error.after or 0))


def _done(shop: Workshop, deed: Leased) -> None:
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())
