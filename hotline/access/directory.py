"""The directory as it is kept: adding, removing, and what the pure room needs to say who is asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.access.directory_tables import DirectoryEntry, DirectoryPhone
from hotline.access.people import NAME, NUMBER, AlreadyThere
from hotline.now import Ids
from hotline.oncall.directory import Entry, Kind
from hotline.oncall.hours import read_hours
from hotline.vault.sealing import House, Sealer


def add_entry(
    tx: Session,
    sealer: Sealer,
    house: House,
    ids: Ids,
    now: datetime,
    *,
    kind: Kind,
    name: str,
    phone: str,
    language: str,
    languages: Sequence[str] = (),
    districts: Sequence[str] = (),
    hours: str = "",
    landline: bool = False,
    verified: bool = False,
) -> str:
    """A new entry with one phone (E.164), behind the others of its kind; gives its id. `hours` was read before
    (`read_hours`). Raises `AlreadyThere` for a name of the same kind."""
    if entry_named(tx, sealer, name, kind) is not None:
        raise AlreadyThere(f"'{name}' stands there as {kind.value} already")
    position = tx.scalar(select(func.max(DirectoryEntry.position)).where(DirectoryEntry.kind == kind.value))
    entry_id = ids.new()
    tx.add(
        DirectoryEntry(
            id=entry_id,
            kind=kind.value,
            name_sealed=house.seal(entry_id, name),
            name_index=sealer.index(name.casefold().strip(), NAME),
            language=language,
            languages=",".join(dict.fromkeys([language, *languages])),
            districts=",".join(dict.fromkeys(districts)),
            hours=hours.strip(),
            position=0 if position is None else position + 1,
            added_at=now,
        )
    )
    tx.flush()
    add_entry_phone(
        tx,
        sealer,
        house,
        ids,
        entry_id,
        phone=phone,
        landline=landline,
        verified_at=now if verified else None,
    )
    return entry_id


def add_entry_phone(
    tx: Session,
    sealer: Sealer,
    house: House,
    ids: Ids,
    entry_id: str,
    *,
    phone: str,
    landline: bool = False,
    verified_at: datetime | None = None,
) -> str:
    """A further phone of an entry, after its others; gives its id. A number that was proven for another entry of the
    directory counts at once. Raises `AlreadyThere`."""
    index = sealer.index(phone, NUMBER)
    own = tx.scalars(select(DirectoryPhone).where(DirectoryPhone.entry_id == entry_id)).all()
    if any(one.number_index == index for one in own):
        raise AlreadyThere("this number stands there already")
    proven = tx.scalar(
        select(DirectoryPhone.verified_at).where(
            DirectoryPhone.number_index == index, DirectoryPhone.verified_at.is_not(None)
        )
    )
    phone_id = ids.new()
    tx.add(
        DirectoryPhone(
            id=phone_id,
            entry_id=entry_id,
            number_index=index,
            number_sealed=house.seal(phone_id, phone),
            landline=landline,
            position=len(own),
            verified_at=verified_at or proven,
        )
    )
    tx.flush()
    return phone_id


def entry_named(tx: Session, sealer: Sealer, name: str, kind: Kind | None = None) -> DirectoryEntry | None:
    """The entry of that name, case ignored; of several kinds the first, unless `kind` says which."""
    query = select(DirectoryEntry).where(
        DirectoryEntry.name_index == sealer.index(name.casefold().strip(), NAME), DirectoryEntry.active
    )
    if kind is not None:
        query = query.where(DirectoryEntry.kind == kind.value)
    return tx.scalar(query.order_by(DirectoryEntry.kind, DirectoryEntry.id).limit(1))


def remove_entry(tx: Session, entry: DirectoryEntry) -> None:
    """The entry is asked no more; its phones are deleted, the name stays for what it did."""
    for phone in tx.scalars(select(DirectoryPhone).where(DirectoryPhone.entry_id == entry.id)):
        tx.delete(phone)
    entry.active = False
    tx.flush()


def entry_phones(tx: Session, entry_id: str, *, proven: bool = True) -> tuple[DirectoryPhone, ...]:
    """The phones of an entry in their order, only those that were proven unless told otherwise."""
    query = select(DirectoryPhone).where(DirectoryPhone.entry_id == entry_id)
    if proven:
        query = query.where(DirectoryPhone.verified_at.is_not(None))
    return tuple(tx.scalars(query.order_by(DirectoryPhone.position, DirectoryPhone.id)))


def rung_entries(tx: Session, without: Collection[str] = ()) -> tuple[Entry, ...]:
    """The active entries that have a proven phone, but for those `without`."""
    has_phone = (
        select(DirectoryPhone.id)
        .where(DirectoryPhone.entry_id == DirectoryEntry.id, DirectoryPhone.verified_at.is_not(None))
        .exists()
    )
    rows = tx.scalars(select(DirectoryEntry).where(DirectoryEntry.active, has_phone))
    return tuple(
        Entry(
            row.id,
            Kind(row.kind),
            _set(row.languages),
            _set(row.districts),
            read_hours(row.hours),
            row.position,
        )
        for row in rows
        if row.id not in without
    )


def entry_name(tx: Session, house: House, entry_id: str) -> str:
    """The name of an entry, also of one that was removed; "" when unknown."""
    entry = tx.get(DirectoryEntry, entry_id)
    return house.open(entry.id, entry.name_sealed) if entry is not None else ""


def _set(commas: str) -> frozenset[str]:
    return frozenset(part for part in commas.split(",") if part)
