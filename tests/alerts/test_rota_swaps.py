"""Shifts that change hands, and shifts that are confirmed, all by text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from hotline import db
from hotline.access.tables import Role, StaffPhone
from hotline.alerts.rota.stored import on_call
from hotline.alerts.rota.swaps import swap_now, take_now
from hotline.alerts.rota.watch import watch_rota
from hotline.alerts.staff_texts import speaks_as_staff, staff_text
from hotline.alerts.tables import AlertState
from hotline.threads.tables import Deed
from tests.alerts.night import Night

# It is Friday, 20 November 2026, one in the morning; Alice is on call, Ben from Monday at 08:00, then Carla.
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
PUBLIC = "<public>"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone, but for one test: it is the same few rows on both databases."""
    return sqlite_url


@pytest.fixture
def three(night: Night) -> Night:
    night.rotation("Alice", "Ben", "Carla")
    night.add("Leader", "+12025550118", role=Role.LEADER)
    return night


def writes(night: Night, name: str, text: str) -> str | None:
    with night.tx() as tx:
        phone = tx.get(StaffPhone, night.phone(name).id)
        assert phone is not None
        if not speaks_as_staff(tx, night.kit, phone, text, night.now):
            return PUBLIC
        return staff_text(tx, night.kit, phone, text, night.now)


def first(night: Night, at: datetime) -> str:
    with db.read(night.engine) as tx:
        ids = on_call(tx, night.kit, at)
    return next((name for name, known in night.staff.items() if ids[:1] == (known,)), "nobody")


def watch(night: Night, at: datetime) -> list[tuple[str, str]]:
    night.clock.set(at)
    with night.tx() as tx:
        watch_rota(tx, night.kit, night.now)
    return night.texts()


def code_in(words: str) -> str:
    found = re.search(r"\b\d{4}\b", words.replace("2026", ""))
    assert found
    return found[0]


# --- swaps ---


def test_a_swap_is_one_reply_of_each(three: Night) -> None:
    night = three
    assert writes(night, "Ben", "swap Carla") == "Asked. Until they agree nothing changes."
    (asked,) = night.texts()
    code = code_in(asked[1])
    assert asked == (
        "Carla",
        f"Ben asks: take the shift from 23 Nov 08:00; Ben takes yours from 30 Nov 08:00. Reply {code} to agree, 2 {code} if not.",
    )
    assert first(night, MONDAY) == "Ben"
    assert writes(night, "Carla", code) == "Agreed. You are on call from 23 Nov 08:00 to 30 Nov 08:00."
    assert night.texts() == [("Ben", "Swapped with Carla. You are on call from 30 Nov 08:00 to 7 Dec 08:00.")]
    assert [first(night, MONDAY + week * WEEK) for week in range(4)] == ["Carla", "Ben", "Alice", "Ben"]
    assert writes(night, "Carla", code) == f"{code} is over. Nothing changes."


@pytest.mark.parametrize("no", ["2 {code}", "no {code}", "{code} no"])
def test_who_is_asked_may_refuse(three: Night, no: str) -> None:
    night = three
    writes(night, "Ben", "swap Carla")
    code = code_in(night.texts()[0][1])
    assert writes(night, "Carla", no.format(code=code)) == "Noted. Nothing changes."
    assert night.texts() == [("Ben", "Carla does not take the shift from 23 Nov 08:00. It stays yours.")]
    assert first(night, MONDAY) == "Ben"
    assert writes(night, "Carla", code) == f"{code} is over. Nothing changes."


def test_somebody_without_a_shift_just_takes_it(night: Night) -> None:
    night.add("Dan", "+12025550119", language="es")
    assert writes(night, "Ben", "swap with dan") == "Asked. Until they agree nothing changes."
    code = code_in(night.texts()[0][1])
    said = writes(night, "Dan", f"1 {code}")
    assert said is not None
    assert said.startswith("De acuerdo.")
    assert night.texts() == [("Ben", "Dan takes your shift from 23 Nov 08:00 to 30 Nov 08:00.")]
    assert first(night, MONDAY) == "Dan"
    assert first(night, MONDAY + WEEK) == "Alice"


