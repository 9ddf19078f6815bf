"""Whose report it is: what registered officers of an agency sent belongs to that agency, found by the officer's number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.officers import folded
from hotline.access.tables import Officer
from hotline.records.tables import Record
from hotline.threads.tables import Contact, Thread


def threads_of_agency(tx: Session, agency: str) -> frozenset[str]:
    """The ids of the threads of the agency's officers, capitals and blanks aside; none for ""."""
    if not agency.strip():
        return frozenset()
    officers = tx.execute(select(Officer.number_index, Officer.agency)).all()
    numbers = [index for index, name in officers if folded(name) == folded(agency)]
    query = (
        select(Thread.id)
        .join(Contact, Contact.id == Thread.contact_id)
        .where(Contact.number_index.in_(numbers))
    )
    return frozenset(tx.scalars(query))


def reports(tx: Session, threads: frozenset[str] | None, most: int) -> Sequence[Record]:
    """The newest records, of these threads where they are given."""
    query = select(Record).order_by(Record.created_at.desc(), Record.id).limit(most)
    if threads is not None:
        query = query.where(Record.thread_id.in_(threads), Record.verified)
    return tx.scalars(query).all()
