"""What happens between the hotline and a phone on a bedside table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.access.tables import StaffPhone
from hotline.alerts.staff_texts import speaks_as_staff, staff_text
from hotline.alerts.tables import AlertState
from hotline.alerts.taking import Way, close, take
from hotline.triage.kinds import Grade
from tests.alerts.night import Night

PUBLIC = "<public>"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the same acts run on both databases in `test_escalation`, `test_taking` and `test_at_once`."""
    return sqlite_url


def writes(night: Night, name: str, text: str) -> str | None:
    """The answer in the webhook; PUBLIC when the text does not speak as staff at all."""
    with night.tx() as tx:
        phone = tx.get(StaffPhone, night.phone(name).id)
        assert phone is not None
        if not speaks_as_staff(tx, night.kit, phone, text, night.now):
            return PUBLIC
        return staff_text(tx, night.kit, phone, text, night.now)


def code(night: Night, alert: str) -> str:
    return night.alert(alert).code


def test_a_one_takes_the_only_open_page(night: Night) -> None:
    alert = night.danger()
    answer = writes(night, "Alice", "1")
    own = code(night, alert)
    assert answer == (
        f"{own} is yours. Call the hotline, press 3 to hear it. To write: {own} and words. When settled reply 9."
    )
    assert night.alert(alert).taken_by == night.staff["Alice"]


def test_with_two_open_pages_a_one_takes_nothing_and_the_list_comes_back(night: Night) -> None:
    urgent, worst = night.danger(grade=Grade.URGENT), night.danger()
    answer = writes(night, "Alice", "1")
    assert answer == f"Several are open. Reply 1 and the code: {code(night, worst)}, {code(night, urgent)}"
    assert night.alert(urgent).state == night.alert(worst).state == AlertState.OPEN
    writes(night, "Alice", f"1 {code(night, urgent)}")
    assert night.alert(urgent).taken_by == night.staff["Alice"]
    assert night.alert(worst).state == AlertState.OPEN


def test_a_one_typed_for_a_page_that_just_ended_takes_no_other(night: Night) -> None:
    first = night.danger()
    with night.tx() as tx:
        take(tx, night.kit, first, night.staff["Ben"], Way.WEB, night.now)
    second = night.danger()
    night.wait(5)
    assert writes(night, "Alice", "1") == f"Several are open. Reply 1 and the code: {code(night, second)}"
    assert night.alert(second).state == AlertState.OPEN
    night.wait(180)
    writes(night, "Alice", "1")
    assert night.alert(second).taken_by == night.staff["Alice"]


def test_a_late_one_is_told_by_name_and_time_who_has_it(night: Night) -> None:
    alert = night.danger()
    night.texts(), night.dial()
    night.ring_ends("Alice", alert)
    night.texts()
    writes(night, "Ben", "oui")
    assert night.texts() == [("Alice", f"Ben has taken {code(night, alert)} at 01:00.")]
    night.wait(240)
    assert writes(night, "Alice", "1") is None
    assert night.texts() == [("Alice", f"Too late: Ben has taken {code(night, alert)} at 01:00.")]


def test_anybody_on_the_staff_may_take_it_by_its_code(night: Night) -> None:
    alert = night.danger()
    assert writes(night, "Carla", "1") == PUBLIC  # nobody asked Carla anything
    writes(night, "Carla", f"{code(night, alert)}")
    assert night.alert(alert).taken_by == night.staff["Carla"]


def test_a_code_that_is_none_is_an_ordinary_text(night: Night) -> None:
    night.danger()
    assert writes(night, "Carla", "4711") == PUBLIC
    assert writes(night, "Alice", "1 4711") == "There is no open 4711."


def test_an_unverified_phone_never_speaks_as_staff(night: Night) -> None:
    alert = night.danger()
    night.add("Dan", "+12025550119", verified=False)
    assert writes(night, "Dan", f"1 {code(night, alert)}") == PUBLIC


def test_a_two_wakes_the_next_at_once(night: Night) -> None:
    alert = night.danger()
    night.texts(), night.dial()
    assert writes(night, "Alice", "2") == f"{code(night, alert)}: noted. The next person is paged."
    assert night.dial() == ["Ben"]
    assert night.others() == [("hang_up", {"call": night.calls["Alice"]})]
    night.ring_ends("Alice", alert, "canceled")
    night.ring_ends("Ben", alert)
    assert night.dial() == ["Ben", "Carla"]  # Alice said that she cannot


