"""A process may be killed at any instruction: no page is lost, none comes twice where the carrier can be asked (once more at
most where it cannot), and within 30 s all goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.now import SetClock
from tests.long import LONG
from tests.worker.deadly_house import deadly_house
from tests.worker.deadly_night import NOBODY, DeadlyNight
from tests.worker.dying import POINTS


@pytest.mark.parametrize("point", POINTS)
def test_a_process_dies(
    point: str, sqlite_url: str, tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch, seeds: int
) -> None:
    """By an exception, with a second worker and a second clock at work between its steps."""
    with deadly_house(sqlite_url, tmp_path, clock, monkeypatch) as house:
        deaths = 0
        for seed in range(5 * seeds):
            deaths += DeadlyNight(house, point, seed).play()
            if deaths == seeds:
                return
    pytest.fail("too often the other process came first")


# A short run kills at every second place, a long one at each; SQLite and PostgreSQL in turn.
KILLED = POINTS if LONG else POINTS[::2]


@pytest.mark.parametrize(
    ("point", "database"),
    [
        pytest.param(
            point,
            ("sqlite_url", "postgres_url")[number % 2],
            marks=[pytest.mark.postgres] if number % 2 else [],
        )
        for number, point in enumerate(KILLED)
    ],
)
def test_a_process_is_killed(
    point: str,
    database: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process of its own, by SIGKILL: no handler runs, and its locks are left to the database (SQLite and PostgreSQL in
    turn, for each death costs a second)."""
    url: str = request.getfixturevalue(database)
    with deadly_house(url, tmp_path, clock, monkeypatch, forks=True) as house:
        assert DeadlyNight(house, point, 0).play(), "nobody came to that place"


def test_two_workers_and_two_clocks_do_each_thing_once(
    database_url: str, tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch, seeds: int
) -> None:
    """Nobody dies, and their turns are interleaved: no step is done twice, no page is doubled."""
    with deadly_house(database_url, tmp_path, clock, monkeypatch) as house:
        for seed in range(2 * seeds):
            assert not DeadlyNight(house, NOBODY, seed).play()
