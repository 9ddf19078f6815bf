"""BACK, CHANGE and FORGET at any question, in every language."""

from datetime import timedelta

import pytest

from hotline.conversation.command_words import Command, command_of
from hotline.conversation.effects import Forget
from hotline.conversation.state import Stage
from hotline.wording.segments import size
from tests.conversation.talk import LANGUAGES, Talk, words
from tests.conversation.test_public import to_who

BACK = {"en": "BACK", "acf": "viwé", "fr": "Retour", "es": "atrás", "ht": "retounen", "zh": "返回"}
CHANGE = {"en": "Change", "acf": "chanjé", "fr": "changer", "es": "cambiar", "ht": "chanje", "zh": "修改"}
FORGET = {"en": "forget", "acf": "obliyé sa", "fr": "oublier", "es": "borrar", "ht": "bliye sa", "zh": "删除"}


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_language_has_its_words_and_all_apply_at_once(locale: str) -> None:
    for said, command in ((BACK, Command.BACK), (CHANGE, Command.CHANGE), (FORGET, Command.FORGET)):
        assert command_of(said[locale], words()) == (command, "")


@pytest.mark.parametrize("text", ["go back please", "Please go back", "BACK.", " back ", "Back thanks"])
def test_politeness_around_a_command_is_left_out(text: str) -> None:
    assert command_of(text, words()) == (Command.BACK, "")


@pytest.mark.parametrize(
    "text", ["she went back to Haiti", "forget it i dont know", "I forgot", "my back hurts", "he will delete me", "", "🙏"]
)  # fmt: skip
def test_a_story_is_no_command(text: str) -> None:
    assert command_of(text, words()) is None


def test_change_may_name_what() -> None:
    assert command_of("change 7", words()) == (Command.CHANGE, "7")
    assert command_of("chanje laj", words()) == (Command.CHANGE, "laj")


def online(talk: Talk) -> Talk:
    """Asked for the third answer of a report about somebody else."""
    to_who(talk).tell("2", "a woman cleans all day", "castries")
    return talk


def test_back_asks_the_question_before_and_quotes_nothing() -> None:
    talk = online(Talk())
    assert talk.hear("back") == talk.label("online", "incident_location")
    assert talk.hear("vieux fort") == talk.label("online", "incident_period")
    assert talk.answer("incident_location")[1]["district"] == "LC-11"
    assert talk.state is not None
    name, status, value, said, at, _ = talk.state.older[-1]
    assert (name, status, value["district"], said) == ("incident_location", "answered", "LC-02", "castries")
    assert at < talk.now.timestamp()


def test_back_twice_goes_two_questions_back_and_the_one_between_stands() -> None:
    talk = online(Talk())
    talk.hear("back")
    assert talk.hear("back") == talk.label("online", "incident_narrative")
    assert talk.hear("she cleans and cooks") == talk.label("online", "incident_period")
    assert talk.answer("incident_location")[0] == "answered"


def test_back_from_the_first_question_of_a_road_leads_to_who_it_is_about() -> None:
    talk = to_who(Talk())
    talk.hear("1")
    assert talk.hear("back") == talk.label("opening", "contact_kind")
    assert talk.hear("2") == talk.label("online", "incident_narrative")


def test_back_goes_through_the_opening_too() -> None:
    talk = to_who(Talk())
    assert talk.hear("back") == talk.label("opening", "danger_now")
    assert talk.hear("back") == talk.label("opening", "safe_now")
    said = talk.hear("back")
    assert said is not None
    assert said.startswith("1 English")
    assert talk.hear("4") == talk.label("opening", "safe_now", "es")


def test_back_after_danger_asks_for_the_place_once_more() -> None:
    talk = Talk()
    talk.tell("Hello", "yes", "yes", "castries")
    assert talk.hear("back") == talk.label("opening", "current_location")
    assert talk.hear("dennery") == talk.label("opening", "contact_preference")
    assert talk.answer("current_location")[1]["district"] == "LC-05"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_change_offers_what_was_answered_by_name_in_one_segment(locale: str) -> None:
    talk = Talk(language=locale)
    talk.tell("hm", "1", "2", "2", "she cleans", "castries", "2025", "1", "4", "2")
    assert talk.said == talk.wording("public.closing", locale)
    said = talk.hear(CHANGE[locale])
    assert said is not None
    assert size(said).segments == 1
    assert "1)" in said
    assert "astries" not in said
    assert talk.state is not None
    second = talk.state.offered[1]
    assert talk.hear("2") == talk.label("online", second, locale)


def test_change_gives_a_new_answer_and_the_road_goes_on() -> None:
    talk = online(Talk())
    talk.hear("change")
    assert talk.hear("2") == talk.label("online", "incident_location")
    assert talk.hear("dennery") == talk.label("online", "incident_period")
    talk.hear("change where")
    assert talk.said == talk.label("online", "incident_location")


def test_change_with_an_unknown_number_is_a_reply_like_any_other() -> None:
    talk = online(Talk())
    talk.hear("change")
    assert talk.hear("2025") == talk.label("online", "victim_descriptors")
    assert talk.answer("incident_period")[1] == {"start": "2025", "end": "2025"}


def test_a_changed_answer_takes_away_what_hung_on_it() -> None:
    talk = Talk(officer=True)
    talk.hear("scr")
    talk.tell("2", "12/11", "castries", "f", "30", "haiti", "?", "4", "4", "welfare", "1/11/2026")
    assert talk.answer("previous_report_agency") == ("answered", "welfare")
    talk.hear("10=none")
    assert talk.answer("previous_report") == ("answered", "none")
    assert talk.answer("previous_report_agency") == ("not_asked", None)
    assert talk.state is not None
    assert "previous_report_agency" in [row[0] for row in talk.state.older]


