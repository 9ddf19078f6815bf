"""Several phones of a member of staff, in the order in which they are used."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.people import NUMBER
from hotline.access.tables import StaffPhone
from hotline.vault.sealing import Sealer


class NotTheirs(ValueError):
    """A number that is none of the person's."""


def phones_of(tx: Session, staff_id: str) -> tuple[StaffPhone, ...]:
    """All phones of a member of staff in their order, proven or not."""
    query = select(StaffPhone).where(StaffPhone.staff_id == staff_id)
    return tuple(tx.scalars(query.order_by(StaffPhone.position, StaffPhone.id)))


def remove_phone(tx: Session, sealer: Sealer, staff_id: str, number: str) -> None:
    """Delete a phone (E.164). Raises `NotTheirs`."""
    tx.delete(_theirs(tx, sealer, staff_id, number))
    tx.flush()
    for position, phone in enumerate(phones_of(tx, staff_id)):
        phone.position = position
    tx.flush()


def order_phones(tx: Session, sealer: Sealer, staff_id: str, numbers: Sequence[str]) -> None:
    """Use these phones (E.164) first, in this order; those not named follow as they were. Raises `NotTheirs`."""
    first = [_theirs(tx, sealer, staff_id, number) for number in dict.fromkeys(numbers)]
    rest = [phone for phone in phones_of(tx, staff_id) if phone not in first]
    for position, phone in enumerate([*first, *rest]):
        phone.position = position
    tx.flush()


def _theirs(tx: Session, sealer: Sealer, staff_id: str, number: str) -> StaffPhone:
    index = sealer.index(number, NUMBER)
    phone = tx.scalar(
        select(StaffPhone).where(StaffPhone.staff_id == staff_id, StaffPhone.number_index == index)
    )
    if phone is None:
        raise NotTheirs("this number is none of theirs")
    return phone
