"""What a person should look at first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hotline.queue.order import AlertNow, Waiting, order
from hotline.triage.kinds import Grade

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def thread(name: str, grade: Grade = Grade.ROUTINE, waits: int | None = 0, **other: Any) -> Waiting:
    """A thread whose oldest unread word is so many minutes old; None: all is read."""
    at = NOON - timedelta(minutes=waits or 0)
    marks = {
        "no_safety_answer": False,
        "unsafe": False,
        "stopped": False,
        "wants_person": False,
        "officer": False,
    }
    return Waiting(
        thread_id=name,
        reference="A3C",
        channel="sms",
        language="en",
        grade=grade,
        taken_by=None,
        opened_at=at,
        last_in_at=at,
        waiting_since=None if waits is None else at,
        **(marks | other),
    )


def names(*threads: Waiting) -> list[str]:
    return [one.thread_id for one in order(threads)]


def test_the_graver_comes_first_however_short_it_waits() -> None:
    assert names(
        thread("routine", waits=900),
        thread("urgent", Grade.URGENT, 60),
        thread("emergency", Grade.EMERGENCY, 1),
    ) == ["emergency", "urgent", "routine"]


def test_who_did_not_answer_the_safety_question_stands_above_the_routine_and_below_the_urgent() -> None:
    flagged = thread("flagged", waits=15, no_safety_answer=True)
    assert names(thread("routine", waits=90), flagged, thread("urgent", Grade.URGENT)) == [
        "urgent",
        "flagged",
        "routine",
    ]


def test_of_the_same_grade_the_longest_waiting_comes_first_and_the_read_ones_last() -> None:
    assert names(thread("read", waits=None), thread("new", waits=2), thread("old", waits=40)) == [
        "old",
        "new",
        "read",
    ]


def test_an_emergency_with_its_outcome_presses_nobody_any_more() -> None:
    over = AlertNow("a", "4821", ("en.held.3",), "maria", "safe", closed=True, live=False)
    settled = thread("settled", Grade.EMERGENCY, None, alert=over)
    assert names(settled, thread("routine")) == ["routine", "settled"]
    assert settled.settled
    assert not thread("new words", Grade.EMERGENCY, 1, alert=over).settled


def test_how_long_it_waited() -> None:
    assert thread("a", waits=12).waited(NOON) == timedelta(minutes=12)
    assert thread("a", waits=None).waited(NOON) is None
    assert thread("a").waited(NOON - timedelta(seconds=3)) == timedelta(), "clocks of two machines differ"


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Grade)), st.none() | st.integers(0, 500), st.booleans()), max_size=12
    )
)
def test_nothing_is_lost_and_no_graver_one_stands_below(rows: list[tuple[Grade, int | None, bool]]) -> None:
    threads = [
        thread(str(number), grade, waits, no_safety_answer=flag)
        for number, (grade, waits, flag) in enumerate(rows)
    ]
    ordered = order(threads)
    assert sorted(one.thread_id for one in ordered) == sorted(one.thread_id for one in threads)
    ranks = [one.grade.rank for one in ordered]
    assert ranks == sorted(ranks)
    assert order(reversed(threads)) == ordered
