"""What the worker does to prove a phone: it sends the code, by text or in a call. Twice is once: the code is the same."""

from __future__ import annotations

from hotline.access.directory_tables import DirectoryPhone, PhoneCheck, PhoneOf
from hotline.access.tables import StaffPhone
from hotline.alerts.phone_checks import code_of
from hotline.db import read, write
from hotline.threads.outbox import Leased, finish
from worker.by_number import ring_number, text_number
from worker.workshop import Workshop


def check_phone(shop: Workshop, deed: Leased) -> None:
    """Send the code of a phone; not when it expired meanwhile."""
    with read(shop.engine) as tx:
        check = tx.get(PhoneCheck, deed.payload["check"])
        number = ""
        if check is not None and check.expires_at > shop.clock.now():
            staff = check.of == PhoneOf.STAFF
            phone = tx.get(StaffPhone, check.phone_id) if staff else tx.get(DirectoryPhone, check.phone_id)
            number = shop.house.open(phone.id, phone.number_sealed) if phone is not None else ""
    if check is not None and number:
        _send(shop, deed, check, number)
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())


def _send(shop: Workshop, deed: Leased, check: PhoneCheck, number: str) -> None:
    if check.by_call:
        ring_number(shop, deed, "check", check.id, number)
        return
    code = code_of(shop.kit, check)
    if code is None:
        return
    words = shop.kit.book.say("phone.code", check.language, code=code)
    minutes = shop.settings.deployment.timings.text_code_minutes
    text_number(shop, deed, number, shop.kit.book.as_sent(words, check.language), minutes * 60)
