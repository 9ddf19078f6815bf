"""Asking the carrier whether a call is over whose end it may have told while we were away."""

from __future__ import annotations

from hotline.alerts.silent_calls import call_is_over
from hotline.db import write
from hotline.threads.outbox import Leased, finish
from worker.workshop import Workshop


def ask_call_state(shop: Workshop, deed: Leased) -> None:
    """Ask, and say so where it is over. Raises CarrierError."""
    line = shop.voice_line
    over = line is not None and shop.carriers[line].is_over(deed.payload["call"])
    with write(shop.engine) as tx:
        now = shop.clock.now()
        if over:
            call_is_over(tx, shop.kit, deed.payload, now)
        finish(tx, deed.id, now)
