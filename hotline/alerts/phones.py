"""Who can be paged, and on which phone: by ids alone, so that the process that opens alerts needs no key to a number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.people import staff_named
from hotline.access.tables import Role, Staff, StaffPhone
from hotline.alerts.tables import CallState, Page, PageState
from hotline.threads.kit import Kit
from hotline.vault.sealing import House


def page_phone(tx: Session, staff_id: str) -> StaffPhone | None:
    """The first verified phone, not stopped, of an active member of staff; None: cannot be paged."""
    return next(iter(page_phones(tx, staff_id)), None)


def phone_for_try(tx: Session, alert_id: str, staff_id: str) -> StaffPhone | None:
    """The phone for the next try of a page: the first that can be paged, and after a call that reached nobody the next one in
    their order, the first again behind the last. None: cannot be paged."""
    phones = page_phones(tx, staff_id)
    page = tx.scalar(select(Page).where(Page.alert_id == alert_id, Page.staff_id == staff_id))
    ids = [phone.id for phone in phones]
    if page is None or page.phone_id not in ids:
        return next(iter(phones), None)
    missed = page.state == PageState.OPEN and page.call_state == CallState.ENDED
    return phones[(ids.index(page.phone_id) + missed) % len(phones)]


def page_phones(tx: Session, staff_id: str) -> tuple[StaffPhone, ...]:
    """Every verified phone, not stopped, of an active member of staff, in their order."""
    return tuple(
        tx.scalars(
            select(StaffPhone)
            .join(Staff, Staff.id == StaffPhone.staff_id)
            .where(
                Staff.id == staff_id, Staff.active, StaffPhone.verified_at.is_not(None), ~StaffPhone.stopped
            )
            .order_by(StaffPhone.position, StaffPhone.id)
        )
    )


def everyone(tx: Session) -> tuple[str, ...]:
    """The ids of all active staff with a verified phone that is not stopped, in a lasting order."""
    return tuple(
        tx.scalars(
            select(Staff.id)
            .where(
                Staff.active,
                select(StaffPhone.id)
                .where(
                    StaffPhone.staff_id == Staff.id, StaffPhone.verified_at.is_not(None), ~StaffPhone.stopped
                )
                .exists(),
            )
            .order_by(Staff.added_at, Staff.id)
        )
    )


def data_manager(tx: Session, kit: Kit) -> str | None:
    """The id of who answers callers in office hours: the person `hotline.toml` names, else the first with that role."""
    if name := kit.settings.deployment.people.data_manager:
        staff = staff_named(tx, kit.sealer, name)
        return staff.id if staff else None
    managers = tx.scalars(
        select(Staff.id)
        .where(Staff.active, Staff.role == Role.DATA_MANAGER)
        .order_by(Staff.added_at, Staff.id)
    ).all()
    # The log-in that the first start made has no phone: who can be rung comes first.
    return next((person for person in managers if page_phone(tx, person)), next(iter(managers), None))


def language_of(tx: Session, kit: Kit, staff_id: str) -> str:
    """The own language of a member of staff; the country's first where it is unknown."""
    staff = tx.get(Staff, staff_id)
    own = staff.languages.split(",")[0].strip() if staff else ""
    return own or kit.settings.deployment.languages[0]


def text_line(kit: Kit) -> str:
    """The id of the line that writes to staff: the first that can send texts."""
    lines = kit.settings.deployment.lines
    return next((line.id for line in lines if line.sms_out), lines[0].id)


def number_of(tx: Session, house: House, phone_id: str) -> str | None:
    """The number (E.164) of a staff phone, for the worker; None when the phone is gone."""
    phone = tx.get(StaffPhone, phone_id)
    return house.open(phone.id, phone.number_sealed) if phone else None
