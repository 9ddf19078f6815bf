"""`hotline drill` as typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.commands.drill import next_drill, told, wait_for_answers
from hotline.commands.house import Means
from hotline.now import SetClock
from tests.commands.conftest import Run, refused
from tests.commands.test_connect import credentials
from tests.house import FIRST, SECOND, Home


def test_a_drill_is_begun_waited_for_and_told_with_names(run: Run, house: Home) -> None:
    settings = credentials(house, DATABASE_URL=house.desk.settings.database_url)
    assert "no drill yet" in refused(run("drill", "--report", **settings))
    assert "nobody is on the rota" in refused(run("drill", "--wait", "0", **settings))
    house.staffed()
    begun = run("drill", "--wait", "0", **settings)
    assert begun.exit_code == 1, "nobody has answered yet"
    assert "0 of 2 answered; answers still count" in begun.stdout
    assert "under way" in refused(run("drill", "--wait", "0", **settings))

    means = Means(house.desk.settings)
    looks = iter(range(20))

    def pause() -> bool:
        """Four seconds pass in the house; First answers after 12, nobody else does."""
        house.work()
        house.pass_time(seconds=4)
        house.work()
        if next(looks) == 3:
            house.text("1", sender=FIRST)
        return False

    wait_for_answers(means, timedelta(seconds=60), pause)
    lines, everybody = told(means)
    assert not everybody
    assert lines[0].endswith("2026-11-20 08:00 America/St_Lucia")
    assert lines[1].split() == ["First", "answered", "by", "text", "after", "0:16"]
    assert "NO ANSWER (text: delivered; call: no-answer)" in lines[2]
    house.text("1", sender=SECOND)
    report = run("drill", "--report", **settings)
    assert report.exit_code == 0, report.output
    assert "2 of 2 answered" in report.stdout
    assert FIRST not in report.stdout
    waited = house.clock.now()
    wait_for_answers(means, timedelta(minutes=10), lambda: pytest.fail("everybody has answered"))
    assert house.clock.now() == waited


def test_the_doctor_asks_for_the_next_drill(clock: SetClock) -> None:
    now = clock.now()
    assert next_drill(None, 31, now)[0]
    assert next_drill(now - timedelta(days=30), 31, now) == (
        True,
        "drill: the last on 2026-10-21, the next due on 2026-11-21",
    )
    well, said = next_drill(now - timedelta(days=32), 31, now)
    assert not well
    assert "hotline drill" in said
