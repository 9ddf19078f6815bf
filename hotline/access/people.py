"""Staff and officers: adding them, and finding who a phone belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.access.tables import Officer, Role, Staff, StaffPhone
from hotline.now import Ids
from hotline.vault.sealing import House, Sealer

NUMBER = "number"
NAME = "name"


class AlreadyThere(ValueError):
    """A phone or a name is registered already; the text says whose kind of entry it is."""


def role_of(tx: Session, staff_id: str) -> str:
    """The role of an active member of staff; "", which may nothing, for anybody else."""
    staff = tx.get(Staff, staff_id)
    return staff.role if staff is not None and staff.active else ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """A member of staff and one phone number (E.164) of theirs."""

    staff_id: str
    name: str
    number: str
    language: str


def add_staff(
    tx: Session,
    sealer: Sealer,
    house: House,
    ids: Ids,
    now: datetime,
    *,
    name: str,
    phone: str,
    languages: Sequence[str] = ("en",),
    role: Role = Role.RESPONDER,
    verified: bool = False,
    agency: str = "",
) -> str:
    """A new member of staff with one phone (E.164); gives the id. Who is there already without any phone (made at the
    first start) gets phone, languages and role. Raises `AlreadyThere`."""
    staff = staff_named(tx, sealer, name)
    if staff is None:
        staff_id = add_member(
            tx, sealer, house, ids, now, name=name, languages=languages, role=role, agency=agency
        )
    elif tx.scalar(select(StaffPhone.id).where(StaffPhone.staff_id == staff.id).limit(1)):
        raise AlreadyThere("a member of staff with this name is there already")
    else:
        staff_id, staff.role, staff.languages = staff.id, role.value, ",".join(languages) or "en"
        staff.agency = agency or None
    add_phone(tx, sealer, house, ids, now, staff_id=staff_id, phone=phone, verified=verified)
    return staff_id


def add_member(
    tx: Session,
    sealer: Sealer,
    house: House,
    ids: Ids,
    now: datetime,
    *,
    name: str,
    languages: Sequence[str] = ("en",),
    role: Role = Role.RESPONDER,
    agency: str = "",
) -> str:
    """A new member of staff without a phone yet: can log in, cannot be paged. Gives the id. Raises `AlreadyThere`."""
    if staff_named(tx, sealer, name):
        raise AlreadyThere("a member of staff with this name is there already")
    index = sealer.index(name.casefold().strip(), NAME)
    if tx.scalar(select(Staff.id).where(Staff.name_index == index)):
        raise AlreadyThere(
            "a member of staff with this name was removed; `hotline staff activate` brings them back"
        )
    staff = Staff(
        id=(staff_id := ids.new()),
        name_sealed=house.seal(staff_id, name),
        name_index=index,
        role=role.value,
        agency=agency or None,
        languages=",".join(languages) or "en",
        added_at=now,
    )
    tx.add(staff)
    tx.flush()
    return staff_id


def add_phone(
    tx: Session,
    sealer: Sealer,
    house: House,
    ids: Ids,
    now: datetime,
    *,
    staff_id: str,
    phone: str,
    verified: bool = False,
) -> str:
    """A further phone of a member of staff, after the others; gives its id. Raises `AlreadyThere`."""
    index = sealer.index(phone, NUMBER)
    if tx.scalar(select(StaffPhone.id).where(StaffPhone.number_index == index)):
        raise AlreadyThere("this number belongs to a member of staff already")
    position = tx.scalar(select(func.count()).where(StaffPhone.staff_id == staff_id)) or 0
    phone_id = ids.new()
    tx.add(
        StaffPhone(
            id=phone_id,
            staff_id=staff_id,
            number_index=index,
            number_sealed=house.seal(phone_id, phone),
            position=position,
            verified_at=now if verified else None,
        )
    )
    tx.flush()
    return phone_id


def add_officer(
    tx: Session,
    sealer: Sealer,
    house: House,
    ids: Ids,
    now: datetime,
    *,
    phone: str,
    name: str,
    agency: str,
    post: str = "",
    language: str = "en",
) -> str:
    """A registered field officer; the same phone again is an update. Gives the id."""
    index = sealer.index(phone, NUMBER)
    officer = tx.scalar(select(Officer).where(Officer.number_index == index))
    if officer is None:
        officer = Officer(id=ids.new(), number_index=index, added_at=now)
        tx.add(officer)
    officer.number_sealed = house.seal(officer.id, phone)
    officer.name_sealed = house.seal(officer.id, name)
    officer.post_sealed = house.seal(officer.id, post) if post else None
    officer.agency, officer.language, officer.active = agency, language, True
    officer.confirmed_at, officer.asked_at = now, None
    tx.flush()
    return officer.id


def staff_named(tx: Session, sealer: Sealer, name: str) -> Staff | None:
    """The active member of staff of that name, case ignored."""
    index = sealer.index(name.casefold().strip(), NAME)
    return tx.scalar(select(Staff).where(Staff.name_index == index, Staff.active))


def staff_of_phone(tx: Session, sealer: Sealer, number: str) -> StaffPhone | None:
    """The staff phone of a number (E.164), when its owner is active."""
    return tx.scalar(
        select(StaffPhone)
        .join(Staff, Staff.id == StaffPhone.staff_id)
        .where(StaffPhone.number_index == sealer.index(number, NUMBER), Staff.active)
    )


def officer_of_phone(tx: Session, sealer: Sealer, number: str) -> Officer | None:
    """The registered, active officer of a number (E.164)."""
    return tx.scalar(
        select(Officer).where(Officer.number_index == sealer.index(number, NUMBER), Officer.active)
    )


def name_of(tx: Session, house: House, staff_id: str) -> str:
    """The name of a member of staff; "" when unknown."""
    staff = tx.get(Staff, staff_id)
    return house.open(staff.id, staff.name_sealed) if staff else ""


def names(tx: Session, house: House) -> dict[str, str]:
    """The name of every member of staff by id, those who left included."""
    return {staff.id: house.open(staff.id, staff.name_sealed) for staff in tx.scalars(select(Staff))}


def reachable(tx: Session, house: House, staff_id: str) -> Reachable | None:
    """The first verified phone, not stopped, of an active member of staff; None when there is none."""
    row = tx.execute(
        select(Staff, StaffPhone)
        .join(StaffPhone, StaffPhone.staff_id == Staff.id)
        .where(Staff.id == staff_id, Staff.active, StaffPhone.verified_at.is_not(None), ~StaffPhone.stopped)
        .order_by(StaffPhone.position)
        .limit(1)
    ).first()
    if row is None:
        return None
    staff, phone = row
    return Reachable(
        staff.id,
        house.open(staff.id, staff.name_sealed),
        house.open(phone.id, phone.number_sealed),
        staff.languages.split(",")[0],
    )
