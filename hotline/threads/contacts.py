"""Contacts and their threads: who reaches us, and the one open thread of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from hotline.access.people import NUMBER
from hotline.threads.kit import Kit
from hotline.threads.tables import Contact, Thread, ThreadState
from hotline.vault.sealing import Unsealable, WorkerReader


def contact_of(tx: Session, kit: Kit, number: str, now: datetime) -> Contact:
    """The contact of a number (E.164), locked for this transaction; a new one when it is unknown. A hidden number ("")
    is a new contact each time."""
    if not number:
        contact = Contact(id=kit.ids.new(), created_at=now)
        tx.add(contact)
        tx.flush()
        return contact
    index = kit.sealer.index(number, NUMBER)
    insert = sqlite_insert if tx.get_bind().dialect.name == "sqlite" else postgres_insert
    fresh = tx.scalar(
        insert(Contact)
        .values(id=kit.ids.new(), number_index=index, stopped=False, created_at=now)
        .on_conflict_do_nothing()
        .returning(Contact.id)
    )
    contact = tx.scalars(select(Contact).where(Contact.number_index == index).with_for_update()).one()
    if fresh is not None:
        contact.number_sealed = kit.sealer.seal_to_worker(tx, contact.id, contact.id, number.encode())
        tx.flush()
    return contact


def known_contact(tx: Session, kit: Kit, number: str) -> Contact | None:
    """The contact of a number (E.164), locked for this transaction; None when nobody with it ever said anything, or it
    is hidden ("")."""
    if not number:
        return None
    index = kit.sealer.index(number, NUMBER)
    return tx.scalar(select(Contact).where(Contact.number_index == index).with_for_update())


def number_of_contact(reader: WorkerReader, contact: Contact) -> str | None:
    """The number (E.164), for the worker to write to or ring; None where it is hidden, forgotten, or opens no more."""
    if contact.number_sealed is None:
        return None
    try:
        return reader.open(contact.id, contact.number_sealed).decode()
    except Unsealable:
        return None


def open_thread(tx: Session, contact: Contact) -> Thread | None:
    """The contact's open thread."""
    return tx.scalar(select(Thread).where(Thread.contact_id == contact.id, Thread.state == ThreadState.OPEN))


def thread_of(tx: Session, kit: Kit, contact: Contact, channel: str, line: str, now: datetime) -> Thread:
    """The contact's open thread; a new one when there is none."""
    thread = open_thread(tx, contact)
    if thread is None:
        thread = Thread(
            id=kit.ids.new(),
            reference=free_reference(tx, kit),
            contact_id=contact.id,
            language=contact.language,
            channel=channel,
            line=line,
            opened_at=now,
            last_in_at=now,
            waiting_since=now,
            grade="routine",
            unsafe=False,
            state=ThreadState.OPEN.value,
        )
        tx.add(thread)
        tx.flush()
    return thread


def free_reference(tx: Session, kit: Kit) -> str:
    """A short reference that no open thread bears. After 20 draws a doubled one is accepted: it is for reading out, not
    a key."""
    reference = kit.ids.reference()
    for _ in range(20):
        taken = select(Thread.id).where(Thread.reference == reference, Thread.state == ThreadState.OPEN)
        if tx.scalar(taken) is None:
            break
        reference = kit.ids.reference()
    return reference
