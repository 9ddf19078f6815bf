"""A backup is sealed, whole, restores onto either database, and pages go on; the drill of it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nacl.public import PrivateKey
from sqlalchemy import Engine

from hotline import db_migrate
from hotline.db import make_engine
from hotline.now import SetClock
from hotline.retention.archive import PIECE, Broken, read_sealed, write_sealed
from hotline.retention.backups import (
    back_up,
    back_up_store,
    new_pair,
    private_key,
    restore,
    restore_store,
)
from hotline.retention.dump import Unfit
from hotline.tables import metadata
from hotline.threads.tables import Message
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import RecordsReader, Unsealable
from hotline.vault.store import KeyStore
from hotline.vault.store_tables import StoreBase
from tests.house import CALLER, SECOND, home
from tests.retention.conftest import Keeping
from tests.structure.rows import count, fill


def sealed(data: bytes, public: bytes) -> bytes:
    out = io.BytesIO()
    write_sealed(out, public, [data[at : at + 1000] for at in range(0, len(data), 1000)])
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_opens_with_the_private_half_alone(size: int) -> None:
    printed, public = new_pair()
    data = b"x" * size
    blob = sealed(data, public)
    assert b"xxxx" not in blob
    assert b"".join(read_sealed(io.BytesIO(blob), private_key(printed))) == data
    with pytest.raises(Broken, match="does not open"):
        list(read_sealed(io.BytesIO(blob), bytes(PrivateKey.generate())))


def test_a_backup_that_was_cut_changed_or_added_to_does_not_open() -> None:
    printed, public = new_pair()
    blob = sealed(b"y" * (2 * PIECE + 5), public)
    private = private_key(printed)
    for broken in (
        blob[:-1],
        blob[: len(blob) - 26],
        blob[:200] + b"?" + blob[201:],
        blob + b"?",
        b"",
        b"PK",
    ):
        with pytest.raises(Broken):
            list(read_sealed(io.BytesIO(broken), private))


def test_a_slip_in_the_private_half_is_told() -> None:
    printed, _ = new_pair()
    assert private_key(printed.upper().replace("-", " ")) == private_key(printed)
    slip = ("a" if printed[0] != "a" else "b") + printed[1:]
    with pytest.raises(Broken, match="typed wrong"):
        private_key(slip)


def test_every_table_comes_back_on_the_other_database(
    engine: Engine, empty_database_url: str, tmp_path: Path
) -> None:
    printed, public = new_pair()
    with engine.begin() as connection:
        before = fill(connection)
    file, keys = tmp_path / "all.backup", tmp_path / "keys"
    keys.mkdir()
    (keys / "index.key").write_bytes(b"k" * 32)
    back_up(engine, metadata(), keys, file, public, datetime(2026, 11, 20, tzinfo=UTC))
    assert file.stat().st_mode & 0o777 == 0o600
    db_migrate.upgrade(empty_database_url)
    there = make_engine(empty_database_url)
    restore(there, metadata(), tmp_path / "other", file, private_key(printed))
    assert (tmp_path / "other" / "index.key").read_bytes() == b"k" * 32
    with engine.connect() as old, there.connect() as new:
        assert count(new) == before
        for table in metadata().sorted_tables:
            assert list(old.execute(table.select())) == list(new.execute(table.select())), table.name
    with pytest.raises(Unfit, match="holds data already"):
        restore(there, metadata(), tmp_path / "third", file, private_key(printed))
    there.dispose()


def test_the_drill_after_a_fire_the_house_goes_on_and_what_was_purged_cannot_be_read(
    one_keeping: Keeping, clock: SetClock, tmp_path: Path
) -> None:
    old, store = one_keeping.home, one_keeping.home.desk.kit.sealer.store
    closed = one_keeping.report()
    old.text("he has a knife")
    old.work()
    printed, public = new_pair()
    file, newest = tmp_path / "night.backup", tmp_path / "key-store.backup"
    back_up(old.shop.engine, metadata(), old.desk.settings.data_dir / "keys", file, public, clock.now())
    assert CALLER.encode() not in file.read_bytes()
    told = old.records()
    one_keeping.days(31)
    assert old.all(Message, Message.thread_id == closed) == []
    one_keeping.has_keys(closed)  # the clock went round
    back_up_store(store.engine, StoreBase.metadata, newest, public, clock.now())

    there = tmp_path / "new"
    url, private = f"sqlite:///{there / 'hotline.db'}", private_key(printed)
    db_migrate.upgrade(url)
    engine = make_engine(url)
    restore(engine, metadata(), there / "keys", file, private)
    engine.dispose()
    restored = KeyStore.open(f"sqlite:///{there / 'keys' / 'vault.db'}")
    restore_store(restored.engine, StoreBase.metadata, newest, private)
    with home(url, there, clock) as new:
        assert new.records() == told, "the records are whole"
        reader = RecordsReader(KeyFolder(there / "keys").read("export.key"), restored)
        words = new.all(Message, Message.thread_id == closed)
        assert len(words) == 2, "in the old backup their rows stand"
        for message in words:
            with pytest.raises(Unsealable):
                reader.open(message.id, message.body_sealed)
        (knife,) = new.all(Message, Message.danger)
        assert reader.open(knife.id, knife.body_sealed) == b"he has a knife"
        for _ in range(30):
            new.tick()
            new.work()
            new.pass_time(seconds=5)
            if new.net.phone(SECOND).ringing is not None:
                break
        assert new.net.phone(SECOND).ringing is not None, "an emergency is paged until a human has it"
    restored.engine.dispose()
