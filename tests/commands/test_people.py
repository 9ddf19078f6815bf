"""`hotline officers`, `hotline staff`, `hotline rota`, on an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.access.passwords import Passwords
from hotline.access.pins import Tried, too_plain, try_pin
from hotline.access.second_factor import new_recovery_codes, recovery_codes_left
from hotline.access.sessions import Stage, begin
from hotline.access.tables import Staff, StaffPin, StaffSession
from hotline.config import DEFAULT_CONFIG
from hotline.db import make_engine, read, write
from hotline.now import RandomIds, SystemClock
from tests.commands.conftest import Run, refused

ADD = ("staff", "add", "--verified", "--phone")


def done(run: Run, *words: str) -> str:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def test_an_officer_is_registered_and_listed_without_the_number(run: Run) -> None:
    add = ("officers", "add", "--phone", "+12025550121", "--name", "An Officer")
    assert done(run, *add, "--agency", "Police", "--language", "fr") == "registered: An Officer, Police\n"
    assert done(run, "officers", "list") == "An Officer\tPolice\tfr\n"
    done(run, *add, "--agency", "Health")
    assert done(run, "officers", "list") == "An Officer\tHealth\ten\n", "the same phone is an update"


def test_a_local_number_is_read_as_one_of_the_country(run: Run) -> None:
    done(run, "officers", "add", "--phone", "758 450 0123", "--name", "An Officer", "--agency", "Police")
    done(run, "officers", "add", "--phone", "+1 (758) 450-0123", "--name", "An Officer", "--agency", "Police")
    assert done(run, "officers", "list").count("\n") == 1


def test_staff_are_added_and_put_on_the_rota(run: Run) -> None:
    assert done(run, *ADD, "+12025550131", "--name", "First Person") == "added: First Person, responder\n"
    done(run, *ADD, "+12025550132", "--name", "Second Person", "--language", "es", "--language", "en")
    assert done(run, "staff", "list") == "First Person\tresponder\ten\nSecond Person\tresponder\tes,en\n"
    said = done(run, "rota", "set", "second person", "First Person")
    assert said == "on call from now on: second person; then, week by week: First Person\n"
    assert "ok   rota: somebody is on call" in run("doctor").stdout


def test_a_role_that_is_not_on_or_lacks_its_agency_is_refused(run: Run, tmp_path: Path) -> None:
    add = (*ADD, "+12025550131", "--name", "First Person", "--role", "agency_supervisor")
    assert "is not on: name it in [access] roles" in refused(run(*add))
    config = tmp_path / "hotline.toml"
    text = DEFAULT_CONFIG.read_text(encoding="utf-8")
    config.write_text(text.replace("roles = []", 'roles = ["agency_supervisor"]', 1), encoding="utf-8")
    assert "name it with --agency" in refused(run(*add, HOTLINE_CONFIG=str(config)))
    result = run(*add, "--agency", "Police", HOTLINE_CONFIG=str(config))
    assert result.stdout == "added: First Person, agency_supervisor\n"
    said = run("doctor").stdout
    assert "ok   matrix: 0 mistakes" in said
    assert "ok   second person: for everybody" in said


def test_who_has_no_pin_is_counted(run: Run) -> None:
    done(run, *ADD, "+12025550131", "--name", "One")
    done(run, *ADD, "+12025550132", "--name", "Two")
    done(run, "staff", "pin", "One", "--generate")
    assert "BAD  PINs: 1 of who can be paged have none" in run("doctor").stdout
    done(run, "staff", "pin", "Two", "--generate")
    assert "ok   PINs: everybody who can be paged has one" in run("doctor").stdout


def test_a_pin_is_chosen_and_printed_and_kept_as_a_hash(run: Run, tmp_path: Path) -> None:
    done(run, *ADD, "+12025550131", "--name", "One")
    said = done(run, "staff", "pin", "one", "--generate")
    pin = said.removeprefix("the PIN of one is ").strip()
    assert not too_plain(pin)
    engine = make_engine(f"sqlite:///{tmp_path / 'var' / 'hotline.db'}")
    with read(engine) as tx:
        kept = tx.scalars(select(StaffPin)).one()
        staff_id = kept.staff_id
        assert pin not in kept.pin_hash
    assert try_pin(engine, Passwords(), RandomIds(), staff_id, pin, SystemClock().now()) is Tried.RIGHT
    engine.dispose()


def test_nobody_has_no_pin(run: Run) -> None:
    assert refused(run("staff", "pin", "Nobody")) == "nobody on the staff is called 'Nobody'"


def test_an_unverified_phone_is_said_to_count_later(run: Run) -> None:
    said = done(run, "staff", "add", "--name", "One", "--phone", "+12025550131")
    assert said == "added: One, responder (the phone counts once it is verified)\n"
    assert "BAD  staff phones: 0 verified" in run("doctor").stdout


def test_a_name_or_a_phone_that_is_there_already_is_refused(run: Run) -> None:
    done(run, *ADD, "+12025550131", "--name", "One")
    assert "name" in refused(run(*ADD, "+12025550139", "--name", "one"))
    assert "number" in refused(run(*ADD, "+12025550131", "--name", "Two"))
    assert done(run, "staff", "list").count("\n") == 1


def test_a_rota_with_somebody_unknown_is_refused_whole(run: Run) -> None:
    done(run, *ADD, "+12025550131", "--name", "One")
    assert refused(run("rota", "set", "One", "Nobody")) == "nobody on the staff is called 'Nobody'"
    assert "nobody is on call" in run("doctor").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("officers", "add", "--phone", "12", "--name", "X", "--agency", "Y"), "12"),
        (("officers", "add", "--phone", "call me", "--name", "X", "--agency", "Y"), "call me"),
        (("officers", "add", "--phone", "+12025550121", "--name", "X"), "--agency"),
        (("officers", "add", "--phone", "+12025550121", "--name", "X", "--agency", "Y", "--language", "de"), "de"),
        (("staff", "add", "--name", "X", "--phone", "+12025550121", "--role", "king"), "king"),
        (("rota", "set"), "NAMES"),
        (("export", "--format", "xml"), "xml"),
        (("nonsense",), "nonsense"),
        (("staff", "nonsense"), "nonsense"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_line(run: Run, words: tuple[str, ...], told: str) -> None:
    assert told in refused(run(*words), 2)


def test_who_is_removed_is_paged_no_more_and_comes_back_with_role_and_phone(run: Run) -> None:
    done(run, *ADD, "+12025550131", "--name", "One", "--role", "data_manager")
    done(run, *ADD, "+12025550132", "--name", "Two")
    done(run, "rota", "set", "One", "Two")
    assert done(run, "staff", "remove", "one").startswith("removed: one")
    assert done(run, "staff", "list") == "Two\tresponder\ten\n"
    assert "was removed" in refused(run(*ADD, "+12025550133", "--name", "One"))
    assert "nobody on the staff" in refused(run("staff", "link", "One"))
    assert "nobody on the staff" in refused(run("staff", "remove", "One"))
    assert done(run, "staff", "activate", "One") == "back: One\n"
    assert done(run, "staff", "list") == "One\tdata_manager\ten\nTwo\tresponder\ten\n"
    assert "/first/" in done(run, "staff", "link", "One", "--new-second-factor")
    assert "nobody called" in refused(run("staff", "activate", "One"))


def test_a_new_second_factor_ends_what_is_open(run: Run, tmp_path: Path) -> None:
    """Else whoever sits in an old session could add their own."""
    done(run, *ADD, "+12025550131", "--name", "One")
    engine, clock, ids = make_engine(f"sqlite:///{tmp_path}/var/hotline.db"), SystemClock(), RandomIds()
    with write(engine) as tx:
        staff_id = tx.scalars(select(Staff.id)).one()
        begin(tx, ids, staff_id, clock.now(), Stage.IN)
        new_recovery_codes(tx, ids, staff_id)
    done(run, "staff", "link", "One")
    with read(engine) as tx:
        assert tx.scalars(select(StaffSession.ended_at)).all() == [None]
    done(run, "staff", "link", "One", "--new-second-factor")
    with read(engine) as tx:
        assert tx.scalars(select(StaffSession.ended_at)).all() != [None]
        assert recovery_codes_left(tx, staff_id) == 0
    engine.dispose()
    assert "ok   accounts: 0 not used for 90 days" in run("doctor").stdout


def test_another_role(run: Run) -> None:
    done(run, *ADD, "+12025550131", "--name", "One")
    assert done(run, "staff", "role", "One", "leader") == "One is leader now\n"
    assert done(run, "staff", "list") == "One\tleader\ten\n"
    assert "nobody on the staff" in refused(run("staff", "role", "Nobody", "leader"))


def test_another_role_must_be_on_and_have_its_agency(run: Run, tmp_path: Path) -> None:
    done(run, *ADD, "+12025550131", "--name", "One")
    role = ("staff", "role", "One", "agency_supervisor")
    assert "is not on" in refused(run(*role, "--agency", "Police"))
    config = tmp_path / "hotline.toml"
    text = DEFAULT_CONFIG.read_text(encoding="utf-8")
    config.write_text(text.replace("roles = []", 'roles = ["agency_supervisor"]', 1), encoding="utf-8")
    assert "name it with --agency" in refused(run(*role, HOTLINE_CONFIG=str(config)))
    said = run(*role, "--agency", "Police", HOTLINE_CONFIG=str(config)).stdout
    assert said == "One is agency_supervisor now\n"
    again = run(*role, HOTLINE_CONFIG=str(config)).stdout
    assert again == said, "the agency stays"
