"""Every night of this folder, played in a house of its own: what no expectation allows fails it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.commands.night import play_file
from hotline.commands.nights.telling import account, timeline
from hotline.config import DEFAULT_CONFIG
from tests.long import LONG

HERE = Path(__file__).parent
NIGHTS = sorted(file.stem for file in HERE.glob("*.yaml"))
# On PostgreSQL these, where many things happen at once or by the clock; `make nights` plays all of them there too.
ON_POSTGRESQL = [
    "caller_is_bridged", "taken_without_outcome", "both_reply_at_once", "two_emergencies_at_once",
    "second_line_takes_over", "language_first_then_on_call", "handed_over", "callbacks_doubled_and_shuffled",
    "interpreter_joins_the_call", "nobody_opens_the_staff_page",
]  # fmt: skip


@pytest.mark.parametrize("name", NIGHTS)
def test_a_night(name: str) -> None:
    played = play_file(HERE / f"{name}.yaml", DEFAULT_CONFIG)
    assert played.passed, "\n".join([*timeline(played), *account(played)])


@pytest.mark.postgres
@pytest.mark.parametrize("name", NIGHTS if LONG else ON_POSTGRESQL)
def test_a_night_on_postgresql(name: str, postgres_url: str) -> None:
    played = play_file(HERE / f"{name}.yaml", DEFAULT_CONFIG, postgres_url)
    assert played.passed, "\n".join([*timeline(played), *account(played)])


def test_a_night_repeats_exactly() -> None:
    once, again = (play_file(HERE / "second_takes.yaml", DEFAULT_CONFIG) for _ in range(2))
    assert once.noted == again.noted