def test_a_two_after_taking_gives_it_back(night: Night) -> None:
    alert = night.danger()
    writes(night, "Alice", "1")
    writes(night, "Alice", "2")
    assert night.alert(alert).state == AlertState.OPEN
    assert night.dial() == ["Ben"]


def test_the_outcome_by_text(night: Night) -> None:
    alert = night.danger()
    writes(night, "Alice", "1")
    menu = writes(night, "Alice", "9")
    assert menu == (
        f"{code(night, alert)}: how did it end? 91 person safe, 92 handed over, 93 not reached, 94 no danger"
    )
    assert writes(night, "Alice", "1") == menu  # a digit alone closes nothing
    assert night.alert(alert).state == AlertState.TAKEN
    assert writes(night, "Alice", "92") == f"{code(night, alert)} is settled. Thank you."
    assert night.alert(alert).outcome == "handed_over"
    assert writes(night, "Ben", "9 1") == PUBLIC


def test_nobody_else_gives_the_outcome(night: Night) -> None:
    alert = night.danger()
    writes(night, "Alice", "1")
    assert writes(night, "Carla", f"9 1 {code(night, alert)}") == f"{code(night, alert)} is not yours."
    assert night.alert(alert).state == AlertState.TAKEN


def test_after_the_outcome_a_late_reply_is_told_that_it_is_settled(night: Night) -> None:
    alert = night.danger()
    writes(night, "Alice", "1")
    writes(night, "Alice", "91")
    night.texts()
    assert writes(night, "Alice", f"1 {code(night, alert)}") is None
    assert night.texts() == [("Alice", f"{code(night, alert)} is settled already.")]


def test_a_one_after_the_reminder_means_still_on_it(night: Night) -> None:
    alert = night.danger()
    writes(night, "Alice", "1")
    night.wait(20 * 60)
    assert [name for name, _ in night.texts()][-1:] == ["Alice"]
    assert writes(night, "Alice", "1") == f"{code(night, alert)} stays yours."
    night.wait(15 * 60)
    assert night.alert(alert).state == AlertState.TAKEN


def test_what_is_not_understood_gets_a_short_help_five_times(night: Night) -> None:
    night.danger()
    answers = [writes(night, "Alice", "what is it?") for _ in range(7)]
    assert answers[0] == "Not understood. 1 take, 2 cannot, 9 outcome; with the code when several are open."
    assert answers[5:] == [None, None]
    writes(night, "Alice", "1")
    assert writes(night, "Alice", "hm") is not None


def test_stop_from_a_staff_phone_takes_it_off_and_wakes_the_next(night: Night) -> None:
    alert = night.danger()
    night.texts(), night.dial()
    night.ring_ends("Alice", alert)
    assert night.dial() == ["Ben"]
    assert writes(night, "Ben", "STOP") is None
    assert night.phone("Ben").stopped
    second = night.danger()
    night.clock.advance(timedelta(seconds=20))
    night.dial()
    night.ring_ends("Alice", second)
    assert "Ben" not in night.dial()


def test_start_puts_it_back(night: Night) -> None:
    assert writes(night, "Alice", "stop") is None
    assert writes(night, "Alice", "Start") is None
    assert not night.phone("Alice").stopped
    assert writes(night, "Alice", "START") == PUBLIC


def test_a_new_page_is_explained_again(night: Night) -> None:
    night.danger()
    for _ in range(6):
        writes(night, "Alice", "hm")
    night.danger()
    assert writes(night, "Alice", "hm") is not None


def test_yes_to_the_reminder_means_still_on_it(night: Night) -> None:
    alert = night.danger()
    writes(night, "Alice", "1")
    assert writes(night, "Alice", "YES") == f"{code(night, alert)} stays yours."


def test_help_is_answered_by_the_carrier_alone(night: Night) -> None:
    night.danger()
    assert writes(night, "Alice", "HELP") is None


def test_yes_takes_although_it_is_a_word_of_the_carrier(night: Night) -> None:
    alert = night.danger()
    writes(night, "Alice", "YES")
    assert night.alert(alert).taken_by == night.staff["Alice"]


def test_a_reply_after_the_end_of_everything_is_answered(night: Night) -> None:
    alert = night.danger()
    with night.tx() as tx:
        close(tx, night.kit, alert, None, "no_danger", night.now)
    assert writes(night, "Alice", "1") is None
    assert ("Alice", f"{code(night, alert)} is settled already.") in night.texts()
