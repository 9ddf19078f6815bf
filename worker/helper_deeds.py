"""What the worker does for who is asked to help: it rings them, writes to them, and lets a caller go on alone."""

from __future__ import annotations

from hotline.access.directory_tables import DirectoryPhone
from hotline.alerts.helper_tables import Helper
from hotline.alerts.helper_texts import words_to_helper
from hotline.alerts.helpers import call_ended, ring_wanted, rings
from hotline.db import read, write
from hotline.threads.outbox import Leased, finish
from worker.by_number import ring_number, text_number
from worker.workshop import Workshop

_LEFT_STEP = 950  # the step number of a call that goes on after its conference
_VALID = 3600  # seconds: what somebody is to do now is not told hours later


def ring_helper(shop: Workshop, deed: Leased) -> None:
    """Ring somebody of the directory, once."""
    helper_id = deed.payload["helper"]
    with read(shop.engine) as tx:
        phone = ring_wanted(tx, helper_id)
        number = shop.house.open(phone.id, phone.number_sealed) if phone is not None else ""
    sid = ring_number(shop, deed, "help", helper_id, number) if number else ""
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
    """Words to a helper."""
    with read(shop.engine) as tx:
        helper = tx.get(Helper, deed.payload["helper"])
        asked = "asked" in deed.payload
        text = words_to_helper(tx, shop.kit, helper, asked=asked) if helper is not None else None
        phone = tx.get(DirectoryPhone, helper.phone_id) if helper is not None else None
        number = shop.house.open(phone.id, phone.number_sealed) if phone is not None else ""
    if text and number:
        text_number(shop, deed, number, text, _VALID)
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())


def let_go(shop: Workshop, deed: Leased) -> None:
    """A caller whose conference is left by who took the alert goes on in their own call."""
    line = shop.voice_line
    if line is not None:
        url = f"{shop.settings.public_url}/twilio/voice?left=1&step={_LEFT_STEP}"
        shop.carriers[line].redirect(deed.payload["call"], url)
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())
