"""What the worker does for a drill: it dials one practice call."""

from __future__ import annotations

from hotline.alerts.phones import number_of
from hotline.db import read, write
from hotline.threads.outbox import Leased, finish
from hotline.watch.drill_calls import call_wanted, dialled
from worker.by_number import ring_number
from worker.workshop import Workshop


def ring_for_drill(shop: Workshop, deed: Leased) -> None:
    """Place a practice call, unless it is not wanted any more. Raises CarrierError."""
    person_id = deed.payload["person"]
    with read(shop.engine) as tx:
        person = call_wanted(tx, person_id, shop.clock.now())
        number = number_of(tx, shop.house, person.phone_id) if person and person.phone_id else None
    sid = ring_number(shop, deed, "drill", person_id, number) if number is not None else ""
    with write(shop.engine) as tx:
        now = shop.clock.now()
        dialled(tx, shop.kit, person_id, sid or None, now)
        finish(tx, deed.id, now)
