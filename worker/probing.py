"""The clock's side of probes: it sends them in at our own door, signed as the carrier would, and raises the alarm for one
that does not come back. It runs in a thread beside the clock, so that a door that hangs delays nobody's page."""

from __future__ import annotations

import requests
import structlog
from sqlalchemy.exc import SQLAlchemyError

from hotline.carriers.lines import CarrierKind, Line
from hotline.carriers.signature import HEADER, sign
from hotline.carriers.twilio_http import silence_loggers
from hotline.db import read, write
from hotline.watch.probes import due, due_through_carrier, late, unheard, waiting_for_reply
from worker.alarm import Alarm
from worker.workshop import Workshop

log = structlog.get_logger("probe")
TIMEOUTS = (3.0, 15.0)  # seconds, as the carrier waits for us
DOOR = "/twilio/sms"


class Prober:
    """Sends probes in and watches them. `door` is where our own intake is reached on this machine."""

    def __init__(self, shop: Workshop, alarm: Alarm, door: str = "") -> None:
        silence_loggers()
        self._shop, self._alarm = shop, alarm
        self._door = door or f"http://{shop.settings.intake_bind.local}"
        self._session = requests.Session()
        self._session.trust_env = False  # the own machine, never a proxy

    def look(self) -> None:
        """Once around: begin what is due, reply to what the worker has done, tell of what is late. Raises nothing."""
        shop, now = self._shop, self._shop.clock.now()
        try:
            with write(shop.engine) as tx:
                if self._line is not None:
                    due(tx, shop.kit, now)
                due_through_carrier(tx, shop.kit, now)
            with read(shop.engine) as tx:
                fresh, waiting = unheard(tx, shop.kit, now), waiting_for_reply(tx)
            for probe_id in fresh:  # the same text again is the same message: it is taken once
                self._text(probe_id, shop.settings.deployment.watch.probe_words, "a")
            for probe_id in waiting:
                self._text(probe_id, "1", "b")
            with write(shop.engine) as tx:
                failed = late(tx, shop.kit, now)
        except SQLAlchemyError as error:
            log.error("database_away", error=type(error).__name__)
            return
        if failed is not None:
            log.error("probe_failed", probe=failed.id, kind=failed.kind, heard=failed.heard_at is not None)
            self._alarm.raise_for(failed.begun_at, failed.id)

    @property
    def _line(self) -> Line | None:
        """The line at which the probe comes in: the first at Twilio that takes texts."""
        lines = (carrier.line for carrier in self._shop.carriers.values())
        return next((line for line in lines if line.sms_in and line.carrier is CarrierKind.TWILIO), None)

    def _text(self, probe_id: str, words: str, which: str) -> None:
        """A text from our own number to itself, as the carrier would bring it."""
        line, settings = self._line, self._shop.settings
        if line is None:
            return
        form = (
            ("MessageSid", f"SM{probe_id}{which}"),
            ("From", line.number),
            ("To", line.number),
            ("Body", f"{words} {probe_id}"),
            ("NumMedia", "0"),
        )
        signature = sign(f"{settings.public_url}{DOOR}", form, settings.twilio_auth_tokens[0])
        try:
            self._session.post(
                f"{self._door}{DOOR}",
                data=form,
                headers={HEADER: signature},
                timeout=TIMEOUTS,
                allow_redirects=False,
            ).close()
        except (requests.RequestException, OSError) as error:
            log.warning("door_closed", error=type(error).__name__)
