"""What the clock process looks for: silence after the safety question, conversations of yesterday, and its own pulse."""

from __future__ import annotations

import pytest

from hotline.intake import create_app
from hotline.threads.tables import Conversation, SeenKey, Thread
from tests.house import Home

STORY = ("Hello", "yes", "no", "2", "a woman cleans all day without pay")


def flagged(house: Home) -> bool:
    house.tick()
    (thread,) = house.all(Thread)
    return bool(thread.unanswered_safety)


def test_no_answer_to_the_safety_question_for_15_minutes_is_flagged(house: Home) -> None:
    house.text("Hello")
    house.pass_time(minutes=14, seconds=50)
    assert not flagged(house)
    house.pass_time(seconds=10)
    assert flagged(house)
    house.text("yes", "yes")
    assert not flagged(house), "they wrote: it is answered"
    house.pass_time(hours=2)
    assert not flagged(house), "another question was open"


def test_the_language_question_left_alone_is_flagged_too(house: Home) -> None:
    house.text("xyzzy")
    house.pass_time(minutes=15)
    assert flagged(house)


def test_an_unsafe_thread_needs_no_second_flag(house: Home) -> None:
    house.text("Hello", "no")
    house.pass_time(hours=1)
    assert not flagged(house)


def test_a_conversation_left_for_a_day_stands_as_partial_and_is_erased_after_the_replay_time(
    house: Home,
) -> None:
    house.text(*STORY)
    house.pass_time(hours=23, minutes=59)
    house.tick()
    assert house.all(Conversation)[0].disposition is None
    house.pass_time(minutes=1)
    house.tick()
    house.work()
    (record,) = house.records()
    assert record["disposition"] == "partial"
    assert "cleans all day" in record["fields"]["incident_narrative"]["value"]
    assert house.all(Conversation)[0].state_sealed is not None, "a repeat may still come"
    house.pass_time(hours=24)
    house.tick()
    assert house.all(Conversation)[0].state_sealed is None
    house.tick()
    house.work()
    assert house.records() == [record], "erasing changes no record"


def test_what_no_worker_has_made_a_record_of_is_not_erased(house: Home) -> None:
    house.text(*STORY)
    for _ in range(4):
        house.pass_time(hours=24)
        house.tick()
    house.work()
    (record,) = house.records()
    assert "cleans all day" in record["fields"]["incident_narrative"]["value"]
    house.tick()
    assert house.all(Conversation)[0].state_sealed is None


def test_with_nothing_told_it_expires_without_a_record(house: Home) -> None:
    house.text("Hello")
    house.pass_time(hours=24)
    house.tick()
    house.work()
    assert house.all(Conversation)[0].disposition == "expired"
    assert house.records() == []


@pytest.mark.parametrize("ticking", [True, False], ids=["clock", "no-clock"])
def test_the_next_message_after_a_day_begins_a_new_conversation(house: Home, ticking: bool) -> None:
    house.text(*STORY)
    house.pass_time(hours=24, seconds=1)
    if ticking:
        house.tick()
    house.text("Hello", "yes", "no", "2", "men sleep in a shop")
    house.tick()
    house.work()
    told = [record["fields"]["incident_narrative"]["value"] for record in house.records()]
    assert len(told) == 2
    assert "cleans" in told[0]
    assert "cleans" not in told[1]
    assert "men sleep" in told[1]
    assert len({record["reference"] for record in house.records()}) == 2
    assert len(house.all(Thread)) == 1, "it is one thread all the same"


def test_replies_kept_for_repeats_are_erased_after_48_hours(house: Home) -> None:
    house.text("Hello")
    house.pass_time(hours=47)
    house.tick()
    assert house.all(SeenKey)[0].reply_sealed is not None
    house.pass_time(hours=1, minutes=1)
    house.tick()
    assert [key.reply_sealed for key in house.all(SeenKey)] == [None], "the key itself stays"


def test_ready_means_that_worker_and_clock_went_round_within_a_minute(house: Home) -> None:
    door = create_app(house.desk).test_client()
    assert door.get("/readyz").json == {"status": "late", "late": ["worker", "clock"]}
    house.tick()
    assert door.get("/readyz").json == {"status": "late", "late": ["worker"]}
    house.work()
    assert door.get("/readyz").status_code == 200
    house.pass_time(seconds=61)
    house.tick()
    answer = door.get("/readyz")
    assert (answer.status_code, answer.json["late"]) == (503, ["worker"])
    assert door.get("/healthz").status_code == 200, "this process is well"
