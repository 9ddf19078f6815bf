"""A phone counts once a code that we sent to it came back: by text from that phone, or typed by who keeps the list after
somebody read it out. A landline hears its code in a call.

Nothing that arrives by itself proves a phone: neither a receipt nor an answered call.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access import audit
from hotline.access.audit import Act
from hotline.access.directory_tables import DirectoryEntry, DirectoryPhone, PhoneCheck, PhoneOf
from hotline.access.tables import StaffPhone
from hotline.alerts.phones import language_of
from hotline.standards.fold import tokens
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority

MOST_WRONG = 5
LENGTH = 6


class Checked(StrEnum):
    """What came of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"  # no code is on its way, or it expired, or was wrong too often


def order_check(tx: Session, kit: Kit, of: PhoneOf, phone_id: str, now: datetime, *, by_call: bool) -> None:
    """Send a new code to the phone, by text or spoken in a call; an earlier one is worth nothing any more."""
    phone = tx.get(StaffPhone, phone_id) if of is PhoneOf.STAFF else tx.get(DirectoryPhone, phone_id)
    if phone is None:
        raise LookupError("there is no such phone")
    check = tx.scalar(select(PhoneCheck).where(PhoneCheck.phone_id == phone_id))
    if check is not None:
        tx.delete(check)
        tx.flush()
    check = PhoneCheck(id=kit.ids.new(), of=of.value, phone_id=phone_id, number_index=phone.number_index)
    check.code_sealed = kit.sealer.seal_flight(check.id, kit.ids.pin().encode())
    check.language, check.by_call, check.wrong = _language(tx, kit, phone), by_call, 0
    check.expires_at = now + timedelta(minutes=kit.settings.deployment.timings.text_code_minutes)
    tx.add(check)
    tx.flush()
    outbox.order(
        tx, kit.ids, DeedKind.CHECK_PHONE, f"check_phone:{check.id}", {"check": check.id}, now,
        priority=Priority.NOTICE,
    )  # fmt: skip


def code_of(kit: Kit, check: PhoneCheck) -> str | None:
    """The six digits that are on their way; None when they open no more."""
    code = kit.sealer.flying(check.id, check.code_sealed)
    return code.decode() if code is not None else None


def confirm(tx: Session, kit: Kit, phone_id: str, code: str, now: datetime, *, by: str = "") -> Checked:
    """The code came back: the phone counts from now on, a number of the directory in all its entries. `by` typed it, where it
    did not come from the phone itself."""
    check = tx.scalar(select(PhoneCheck).where(PhoneCheck.phone_id == phone_id))
    if check is None or check.expires_at <= now or check.wrong >= MOST_WRONG:
        return Checked.NONE
    right = code_of(kit, check)
    if right is None:
        return Checked.NONE
    if code != right:
        check.wrong += 1
        tx.flush()
        return Checked.WRONG
    if check.of == PhoneOf.STAFF:
        phone = tx.get(StaffPhone, phone_id)
        if phone is not None:
            phone.verified_at = now
            audit.note(
                tx,
                kit.ids,
                Act.STAFF_CHANGED,
                now,
                by=by or phone.staff_id,
                about=phone.id,
                detail="phone_verified",
            )
    else:
        same = select(DirectoryPhone).where(DirectoryPhone.number_index == check.number_index)
        for one in tx.scalars(same):
            one.verified_at = now
            audit.note(
                tx,
                kit.ids,
                Act.DIRECTORY,
                now,
                by=by or "job:phone_check",
                about=one.id,
                detail="phone_verified",
            )
    tx.delete(check)
    tx.flush()
    return Checked.RIGHT


def code_texted(tx: Session, kit: Kit, number_index: bytes, text: str, now: datetime) -> str | None:
    """A text from a phone to which a code is on its way: the answer where it is six digits and nothing else; else None, and
    the text is what any other is."""
    check = tx.scalar(
        select(PhoneCheck)
        .where(PhoneCheck.number_index == number_index, PhoneCheck.expires_at > now)
        .order_by(PhoneCheck.expires_at.desc(), PhoneCheck.id)
        .limit(1)
    )
    said = "".join(tokens(text))
    if check is None or len(said) != LENGTH or not said.isdecimal():
        return None
    language = check.language
    match confirm(tx, kit, check.phone_id, said, now):
        case Checked.RIGHT:
            return kit.book.say("phone.counts", language)
        case Checked.WRONG:
            return kit.book.say("phone.wrong_code", language)
        case Checked.NONE:
            return None


def _language(tx: Session, kit: Kit, phone: StaffPhone | DirectoryPhone) -> str:
    if isinstance(phone, StaffPhone):
        return language_of(tx, kit, phone.staff_id)
    entry = tx.get(DirectoryEntry, phone.entry_id)
    return entry.language if entry is not None else kit.settings.deployment.languages[0]
