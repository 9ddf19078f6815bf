"""`hotline alerts`: by hand, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from hotline.access.people import add_staff
from hotline.alerts.raising import raise_alert
from hotline.alerts.tables import Alert, Page
from hotline.cli import hotline
from hotline.commands.house import Means
from hotline.config import load
from hotline.db import read, write
from hotline.threads.tables import Thread
from hotline.triage.kinds import Grade

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Means:
    """Two on the staff and one urgent alert, 1001 or another code."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    means = Means(load({"DATA_DIR": str(tmp_path / "var")}))
    with write(means.engine) as tx:
        for number, name in enumerate(("Staff 1", "Staff 2")):
            add_staff(
                tx, means.sealer, means.house, means.ids, NOW,
                name=name, phone=f"+1202555013{number}", verified=True,
            )  # fmt: skip
        thread = Thread(
            id="thread1", reference="K7P", channel="sms", line="main", opened_at=NOW, last_in_at=NOW
        )
        tx.add(thread)
        tx.flush()
        raise_alert(
            tx,
            means.kit,
            thread_id=thread.id,
            grade=Grade.URGENT,
            rules=["asked_for_person"],
            language="en",
            now=NOW,
        )
    return means


@pytest.fixture
def run(house: Means) -> Callable[..., Result]:
    return lambda *args: CliRunner().invoke(hotline, ["alerts", *args])


def code(house: Means) -> str:
    with read(house.engine) as tx:
        return tx.scalars(select(Alert.code)).one()


def test_what_is_open_is_listed_and_worked_on(house: Means, run: Callable[..., Result]) -> None:
    assert run("list").output == f"{code(house)}\turgent\t2026-11-20 05:00\tnobody yet\n"
    assert run("page", code(house), "staff 2").output == "staff 2 is paged\n"
    assert run("next", code(house)).output == "the next person is paged\n"
    with read(house.engine) as tx:
        assert len(tx.scalars(select(Page.staff_id)).all()) == 2
    assert run("snooze", code(house), "--minutes", "20", "--reason", "time_agreed").output == (
        "it rests for 20 minutes\n"
    )


def test_what_is_wrong_is_told_in_one_line(house: Means, run: Callable[..., Result]) -> None:
    for args, line in (
        (("page", code(house), "Nobody"), "nobody on the staff is called 'Nobody'"),
        (("page", "0000", "Staff 1"), "no alert 0000 is open"),
        (("snooze", code(house), "--minutes", "20", "--reason", "tired"), "minutes or reason are not among"),
    ):
        result = run(*args)
        assert result.exit_code == 1
        assert line in result.output + result.stderr