def test_only_the_one_who_was_asked_can_answer(three: Night) -> None:
    night = three
    writes(night, "Ben", "swap Carla")
    code = code_in(night.texts()[0][1])
    assert writes(night, "Alice", code) == PUBLIC
    assert (
        writes(night, "Carla", f"{code} help me he has a knife")
        == f"Not understood. Reply {code} alone for agreed, 2 {code} for no."
    )
    assert first(night, MONDAY) == "Ben"


def test_a_swap_that_is_not_the_askers_to_give_any_more_changes_nothing(three: Night) -> None:
    night = three
    writes(night, "Ben", "swap Carla")
    code = code_in(night.texts()[0][1])
    night.rotation("Carla", "Alice")
    assert writes(night, "Carla", code) == f"{code} is over. Nothing changes."
    assert first(night, MONDAY) == "Alice"


def test_a_new_wish_ends_the_one_before_and_two_days_end_it_too(three: Night) -> None:
    night = three
    writes(night, "Ben", "swap Carla")
    old = code_in(night.texts()[0][1])
    writes(night, "Ben", "swap Alice")
    new = code_in(night.texts()[0][1])
    assert old != new
    assert writes(night, "Carla", old) == f"{old} is over. Nothing changes."
    watch(night, night.now + timedelta(hours=49))
    assert writes(night, "Alice", new) == f"{new} is over. Nothing changes."
    assert first(night, MONDAY) == "Ben"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("swap", "Write swap and the name of a colleague."),
        ("swap Nobody Known", "Nobody on the staff has that name. Write it as it is on the rota."),
        ("swap Ben", "Write swap and the name of a colleague."),
        ("swap me out of here he has a knife", PUBLIC),
        ("take the shift now he has a knife", PUBLIC),
    ],
)
def test_what_cannot_be_a_swap(three: Night, text: str, answer: str) -> None:
    assert writes(three, "Ben", text) == answer
    assert three.texts() == []


def test_who_has_no_shift_has_none_to_swap(night: Night) -> None:
    assert writes(night, "Carla", "swap Ben") == "You have no shift to swap in the next weeks."


def test_the_coordinator_swaps_without_asking_and_both_are_told(three: Night) -> None:
    night = three
    with night.tx() as tx:
        assert swap_now(tx, night.kit, night.staff["Ben"], night.staff["Carla"], night.now)
    assert night.texts() == [
        ("Carla", "Swapped with Ben. You are on call from 23 Nov 08:00 to 30 Nov 08:00."),
        ("Ben", "Swapped with Carla. You are on call from 30 Nov 08:00 to 7 Dec 08:00."),
    ]
    assert first(night, MONDAY) == "Carla"


# --- now ---


def test_somebody_takes_the_shift_now_and_the_other_is_free(three: Night) -> None:
    night = three
    assert writes(night, "Carla", "take the shift now") == "You are on call now, until 23 Nov 08:00."
    assert night.texts() == [("Alice", "Carla has taken over your shift, until 23 Nov 08:00. You are free.")]
    assert first(night, night.now) == "Carla"
    night.danger()
    assert night.dial() == ["Carla"]
    assert first(night, MONDAY) == "Ben"
    assert writes(night, "Carla", "take the shift now") == "You are on call already, until 23 Nov 08:00."


@pytest.mark.parametrize(
    "words", ["je prends la garde", "Tomo el turno", "mwen pran gad la", "pwan chif-la", "我接班"]
)
def test_the_words_of_all_languages_count(three: Night, words: str) -> None:
    assert writes(three, "Carla", words) == "You are on call now, until 23 Nov 08:00."


def test_where_nobody_is_on_call_it_is_for_a_day_at_most(empty_night: Night) -> None:
    empty_night.add("Alice", "+12025550111")
    assert writes(empty_night, "Alice", "take shift") == "You are on call now, until 21 Nov 01:00."
    assert empty_night.texts() == []
    assert first(empty_night, empty_night.now) == "Alice"


