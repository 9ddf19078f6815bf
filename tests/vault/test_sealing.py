"""What is sealed opens for who it was sealed for, in the row it was sealed for, unchanged; else not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hotline.db import write
from hotline.now import SetClock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.keys import KeyFolder, NoKey
from hotline.vault.sealing import House, RecordsReader, Sealer, Unsealable, WorkerReader
from tests.vaulted import reader_of, sealer_of

WORDS = b"she is at the market"
Seal = Callable[[str, bytes], bytes]
Open = Callable[[str, bytes], bytes]


def ways(engine: Engine, keys: KeyFolder, sealer: Sealer) -> dict[str, tuple[Seal, Open]]:
    """Every way to seal, and the way to open it again."""
    house = House(keys)
    records = RecordsReader(keys.read("export.key"), sealer.store)
    worker = WorkerReader.load(keys, sealer.store)

    def to_roles(row: str, data: bytes) -> bytes:
        with write(engine) as tx:
            return sealer.seal(tx, "thread", row, Sensitivity.VICTIM_IDENTITY, data)

    def to_worker(row: str, data: bytes) -> bytes:
        with write(engine) as tx:
            return sealer.seal_to_worker(tx, "thread", row, data)

    return {
        "records": (to_roles, records.open),
        "worker": (to_worker, worker.open),
        "calendars": (sealer.seal_for_worker, worker.open_own),
        "flight": (sealer.seal_flight, sealer.open_flight),
        "house": (
            lambda row, data: house.seal(row, data.decode()),
            lambda row, blob: house.open(row, blob).encode(),
        ),
    }


WAYS = ["records", "worker", "calendars", "flight", "house"]


@pytest.fixture(params=WAYS)
def way(
    request: pytest.FixtureRequest, sqlite_engine: Engine, keys: KeyFolder, sealer: Sealer
) -> tuple[Seal, Open]:
    return ways(sqlite_engine, keys, sealer)[request.param]


def test_it_opens_in_its_own_row(way: tuple[Seal, Open]) -> None:
    seal, open_ = way
    assert open_("row", seal("row", WORDS)) == WORDS
    assert WORDS not in seal("row", WORDS)
    assert seal("row", WORDS) != seal("row", WORDS), "the same words twice look different"
    assert open_("", seal("", b"")) == b""


def test_a_blob_moved_to_another_row_does_not_open(way: tuple[Seal, Open]) -> None:
    seal, open_ = way
    blob = seal("row", WORDS)
    for other in ("wor", "ro", "rows", "", "row2"):
        with pytest.raises(Unsealable):
            open_(other, blob)


def test_a_changed_or_cut_off_blob_does_not_open(way: tuple[Seal, Open]) -> None:
    seal, open_ = way
    blob = seal("row", WORDS)
    changed = [blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :] for place in range(len(blob))]
    for broken in (*changed, *(blob[:length] for length in (0, 1, 16, 40, len(blob) - 1))):
        with pytest.raises(Unsealable):
            open_("row", broken)


def test_nobody_opens_what_was_sealed_for_another(
    sqlite_engine: Engine, keys: KeyFolder, sealer: Sealer
) -> None:
    ours = ways(sqlite_engine, keys, sealer)
    for sealed_for in WAYS:
        blob = ours[sealed_for][0]("row", WORDS)
        for who in WAYS:
            if who != sealed_for:
                with pytest.raises(Unsealable):
                    ours[who][1]("row", blob)


def test_another_houses_keys_open_nothing(
    sqlite_engine: Engine, keys: KeyFolder, sealer: Sealer, clock: SetClock, tmp_path: Path
) -> None:
    theirs = KeyFolder(tmp_path / "theirs")
    theirs.make()
    strangers = ways(sqlite_engine, theirs, sealer_of(theirs, clock))
    for name, (seal, _open) in ways(sqlite_engine, keys, sealer).items():
        with pytest.raises(Unsealable):
            strangers[name][1]("row", seal("row", WORDS))


def test_a_role_opens_the_classes_that_it_may_read_and_no_other(
    sqlite_engine: Engine, keys: KeyFolder, sealer: Sealer
) -> None:
    with write(sqlite_engine) as tx:
        sealed = {one: sealer.seal(tx, "record", "row", one, WORDS) for one in Sensitivity}

    def opened_by(role: str) -> set[Sensitivity]:
        reader, found = reader_of(keys, sealer.store, role), set()
        for sensitivity, blob in sealed.items():
            try:
                assert reader.open("row", blob) == WORDS
            except Unsealable:
                continue
            found.add(sensitivity)
        return found

    assert opened_by("data_manager") == opened_by("leader") == opened_by("export") == set(Sensitivity)
    assert opened_by("responder") == set(Sensitivity) - {
        Sensitivity.SUSPECT_IDENTITY,
        Sensitivity.IMMIGRATION,
    }
    assert opened_by("worker") == set()


def test_the_intake_works_without_any_private_key_and_cannot_open_what_it_sealed(
    sqlite_engine: Engine, keys: KeyFolder, clock: SetClock, tmp_path: Path, sealer: Sealer
) -> None:
    public = tmp_path / "intake"
    public.mkdir()
    for name in ("index.key", "flight.key", *(path.name for path in keys.path.glob("*.pub"))):
        (public / name).write_bytes(keys.read(name))
    intake = KeyFolder(public)
    theirs = Sealer(intake, sealer.store, clock)
    with write(sqlite_engine) as tx:
        kept = theirs.seal(tx, "thread", "row", Sensitivity.VICTIM_IDENTITY, WORDS)
        number = theirs.seal_to_worker(tx, "contact", "row", b"+12025550123")
    for blob in (kept, number):
        with pytest.raises(Unsealable):
            theirs.open_flight("row", blob)
    with pytest.raises(NoKey):
        House(intake)
    for role in ("data_manager", "leader", "responder", "export", "worker", "administrator"):
        with pytest.raises(NoKey):
            intake.private(role)
    assert reader_of(keys, sealer.store).open("row", kept) == WORDS
    assert WorkerReader.load(keys, sealer.store).open("row", number) == b"+12025550123"


def test_a_keyed_hash_finds_the_same_again_and_keeps_kinds_and_houses_apart(
    keys: KeyFolder, sealer: Sealer, clock: SetClock, tmp_path: Path
) -> None:
    theirs = KeyFolder(tmp_path / "theirs")
    theirs.make()
    found = sealer.index("+12025550123", "number")
    assert found == sealer_of(keys, clock).index("+12025550123", "number")
    assert len(found) == 32
    assert len({found, sealer.index("+12025550123", "key"), sealer.index("+12025550124", "number")}) == 3
    assert sealer_of(theirs, clock).index("+12025550123", "number") != found