def test_an_officer_is_told_the_value_that_stands() -> None:
    talk = Talk(officer=True)
    talk.hear("scr")
    talk.tell("2", "12 nov 2026")
    said = talk.hear("back")
    assert said is not None
    assert "12 Nov 2026" in said
    assert said.endswith(talk.label("screening", "incident_period"))
    assert talk.hear("11 nov 2026") == talk.label("screening", "incident_location")


def test_an_officers_change_takes_number_and_value_at_once() -> None:
    talk = Talk(officer=True)
    talk.hear("scr")
    talk.tell("2", "12 nov 2026", "castries")
    assert talk.hear("change 2 11 nov 2026") == talk.label("screening", "victim_sex")
    assert talk.answer("incident_period")[1]["start"] == "2026-11-11"


def test_change_after_the_read_back_opens_that_item() -> None:
    talk = Talk(officer=True)
    talk.hear("scr pot 12/11 castries f16 ve sex none")
    said = talk.hear("change 6")
    assert said is not None
    assert said.endswith(talk.label("screening", "victim_age"))
    said = talk.hear("17")
    assert said is not None
    assert "6=17" in said


def test_seven_no_answers_item_seven_only_where_it_is_no_answer_to_the_open_question() -> None:
    talk = Talk(officer=True)
    talk.hear("scr")
    talk.tell("2", "12 nov 2026", "castries", "f")
    assert talk.hear("5 male") == talk.label("screening", "victim_age")  # no age: item 5 is corrected
    assert talk.answer("victim_sex") == ("answered", "male")
    assert talk.hear("7 haiti") == talk.label("screening", "victim_age")  # item 7 in advance
    assert talk.answer("victim_country_of_birth") == ("answered", "HT")
    assert talk.answer("victim_age") == ("not_asked", None)
    assert talk.hear("7 years") == talk.label(
        "screening", "victim_ethnicity"
    )  # an age: item 7 has its answer
    assert talk.answer("victim_age") == ("answered", 7)
    assert talk.answer("victim_country_of_birth") == ("answered", "HT")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_forget_asks_once_and_then_clears(locale: str) -> None:
    talk = Talk(language=locale)
    talk.tell("hm", "1", "2", "2", "she cleans")
    assert talk.hear(FORGET[locale]) == talk.wording("public.forget_sure", locale)
    assert talk.hear("1") == talk.wording("public.forgotten", locale)
    assert talk.effects == (Forget(erase=True),)
    assert talk.hear("hm") == talk.label("opening", "safe_now", locale)


def test_no_to_the_question_goes_on_where_it_was() -> None:
    talk = online(Talk())
    talk.hear("forget")
    assert talk.hear("no") == talk.label("online", "incident_period")
    assert not [effect for effect in talk.all_effects if isinstance(effect, Forget)]


def test_another_word_answers_the_open_question() -> None:
    talk = online(Talk())
    talk.hear("forget")
    assert talk.hear("2025") == talk.label("online", "victim_descriptors")
    assert talk.answer("incident_period")[0] == "answered"


@pytest.mark.parametrize(
    "before",
    [
        ("Hello", "yes", "yes", "castries"),  # an emergency
        ("Hello", "yes", "no", "1", "vieux fort"),  # about themselves: urgent
        ("Hello", "yes", "no", "2", "she begs in town", "castries", "2025", "under 18"),  # a child
        ("Hello", "yes", "no", "2", "she cleans", "castries", "2025", "skip", "4", "2"),  # submitted
        ("Hello",),  # nobody said that writing is safe
    ],
)
def test_what_must_not_be_wiped_out_goes_to_a_human_with_the_same_words(before: tuple[str, ...]) -> None:
    talk = Talk()
    talk.tell(*before)
    assert talk.hear("forget") == talk.wording("public.forget_sure")
    assert talk.hear("1") == talk.wording("public.forgotten")
    assert Forget(erase=False) in talk.effects
    assert talk.state is not None
    assert talk.state.sheet or before == ("Hello",)


def test_after_not_safe_the_wish_is_heard_in_silence() -> None:
    talk = Talk()
    talk.tell("Hello", "no")
    assert talk.hear("forget") is None
    assert Forget(erase=False) in talk.effects
    assert talk.state is not None
    assert talk.state.stage is Stage.UNSAFE


def test_after_a_silence_the_safety_question_comes_before_a_command() -> None:
    talk = online(Talk())
    talk.hear("forget")
    assert talk.hear("1", after=timedelta(minutes=16)) == talk.label("opening", "safe_now")
    assert not [effect for effect in talk.all_effects if isinstance(effect, Forget)]


def test_danger_is_found_in_a_message_that_begins_like_a_command() -> None:
    talk = online(Talk())
    talk.hear("forget")
    assert talk.hear("1 he has a gun") == talk.wording("public.danger_contact")
    assert talk.alerts[-1][0] == "emergency"


def test_an_officers_change_is_chosen_by_the_numbers_that_were_read_back() -> None:
    talk = Talk(officer=True)
    talk.hear("scr 3=castries 9=sex 10=none")
    said = talk.hear("change")
    assert said is not None
    assert "9) " in said
    talk.hear("9")
    said = talk.hear("begging")
    assert said is not None
    assert "9=begging" in said
    assert talk.answer("victim_age") == ("not_asked", None)


def test_thanks_after_a_read_back_ask_for_nothing_and_a_correction_still_counts() -> None:
    talk = Talk(officer=True)
    talk.hear("scr pot 12/11 castries f16 ve sex none")
    assert talk.hear("ok thank you") is None
    talk.hear("7=haiti")
    assert talk.answer("victim_country_of_birth") == ("answered", "HT")
