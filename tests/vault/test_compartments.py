"""Each thread has keys of its own, made by whoever seals first; once they are destroyed nobody reads it any more, in no copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from hotline.db import make_engine, read, write
from hotline.now import SetClock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.compartments import destroy_doomed, doom
from hotline.vault.keys import KeyFolder
from hotline.vault.roles import FOR_WORKER
from hotline.vault.sealing import Sealer, Unsealable, WorkerReader
from hotline.vault.store import KeyStore
from hotline.vault.store_tables import Wrap
from hotline.vault.tables import Compartment, DoomedKey
from tests.vaulted import destroyed, reader_of

VICTIM = Sensitivity.VICTIM_IDENTITY


def wraps(store: KeyStore) -> int:
    with read(store.engine) as tx:
        return tx.scalar(select(func.count()).select_from(Wrap)) or 0


def test_a_thread_has_one_key_for_a_class_and_another_thread_another(engine: Engine, sealer: Sealer) -> None:
    with write(engine) as tx:
        first = sealer.seal(tx, "thread", "one", VICTIM, b"a")
    with write(engine) as tx:
        second = sealer.seal(tx, "thread", "two", VICTIM, b"b")
        other = sealer.seal(tx, "other", "three", VICTIM, b"c")
        other_class = sealer.seal(tx, "thread", "four", Sensitivity.RESTRICTED, b"d")
    assert first[:17] == second[:17]
    assert len({blob[:17] for blob in (first, other, other_class)}) == 3
    assert wraps(sealer.store) == 3 * 4, "three roles and the export for each of three keys"


def test_a_destroyed_compartment_opens_for_nobody_and_the_next_one_does(
    engine: Engine, keys: KeyFolder, sealer: Sealer
) -> None:
    with write(engine) as tx:
        gone, stays = (sealer.seal(tx, one, "row", VICTIM, b"words") for one in ("thread", "other"))
    for owner in ("thread", "thread", "never was"):
        destroyed(engine, sealer.store, owner)
    for role in ("data_manager", "leader", "responder", "export", "worker"):
        with pytest.raises(Unsealable):
            reader_of(keys, sealer.store, role).open("row", gone)
    assert reader_of(keys, sealer.store).open("row", stays) == b"words"


def test_a_backup_of_the_database_does_not_open_what_was_destroyed_since(
    tmp_path: Path, keys: KeyFolder, sealer: Sealer, sqlite_engine: Engine
) -> None:
    with write(sqlite_engine) as tx:
        blob = sealer.seal(tx, "thread", "row", VICTIM, b"words")
    assert sqlite_engine.url.database is not None
    sqlite_engine.dispose()
    shutil.copy(sqlite_engine.url.database, tmp_path / "backup.db")
    assert any(blob[1:17] in path.read_bytes() for path in keys.path.glob("vault.db*"))
    destroyed(sqlite_engine, sealer.store, "thread")
    sealer.store.settle()
    for path in keys.path.glob("vault.db*"):
        assert blob[1:17] not in path.read_bytes(), (
            "not even in free pages of the store's file, or in its log"
        )
    restored = make_engine(f"sqlite:///{tmp_path}/backup.db")
    with read(restored) as tx:
        assert tx.scalars(select(Compartment.key_id)).all() == [blob[1:17]], "the backup knows of the key"
    restored.dispose()
    with pytest.raises(Unsealable):
        reader_of(keys, sealer.store).open("row", blob)


def test_what_was_rolled_back_leaves_no_key(engine: Engine, keys: KeyFolder, sealer: Sealer) -> None:
    with pytest.raises(RuntimeError), write(engine) as tx:
        sealer.seal(tx, "thread", "row", VICTIM, b"words")
        raise RuntimeError
    with write(engine) as tx:
        undone = tx.begin_nested()
        sealer.seal(tx, "thread", "row", VICTIM, b"a probe")
        undone.rollback()
        again = sealer.seal(tx, "thread", "row", VICTIM, b"words")
    assert wraps(sealer.store) == 4
    assert reader_of(keys, sealer.store).open("row", again) == b"words"


def test_the_keys_are_in_the_store_before_anything_sealed_with_them_is_committed(
    engine: Engine, sealer: Sealer, keys: KeyFolder
) -> None:
    (keys.path / "vault.db").rename(keys.path / "away.db")
    sealer.store.engine.dispose()
    (keys.path / "vault.db").mkdir()
    with pytest.raises(Exception, match="unable to open"), write(engine) as tx:
        sealer.seal(tx, "thread", "row", VICTIM, b"words")
    with read(engine) as tx:
        assert tx.scalars(select(Compartment)).all() == [], "nothing is kept that nobody could open"


def test_what_is_doomed_is_destroyed_after_the_commit_and_sealed_anew_with_another_key(
    engine: Engine, keys: KeyFolder, sealer: Sealer, clock: SetClock
) -> None:
    worker = WorkerReader.load(keys, sealer.store)
    with write(engine) as tx:
        copy = sealer.seal_to_worker(tx, "thread", "row", b"she said")
        body = sealer.seal(tx, "thread", "row", VICTIM, b"she said")
    with pytest.raises(RuntimeError), write(engine) as tx:
        doom(tx, "thread", clock.now(), FOR_WORKER)
        raise RuntimeError
    with write(engine) as tx:
        assert destroy_doomed(tx, sealer.store) == 0
    assert worker.open("row", copy) == b"she said", "an outcome that was not committed destroys nothing"
    with write(engine) as tx:
        doom(tx, "thread", clock.now(), FOR_WORKER)
        doom(tx, "thread", clock.now(), FOR_WORKER)
    with write(engine) as tx:
        later = sealer.seal_to_worker(tx, "thread", "row", b"and later")
    with write(engine) as tx:
        assert destroy_doomed(tx, sealer.store) == 1
        assert tx.scalars(select(DoomedKey)).all() == []
    with pytest.raises(Unsealable):
        worker.open("row", copy)
    assert worker.open("row", later) == b"and later"
    assert reader_of(keys, sealer.store).open("row", body) == b"she said"


@pytest.mark.postgres
def test_the_store_may_be_a_postgresql(empty_postgres_url: str, keys: KeyFolder) -> None:
    store = KeyStore.open(empty_postgres_url, keys)
    again = KeyStore.open(empty_postgres_url, keys)
    assert again.seed(7) is None
    again.engine.dispose()
    assert store.keep_seed(7, b"a" * 32) == store.keep_seed(7, b"b" * 32) == b"a" * 32
    assert store.epochs_before(8) == (7,)
    store.destroy_epochs([7])
    assert store.seed(7) is None
    store.destroy_keys([b"nothing"])
    store.engine.dispose()
