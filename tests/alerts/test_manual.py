"""By hand: page somebody, ask for help, hand over, page the next now, let it rest."""

from __future__ import annotations

import pytest

from hotline import db
from hotline.alerts.manual import Came, next_now, snooze
from hotline.alerts.page_calls import page_call
from hotline.alerts.staff_orders import read_order
from hotline.alerts.staff_words import Act, staff_words
from hotline.alerts.tables import AlertState
from hotline.calltree.turn import CallTurn
from hotline.threads.tables import Thread
from hotline.triage.kinds import Grade
from tests.alerts.night import Night
from tests.alerts.test_staff_reply import WORDS
from tests.alerts.test_staff_texts import code, writes


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the locks are those of taking."""
    return sqlite_url


@pytest.fixture
def taken(night: Night) -> str:
    """Alice has it, and everything that left has arrived."""
    alert = night.danger()
    night.texts()
    writes(night, "Alice", "1")
    night.texts(), night.dial(), night.others()
    return alert


def taker(night: Night, alert: str) -> str:
    return next(name for name, one in night.staff.items() if one == night.alert(alert).taken_by)


class TestAskingAColleague:
    def test_nobody_has_it_yet_and_the_colleague_is_paged_at_once(self, night: Night) -> None:
        alert = night.danger(grade=Grade.URGENT)
        night.texts()
        assert writes(night, "Alice", f"add Carla {code(night, alert)}") == (
            f"{code(night, alert)}: they are paged now."
        )
        assert night.dial() == ["Carla"], "an urgent alert too rings, for a person wanted it"
        assert [name for name, _ in night.texts()] == ["Carla"]
        writes(night, "Carla", "1")
        assert taker(night, alert) == "Carla"

    def test_it_is_taken_and_the_colleague_is_asked_to_help(self, night: Night, taken: str) -> None:
        writes(night, "Alice", f"Add Carla {code(night, taken)}")
        assert night.texts() == [
            ("Carla", f"{code(night, taken)}: a colleague asks for your help. Reply 1 if you come, 2 if you "
             "cannot. Or press 1 in the call."),
        ]  # fmt: skip
        assert night.dial() == ["Carla"]
        assert writes(night, "Carla", "1") == f"{code(night, taken)}: your colleague is told that you come."
        assert taker(night, taken) == "Alice", "help is no handing over"
        assert night.texts() == [("Alice", f"Carla comes to help with {code(night, taken)}.")]

    def test_by_the_key_in_the_call(self, night: Night, taken: str) -> None:
        writes(night, "Alice", f"add Carla {code(night, taken)}")
        night.texts(), night.dial()
        with night.tx() as tx:
            page = night.page("Carla", taken)
            heard = page_call(tx, night.kit, page, CallTurn(night.calls["Carla"], 0), night.now)
            assert "A colleague asks for your help." in str(heard)
            heard = page_call(tx, night.kit, page, CallTurn(night.calls["Carla"], 1, "1"), night.now)
            assert "Your colleague is told that you come." in str(heard)
        assert night.texts() == [("Alice", f"Carla comes to help with {code(night, taken)}.")]

    def test_who_cannot_is_told_to_who_asked(self, night: Night, taken: str) -> None:
        writes(night, "Alice", f"add Carla {code(night, taken)}")
        night.texts()
        writes(night, "Carla", "2")
        assert night.texts() == [("Alice", f"Carla cannot come to {code(night, taken)}.")]
        assert night.alert(taken).state == AlertState.TAKEN

    def test_who_does_not_answer_three_calls_is_told_to_who_asked(self, night: Night, taken: str) -> None:
        writes(night, "Alice", f"add Carla {code(night, taken)}")
        night.texts()
        calls = 0
        for _ in range(20):
            if night.dial():
                calls += 1
                night.wait(20)
                night.ring_ends("Carla", taken)
            else:
                night.wait(10)
        assert calls == 3
        assert night.texts() == [("Alice", f"Carla does not answer for {code(night, taken)}.")]

    def test_a_name_that_nobody_has_is_told(self, night: Night, taken: str) -> None:
        assert writes(night, "Alice", f"add Zoe {code(night, taken)}") == (
            "Nobody of that name can be paged."
        )

    def test_the_outcome_ends_the_asking(self, night: Night, taken: str) -> None:
        writes(night, "Alice", f"add Carla {code(night, taken)}")
        night.texts(), night.dial()
        writes(night, "Alice", "91")
        assert night.others() == [("hang_up", {"call": night.calls["Carla"]})]
        assert writes(night, "Carla", "1") is None
        assert night.texts() == [("Carla", f"{code(night, taken)} is settled already.")]


class TestHandingOver:
    def test_it_stays_with_who_has_it_until_the_other_takes_it(self, night: Night, taken: str) -> None:
        assert writes(night, "Alice", f"give to Ben {code(night, taken)}") == (
            f"{code(night, taken)}: they are asked now. It stays yours until they take it."
        )
        assert taker(night, taken) == "Alice"
        night.texts(), night.dial()
        writes(night, "Ben", "1")
        assert taker(night, taken) == "Ben"
        assert night.texts() == [("Alice", f"Ben has taken {code(night, taken)} at 01:00.")]
        with db.read(night.engine) as tx:
            thread = tx.get(Thread, night.alert(taken).thread_id)
            assert thread is not None
            assert thread.taken_by == night.staff["Ben"]

    def test_the_promise_begins_anew(self, night: Night, taken: str) -> None:
        night.wait(15 * 60)
        writes(night, "Alice", f"give Ben {code(night, taken)}")
        night.texts()
        writes(night, "Ben", "1")
        night.wait(29 * 60)
        assert taker(night, taken) == "Ben"
        night.wait(60)
        assert night.alert(taken).state == AlertState.OPEN

    def test_without_an_answer_the_promise_of_who_has_it_is_kept_or_broken(
        self, night: Night, taken: str
    ) -> None:
        writes(night, "Alice", f"give Ben {code(night, taken)}")
        night.wait(30 * 60)
        assert night.alert(taken).state == AlertState.OPEN

    def test_nobody_hands_over_what_another_has(self, night: Night, taken: str) -> None:
        assert writes(night, "Carla", f"give Ben {code(night, taken)}") == (
            f"{code(night, taken)} is not yours."
        )
        night.texts()
        assert night.dial() == []


class TestTheNextNow:
    def test_the_next_step_is_paged_at_once(self, night: Night) -> None:
        alert = night.danger()
        night.texts(), night.dial()
        assert writes(night, "Alice", "next person") == (
            f"{code(night, alert)}: the next person is paged now."
        )
        assert night.dial() == ["Ben"]
        assert night.alert(alert).state == AlertState.OPEN

    def test_of_a_taken_alert_nobody_is_paged(self, night: Night, taken: str) -> None:
        with night.tx() as tx:
            assert next_now(tx, night.kit, taken, night.now, by=None) is Came.NOT_YOURS


class TestRest:
    def test_an_urgent_alert_rests_and_is_paged_again_from_the_start(self, night: Night) -> None:
        alert = night.danger(grade=Grade.URGENT)
        night.texts()
        assert writes(night, "Alice", f"later {code(night, alert)} 30 2") == (
            f"{code(night, alert)} rests until 01:30."
        )
        night.wait(30 * 60 - 1)
        assert night.texts() == []
        assert night.dial() == []
        night.wait(1)
        assert [name for name, _ in night.texts()] == ["Alice"]

    def test_new_danger_ends_the_rest(self, night: Night) -> None:
        thread = night.thread()
        alert = night.danger(thread, Grade.URGENT)
        night.texts()
        writes(night, "Alice", f"later {code(night, alert)} 30 1")
        night.wait(60)
        night.danger(thread, Grade.URGENT)
        night.wait(300)
        assert night.dial() == ["Alice"]

    def test_an_open_emergency_never_rests(self, night: Night) -> None:
        alert = night.danger()
        assert writes(night, "Alice", f"later {code(night, alert)} 30 1") == (
            f"{code(night, alert)} is not yours."
        )
        night.wait(60)
        assert "Alice" in night.dial()

    def test_an_emergency_rests_for_who_has_taken_it_alone(self, night: Night, taken: str) -> None:
        assert "not yours" in str(writes(night, "Carla", f"later {code(night, taken)} 60 1"))
        assert "rests until 02:00" in str(writes(night, "Alice", f"later {code(night, taken)} 60 1"))
        night.wait(50 * 60 - 1)
        assert night.texts() == []
        night.wait(2)
        assert [name for name, _ in night.texts()] == ["Alice"], "the reminder, ten minutes before"
        night.wait(10 * 60)
        assert night.alert(taken).state == AlertState.OPEN

    def test_minutes_and_reason_have_bounds(self, night: Night, taken: str) -> None:
        asked = f"Write: later {code(night, taken)} 30 1. Minutes: 60 at most."
        for text in (f"later {code(night, taken)}", f"later {code(night, taken)} 61 1",
                     f"later {code(night, taken)} 30", f"later {code(night, taken)} 30 7"):  # fmt: skip
            assert str(writes(night, "Alice", text)).startswith(asked)
        with night.tx() as tx:
            came = snooze(tx, night.kit, taken, 0, "time_agreed", night.now, by=night.staff["Alice"])
            assert came is Came.BOUNDS

    @pytest.mark.parametrize("language", ["en", "acf", "fr", "es", "ht", "zh"])
    def test_the_menu_names_a_word_that_is_understood(self, night: Night, language: str) -> None:
        words = night.kit.book.say(
            "staff.snooze_how", language, code="4821", most=60, options="1 x, 2 y, 3 z"
        )
        said = words.replace("：", ":").partition(":")[2].strip()
        example = said[: said.index("30 1") + 4]
        order = read_order(example, staff_words(night.kit.book.root / "locales"))
        assert order is not None
        assert (order.act, order.code, order.minutes, order.reason) == (Act.SNOOZE, "4821", 30, 1)


@pytest.mark.parametrize(
    ("text", "act", "name"),
    [
        ("add Staff 2 4821", Act.ADD, "Staff 2"),
        ("Ask 4821 Ana María Ruiz", Act.ADD, "Ana María Ruiz"),
        ("ajouter Benoît Caché 4821", Act.ADD, "Benoît Caché"),
        ("añade Luz 4821.", Act.ADD, "Luz"),
        ("transférer à Zoé ٤٨٢١", Act.TRANSFER, "Zoé"),
        ("hand over to Staff 3, 4821", Act.TRANSFER, "Staff 3"),
        ("pase bay Jan 4821", Act.TRANSFER, "Jan"),
        ("转给 小李 4821", Act.TRANSFER, "小李"),
    ],
)
def test_orders_are_read_in_every_language(text: str, act: Act, name: str) -> None:
    order = read_order(text, WORDS)
    assert order is not None
    assert (order.act, order.code, order.name) == (act, "4821", name)


@pytest.mark.parametrize(
    "text", ["add Ben", "add 4821", "give", "Ben 4821", "add Ben 4821 4822", "later 4821 soon", "later"]
)
def test_half_an_order_is_none(text: str) -> None:
    assert read_order(text, WORDS) is None
