"""`hotline keys`, as typed, from the first ceremony to the card that opens again."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.access import key_grants
from hotline.access.passwords import Passwords
from hotline.access.people import add_staff
from hotline.access.tables import Role, Staff
from hotline.commands import keys as command
from hotline.db import read, write
from hotline.vault import staff_keys
from tests.commands.conftest import Run, refused
from tests.house import OFFICER, Home

PASSWORD = "a long password of somebody"
QUICK = Passwords(memory_kib=8, time_cost=1, parallelism=1)
FIRST, SECOND = "Staff 1", "Staff 2"


@pytest.fixture
def run(run: Run, database: str) -> Run:
    """On the database of the house."""
    return partial(run, DATABASE_URL=database)


@pytest.fixture
def office(house: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Two data managers; the first has logged in. One report is kept."""
    monkeypatch.setattr(command, "Passwords", lambda: QUICK)
    kit = house.desk.kit
    for name, phone in ((FIRST, "+12025550141"), (SECOND, "+12025550142")):
        with write(house.desk.engine) as tx:
            staff_id = add_staff(
                tx, kit.sealer, house.shop.house, kit.ids, house.clock.now(),
                name=name, phone=phone, role=Role.DATA_MANAGER,
            )  # fmt: skip
            staff = tx.get(Staff, staff_id)
            assert staff is not None
            staff.password_hash = QUICK.hash(PASSWORD)
    logs_in(house, FIRST)
    house.text("scr pot 12/11 castries f16 ve sex none", sender=OFFICER)
    house.work()
    return house


def logs_in(house: Home, name: str) -> staff_keys.StaffPair:
    with read(house.desk.engine) as tx:
        people = tx.scalars(select(Staff)).all()
    (staff,) = [one for one in people if house.shop.house.open(one.id, one.name_sealed) == name]
    pair = key_grants.unlock(house.desk.kit.sealer.store, QUICK, staff.id, PASSWORD, house.clock.now())
    assert pair is not None
    return pair


def has_key(house: Home, name: str) -> bool:
    return staff_keys.granted(house.desk.kit.sealer.store, logs_in(house, name), "data_manager") is not None


def test_from_the_ceremony_to_the_card(run: Run, office: Home, tmp_path: Path) -> None:
    assert "test data only" in run("export").stderr
    assert "say --yes" in refused(run("keys", "ceremony"))
    export_key = tmp_path / "stick.key"
    held = run(
        "keys",
        "ceremony",
        "--yes",
        "--split",
        "--cards",
        str(tmp_path / "cards"),
        "--export-key",
        str(export_key),
    )
    assert held.exit_code == 0, held.output
    assert held.stdout == ""
    assert "data_manager: 1 of 2 members have the key" in held.stderr
    assert not list((tmp_path / "var" / "keys").glob("role-*.key"))
    assert "already" in refused(run("keys", "ceremony", "--yes"))

    assert "no key at" in refused(run("export"))
    kept = run("export", HOTLINE_EXPORT_KEY=str(export_key))
    assert (kept.exit_code, kept.stderr) == (0, ""), "and it says nothing of test data any more"
    assert json.loads(kept.stdout)["fields"]["victim_age"]["value"] == 16

    assert has_key(office, FIRST)
    assert "must log in once" in refused(run("keys", "grant", SECOND, "--as", FIRST, typed=PASSWORD + "\n"))
    assert not has_key(office, SECOND)
    assert "wrong name or password" in refused(run("keys", "grant", SECOND, "--as", FIRST, typed="guessed\n"))
    assert "does not have the key" in refused(
        run("keys", "grant", SECOND, "--as", SECOND, typed=PASSWORD + "\n")
    )
    assert run("keys", "grant", SECOND, "--as", FIRST, typed=PASSWORD + "\n").exit_code == 0
    assert has_key(office, SECOND)
    assert run("keys", "rotate", "data_manager", "--as", SECOND, typed=PASSWORD + "\n").exit_code == 0
    assert run("keys", "rewrap", "--as", FIRST, typed=PASSWORD + "\n").stdout.startswith("0 keys were given")
    assert run("keys", "list").stdout.count("has the key") == 2

    words = ["".join(path.read_text().splitlines(keepends=True)[1:]).replace("\n", " ")
             for path in sorted((tmp_path / "cards").iterdir())]  # fmt: skip
    again = tmp_path / "again.key"
    recover = ("keys", "recover", "export", "--export-key", str(again))
    assert refused(run(*recover, typed=words[0] + "\n"))
    assert run(*recover, typed=f"{words[2]}\n{words[0]}\n").exit_code == 0
    assert again.read_bytes() == export_key.read_bytes()
    assert run("keys", "recover", "data_manager", "--to", FIRST, typed="\n".join(words[:2])).exit_code == 0
    assert has_key(office, FIRST)


def test_nothing_is_destroyed_where_the_cards_cannot_be_written(
    run: Run, office: Home, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    assert refused(run("keys", "ceremony", "--yes", "--cards", str(tmp_path / "file" / "cards")))
    assert len(list((tmp_path / "var" / "keys").glob("role-*.key"))) == 3
    assert "test data only" in run("export").stderr
    assert run("export").stdout.count("\n") == 1
