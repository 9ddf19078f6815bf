"""`hotline officers`: one, many, a list, a removal, supervisors, trainings."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.commands.conftest import Run, refused
from tests.commands.test_people import done

HEADING = "phone,name,agency,post,language,supervisor_phone\n"


def written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "officers.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_many_are_imported_from_one_file(run: Run, tmp_path: Path) -> None:
    file = written(
        tmp_path,
        HEADING
        + '+12025550121,Officer One,Police,Constable,fr,+12025550191\n"(202) 555-0122",Officer Two,"Health, north",,,\n\n',
    )
    assert "not a phone number" not in done(run, "officers", "import", file)
    assert done(run, "officers", "list") == "Officer One\tPolice\tfr\nOfficer Two\tHealth, north\ten\n"


def test_columns_come_in_any_order_and_with_semicolons(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "\ufeffAgency;Name;Phone\r\nPolice;Officer One;+12025550121\r\n")
    assert done(run, "officers", "import", file) == "registered: 1\n"


def test_every_wrong_line_is_told_and_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    file = written(
        tmp_path,
        HEADING
        + "+12025550121,Officer One,Police,,en,\n"
        + "call me,Officer Two,Police,,en,\n"
        + "+12025550123,,Police,,de,\n"
        + "+12025550121,Officer Four,Police,,en,\n"
        + "+12025550125,Officer Five,Police,,en,12\n"
        + "+12025550126,Officer,Six,Police,,en,,\n",
    )
    result = run("officers", "import", file)
    assert result.exit_code == 1
    assert result.stdout == ""
    told = result.stderr.splitlines()
    assert [re.match(r"officers\.csv:(\d+)", line)[1] for line in told[:-1]] == ["3", "4", "4", "5", "6", "7"]  # type: ignore[index]
    for line, words in zip(
        told, ["call me", "no name", "de", "line 2", "supervisor_phone", "quote"], strict=False
    ):
        assert words in line
    assert told[-1] == "Error: 6 wrong, nothing was imported"
    assert done(run, "officers", "list") == ""


def test_a_file_without_the_columns_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("officers", "import", written(tmp_path, "phone,nom\n+12025550121,X\n"))
    assert "the column 'agency' is missing" in result.stderr
    assert "the column 'nom' is not known" in result.stderr
    assert run("officers", "import", written(tmp_path, "")).exit_code == 1
    assert run("officers", "import", written(tmp_path, HEADING)).exit_code == 1
    (tmp_path / "officers.csv").write_bytes(b"phone,name,agency\n+12025550121,\xe9,Police\n")
    assert "UTF-8" in run("officers", "import", str(tmp_path / "officers.csv")).stderr


def test_numbers_are_printed_only_when_asked(run: Run) -> None:
    done(run, "officers", "add", "--phone", "+12025550121", "--name", "Officer One", "--agency", "Police")
    assert "2025550121" not in done(run, "officers", "list")
    assert done(run, "officers", "list", "--numbers") == "Officer One\tPolice\ten\t+12025550121\n"


def test_who_is_removed_is_gone(run: Run) -> None:
    done(run, "officers", "add", "--phone", "+12025550121", "--name", "Officer One", "--agency", "Police")
    assert done(run, "officers", "remove", "--phone", "+1 202 555 0121") == "removed\n"
    assert done(run, "officers", "list") == ""
    assert "no officer" in refused(run("officers", "remove", "--phone", "+12025550121"))


def test_a_supervisor_is_named_and_named_no_more(run: Run) -> None:
    add = ("officers", "add", "--phone", "+12025550121", "--name", "Officer One", "--agency", "Police")
    done(run, *add, "--supervisor-phone", "+12025550191")
    assert done(run, "officers", "supervisor", "--agency", "police", "--phone", "+12025550192")
    assert done(run, "officers", "supervisor", "--agency", "Police") == "Police: nobody is told\n"
    assert "too few" in refused(run("officers", "supervisor", "--agency", "Police", "--phone", "12"), 2)


def test_a_training_is_opened_and_counted(run: Run) -> None:
    said = done(run, "officers", "session", "--agency", "Police", "--place", "Castries", "--hours", "2")
    assert re.fullmatch(r"join \d{4}\tuntil \d{4}-\d\d-\d\d \d\d:\d\d\n", said)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\tCastries\tPolice\t0\n", done(run, "officers", "trainings"))
    assert "--hours" in refused(run("officers", "session", "--hours", "0"), 2)


def test_who_was_not_confirmed_for_a_year_is_marked(run: Run, tmp_path: Path) -> None:
    add = ("officers", "add", "--phone", "+12025550121", "--name", "Officer One", "--agency", "Police")
    done(run, *add)
    with closing(sqlite3.connect(tmp_path / "var" / "hotline.db")) as database, database:
        database.execute("UPDATE officers SET confirmed_at = '2020-05-05 12:00:00.000000'")
    assert done(run, "officers", "list") == "Officer One\tPolice\ten\tnot confirmed since 2020-05-05\n"
    done(run, *add)
    assert "not confirmed" not in done(run, "officers", "list"), "added again, and so confirmed"
