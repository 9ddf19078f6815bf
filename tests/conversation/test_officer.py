"""Field officers by text."""

from datetime import timedelta
from time import process_time

import pytest

from hotline.conversation.effects import Disposition, Submit
from hotline.wording.segments import size
from tests.conversation.talk import Talk


def officer() -> Talk:
    return Talk(officer=True, language="en")


def test_a_compact_report_is_read_back_with_a_reference() -> None:
    talk = officer()
    said = talk.hear("scr pot 12/11 castries f16 ve sex none")
    assert said is not None
    assert said.startswith("K7P. ")
    for part in ("12 Nov 2026", "Castries", "16", "Venezuela"):
        assert part in said
    assert said.endswith(talk.wording("officer.last_line"))
    assert size(said).segments <= 2
    assert talk.disposition is Disposition.COMPLETED
    assert talk.answer("victim_age") == ("answered", 16)
    assert talk.answer("exploitation_types") == ("answered", ["sexual_exploitation"])
    assert ("urgent", ("child_in_report",)) in talk.alerts


@pytest.mark.parametrize(
    "report",
    [
        "scr pot; 12/11; gros islet; f; 16; ve; -; sex; none",
        "SCR pot, 12/11, gros islet, f, 16, ve, -, sex, none",
        "scr\npot\n12/11\ngros islet\nf\n16\nve\n-\nsex\nnone",
        "scr pot 12/11 gros islet f 16 ve - sex none",
        'scr pot 12/11 "gros islet" f16 ve - sex none',
        "scr 7=ve 1=pot 2=12/11 3=gros islet 5=f 6=16 9=sex 10=none",
        "scr1 12/11 gros islet f 16 ve - sex none",
    ],
)
def test_the_same_report_in_many_spellings(report: str) -> None:
    talk = officer()
    talk.hear(report)
    assert talk.answer("incident_location")[1]["district"] == "LC-06"
    assert talk.answer("victim_sex") == ("answered", "female")
    assert talk.answer("victim_age") == ("answered", 16)
    assert talk.answer("victim_country_of_birth") == ("answered", "VE")
    assert talk.answer("exploitation_types") == ("answered", ["sexual_exploitation"])
    assert talk.answer("previous_report") == ("answered", "none")


def test_one_bad_value_keeps_the_others_and_is_asked() -> None:
    talk = officer()
    said = talk.hear("scr pot; 12/11; castries; f; 200; ve; -; sex; none")
    assert said is not None
    assert "6" in said
    assert talk.answer("victim_age") == ("pending", None)
    assert talk.disposition is Disposition.PARTIAL
    talk.hear("6=20")
    assert talk.answer("victim_age") == ("answered", 20)
    assert talk.disposition is Disposition.COMPLETED


def test_a_correction_keeps_the_old_value() -> None:
    talk = officer()
    talk.hear("scr pot 12/11 castries f16 ve sex none")
    talk.hear("7=haiti")
    assert talk.answer("victim_country_of_birth") == ("answered", "HT")
    assert talk.state is not None
    assert any(row[0] == "victim_country_of_birth" and row[2] == "VE" for row in talk.state.older)


def test_free_text_is_not_read_back() -> None:
    talk = officer()
    said = talk.hear("scr pot; 12/11; castries; f; 30; ve; kalinago; sex; none")
    assert said is not None
    assert "kalinago" not in said
    assert talk.answer("victim_ethnicity") == ("answered", "kalinago")


def test_words_that_no_item_takes_are_told() -> None:
    talk = officer()
    said = talk.hear("scr pot 12/11 castries f30 ve sex none blorp")
    assert said is not None
    assert "blorp" in said
    assert talk.disposition is Disposition.PARTIAL


def test_an_unregistered_number_gets_numbers_but_no_values() -> None:
    talk = Talk()
    said = talk.hear("scr pot; 12/11; castries; f; 200; ve; -; sex; none")
    assert said is not None
    assert "K7P" in said
    assert "6" in said
    for value in ("Castries", "Venezuela", "200", "12 Nov"):
        assert value not in said
    assert talk.state is not None
    assert not talk.state.verified
    assert talk.answer("victim_sex") == ("answered", "female")


def test_question_by_question() -> None:
    talk = officer()
    assert talk.hear("scr") == talk.label("screening", "situation_status")
    said = talk.tell("1", "12 nov", "vieux fort", "f", "16", "haiti", "-", "sexual", "police", "yesterday")
    assert said is not None
    assert said.startswith("K7P. ")
    assert talk.answer("previous_report_date") == ("answered", "2026-11-19")
    assert talk.disposition is Disposition.COMPLETED


