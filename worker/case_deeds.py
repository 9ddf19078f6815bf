"""What the worker does for who took an alert and has but a phone: makes ready what they hear, rings the contact back, and
writes their words to the contact."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from hotline.alerts.forwarding import forward
from hotline.alerts.read_aloud import write_read_out
from hotline.alerts.ring_backs import not_rung, number_to_ring, rings_back
from hotline.carriers.carrier import CarrierError, Retry
from hotline.db import write
from hotline.threads.outbox import Leased, finish, give_up, hold
from hotline.wording.discretion import Discretion
from worker.by_number import outgoing_call
from worker.workshop import Workshop


def read_out(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    """What was told, for one call: opened here and left in flight."""
    write_read_out(tx, shop.kit, shop.reader, deed.payload, now)


def ring_back(shop: Workshop, deed: Leased) -> None:
    """Place the call to the contact, once: who waits is told when it cannot be, and may ask again. Its answer lost, it is
    not dialled a second time: two calls at once would give somebody away sooner than one."""
    back_id, line = deed.payload["back"], shop.voice_line
    with write(shop.engine) as tx:
        now = shop.clock.now()
        if not hold(tx, deed, now):
            return
        number = number_to_ring(tx, shop.kit, shop.reader, back_id, now)
        if number is None or line is None or deed.attempts > 1:
            not_rung(tx, back_id)
            finish(tx, deed.id, now)
            return
    try:
        accepted = shop.carriers[line].place(
            outgoing_call(shop, shop.carriers[line].line, "back", back_id, number)
        )
    except CarrierError as error:
        _not_rung(shop, deed, error)
        return
    with write(shop.engine) as tx:
        now = shop.clock.now()
        rings_back(tx, shop.kit, back_id, accepted.sid, now)
        finish(tx, deed.id, now)


def forward_words(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    """Words of who took an alert to its contact, where they may be written; and the answer."""
    discretion = _discretion(shop.kit.book.root / "locales")
    forward(tx, shop.kit, shop.house, discretion, deed.payload, now)


def _not_rung(shop: Workshop, deed: Leased, error: CarrierError) -> None:
    """Where it may have been placed all the same, the contact may still come: who waits goes on waiting."""
    with write(shop.engine) as tx:
        if error.retry is not Retry.AMBIGUOUS:
            not_rung(tx, deed.payload["back"])
        give_up(tx, deed.id, shop.clock.now(), error.code)


@cache
def _discretion(locales: Path) -> Discretion:
    """The words that no text may bear, read once."""
    return Discretion.load(locales)
