"""A probe's turn at the worker. A loop probe is a page that is sent to nobody; a carrier probe is a text to the test number."""

from __future__ import annotations

from datetime import datetime

from hotline.alerts.notices import clock_time
from hotline.carriers.carrier import Outgoing
from hotline.carriers.lines import CarrierKind
from hotline.db import read, write
from hotline.threads.outbox import Leased, finish
from hotline.watch.probes import open_probe, whose_number
from hotline.watch.tables import ProbeKind
from worker.workshop import Workshop

VALID_SECONDS = 600  # a test that arrives hours later proves nothing


def do_probe(shop: Workshop, deed: Leased) -> None:
    """Do it and note when. Raises CarrierError; done twice, the test number gets two texts."""
    probe_id = deed.payload["probe"]
    with read(shop.engine) as tx:
        probe = open_probe(tx, probe_id)
        through_carrier = probe is not None and probe.kind == ProbeKind.CARRIER and probe.paged_at is None
        number = shop.settings.deployment.watch.test_number
        # Once more, at the last moment: somebody may have come to the staff with this phone since.
        ours = bool(number) and whose_number(tx, shop.kit, number) != ""
    sid = None
    if probe is not None and through_carrier:
        if not number or ours:
            probe = None
        else:
            sid = _send(shop, probe_id, number, probe.begun_at)
    with write(shop.engine) as tx:
        now = shop.clock.now()
        still = open_probe(tx, probe_id)
        if probe is not None and still is not None:
            still.paged_at, still.sid = now, sid or still.sid
        finish(tx, deed.id, now)


def _send(shop: Workshop, probe_id: str, number: str, begun_at: datetime) -> str:
    carrier = next(one for one in shop.carriers.values() if one.line.sms_out)
    line = carrier.line
    path = "/twilio/status/message" if line.carrier is CarrierKind.TWILIO else f"/gateway/{line.id}/status"
    text = clock_time(shop.kit, begun_at)  # no word: it says nothing of us
    url = f"{shop.settings.public_url}{path}?probe={probe_id}"
    return carrier.send(Outgoing(probe_id, number, text, line, url, VALID_SECONDS)).sid
