"""Compact reports: every spelling understood, nothing dropped in silence.

The cases named "elsewhere" are what comparable systems got wrong: an answer lost, cut, changed, or refused without a
word that helps.
"""

import pytest

from hotline.conversation.effects import Disposition
from hotline.wording.segments import size
from tests.conversation.talk import LANGUAGES, Talk


def sent(report: str) -> Talk:
    talk = Talk(officer=True, language="en")
    talk.hear(report)
    return talk


def values(talk: Talk) -> dict[str, object]:
    """What was understood, without what is pending."""
    assert talk.state is not None
    return {name: given.value for name, given in talk.state.sheet.items() if given.status.value == "answered"}


@pytest.mark.parametrize(
    "report",
    [
        "scr pot*12/11*castries*f*16*ve*-*sex*none",
        "scr#pot#12/11#castries#f#16#ve#-#sex#none",
        "scr: pot: 12/11: castries: f: 16: ve: -: sex: none",
        "scr/pot/12-11/castries/f/16/ve/-/sex/none",
        "scr.pot.12-11.castries.f.16.ve.-.sex.none",
        "scr pot / 12-11 / castries / f / 16 / ve / - / sex / none",
        "scr sit pot per 12/11 loc castries sex f age 16 cob ve exp sex rep none",
        "scr #1 pot#2 12/11#3 castries#5 f#6 16#7 ve#9 sex#10 none",
        "scr #sit pot#per 12/11#loc castries#sex f#age 16#cob ve#exp sex#rep none",
        "scr 1:pot 2:12/11 3:castries 5:f 6:16 7:ve 9:sex 10:none",
        "scr sex none ve f16 castries 12/11 pot",
        "scr none castries pot f sex 16 12/11 ve",
        "scr2 12/11 castries f 16 ve - sex none",
        "scr 2. 12/11. castries. f. 16. ve. -. sex. none",
    ],
)
def test_one_report_in_any_order_and_with_any_separator(report: str) -> None:
    found = values(sent(report))
    assert found.pop("incident_period") == {"start": "2026-11-12", "end": "2026-11-12"}
    place = found.pop("incident_location")
    assert isinstance(place, dict)
    assert place["district"] == "LC-02"
    assert found == {
        "situation_status": "potential",
        "victim_sex": "female",
        "victim_age": 16,
        "victim_country_of_birth": "VE",
        "exploitation_types": ["sexual_exploitation"],
        "previous_report": "none",
    }


def test_commas_between_answers_elsewhere_lost_them_all() -> None:
    talk = sent("scr pot, 17, 1")
    assert values(talk) == {"situation_status": "potential", "victim_age": 17}
    assert talk.said is not None
    assert "'1'" in talk.said, "a digit that picks from four lists is asked, not guessed"


def test_minus_three_elsewhere_became_three() -> None:
    talk = sent("scr pot 12/11 castries f -3 ve sex none")
    assert talk.answer("victim_age") == ("pending", None)
    assert talk.said == f"K7P. The rest is kept. {talk.again('victim_age')}"


def test_a_gates_number_elsewhere_cut_the_words_short() -> None:
    talk = sent("scr gate #2 red")
    assert values(talk) == {}
    assert talk.said is not None
    assert "'gate' '#2' 'red'" in talk.said
    assert values(sent("scr 8=gate #2 red")) == {"victim_ethnicity": "gate #2 red"}


@pytest.mark.parametrize(
    "report", ["scr #age 17#age 18", "scr age=17 age=18", "scr 6=17; 6=18", "scr 6:17 6:18"]
)
def test_one_item_told_twice_elsewhere_gave_nothing_or_the_last(report: str) -> None:
    talk = sent(report)
    assert talk.answer("victim_age") == ("pending", None)
    assert talk.state is not None
    assert talk.state.sheet["victim_age"].said == "17 18"
    assert values(sent("scr age=17 6=17")) == {"victim_age": 17}


@pytest.mark.parametrize("said", ["17 yrs", "17yrs", "seventeen", "17."])
def test_years_elsewhere_gave_nothing(said: str) -> None:
    assert values(sent(f"scr #age {said}")) == {"victim_age": 17}
    assert values(sent(f"scr age={said}")) == {"victim_age": 17}


@pytest.mark.parametrize("said", ["f", "F", "1", "1.", "(1)", "female", "femmes", "mujer"])
def test_one_dot_elsewhere_was_refused(said: str) -> None:
    assert values(sent(f"scr 5={said}")) == {"victim_sex": "female"}


def test_a_code_stuck_to_its_number_elsewhere_was_no_report() -> None:
    found = values(sent("scr1 12/11 castries"))
    assert found["situation_status"] == "occurred"
    assert found["incident_period"] == {"start": "2026-11-12", "end": "2026-11-12"}


def test_an_unregistered_phone_elsewhere_was_dropped_in_silence() -> None:
    talk = Talk()
    said = talk.hear("scr pot 12/11 castries f -3 ve sex none")
    assert said is not None
    assert "K7P" in said
    assert talk.answer("victim_sex") == ("answered", "female")
    assert "Venezuela" not in said


def test_one_bad_message_elsewhere_had_five_replies_and_here_one() -> None:
    talk = sent("scr blorp zork 200 -9 99/99")
    assert talk.said is not None
    assert size(talk.said).segments <= 2
    for word in ("blorp", "zork", "200", "-9", "99/99"):
        assert word in talk.said


def test_a_bad_report_elsewhere_was_shown_as_good() -> None:
    for report in ("scr blorp", "scr ;;;;;", "scr 6=200", "scr pot f16 blorp"):
        assert sent(report).disposition is Disposition.PARTIAL, report


