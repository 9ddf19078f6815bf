"""What the worker does for a drill: it dials one practice call."""

from __future__ import annotations

from hotline.alerts.phones import number_of
from hotline.carriers.carrier import OutgoingCall
from hotline.db import read, write
from hotline.threads.outbox import Leased, finish
from hotline.watch.drill_calls import call_wanted, dialled
from worker.workshop import Workshop


def ring_for_drill(shop: Workshop, deed: Leased) -> None:
    """Place a practice call, unless it is not wanted any more. Raises CarrierError. Done twice it may ring twice: a call
    whose answer was lost is not looked for, since it is only practice."""
    person_id = deed.payload["person"]
    line = next((one for one in shop.carriers.values() if one.line.voice), None)
    with read(shop.engine) as tx:
        person = call_wanted(tx, person_id, shop.clock.now())
        number = number_of(tx, shop.house, person.phone_id) if person and person.phone_id else None
    sid = None
    if number is not None and line is not None:
        public = shop.settings.public_url
        call = OutgoingCall(
            id=person_id,
            to=number,
            line=line.line,
            answer_url=f"{public}/twilio/voice?drill={person_id}&step=0",
            status_url=f"{public}/twilio/status/call?drill={person_id}",
            ring_seconds=shop.settings.deployment.timings.ring_seconds,
        )
        sid = line.place(call).sid
    with write(shop.engine) as tx:
        now = shop.clock.now()
        dialled(tx, shop.kit, person_id, sid, now)
        finish(tx, deed.id, now)
