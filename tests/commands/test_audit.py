"""`hotline audit`: what commands leave, who looks, and what verify says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.access.audit_heads import Head, HeadFile, newest_head
from hotline.db import make_engine, read
from hotline.now import SystemClock
from tests.commands.conftest import Run, refused

ADD = ("staff", "add", "--verified", "--phone", "+12025550131", "--name", "First Person")


def listed(run: Run, *words: str) -> list[list[str]]:
    """The rows that are printed, without number and time: act, by whom, about what, codes."""
    result = run("audit", "list", *words)
    assert result.exit_code == 0, result.output
    return [line.split("\t")[2:] for line in result.stdout.splitlines()]


@pytest.fixture
def worked(run: Run) -> Run:
    for words in (ADD, ("staff", "link", "First Person"), ("export",)):
        assert run(*words).exit_code == 0
    return run


def test_what_commands_did_is_listed_and_chosen_by_who_what_and_when(worked: Run) -> None:
    rows = listed(worked)
    acts = [(row[0], row[1], row[3] if len(row) > 3 else "") for row in rows]
    assert acts == [
        ("change.staff_added", "command:staff.add", "role=responder"),
        ("login.link", "command:staff.link", ""),
        ("export.records", "command:export", "jsonl,purpose=export"),
        ("audit.read", "command:audit.list", ""),
    ]
    assert "First Person" not in str(rows)
    assert "2025550131" not in str(rows)
    staff_id = rows[0][2]
    assert [row[0] for row in listed(worked, "--about", staff_id)] == ["change.staff_added", "login.link"]
    assert listed(worked, "--by", "command:export") == [
        ["export.records", "command:export", "", "jsonl,purpose=export"]
    ]
    assert listed(worked, "--since", "2999-01-01") == []


def test_what_failed_left_no_row(run: Run) -> None:
    assert run("rota", "set", "Nobody").exit_code == 1
    assert run("officers", "remove", "--phone", "+12025550121").exit_code == 1
    assert [row[0] for row in listed(run)] == ["audit.read"]


def test_verify_says_whole_or_names_the_first_broken_row(worked: Run, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'var' / 'hotline.db'}")
    with read(engine) as tx:
        head = newest_head(tx, SystemClock().now())
    assert head is not None
    assert worked("audit", "head").stdout == f"3\t{head.hash}\n"
    first, behind = worked("audit", "verify").stdout.splitlines()
    assert first == f"whole: 3 rows; the newest bears {head.hash}"
    assert behind.startswith("of rows 1 to 3 no head went out yet")
    HeadFile(tmp_path / "var").add(head)
    said = worked("audit", "verify", "--head", head.hash[:16].upper()).stdout
    assert "the head that was noted stands in it" in said
    assert "1 heads that went out stand in it; the newest names row 3" in said
    assert refused(worked("audit", "verify", "--head", "0123456789abcdef")).startswith(
        "no row bears the head"
    )
    assert "16 to 64" in refused(worked("audit", "verify", "--head", "12"), 2)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_delete"))
        connection.execute(text("DELETE FROM audit WHERE seq = 2"))
    assert refused(worked("audit", "verify")) == "row 2 is missing"
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE seq > 1"))
    assert refused(worked("audit", "verify")).startswith("row 2 is missing, the end was cut: the head of")
    engine.dispose()


def test_doctor_says_when_no_head_goes_out_any_more(run: Run, tmp_path: Path) -> None:
    run("staff", "list")
    assert "ok   audit: no head went out yet" in run("doctor").stdout
    now = SystemClock().now()
    HeadFile(tmp_path / "var").add(Head(1, "ab" * 32, now - timedelta(days=3)))
    assert "BAD  audit: the newest head went out on" in run("doctor").stdout
    HeadFile(tmp_path / "var").add(Head(2, "cd" * 32, now))
    assert "ok   audit: the newest head went out on" in run("doctor").stdout
