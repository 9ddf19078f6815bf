"""Taking is a human's word, once, and a promise."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from hotline import db
from hotline.alerts.joining import caller_left
from hotline.alerts.rings import answered, rang
from hotline.alerts.tables import AlertState
from hotline.alerts.taking import TakeResult, Way, close, extend, take
from hotline.threads.tables import Deed, DeedState, Thread
from hotline.triage.kinds import Grade
from tests.alerts.night import Night


def takes(night: Night, name: str, alert: str, way: Way = Way.TEXT) -> TakeResult:
    with night.tx() as tx:
        return take(tx, night.kit, alert, night.staff[name], way, night.now).result


def test_taking_ends_the_paging_and_tells_the_others_who_and_when(night: Night) -> None:
    alert = night.danger()
    night.texts(), night.dial()
    night.wait(60)
    night.texts(), night.dial()
    code = night.alert(alert).code
    assert takes(night, "Alice", alert) is TakeResult.DONE
    assert night.texts() == [("Ben", f"Alice has taken {code} at 01:01.")]
    assert sorted(payload["call"] for _, payload in night.others()) == [
        "CA1",
        "CA2",
    ]  # both phones fall silent
    night.wait(600)
    assert night.dial() == []
    with db.read(night.engine) as tx:
        thread = tx.get(Thread, night.alert(alert).thread_id)
        assert thread is not None
        assert thread.taken_by == night.staff["Alice"]


def test_the_second_to_take_is_too_late(night: Night) -> None:
    alert = night.danger()
    takes(night, "Ben", alert)
    night.wait(30)
    with night.tx() as tx:
        late = take(tx, night.kit, alert, night.staff["Alice"], Way.TEXT, night.now)
    assert late.result is TakeResult.LATE
    assert late.by == night.staff["Ben"]
    assert night.alert(alert).taken_by == night.staff["Ben"]


def test_to_take_twice_is_to_take_once(night: Night) -> None:
    alert = night.danger()
    assert takes(night, "Alice", alert) is TakeResult.DONE
    assert takes(night, "Alice", alert) is TakeResult.DONE
    assert night.log(alert).count("taken") == 1


def test_who_noticed_nothing_is_told_nothing(night: Night) -> None:
    alert = night.danger()
    night.wait(60)  # neither text nor call of Ben has left yet when Alice takes it
    takes(night, "Alice", alert)
    assert night.texts() == []
    assert night.dial() == []


def test_a_call_that_connects_after_the_taking_is_hung_up(night: Night) -> None:
    alert = night.danger()
    takes(night, "Ben", alert)
    with night.tx() as tx:  # the worker had the deed in hand already
        rang(tx, night.kit, night.page("Alice", alert), "CAlate", night.now)
    assert ("hang_up", {"call": "CAlate"}) in night.others()


@pytest.mark.parametrize("status", ["completed", "busy", "no-answer", "failed", "canceled"])
def test_no_end_of_a_call_takes_anything(night: Night, status: str) -> None:
    alert = night.danger()
    night.dial()
    with night.tx() as tx:  # a voicemail picks up
        answered(tx, night.kit, night.page("Alice", alert), night.calls["Alice"], night.now)
    night.wait(12)
    night.ring_ends("Alice", alert, status)
    assert night.alert(alert).state == AlertState.OPEN
    assert night.dial() == ["Ben"]


def test_an_end_told_twice_or_of_an_older_call_changes_nothing(night: Night) -> None:
    alert = night.danger()
    night.dial()
    old = night.calls["Alice"]
    night.ring_ends("Alice", alert)
    night.ring_ends("Alice", alert)
    night.dial()
    night.wait(60)
    assert "Alice" in night.dial()  # everyone
    ended = night.log(alert).count("ring_ended")
    night.calls["Alice"] = old
    night.ring_ends("Alice", alert)
    assert night.log(alert).count("ring_ended") == ended
    assert night.alert(alert).round == 1


def test_without_an_outcome_it_opens_again_after_a_reminder(night: Night) -> None:
    alert = night.danger()
    takes(night, "Ben", alert)
    night.texts(), night.others(), night.dial()
    night.wait(20 * 60 - 1)
    assert night.texts() == []
    night.wait(1)
    [(name, words)] = night.texts()
    assert name == "Ben"
    assert night.alert(alert).code in words
    night.wait(10 * 60)
    assert night.alert(alert).state == AlertState.OPEN
    assert sorted(night.dial()) == ["Alice", "Ben"]  # who is on call, and who had it


def test_still_on_it_extends_the_promise(night: Night) -> None:
    alert = night.danger()
    takes(night, "Alice", alert)
    night.wait(25 * 60)
    with night.tx() as tx:
        assert extend(tx, night.kit, alert, night.staff["Alice"], night.now)
        assert not extend(tx, night.kit, alert, night.staff["Ben"], night.now)
    night.wait(29 * 60)
    assert night.alert(alert).state == AlertState.TAKEN
    night.wait(60)
    assert night.alert(alert).state == AlertState.OPEN


def test_an_outcome_ends_it_for_good(night: Night) -> None:
    alert = night.danger()
    takes(night, "Alice", alert)
    with night.tx() as tx:
        assert close(tx, night.kit, alert, night.staff["Alice"], "safe", night.now)
        assert not close(tx, night.kit, alert, night.staff["Ben"], "no_danger", night.now)
    night.texts(), night.others(), night.dial()
    night.wait(7200)
    assert night.texts() == []
    assert night.dial() == []
    assert takes(night, "Ben", alert) is TakeResult.OVER


def test_a_taken_thread_that_turns_worse_is_paged_again(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread, Grade.URGENT)
    takes(night, "Ben", alert)
    night.texts()
    night.danger(thread, Grade.EMERGENCY)
    assert sorted(night.dial()) == ["Alice", "Ben"]


def test_who_has_it_is_told_that_danger_came_up_again(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread)
    takes(night, "Alice", alert)
    night.texts()
    night.danger(thread)
    night.danger(thread)
    assert night.texts() == [
        ("Alice", f"{night.alert(alert).code}: danger was told of once more. Please look at once.")
    ]


def test_a_key_in_the_call_brings_the_waiting_caller_in(night: Night) -> None:
    alert = night.danger(live_call="CAcaller")
    night.dial()
    with night.tx() as tx:
        answered(tx, night.kit, night.page("Alice", alert), night.calls["Alice"], night.now)
    takes(night, "Alice", alert, Way.CALL)
    assert night.others() == [("bridge", {"call": "CAcaller", "alert": alert})]


def test_taking_by_text_rings_the_taker_to_be_joined(night: Night) -> None:
    alert = night.danger(live_call="CAcaller")
    night.dial()
    night.ring_ends("Alice", alert)
    night.dial()
    takes(night, "Alice", alert, Way.TEXT)
    assert night.dial() == ["Alice"]
    night.wait(20)
    night.ring_ends("Alice", alert)  # not picked up: the caller must not be left waiting
    assert night.alert(alert).state == AlertState.OPEN
    assert "Alice" in night.dial()


def test_a_caller_who_waits_once_more_after_the_talk_rings_the_taker(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread, live_call="CAcaller")
    night.dial()
    with night.tx() as tx:
        answered(tx, night.kit, night.page("Alice", alert), night.calls["Alice"], night.now)
    takes(night, "Alice", alert, Way.CALL)
    night.others()
    night.wait(60)
    night.ring_ends("Alice", alert, "completed")  # she hung up; the caller presses 0 again
    night.danger(thread, Grade.URGENT, live_call="CAcaller")
    assert night.dial() == ["Alice"]
    takes(night, "Alice", alert, Way.CALL)
    assert night.others() == [("bridge", {"call": "CAcaller", "alert": alert})]


def test_a_call_whose_deed_is_over_without_a_word_is_lost(night: Night) -> None:
    alert = night.danger()
    with night.tx() as tx:
        tx.execute(update(Deed).where(Deed.kind == "ring").values(state=DeedState.FAILED, done_at=night.now))
    night.wait(20)
    assert night.dial() == ["Ben"]
    assert night.alert(alert).state == AlertState.OPEN


def test_a_caller_who_is_gone_is_not_waited_for(night: Night) -> None:
    alert = night.danger(live_call="CAcaller")
    with night.tx() as tx:
        caller_left(tx, night.kit, "CAcaller", night.now)
    takes(night, "Alice", alert, Way.TEXT)
    assert night.alert(alert).live_call is None
    assert [kind for kind, _ in night.others()] == []
