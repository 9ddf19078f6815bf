"""The keys of the house: made once, for the owner only, and told of in one line when they are missing."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from hotline.vault.keys import KeyFolder, NoKey, read_key

PAIRS = ("worker", "export", "role-data_manager", "role-leader", "role-responder")
NAMES = {
    "index.key",
    "flight.key",
    "house.key",
    *(f"{name}.{half}" for name in PAIRS for half in ("key", "pub")),
}


def _make(folder: Path, together: object) -> None:
    together.wait()  # type: ignore[attr-defined]
    KeyFolder(folder).make()


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_key_is_made_and_no_draft_is_left(tmp_path: Path) -> None:
    KeyFolder(tmp_path / "keys").make()
    made = content(tmp_path / "keys")
    assert made.keys() == NAMES
    assert {len(key) for key in made.values()} == {32}
    assert len(set(made.values())) == len(NAMES)


def test_a_second_start_changes_no_key(tmp_path: Path) -> None:
    KeyFolder(tmp_path / "keys").make()
    before = content(tmp_path / "keys")
    KeyFolder(tmp_path / "keys").make()
    assert content(tmp_path / "keys") == before


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    KeyFolder(tmp_path / "keys").make()
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_four_processes_that_start_together_make_one_set_of_keys(tmp_path: Path) -> None:
    for round_ in range(3):
        folder = tmp_path / str(round_) / "keys"
        fork = multiprocessing.get_context("fork")
        together = fork.Barrier(4)
        processes = [fork.Process(target=_make, args=(folder, together)) for _ in range(4)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(20)
        assert [process.exitcode for process in processes] == [0] * 4
        made = content(folder)
        assert made.keys() == NAMES, "and no draft is left"
        for name in PAIRS:
            assert bytes(PrivateKey(made[f"{name}.key"]).public_key) == made[f"{name}.pub"]


def test_a_missing_public_half_is_made_from_the_private_one(tmp_path: Path) -> None:
    KeyFolder(tmp_path / "keys").make()
    before = content(tmp_path / "keys")
    (tmp_path / "keys" / "export.pub").unlink()
    KeyFolder(tmp_path / "keys").make()
    assert content(tmp_path / "keys") == before


def test_a_house_whose_export_key_was_taken_away_goes_on_sealing_to_it(tmp_path: Path) -> None:
    """Whoever holds the private half elsewhere must still be able to open what is sealed from now on."""
    keys = KeyFolder(tmp_path / "keys")
    keys.make()
    public = keys.read("export.pub")
    (tmp_path / "keys" / "export.key").unlink()
    keys.make()
    assert keys.read("export.pub") == public
    assert not (tmp_path / "keys" / "export.key").exists(), "a new private half would open nothing"


@pytest.mark.parametrize("broken", [None, b"", b"too short", b"x" * 33])
def test_a_key_that_is_missing_or_none_is_one_line_that_says_what_to_do(
    tmp_path: Path, broken: bytes | None
) -> None:
    path = tmp_path / "export.key"
    if broken is not None:
        path.write_bytes(broken)
    with pytest.raises(NoKey) as problem:
        read_key(path)
    assert str(path) in str(problem.value)
    assert "\n" not in str(problem.value)
