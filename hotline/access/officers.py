"""What is known of registered officers beside their entry: the yearly confirmation, supervisors, and removal."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.access.people import NUMBER
from hotline.access.tables import Agency, Joining, JoinTry, Officer
from hotline.now import Ids
from hotline.vault.sealing import House, Sealer


def confirmed_since(officer: Officer) -> datetime:
    """When the officer was last known to be in post."""
    return officer.confirmed_at or officer.added_at


def is_due(officer: Officer, now: datetime, days: int) -> bool:
    """Whether the officer was not confirmed for so many days."""
    return now - confirmed_since(officer) > timedelta(days=days)


def confirm(officer: Officer, now: datetime) -> None:
    """The officer is in post."""
    officer.confirmed_at, officer.asked_at = now, None


def remove_officer(tx: Session, sealer: Sealer, number: str) -> str | None:
    """Delete the entry of a number (E.164), name and number with it; gives its id, None where there was none. Reports and the
    count of trainings stay."""
    index = sealer.index(number, NUMBER)
    officer = tx.scalar(select(Officer).where(Officer.number_index == index))
    for table in (Joining, JoinTry):
        tx.execute(delete(table).where(table.number_index == index))
    if officer is None:
        return None
    tx.delete(officer)
    tx.flush()
    return officer.id


def name_supervisor(tx: Session, house: House, ids: Ids, now: datetime, *, agency: str, phone: str) -> None:
    """The agency's supervisor (E.164), instead of an earlier one; "" for none from now on."""
    entry = _agency(tx, agency)
    if not phone:
        if entry is not None:
            tx.delete(entry)
        return
    if entry is None:
        entry = Agency(id=ids.new(), folded=folded(agency), added_at=now)
        tx.add(entry)
    entry.name, entry.supervisor_sealed = agency, house.seal(entry.id, phone)
    tx.flush()


def has_supervisor(tx: Session, agency: str) -> bool:
    """Whether a supervisor of the agency is named."""
    return _agency(tx, agency) is not None


def supervisor_of(tx: Session, house: House, agency: str) -> str:
    """The number of the agency's supervisor; "" when none is named."""
    entry = _agency(tx, agency)
    return house.open(entry.id, entry.supervisor_sealed) if entry is not None else ""


def _agency(tx: Session, name: str) -> Agency | None:
    return tx.scalar(select(Agency).where(Agency.folded == folded(name)))


def folded(name: str) -> str:
    """An agency's name as it is found: capitals and blanks aside."""
    return " ".join(name.casefold().split())[:120]
