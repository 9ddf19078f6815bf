"""A conversation's state survives being stored, in the form of today and in the first one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hotline.answers.sheet import Given, Status
from hotline.conversation.state import Road, Stage, State

NOW = 1_795_000_000


def a_state() -> State:
    state = State(
        "0" * 24, "K7P", Road.OFFICER, Stage.REVIEW, "fr", "screening", "work", last=NOW, verified=True
    )
    state.words, state.unread = ["two\nlines", "é | 三"], ["zork9"]
    state.sheet["victim_age"] = Given(
        Status.ANSWERED, {"value": 15, "low": 15, "high": 17}, "15-17", NOW, "sms"
    )
    state.sheet["exploitation_narrative"] = Given(Status.ANSWERED, 'a "b"\n c', 'a "b"\n c', NOW, "sms")
    state.sheet["victim_sex"] = Given(Status.UNKNOWN, None, "?", NOW, "sms")
    return state


def test_what_was_stored_comes_back() -> None:
    assert State.decode(a_state().encode()) == a_state()


def test_a_state_of_the_first_form_still_opens() -> None:
    """Conversations were in flight when the form changed."""
    first: dict[str, Any] = {
        "b": "0" * 24, "r": "K7P", "s": "review", "l": "fr", "f": "screening", "t": NOW, "o": "officer", "k": "work",
        "w": ["two\nlines", "é | 三"], "u": ["zork9"], "g": "routine", "v": True,
        "a": {
            "victim_age": ["answered", {"value": 15, "low": 15, "high": 17}, "15-17", NOW, "sms"],
            "exploitation_narrative": ["answered", 'a "b"\n c', 'a "b"\n c', NOW, "sms"],
            "victim_sex": ["unknown", None, "?", NOW, "sms"],
        },
    }  # fmt: skip
    stored = json.dumps(first, ensure_ascii=False, separators=(",", ":")).encode()
    assert State.decode(stored) == a_state()
    assert State.decode(State.decode(stored).encode()) == a_state()


def test_an_answer_changed_after_loading_is_stored_in_its_old_place() -> None:
    state = State.decode(a_state().encode())
    state.sheet["victim_age"] = Given(Status.ANSWERED, 16, "16", NOW + 5, "sms")
    again = State.decode(state.encode())
    assert list(again.sheet) == ["victim_age", "exploitation_narrative", "victim_sex"]
    assert again.sheet["victim_age"].value == 16
    assert again.sheet.get("incident_location") is None


def test_a_copy_is_a_state_of_its_own() -> None:
    state = State.decode(a_state().encode())
    other = state.copy()
    assert other == state
    other.words.append("more")
    other.sheet["victim_sex"] = Given(Status.ANSWERED, "female", "f", NOW, "sms")
    del other.sheet["victim_age"]
    assert state == a_state()


@given(
    st.text(),
    st.text(),
    st.sampled_from(Status),
    st.none() | st.integers() | st.booleans() | st.text() | st.lists(st.text()),
)
def test_any_words_are_stored_and_read_back(said: str, word: str, status: Status, value: object) -> None:
    state = State("b", "K7P", last=NOW, words=[word])
    state.sheet["own_words"] = Given(status, value, said, NOW, "sms")
    assert State.decode(state.encode()) == state
