"""Compartments: each owner (a thread, record, contact or alert) has a key pair of its own for each class of data.

Whoever seals first makes the pair, also the intake, which has public keys only: the private half is wrapped for each role that
may read the class, written to the key store just before the transaction commits, and forgotten. What comes later is sealed
to the public half. So one commit more is needed for a new thread, and none for its further messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random
from sqlalchemy import delete, event, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from hotline.db import write
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.roles import READERS, readers_of
from hotline.vault.store import Half, KeyStore
from hotline.vault.store_tables import RoleKey, Wrap
from hotline.vault.tables import Compartment, DoomedKey

_NEW = "hotline.vault.new_halves"


class Compartments:
    """Gives the public half to seal to, and makes it where there is none."""

    def __init__(self, store: KeyStore, readers: Mapping[Sensitivity, tuple[str, ...]] = READERS) -> None:
        self._store, self._readers = store, readers

    def public(self, tx: Session, owner: str, kind: str) -> tuple[bytes, bytes]:
        """The id (16 bytes) and the public half (32 bytes) of the compartment's key."""
        asked = select(Compartment.key_id, Compartment.public).where(
            Compartment.owner_id == owner, Compartment.kind == kind
        )
        with tx.no_autoflush:  # who seals a column has not filled the row yet
            found = tx.execute(asked).one_or_none()
            if found is None:
                self._make(tx, owner, kind)
                found = tx.execute(asked).one()  # another writer's, where two made it at once
        return found.key_id, found.public

    def _make(self, tx: Session, owner: str, kind: str) -> None:
        pair = PrivateKey.generate()
        half = Half(random(16), owner, kind, bytes(pair))
        insert = sqlite_insert if tx.get_bind().dialect.name == "sqlite" else postgres_insert
        tx.execute(
            insert(Compartment)
            .values(owner_id=owner, kind=kind, key_id=half.key_id, public=bytes(pair.public_key))
            .on_conflict_do_nothing()
        )
        if _NEW not in tx.info:
            tx.info[_NEW] = []
            event.listen(tx, "before_commit", self._keep)
        tx.info[_NEW].append(half)

    def _keep(self, tx: Session) -> None:
        """The transaction is about to commit: the private halves go to the key store first, so that nothing is ever kept that
        nobody can open. Where the commit then fails, a wrap of a key that sealed nothing stays behind."""
        halves: list[Half] = [half for half in tx.info[_NEW] if self._counts(tx, half)]
        tx.info[_NEW].clear()
        if not halves:
            return
        with write(self._store.engine) as keys:
            rows = {
                row.role: row
                for row in keys.execute(select(RoleKey.role, RoleKey.generation, RoleKey.public))
            }
            for half in halves:
                for role in readers_of(half.kind, self._readers):
                    if role in rows:
                        keys.add(wrapped_for(half, role, rows[role].generation, rows[role].public))

    @staticmethod
    def _counts(tx: Session, half: Half) -> bool:
        """Whether it is the key of its compartment: not after a savepoint was undone, or another writer was first."""
        row = (Compartment.owner_id == half.owner, Compartment.kind == half.kind)
        return tx.scalar(select(Compartment.key_id).where(*row)) == half.key_id


def wrapped_for(half: Half, role: str, generation: int, public: bytes) -> Wrap:
    """The row that lets a role open a key."""
    sealed = SealedBox(PublicKey(public)).encrypt(half.private)
    return Wrap(
        key_id=half.key_id,
        role=role,
        generation=generation,
        owner=half.owner,
        kind=half.kind,
        sealed=sealed,
    )


def doom(tx: Session, owner: str, now: datetime, kind: str | None = None) -> None:
    """The keys of an owner, or of one kind of its data, are to be destroyed once this transaction stands; what is sealed later
    gets a new key. The clock process does it within seconds (`destroy_doomed`)."""
    where = [Compartment.owner_id == owner]
    if kind is not None:
        where.append(Compartment.kind == kind)
    for key_id in tx.scalars(select(Compartment.key_id).where(*where)).all():
        if tx.get(DoomedKey, key_id) is None:
            tx.add(DoomedKey(key_id=key_id, since=now))
    tx.execute(delete(Compartment).where(*where))
    tx.flush()


def destroy_doomed(tx: Session, store: KeyStore) -> int:
    """Destroy what is doomed; gives how many. Bears to be done twice: the list is emptied after the keys are gone."""
    doomed = tx.scalars(select(DoomedKey.key_id)).all()
    if doomed:
        store.destroy_keys(doomed)
        tx.execute(delete(DoomedKey).where(DoomedKey.key_id.in_(doomed)))
    return len(doomed)
