"""`hotline directory`, `hotline staff phone`, `hotline staff verify`, on an empty folder."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from hotline.access.directory_tables import PhoneCheck
from hotline.alerts.phone_checks import code_of
from hotline.commands.house import Means
from hotline.config import load
from hotline.db import read
from tests.commands.conftest import Run, refused
from tests.commands.test_people import done

ADD = ("directory", "add", "--kind")
ONE, TWO = "+12025550141", "+12025550142"


def code_on_its_way(folder: Path) -> str:
    """The code that is ordered in the data of `folder`."""
    house = Means(load({"DATA_DIR": str(folder / "var")}))
    with read(house.engine) as tx:
        return code_of(house.kit, tx.scalars(select(PhoneCheck)).one())


def test_an_entry_is_listed_without_its_number_and_asked_once_its_phone_counts(
    run: Run, tmp_path: Path
) -> None:
    said = done(run, *ADD, "shelter", "--name", "Shelter 1", "--phone", ONE, "--districts", "lc-02")
    assert said == "added: Shelter 1, shelter (the phone counts once it is verified)\n"
    assert done(run, "directory", "list") == "shelter\tShelter 1\ten\tLC-02\talways\t0 of 1 verified\n"
    assert ONE in done(run, "directory", "list", "--numbers")
    assert run("directory", "who", "shelter").stderr == "nobody at this hour\n"
    assert "on its way" in done(run, "directory", "verify", "shelter 1")
    code = code_on_its_way(tmp_path)
    wrong = "000000" if code != "000000" else "000001"
    assert "not the code" in refused(run("directory", "verify", "Shelter 1", "--code", wrong))
    assert "counts from now on" in done(run, "directory", "verify", "Shelter 1", "--code", code)
    assert done(run, "directory", "who", "shelter", "--district", "LC-02") == "Shelter 1\n"
    done(run, "directory", "remove", "Shelter 1")
    assert done(run, "directory", "list") == ""


def test_a_file_is_told_wrong_by_line_and_then_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text(
        "kind,name,phone,languages,districts,hours,landline\n"
        f"interpreter,Interpreter 1,{ONE},es zh,,,\n"
        f"nurse,Nurse 1,{TWO},,,,\n"
        f"clinic,Clinic 1,123,,LC-99,whenever,perhaps\n"
        f"interpreter,interpreter 1,{TWO},,,,\n"
    )
    result = run("directory", "import", str(file))
    assert result.exit_code == 1
    assert "directory.csv:3: 'nurse' is not one of interpreter" in result.stderr
    assert "directory.csv:4:" in result.stderr
    for words in ("'LC-99' is no district", "'whenever' are no hours", "neither yes nor no", "too few"):
        assert words in result.stderr
    assert "directory.csv:5: stands in line 2 already" in result.stderr
    assert done(run, "directory", "list") == ""
    file.write_text(f"kind;name;phone;languages\ninterpreter;Interpreter 1;{ONE};es zh\n")
    assert "added: 1" in done(run, "directory", "import", str(file))
    assert "en,es,zh" in done(run, "directory", "list")


def test_a_person_has_several_phones_in_an_order(run: Run, tmp_path: Path) -> None:
    done(run, "staff", "add", "--verified", "--name", "Staff 1", "--phone", ONE)
    assert "once it is verified" in done(run, "staff", "phone", "add", "Staff 1", TWO)
    assert done(run, "staff", "phone", "list", "Staff 1") == f"{ONE}\tverified\n{TWO}\tnot verified\n"
    done(run, "staff", "phone", "order", "Staff 1", TWO)
    assert done(run, "staff", "phone", "list", "Staff 1").startswith(TWO)
    done(run, "staff", "verify", "Staff 1", "--call")
    done(run, "staff", "verify", "Staff 1", "--code", code_on_its_way(tmp_path))
    assert done(run, "staff", "phone", "list", "Staff 1") == f"{TWO}\tverified\n{ONE}\tverified\n"
    done(run, "staff", "phone", "remove", "Staff 1", TWO)
    assert done(run, "staff", "phone", "list", "Staff 1") == f"{ONE}\tverified\n"
    assert "none of theirs" in refused(run("staff", "phone", "remove", "Staff 1", TWO))
    assert "already" in refused(run("staff", "phone", "add", "Staff 1", ONE))
