"""Texts and calls to numbers that have no message and no page of their own: who helps, a supervisor, a phone that is to be
proven, practice. They go as pages do: by the line that works, and after a lost answer the carrier is asked first.
"""

from __future__ import annotations

from hotline.carriers.carrier import Outgoing, OutgoingCall
from hotline.carriers.lines import Line
from hotline.db import read, write
from hotline.threads.line_health import line_for, worked
from hotline.threads.outbox import Leased
from worker.lookups import known_texts
from worker.pacing import room_for_call, room_for_text
from worker.ways import any_text_lost, call_lost_before, line_of_call, listening, patience, text_lines
from worker.workshop import Workshop


def outgoing_call(
    shop: Workshop, line: Line, about: str, call_id: str, to: str, more: str = ""
) -> OutgoingCall:
    """A call that is answered at `/twilio/voice?<about>=<call_id>`; `more` goes with its events alone."""
    public = shop.settings.public_url
    return OutgoingCall(
        id=call_id,
        to=to,
        line=line,
        answer_url=f"{public}/twilio/voice?{about}={call_id}&step=0",
        status_url=f"{public}/twilio/status/call?{about}={call_id}{more}",
        ring_seconds=shop.settings.deployment.timings.ring_seconds,
    )


def ring_number(shop: Workshop, deed: Leased, about: str, call_id: str, to: str) -> str:
    """Place that call; gives the carrier's id of it, "" where no line can ring. Raises `CarrierError`."""
    with read(shop.engine) as tx:
        line = line_of_call(tx, shop)
    if line is None:
        return ""
    accepted = call_lost_before(shop, deed, line, to, set())
    if accepted is None:
        carrier = shop.carriers[line]
        room_for_call(shop, deed, line)
        with listening(shop, line):
            accepted = carrier.place(outgoing_call(shop, carrier.line, about, call_id, to))
    with write(shop.engine) as tx:
        worked(tx, line)
    return accepted.sid


def text_number(shop: Workshop, deed: Leased, to: str, text: str, valid_seconds: int | None = None) -> None:
    """Send that text; nothing where no line can. Raises `CarrierError`."""
    lines = text_lines(shop)
    if not lines:
        return
    with read(shop.engine) as tx:
        line = line_for(tx, lines, shop.clock.now(), patience(shop))
        known = known_texts(tx, deed)
    if any_text_lost(shop, deed, line, to, text, known) is None:
        carrier = shop.carriers[line]
        room_for_text(shop, deed, line, text)
        with listening(shop, line):
            carrier.send(Outgoing(deed.id, to, text, carrier.line, "", valid_seconds))
    with write(shop.engine) as tx:
        worked(tx, line)
