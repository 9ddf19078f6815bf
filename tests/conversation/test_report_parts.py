"""Long reports in several texts, the same one twice, and five in a row that cannot be read."""

from datetime import timedelta

import pytest

from hotline.conversation.effects import Disposition, Notice
from tests.conversation.talk import Talk

WHOLE = {
    "situation_status": "potential",
    "victim_sex": "female",
    "victim_age": 16,
    "victim_country_of_birth": "VE",
    "exploitation_types": ["sexual_exploitation"],
    "previous_report": "none",
}


def officer() -> Talk:
    return Talk(officer=True, language="en")


def notices(talk: Talk) -> list[str]:
    return [effect.what for effect in talk.all_effects if isinstance(effect, Notice)]


def holds_the_whole(talk: Talk) -> bool:
    return all(talk.answer(name) == ("answered", value) for name, value in WHOLE.items())


def test_the_second_part_has_no_code_because_the_phone_split_it() -> None:
    talk = officer()
    talk.hear("scr pot 12/11 castries f16")
    said = talk.hear("ve sex none")
    assert said is not None
    assert said.startswith("K7P. 1=potential")
    assert "Venezuela" in said
    assert holds_the_whole(talk)
    assert talk.disposition is Disposition.COMPLETED


def test_a_phrase_that_was_cut_in_two_is_one_again() -> None:
    talk = officer()
    talk.hear("scr pot 12/11 vieux")
    talk.hear("fort f16 ve sex none")
    assert talk.answer("incident_location")[1]["district"] == "LC-11"
    assert holds_the_whole(talk)


def test_the_second_part_comes_first() -> None:
    talk = officer()
    talk.hear("f16 ve sex none")
    said = talk.hear("scr pot 12/11 castries")
    assert said is not None
    assert "Venezuela" in said
    assert holds_the_whole(talk)


@pytest.mark.parametrize("first", [0, 1, 2])
def test_parts_with_code_and_numbers_in_any_order_are_one_report(first: int) -> None:
    parts = ["scr 1=pot 2=12/11 3=castries", "scr 5=f 6=16 7=ve", "scr 9=sex rep=none"]
    talk = officer()
    for part in parts[first:] + parts[:first]:
        said = talk.hear(part)
        assert said is not None
        assert said.startswith("K7P. "), "one report, one reference"
    assert holds_the_whole(talk)


def test_another_persons_report_is_not_a_part() -> None:
    talk = officer()
    talk.hear("scr f16 ht")
    said = talk.hear("scr m30 castries")
    assert said is not None
    assert said.startswith("M4R. ")
    talk = officer()
    talk.hear("scr 5=f 6=16")
    said = talk.hear("scr 5=m 6=30")
    assert said is not None
    assert said.startswith("M4R. ")


def test_an_hour_later_it_is_another_report() -> None:
    talk = officer()
    talk.hear("scr 1=pot 2=12/11")
    talk.hear("scr 5=f 6=16", after=timedelta(hours=1))
    assert talk.state is not None
    assert talk.state.reference == "M4R"
    assert talk.hear("ve sex none", after=timedelta(hours=1)) == talk.label("opening", "safe_now")


def test_the_same_report_twice_is_one_record_and_the_queue_is_told() -> None:
    talk = officer()
    first = talk.hear("scr pot 12/11 castries f16 ve sex none")
    again = talk.hear("SCR  pot 12/11 Castries f16 ve sex none", after=timedelta(hours=2))
    assert again == first
    assert notices(talk) == ["same_report_twice"]
    assert talk.state is not None
    assert talk.state.older == []


def test_a_doubled_report_does_not_undo_a_correction() -> None:
    talk = officer()
    talk.hear("scr pot 12/11 castries f16 ve sex none")
    talk.hear("7=haiti")
    talk.hear("scr pot 12/11 castries f16 ve sex none")
    assert talk.answer("victim_country_of_birth") == ("answered", "HT")


@pytest.mark.parametrize("registered", [True, False])
def test_five_wrong_in_a_row_and_the_queue_is_told(registered: bool) -> None:
    talk = Talk(officer=registered, language="en" if registered else "")
    for number, word in enumerate(("blorp", "zork", "xyzzy", "plugh"), start=1):
        talk.hear(f"scr {word}")
        assert notices(talk) == [], number
    talk.hear("scr frobnicate")
    assert notices(talk) == ["five_wrong_reports"]


def test_a_good_one_between_begins_the_count_anew() -> None:
    talk = officer()
    for report in ("scr aa1a", "scr bb1b", "scr cc1c", "scr pot 12/11 castries", "scr dd1d", "scr ee1e"):
        talk.hear(report)
    assert notices(talk) == []


def test_danger_after_a_report_is_no_part_of_it() -> None:
    talk = officer()
    talk.hear("scr pot 12/11 castries")
    talk.hear("he has a knife f 16")
    assert talk.alerts[-1][0] == "emergency" or ("emergency" in [grade for grade, _ in talk.alerts])
    assert talk.answer("victim_age") == ("not_asked", None)


def test_a_greeting_after_a_report_takes_the_public_road() -> None:
    talk = officer()
    talk.hear("scr pot 12/11 castries f16 ve sex none")
    assert talk.hear("hello") == talk.label("opening", "safe_now")
