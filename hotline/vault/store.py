"""The key store: a database of its own (`VAULT_URL`), of which the latest copy alone is kept, so that a restored backup of the
main database cannot read what was purged since.

    destroy_keys(ids)     whatever was sealed to them opens for nobody any more
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from hotline.db import BUSY_TIMEOUT_MS, make_engine, read, write
from hotline.vault.keys import KeyFolder
from hotline.vault.store_tables import Epoch, RoleKey, StoreBase, Wrap


@dataclass(frozen=True, slots=True)
class Half:
    """A new private half (32 bytes) of a compartment `owner`, `kind`, to be wrapped for its readers."""

    key_id: bytes
    owner: str
    kind: str
    private: bytes


class KeyStore:
    """Opens, keeps and destroys keys; whose private key opens what is kept here is not its business."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str, keys: KeyFolder | None = None) -> KeyStore:
        """Open the store at `url`; tables are made where they are missing, and the public keys of `keys` become those of roles
        that have none yet. Several processes may do it at once."""
        store = cls(make_engine(url))
        with write(store.engine) as tx:
            tx.execute(select(1))  # begins the transaction: on SQLite one maker at a time
            StoreBase.metadata.create_all(tx.connection())
        if keys is not None:
            store.register(keys)
        return store

    def register(self, keys: KeyFolder) -> None:
        """The public keys of the folder become those of roles that have none yet."""
        with read(self.engine) as tx:
            known = set(tx.scalars(select(RoleKey.role)))
        missing = {role: public for role, public in keys.publics().items() if role not in known}
        if missing:
            with write(self.engine) as tx:
                for role, public in missing.items():
                    _once(tx, RoleKey, role=role, generation=1, public=public)

    def destroy_keys(self, key_ids: Sequence[bytes]) -> None:
        """These keys are gone for good (`hotline.vault.compartments.destroy_doomed`); a second time changes nothing."""
        with write(self.engine) as tx:
            tx.execute(delete(Wrap).where(Wrap.key_id.in_(key_ids)))

    def wrapped(self, key_id: bytes, role: str) -> bytes | None:
        """The private half of a key as it is sealed to the role; None where it is not, or not any more."""
        with read(self.engine) as tx:
            return tx.scalar(select(Wrap.sealed).where(Wrap.key_id == key_id, Wrap.role == role))

    def seed(self, number: int) -> bytes | None:
        """What the key of an epoch is made of; None when it was destroyed."""
        with read(self.engine) as tx:
            return tx.scalar(select(Epoch.seed).where(Epoch.number == number))

    def keep_seed(self, number: int, seed: bytes) -> bytes:
        """Keep a new epoch's; gives the one that counts, where two processes begin it at once."""
        with write(self.engine) as tx:
            _once(tx, Epoch, number=number, seed=seed)
            return tx.scalars(select(Epoch.seed).where(Epoch.number == number)).one()

    def epochs_before(self, number: int) -> tuple[int, ...]:
        """The epochs older than that one whose keys are still here."""
        with read(self.engine) as tx:
            return tuple(tx.scalars(select(Epoch.number).where(Epoch.number < number).order_by(Epoch.number)))

    def destroy_epochs(self, numbers: Iterable[int]) -> None:
        """Nothing that was in flight in them opens any more."""
        with write(self.engine) as tx:
            tx.execute(delete(Epoch).where(Epoch.number.in_(list(numbers))))

    def settle(self) -> None:
        """On SQLite, put the write-ahead log into the file and cut it, so that what was deleted (and overwritten in the file) stands
        in it no more. Not waited for long: where somebody reads just now, the next time does it."""
        if self.engine.dialect.name != "sqlite":
            return
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=200")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            cursor.close()
        finally:
            connection.close()


def _once(tx: Session, table: type[StoreBase], **values: object) -> None:
    """Insert a row unless there is one."""
    insert = sqlite_insert if tx.get_bind().dialect.name == "sqlite" else postgres_insert
    tx.execute(insert(table).values(**values).on_conflict_do_nothing())
