"""People who leave, come back, or get another role: felt at their next request, and at the next page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.access import sessions
from hotline.access.people import NAME, staff_named
from hotline.access.second_factor import forget_all
from hotline.access.tables import FirstLogin, Role, Staff, StaffPin
from hotline.vault.sealing import Sealer


class Nobody(ValueError):
    """Nobody of that name is there to be changed; the text is for who typed it."""


def remove(tx: Session, sealer: Sealer, name: str, now: datetime) -> str:
    """This person leaves: out at the next request, paged no more, and nothing with which they came in is left. Gives the id.
    What they did stays under their name. Raises `Nobody`."""
    staff = staff_named(tx, sealer, name)
    if staff is None:
        raise Nobody(f"nobody on the staff is called '{name}'")
    staff.active, staff.password_hash = False, None
    sessions.end_all(tx, staff.id, now)
    forget_all(tx, staff.id)
    for table in (FirstLogin, StaffPin):
        tx.execute(delete(table).where(table.staff_id == staff.id))
    return staff.id


def activate(tx: Session, sealer: Sealer, name: str) -> str:
    """This person is back, with role and phones as before, and gets a new one-time link for the rest. Gives the id.
    Raises `Nobody`."""
    index = sealer.index(name.casefold().strip(), NAME)
    staff = tx.scalar(select(Staff).where(Staff.name_index == index, ~Staff.active))
    if staff is None:
        raise Nobody(f"nobody called '{name}' was removed")
    staff.active = True
    return staff.id


def set_role(tx: Session, sealer: Sealer, name: str, role: Role) -> str:
    """Another role, from the next request on. Gives the id. Raises `Nobody`."""
    staff = staff_named(tx, sealer, name)
    if staff is None:
        raise Nobody(f"nobody on the staff is called '{name}'")
    staff.role = role.value
    return staff.id
