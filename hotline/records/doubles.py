"""Keyed hashes of who a record tells of, made when it is handed over: two records that share one may be reports of the same person,
and can be suggested as doubles without anybody opening either.

    victim_first_names "Ana María", victim_family_names "Pérez"     victim_name    ana maria perez, in any order
    reporter_phone "+1 202 555 0123"                                reporter_phone +12025550123
    victim_birthdate 2008-05-01                                     victim_birthdate

Of an officer who reports nothing is hashed (that two reports have one reporter says nothing of whom they are about), nor of
who stays unnamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.answers.sheet import Given, Status
from hotline.records.tables import IdentityHash, Record
from hotline.standards.crosswalk import FieldRow, FieldType, Sensitivity
from hotline.standards.fold import tokens
from hotline.threads.kit import Kit

_PURPOSE = "identity"
_REPORTER = "reporter"
_PERSONS = (Sensitivity.VICTIM_IDENTITY, Sensitivity.SUSPECT_IDENTITY, Sensitivity.REPORTER_IDENTITY)


def write_hashes(
    tx: Session, kit: Kit, record: Record, sheet: Mapping[str, Given], fields: Mapping[str, FieldRow]
) -> None:
    """Make the hashes of a record anew. Doing it twice changes nothing."""
    tx.execute(delete(IdentityHash).where(IdentityHash.record_id == record.id))
    for kind, value in sorted(set(_identities(sheet, fields, nobody=record.verified or record.anonymous))):
        found = kit.sealer.index(f"{kind}:{value}", _PURPOSE)
        tx.add(IdentityHash(record_id=record.id, kind=kind, hash=found))
    tx.flush()


def possible_doubles(tx: Session, record_id: str) -> dict[str, tuple[str, ...]]:
    """Other records that share a hash with this one, and what they share, by their ids."""
    own = select(IdentityHash.hash).where(IdentityHash.record_id == record_id)
    rows = tx.execute(
        select(IdentityHash.record_id, IdentityHash.kind)
        .where(IdentityHash.hash.in_(own), IdentityHash.record_id != record_id)
        .order_by(IdentityHash.record_id, IdentityHash.kind)
    )
    found: dict[str, tuple[str, ...]] = {}
    for other, kind in rows:
        found[other] = (*found.get(other, ()), kind)
    return found


def _identities(
    sheet: Mapping[str, Given], fields: Mapping[str, FieldRow], *, nobody: bool
) -> Iterator[tuple[str, str]]:
    """What is hashed: kind and normalised value."""
    names: dict[str, list[str]] = {}
    for name, row in fields.items():
        given = sheet.get(name)
        whose = name.split("_", 1)[0]
        if row.sensitivity not in _PERSONS or (nobody and whose == _REPORTER):
            continue
        if given is None or given.status is not Status.ANSWERED or not isinstance(given.value, str):
            continue
        if row.type is FieldType.PERSON_NAME:
            names.setdefault(whose, []).extend(tokens(given.value))
        elif row.type is FieldType.PHONE:
            yield f"{whose}_phone", "".join(ch for ch in given.value if ch.isdigit() or ch == "+")
        elif row.type is FieldType.DATE and name.endswith("_birthdate"):
            yield f"{whose}_birthdate", given.value
    for whose, words in names.items():
        if len(words) > 1:  # a first name alone is half the country's
            yield f"{whose}_name", " ".join(sorted(words))
