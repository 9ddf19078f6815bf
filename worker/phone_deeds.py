"""What the worker does to prove a phone: it sends the code, by text or in a call. Twice is once: the code is the same."""

from __future__ import annotations

from hotline.access.directory_tables import DirectoryPhone, PhoneCheck, PhoneOf
from hotline.access.tables import StaffPhone
from hotline.alerts.phone_checks import code_of
from hotline.carriers.carrier import Outgoing, OutgoingCall
from hotline.db import read, write
from hotline.threads.outbox import Leased, finish
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
    public = shop.settings.public_url
    for carrier in shop.carriers.values():
        if check.by_call and carrier.line.voice:
            carrier.place(
                OutgoingCall(
                    id=check.id,
                    to=number,
                    line=carrier.line,
                    answer_url=f"{public}/twilio/voice?check={check.id}&step=0",
                    status_url=f"{public}/twilio/status/call",
                    ring_seconds=shop.settings.deployment.timings.ring_seconds,
                )
            )
            return
        if not check.by_call and carrier.line.sms_out:
            words = shop.kit.book.say("phone.code", check.language, code=code_of(shop.kit, check))
            text = shop.kit.book.as_sent(words, check.language)
            minutes = shop.settings.deployment.timings.text_code_minutes
            carrier.send(Outgoing(deed.id, number, text, carrier.line, "", minutes * 60))
            return
