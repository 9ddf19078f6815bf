"""What the worker does for who is asked to help: it rings them, writes to them, and lets a caller go on alone."""

from __future__ import annotations

from hotline.access.directory_tables import DirectoryPhone
from hotline.alerts.helper_tables import Helper
from hotline.alerts.helper_texts import words_to_helper, write_told
from hotline.alerts.helpers import call_ended, ring_wanted, rings
from hotline.carriers.carrier import NotOnThisLine, Outgoing, OutgoingCall
from hotline.db import read, write
from hotline.threads.outbox import Leased, finish
from worker.lookups import lost_call
from worker.workshop import Workshop

_LEFT_STEP = 950  # the step number of a call that goes on after its conference
_VALID = 3600  # seconds: what somebody is to do now is not told hours later


def ring_helper(shop: Workshop, deed: Leased) -> None:
    """Ring somebody of the directory, once."""
    helper_id = deed.payload["helper"]
    with read(shop.engine) as tx:
        phone = ring_wanted(tx, helper_id)
        number = shop.house.open(phone.id, phone.number_sealed) if phone is not None else ""
    carrier = next((one for one in shop.carriers.values() if one.line.voice), None)
    sid = ""
    if number and carrier is not None:
        public = shop.settings.public_url
        call = OutgoingCall(
            id=helper_id,
            to=number,
            line=carrier.line,
            answer_url=f"{public}/twilio/voice?help={helper_id}&step=0",
            status_url=f"{public}/twilio/status/call?help={helper_id}",
            ring_seconds=shop.settings.deployment.timings.ring_seconds,
        )
        # An order whose answer was lost is looked up before it is repeated.
        sid = (lost_call(carrier, deed, number, set()) or carrier.place(call)).sid
    with write(shop.engine) as tx:
        now = shop.clock.now()
        if sid:
            rings(tx, shop.kit, helper_id, sid, now)
        elif number:
            call_ended(tx, shop.kit, helper_id, "failed", now)
        finish(tx, deed.id, now)


def helper_not_rung(shop: Workshop, deed: Leased) -> None:
    """The carrier will not ring that number: the next one is asked."""
    with write(shop.engine) as tx:
        call_ended(tx, shop.kit, deed.payload["helper"], "failed", shop.clock.now())


def helper_text(shop: Workshop, deed: Leased) -> None:
    """Words to a helper, or to who asked for one."""
    if "staff" in deed.payload:
        with write(shop.engine) as tx:
            write_told(tx, shop.kit, deed.payload, shop.clock.now())
            finish(tx, deed.id, shop.clock.now())
        return
    with read(shop.engine) as tx:
        helper = tx.get(Helper, deed.payload["helper"])
        asked = "asked" in deed.payload
        text = words_to_helper(tx, shop.kit, helper, asked=asked) if helper is not None else None
        phone = tx.get(DirectoryPhone, helper.phone_id) if helper is not None else None
        number = shop.house.open(phone.id, phone.number_sealed) if phone is not None else ""
    carrier = next((one for one in shop.carriers.values() if one.line.sms_out), None)
    if text and number and carrier is not None and not _was_sent(shop, deed, number, text):
        carrier.send(Outgoing(deed.id, number, text, carrier.line, "", _VALID))
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())


def _was_sent(shop: Workshop, deed: Leased, number: str, text: str) -> bool:
    if deed.attempts < 2:
        return False
    carrier = next(one for one in shop.carriers.values() if one.line.sms_out)
    try:
        return carrier.find(number, deed.ordered_at, text) is not None
    except NotOnThisLine:
        return False


def let_go(shop: Workshop, deed: Leased) -> None:
    """A caller whose conference is left by who took the alert goes on in their own call."""
    carrier = next((one for one in shop.carriers.values() if one.line.voice), None)
    if carrier is not None:
        url = f"{shop.settings.public_url}/twilio/voice?left=1&step={_LEFT_STEP}"
        carrier.redirect(deed.payload["call"], url)
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())