def test_the_officers_phone_in_other_hands_takes_the_public_road() -> None:
    talk = officer()
    said = talk.hear("hello")
    assert said == talk.label("opening", "safe_now")


def test_danger_in_a_report_pages() -> None:
    talk = officer()
    talk.hear("scr pot; 12/11; castries; f; 30; ve; he is beating her now; sex; none")
    assert talk.alerts[0][0] == "emergency"


def test_a_second_report_begins_anew() -> None:
    talk = officer()
    talk.hear("scr pot 12/11 castries f16 ve sex none")
    said = talk.hear("scr occ 10/11 dennery m30 ht lab none")
    assert said is not None
    assert said.startswith("M4R. ")
    assert talk.answer("victim_age") == ("answered", 30)


def test_everything_fits_two_segments_however_long_the_report() -> None:
    talk = officer()
    said = talk.hear("scr " + " ".join(f"word{number}" for number in range(200)))
    assert said is not None
    assert size(said).segments <= 2


def test_a_number_without_its_answer_is_asked_and_not_taken_for_an_age() -> None:
    talk = officer()
    talk.hear("scr pot 7=")
    assert talk.answer("victim_age") == ("not_asked", None)
    assert talk.answer("victim_country_of_birth") == ("pending", None)
    assert talk.disposition is Disposition.PARTIAL


def test_a_date_gone_wrong_is_no_age() -> None:
    talk = officer()
    said = talk.hear("scr pot 99/99 castries f")
    assert said is not None
    assert said == f"K7P. The rest is kept. {talk.again('incident_period')}"
    assert talk.answer("victim_age") == ("not_asked", None)


@pytest.mark.parametrize("flood", ["a " * 800, ";" * 1600, "\N{THUMBS UP SIGN} " * 700])
def test_a_flood_of_words_costs_little_and_is_kept(flood: str) -> None:
    talk = officer()
    begun = process_time()
    talk.hear(f"scr {flood}")
    assert process_time() - begun < 1
    assert talk.state is not None
    assert len(talk.state.unread) >= 700
    assert talk.disposition is Disposition.PARTIAL


@pytest.mark.parametrize("language", ["en", "acf", "fr", "es", "ht", "zh"])
def test_the_one_item_that_was_asked_is_asked_again_alone(language: str) -> None:
    talk = Talk(officer=True, language=language)
    talk.hear("scr pot 12/11 7=12")
    said = talk.hear("%s")
    assert said is not None
    assert size(said).segments <= 2
    assert "K7P" not in said
    talk.hear("haiti")
    assert talk.answer("victim_country_of_birth") == ("answered", "HT")


def test_after_not_safe_a_report_gets_no_answer_on_a_phone_that_is_no_officers() -> None:
    talk = Talk()
    talk.tell("hello", "2")
    assert talk.hear("scr pot 12/11 castries f16 ve sex none") is None
    assert talk.state is not None
    assert "scr pot 12/11 castries f16 ve sex none" in talk.state.words
    assert any(isinstance(effect, Submit) for effect in talk.effects)


def test_values_sent_after_words_not_understood_go_on_with_the_report() -> None:
    talk = officer()
    said = talk.hear("scr pot 45/45 castries f19 ve sex none")
    assert said is not None
    assert said == f"K7P. The rest is kept. {talk.again('incident_period')}"
    talk.hear("12/11")
    assert talk.answer("incident_period")[1] == {"start": "2026-11-12", "end": "2026-11-12"}
    assert talk.answer("victim_age") == ("answered", 19)  # nothing that was answered changed


def test_long_after_a_report_the_phone_takes_the_public_road() -> None:
    talk = officer()
    talk.hear("scr pot 45/45 castries f19 ve sex none")
    assert talk.hear("hello", after=timedelta(minutes=20)) == talk.label("opening", "safe_now")


@pytest.mark.parametrize("locale", ["en", "acf", "fr", "es", "ht"])
def test_a_country_with_an_accent_does_not_make_the_read_back_dear(locale: str) -> None:
    """ "Haití", "Pérou": one letter outside GSM-7 would halve the room, and the values would be left out."""
    talk = Talk(officer=True, language=locale)
    for country in ("ht", "mx", "pe", "st", "ci"):
        said = talk.hear(f"scr pot; 12/11; dennery; f; 16; {country}; x; dom; none")
        assert said is not None
        assert size(said).segments <= 2
        assert "7=" in said, "the values are read back, not only the numbers of the items"