BAD = {
    "situation_status": "7",
    "incident_period": "45/45",
    "incident_location": "narnia",
    "victim_sex": "9",
    "victim_age": "200",
    "victim_country_of_birth": "narnia",
    "exploitation_types": "77",
    "previous_report": "9",
}
GOOD = ["pot", "12/11", "castries", "f", "16", "ve", "carib", "sex", "police", "5/11"]
ORDER = [
    "situation_status", "incident_period", "incident_location", "victim_sex", "victim_age",
    "victim_country_of_birth", "victim_ethnicity", "exploitation_types", "previous_report", "previous_report_date",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bad", BAD)
def test_one_bad_answer_is_asked_alone_in_one_segment_and_the_others_are_kept(
    bad: str, language: str
) -> None:
    talk = Talk(officer=True, language=language)
    words = [BAD[name] if name == bad else word for name, word in zip(ORDER, GOOD, strict=True)]
    said = talk.hear("scr " + "; ".join(words))
    assert said is not None
    assert size(said).segments == 1
    assert talk.again(bad, language) in said
    assert talk.answer(bad) == ("pending", None)
    assert len(values(talk)) == len(ORDER) - 1
    said = talk.hear(GOOD[ORDER.index(bad)])
    assert said is not None
    assert said.startswith("K7P. 1="), "then everything is read back"
    assert talk.disposition is Disposition.COMPLETED


def test_one_bad_answer_among_bare_words_is_known_by_where_it_stands() -> None:
    talk = sent("scr pot 12/11 castries f 200 ve sex none")
    assert talk.said == f"K7P. The rest is kept. {talk.again('victim_age')}"
    talk.hear("20")
    assert talk.answer("victim_age") == ("answered", 20)


def test_the_last_text_takes_the_rest() -> None:
    talk = sent("scr 10=other rag=red cross office of the north")
    assert values(talk)["previous_report_agency"] == "red cross office of the north"
    talk = sent("scr pot f16 agency red cross of the north")
    assert values(talk)["previous_report_agency"] == "red cross of the north"


def test_a_text_without_quotes_goes_on_to_the_next_value() -> None:
    found = values(sent("scr pot f16 8=people of the north 9=sex"))
    assert found["victim_ethnicity"] == "people of the north"
    assert values(sent('scr pot f16 8="people of the north" sex'))["exploitation_types"] == [
        "sexual_exploitation"
    ]


def test_skipped_and_unknown_are_two_answers() -> None:
    talk = sent("scr pot 12/11 castries f ? ve - sex none")
    assert talk.answer("victim_age") == ("unknown", None)
    assert talk.answer("victim_ethnicity") == ("declined", None)
    assert talk.disposition is Disposition.COMPLETED


def test_an_empty_field_holds_its_place() -> None:
    found = values(sent("scr pot;12/11;castries;;16;ve"))
    assert "victim_sex" not in found
    assert found["victim_age"] == 16


def test_what_two_items_could_take_is_asked() -> None:
    talk = sent("scr pot f16 ve sex none")
    assert "victim_country_of_birth" not in values(talk)
    assert "incident_location" not in values(talk)
    assert talk.said is not None
    assert "'ve'" in talk.said


def test_a_value_of_an_item_is_never_taken_for_a_text() -> None:
    talk = sent("scr pot 12/11 castries f 16 ve sex")
    assert values(talk)["exploitation_types"] == ["sexual_exploitation"]
    assert talk.answer("victim_ethnicity") == ("not_asked", None)


def test_a_date_of_two_words_keeps_its_words_together() -> None:
    talk = sent("scr pot castries 12 nov 2026 f 16 yrs")
    assert values(talk)["incident_period"] == {"start": "2026-11-12", "end": "2026-11-12"}
    talk = sent("scr pot 3/4 to 5/4 castries")
    assert values(talk)["incident_period"] == {"start": "2026-04-03", "end": "2026-04-05"}


def test_digits_behind_a_label_with_a_digit_belong_to_it() -> None:
    assert values(sent("scr 9=1 3"))["exploitation_types"] == [
        "sexual_exploitation",
        "online_sexual_exploitation",
    ]
    talk = sent("scr pot 12/11 castries f16 ve sex none")
    talk.hear("9=1 3")
    assert values(talk)["exploitation_types"] == ["sexual_exploitation", "online_sexual_exploitation"]


def test_a_second_date_is_no_age() -> None:
    talk = sent("scr pot 12/11 castries f sex none may 2008")
    assert talk.answer("victim_age") == ("not_asked", None)
    assert talk.said is not None
    assert "may 2008" in talk.said


@pytest.mark.parametrize(
    "report",
    [
        "scr pot 12 nov castries f 16 ve, sex, none",
        "scr pot 12/11 castries, f 16 ve, sex none",
        "scr pot, 12 nov castries f, 16, ve, -, sex, none, -",
    ],
)
def test_spaces_and_commas_mixed_lose_nothing(report: str) -> None:
    talk = Talk(officer=True)
    talk.hear(report)
    assert talk.answer("situation_status") == ("answered", "potential")
    assert talk.answer("incident_location")[1]["district"] == "LC-02"
    assert talk.answer("victim_sex") == ("answered", "female")
    assert talk.answer("victim_age") == ("answered", 16)
    assert talk.answer("victim_country_of_birth") == ("answered", "VE")
    assert ("urgent", ("child_in_report",)) in talk.alerts
    assert talk.disposition is Disposition.COMPLETED


def test_an_idle_word_before_a_date_is_told() -> None:
    talk = Talk(officer=True)
    said = talk.hear("scr sus 3/10 vieux fort m 30 hn sex none")
    assert said is not None
    assert "Item 1." in said
    assert talk.answer("incident_period")[1]["start"] == "2026-10-03"