def test_an_unverified_phone_takes_no_shift(three: Night) -> None:
    three.add("Dan", "+12025550119", verified=False)
    assert writes(three, "Dan", "take the shift now") == PUBLIC


def test_while_a_page_is_open_the_codes_do_not_meet(three: Night) -> None:
    """The code of a page takes the page; the code of a question answers the question; a bare 1 takes the page alone."""
    night = three
    writes(night, "Ben", "swap Alice")
    asked = code_in(night.texts()[0][1])
    alert = night.danger()
    assert night.alert(alert).code != asked
    assert writes(night, "Alice", asked) == "Agreed. You are on call from 23 Nov 08:00 to 30 Nov 08:00."
    assert night.alert(alert).state == AlertState.OPEN
    with night.tx() as tx:  # the page has left: before that a bare 1 cannot mean it
        tx.execute(update(Deed).values(attempts=1))
    writes(night, "Alice", "1")
    assert night.alert(alert).taken_by == night.staff["Alice"]


# --- the shift of tomorrow ---


def asked_for_shift(night: Night) -> str:
    """Ben is asked, a day before Monday; gives the code."""
    assert watch(night, MONDAY - timedelta(hours=24, minutes=1)) == []
    (asked,) = watch(night, MONDAY - timedelta(hours=24))
    code = code_in(asked[1])
    assert asked == (
        "Ben",
        f"You are on call from 23 Nov 08:00 to 30 Nov 08:00. Reply {code} to confirm, 2 {code} if you cannot.",
    )
    assert watch(night, MONDAY - timedelta(hours=23)) == [], "once"
    return code


def test_a_shift_is_confirmed_by_its_code(three: Night) -> None:
    code = asked_for_shift(three)
    assert writes(three, "Ben", "ok") == PUBLIC, "without the code it is anybody's word"
    assert writes(three, "Ben", f"ok {code}") == "Thank you. You are on call from 23 Nov 08:00."
    assert watch(three, MONDAY - HOUR) == watch(three, MONDAY + HOUR) == []


def test_no_answer_two_hours_before_is_told_to_the_coordinator(three: Night) -> None:
    code = asked_for_shift(three)
    assert watch(three, MONDAY - timedelta(hours=2, minutes=1)) == []
    assert watch(three, MONDAY - timedelta(hours=2)) == [
        ("Leader", "Rota: Ben has not confirmed the shift from 08:00.")
    ]
    assert watch(three, MONDAY - HOUR) == []
    assert writes(three, "Ben", code) == "Thank you. You are on call from 08:00."
    assert three.texts() == [("Leader", "Rota: Ben has now confirmed the shift from 08:00.")]


def test_who_cannot_come_is_told_to_the_coordinator_at_once(three: Night) -> None:
    code = asked_for_shift(three)
    said = writes(three, "Ben", f"2 {code}")
    assert said == "Noted. The coordinator is told. Until it is changed you are on call from 23 Nov 08:00."
    assert three.texts() == [("Leader", "Rota: Ben cannot take the shift from 23 Nov 08:00.")]
    assert first(three, MONDAY) == "Ben", "a word by text leaves no gap"
    assert watch(three, MONDAY - HOUR) == []


def test_whose_shift_it_is_no_more_is_not_asked_about_it(three: Night) -> None:
    code = asked_for_shift(three)
    with three.tx() as tx:
        swap_now(tx, three.kit, three.staff["Ben"], three.staff["Carla"], three.now)
    three.texts()
    assert watch(three, MONDAY - timedelta(hours=2)) == [], "Carla has just been told that it is hers"
    assert writes(three, "Ben", code) == f"{code} is over. Nothing changes."


def test_who_took_the_shift_for_a_night_is_first_until_then(three: Night) -> None:
    with three.tx() as tx:
        take_now(tx, three.kit, three.staff["Carla"], three.now, three.now + 8 * HOUR)
    assert first(three, three.now + 7 * HOUR) == "Carla"
    assert first(three, three.now + 8 * HOUR) == "Alice"
