"""The alarm when pages may not go out: it uses nothing of what may be broken (no outbox, no worker, no bell).

Who keeps the rota is texted and rung straight through the carriers, by every line until one takes it, the call by another
line than the text where there is one; and the outside watcher is told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from hotline.alerts.notices import clock_time
from hotline.alerts.phones import language_of, number_of, page_phone
from hotline.alerts.pin_locked import coordinator
from hotline.carriers.carrier import Carrier, CarrierError, NotOnThisLine, Outgoing
from hotline.db import read
from worker.by_number import outgoing_call
from worker.dead_man import DeadMan
from worker.workshop import Workshop

log = structlog.get_logger("alarm")
VALID_SECONDS = 3600


class Alarm:
    """Tells the coordinator and the outside watcher."""

    def __init__(self, shop: Workshop, dead_man: DeadMan | None) -> None:
        self._shop, self._dead_man = shop, dead_man

    def raise_for(self, at: datetime, about: str) -> bool:
        """What was tried at `at` failed; `about` is its id. Whether anybody was told. Raises nothing of the carriers."""
        told = self._dead_man.fail() if self._dead_man is not None else False
        shop = self._shop
        with read(shop.engine) as tx:
            person = coordinator(tx, shop.kit)
            phone = page_phone(tx, person) if person else None
            number = number_of(tx, shop.house, phone.id) if phone else None
            locale = language_of(tx, shop.kit, person) if person else ""
        if number is None:
            log.error("nobody_to_alarm", about=about)
            return told
        text = shop.kit.book.say("staff.watch_alarm", locale, time=clock_time(shop.kit, at))
        text = shop.kit.book.as_sent(text, locale)
        carriers = list(shop.carriers.values())
        texted = self._first(
            [one for one in carriers if one.line.sms_out],
            lambda one: one.send(Outgoing(about, number, text, one.line, "", VALID_SECONDS)),
        )
        others = [one for one in carriers if one.line.voice]
        others.sort(key=lambda one: one is texted)  # the one that took the text comes last
        rung = self._first(
            others, lambda one: one.place(outgoing_call(shop, one.line, "alarm", about, number))
        )
        if texted is None and rung is None:
            log.error("alarm_not_taken", about=about)
        return told or texted is not None or rung is not None

    def _first(self, carriers: list[Carrier], act: Callable[[Carrier], object]) -> Carrier | None:
        """The first carrier that takes it."""
        for carrier in carriers:
            try:
                act(carrier)
            except (CarrierError, NotOnThisLine) as error:
                log.warning("alarm_refused", line=carrier.line.id, error=type(error).__name__)
            else:
                return carrier
        return None
