"""Replies as people type them: half asleep, in six languages, with quotes, politeness and the digits of their script."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.alerts.staff_reply import StaffReply, read_reply
from hotline.alerts.staff_words import Act, StaffWords

WORDS = StaffWords.load(Path(__file__).resolve().parents[2] / "locales")

REPLIES = Path(__file__).parent / "replies.txt"


def spellings(section: str) -> list[str]:
    """The spellings of a section of `replies.txt`."""
    _, _, behind = REPLIES.read_text(encoding="utf-8").partition(f"[{section}]\n")
    block, _, _ = behind.partition("\n\n[")
    return [one.strip() for line in block.splitlines() for one in line.split(" | ") if one.strip()]


def test_the_words_contradict_nowhere() -> None:
    assert WORDS.problems == ()


@pytest.mark.parametrize("wanted", [Act.TAKE, Act.CANNOT, Act.OUTCOME])
def test_a_reply_without_a_code(wanted: Act) -> None:
    read = {one: read_reply(one, WORDS) for one in spellings(wanted)}
    wrong = {
        one: reply for one, reply in read.items() if reply is None or (reply.act, reply.codes) != (wanted, ())
    }
    assert wrong == {}


def test_a_reply_with_a_code_means_that_alert() -> None:
    read = {one: read_reply(one, WORDS) for one in spellings("take 4821")}
    wrong = {
        one: reply
        for one, reply in read.items()
        if reply is None or reply.act is not Act.TAKE or len(reply.codes) != 1 or "4821" not in reply.codes[0]
    }
    assert wrong == {}


def test_what_is_not_clear_is_not_understood() -> None:
    read = {one: read_reply(one, WORDS) for one in spellings("not understood")}
    assert {one: reply for one, reply in read.items() if reply is not None} == {}


def test_three_hundred_spellings_are_tried() -> None:
    understood = [spellings(section) for section in ("take", "cannot", "outcome", "take 4821")]
    tried = {one for section in understood for one in section}
    assert len(tried) >= 300


@pytest.mark.parametrize("text", ["9 1", "91", "9 1 4821", "4821 9 1", "91 4821", "4821 91", "٩ ١", "done 1"])
def test_an_outcome_names_its_digit(text: str) -> None:
    reply = read_reply(text, WORDS)
    assert reply is not None
    assert (reply.act, reply.choice) == (Act.OUTCOME, "1")


def test_a_key_glued_to_a_code_has_its_readings() -> None:
    assert read_reply("14821", WORDS) == StaffReply(Act.TAKE, (frozenset({"4821", "1482"}),))
    assert read_reply("48212", WORDS) == StaffReply(Act.CANNOT, (frozenset({"4821"}),))
    assert read_reply("14822", WORDS) is None  # take 4822, or 1482: cannot?


@pytest.mark.parametrize(
    "text", ["still on it", "1 still on it", "toujours dessus", "还在处理", "m toujou sou li"]
)
def test_still_on_it(text: str) -> None:
    reply = read_reply(text, WORDS)
    assert reply is not None
    assert reply.act is Act.STILL
