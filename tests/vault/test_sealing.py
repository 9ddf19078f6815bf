"""What is sealed opens for who it was sealed for, in the row it was sealed for, unchanged; else not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.standards.crosswalk import Sensitivity
from hotline.vault.keys import KeyFolder, NoKey
from hotline.vault.sealing import House, RecordsReader, Sealer, Unsealable, WorkerReader

WORDS = b"she is at the market"
Seal = Callable[[str, bytes], bytes]
Open = Callable[[str, bytes], bytes]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    keys = KeyFolder(tmp_path_factory.mktemp("keys"))
    keys.make()
    return keys


def ways(keys: KeyFolder) -> dict[str, tuple[Seal, Open]]:
    """Every way to seal, and the way to open it again."""
    sealer, house = Sealer(keys), House(keys)
    records, worker = RecordsReader(keys.read("export.key")), WorkerReader.load(keys)
    return {
        "records": (lambda row, data: sealer.seal(row, Sensitivity.VICTIM_IDENTITY, data), records.open),
        "worker": (sealer.seal_for_worker, worker.open),
        "flight": (sealer.seal_flight, sealer.open_flight),
        "house": (
            lambda row, data: house.seal(row, data.decode()),
            lambda row, blob: house.open(row, blob).encode(),
        ),
    }


WAYS = ["records", "worker", "flight", "house"]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, keys: KeyFolder) -> tuple[Seal, Open]:
    return ways(keys)[request.param]


def test_it_opens_in_its_own_row(way: tuple[Seal, Open]) -> None:
    seal, open_ = way
    assert open_("row", seal("row", WORDS)) == WORDS
    assert WORDS not in seal("row", WORDS)
    assert seal("row", WORDS) != seal("row", WORDS), "the same words twice look different"


def test_a_blob_moved_to_another_row_does_not_open(way: tuple[Seal, Open]) -> None:
    seal, open_ = way
    for other in ("wor", "ro", "rows", "", "row2"):
        with pytest.raises(Unsealable):
            open_(other, seal("row", WORDS))


def test_a_changed_byte_anywhere_does_not_open(way: tuple[Seal, Open]) -> None:
    seal, open_ = way
    blob = seal("row", WORDS)
    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(Unsealable):
            open_("row", changed)


def test_a_cut_off_blob_does_not_open(way: tuple[Seal, Open]) -> None:
    seal, open_ = way
    blob = seal("row", WORDS)
    for length in (0, 1, 16, 40, len(blob) - 1):
        with pytest.raises(Unsealable):
            open_("row", blob[:length])


def test_another_houses_keys_open_nothing(keys: KeyFolder, tmp_path: Path) -> None:
    theirs = KeyFolder(tmp_path / "keys")
    theirs.make()
    for name, (seal, _open) in ways(keys).items():
        with pytest.raises(Unsealable):
            ways(theirs)[name][1]("row", seal("row", WORDS))


def test_nobody_opens_what_was_sealed_for_another(keys: KeyFolder) -> None:
    ours = ways(keys)
    for sealed_for in WAYS:
        for who in WAYS:
            if who != sealed_for:
                with pytest.raises(Unsealable):
                    ours[who][1]("row", ours[sealed_for][0]("row", WORDS))


def test_the_intake_works_without_any_private_key_and_cannot_open_what_it_sealed(
    keys: KeyFolder, tmp_path: Path
) -> None:
    public = tmp_path / "intake"
    public.mkdir()
    for name in ("index.key", "flight.key", "records.pub", "worker.pub"):
        (public / name).write_bytes(keys.read(name))
    intake = KeyFolder(public)
    sealer = Sealer(intake)
    kept = sealer.seal("row", Sensitivity.VICTIM_IDENTITY, WORDS)
    number = sealer.seal_for_worker("row", b"+12025550123")
    with pytest.raises(Unsealable):
        sealer.open_flight("row", kept)
    with pytest.raises(Unsealable):
        sealer.open_flight("row", number)
    for private in (WorkerReader.load, House):
        with pytest.raises(NoKey):
            private(intake)
    assert RecordsReader(keys.read("export.key")).open("row", kept) == WORDS
    assert WorkerReader.load(keys).open("row", number) == b"+12025550123"


def test_a_keyed_hash_finds_the_same_again_and_keeps_kinds_and_houses_apart(
    keys: KeyFolder, tmp_path: Path
) -> None:
    theirs = KeyFolder(tmp_path / "keys")
    theirs.make()
    ours = Sealer(keys)
    found = ours.index("+12025550123", "number")
    assert found == Sealer(keys).index("+12025550123", "number")
    assert len(found) == 32
    assert len({found, ours.index("+12025550123", "key"), ours.index("+12025550124", "number")}) == 3
    assert Sealer(theirs).index("+12025550123", "number") != found


@given(row=st.text("abcdefghijklmnopqrstuvwxyz234567", max_size=64), data=st.binary(max_size=300))
@settings(max_examples=30, deadline=None)
def test_any_bytes_in_any_row_come_back(keys: KeyFolder, row: str, data: bytes) -> None:
    for name in ("records", "worker", "flight"):
        seal, open_ = ways(keys)[name]
        assert open_(row, seal(row, data)) == data
