"""The public road by text, as people walk it."""

from datetime import timedelta

import pytest

from hotline.conversation.effects import Disposition, Stopped, Unsafe, WantsPerson
from hotline.conversation.inbound import CarrierWord
from hotline.wording.segments import size
from tests.conversation.talk import LANGUAGES, Talk

QUARTER = timedelta(minutes=16)


def to_who(talk: Talk, first: str = "Hello") -> Talk:
    talk.tell(first, "1", "2")
    return talk


def test_a_greeting_decides_the_language() -> None:
    for greeting, locale in (("Hello", "en"), ("Hola", "es"), ("你好", "zh"), ("Bonsoir, salut", "fr")):
        assert Talk().hear(greeting) == Talk().label("opening", "safe_now", locale)


def test_a_word_of_two_languages_decides_nothing() -> None:
    said = Talk().hear("bonjou")
    assert said is not None
    assert said.startswith("1 English 2 ")
    assert size(said).segments == 1


def test_the_menu_takes_a_digit_or_a_name() -> None:
    talk = Talk()
    talk.tell("?", "4")
    assert talk.said == talk.label("opening", "safe_now", "es")
    talk = Talk()
    talk.tell("?", "kreyol ayisyen")
    assert talk.said == talk.label("opening", "safe_now", "ht")


def test_no_language_found_twice_goes_to_a_person_in_silence() -> None:
    talk = Talk()
    assert talk.tell("xxq", "zzq", "qqz") is None
    assert any(isinstance(effect, WantsPerson) for effect in talk.all_effects)


def test_not_safe_is_silence_and_urgent() -> None:
    talk = Talk()
    assert talk.tell("Hello", "no") is None
    assert ("urgent", ("not_safe",)) in talk.alerts
    assert Unsafe() in talk.effects
    assert talk.hear("are you there") is None
    assert talk.hear("1") is None


def test_after_not_safe_danger_still_pages() -> None:
    talk = Talk()
    talk.tell("Hello", "no")
    assert talk.hear("he has a gun") is None
    assert talk.alerts[-1][0] == "emergency"


@pytest.mark.parametrize("unclear", ["maybe", "🙈", "why", "yes no", "1 2", "x" * 1600])
def test_an_unclear_safety_answer_is_asked_once_more_and_urgent(unclear: str) -> None:
    talk = Talk()
    talk.hear("Hello")
    said = talk.hear(unclear)
    assert said is not None
    assert said != talk.label("opening", "safe_now")
    assert talk.alerts[-1] == ("urgent", ("safety_unclear",))
    assert talk.hear("hm") is None
    assert Unsafe() in talk.effects


def test_danger_yes_is_one_segment_then_place_then_contact_then_silence() -> None:
    talk = Talk()
    said = talk.tell("Hello", "yes", "yes")
    assert said == talk.wording("public.danger")
    assert talk.alerts == [("emergency", ("danger_question",))]
    assert talk.hear("behind the market in Castries") == talk.label("opening", "contact_preference")
    assert talk.hear("1") == talk.wording("public.waiting")
    assert talk.answer("current_location")[1]["district"] == "LC-02"
    assert talk.answer("contact_preference") == ("answered", "write")
    assert talk.hear("please hurry up") is None


def test_danger_in_the_first_message_comes_before_everything() -> None:
    talk = Talk()
    assert talk.hear("he has a knife and i am locked in") == talk.wording("public.danger")
    assert talk.alerts[0][0] == "emergency"


def test_danger_is_answered_in_its_own_language() -> None:
    talk = Talk()
    assert talk.hear("ayudame tiene un cuchillo") == talk.wording("public.danger", "es")


def test_danger_in_the_middle_of_a_form_stops_the_form() -> None:
    talk = to_who(Talk())
    talk.tell("2", "a woman cleans a house all day", "castries")
    said = talk.hear("now he is beating her")
    assert said == talk.wording("public.danger_contact")  # the place is known
    assert talk.alerts[-1][0] == "emergency"


def test_me_is_at_most_four_questions_then_a_person() -> None:
    talk = to_who(Talk())
    asked = [talk.hear("1")]
    for reply in ("vieux fort", "1", "at night", "my boss keeps my passport"):
        asked.append(talk.hear(reply))
    assert asked[-1] == talk.wording("public.person_next")
    assert len(asked) == 5
    assert talk.disposition is Disposition.TO_PERSON
    assert ("urgent", ("about_me",)) in talk.alerts
    assert talk.answer("own_words") == ("answered", "my boss keeps my passport")


def test_what_the_first_message_told_is_never_asked_again() -> None:
    talk = to_who(Talk(), "Hello, a woman next door works all day and gets no pay")
    assert talk.hear("2") == talk.label("online", "incident_location")
    assert "gets no pay" in str(talk.answer("incident_narrative")[1])


def test_somebody_else_is_the_story_first_then_five_items() -> None:
    talk = to_who(Talk())
    assert talk.hear("2") == talk.label("online", "incident_narrative")
    order = [
        "incident_location",
        "incident_period",
        "victim_descriptors",
        "exploitation_types",
        "reporter_contact_ok",
    ]
    for reply, name in zip(
        ("a woman cleans all day without pay", "dennery", "since june", "1", "5"), order, strict=True
    ):
        assert talk.hear(reply) == talk.label("online", name)
    assert talk.hear("no") == talk.wording("public.closing")
    assert talk.disposition is Disposition.COMPLETED
    assert talk.answer("incident_location")[1]["district"] == "LC-05"
    assert talk.answer("victim_descriptors") == ("answered", ["female"])


def test_every_item_may_be_skipped() -> None:
    talk = to_who(Talk())
    talk.hear("2")
    assert talk.tell("something is wrong there", "skip", "-", "skip", "don't know", "skip") == talk.wording(
        "public.closing"
    )
    assert talk.answer("incident_location") == ("declined", None)
    assert talk.answer("exploitation_types") == ("unknown", None)


def test_a_child_is_urgent() -> None:
    talk = to_who(Talk())
    talk.tell("2", "somebody works there", "castries", "today", "girl under 18")
    assert ("urgent", ("child_in_report",)) in talk.alerts


def test_zero_alone_asks_for_a_person_anywhere_and_then_the_machine_is_silent() -> None:
    for replies in ((), ("1",), ("1", "2"), ("1", "2", "2"), ("1", "2", "2", "a story of four words")):
        talk = Talk()
        talk.tell("Hello", *replies)
        assert talk.hear("0") == talk.wording("public.person_comes")
        assert talk.alerts[-1] == ("urgent", ("asked_for_person",))
        assert talk.hear("hello?") is None


def test_after_a_quarter_of_an_hour_the_safety_question_comes_again() -> None:
    talk = to_who(Talk())
    talk.tell("2", "a woman cleans all day without pay")
    assert talk.hear("castries", after=QUARTER) == talk.label("opening", "safe_now")
    assert talk.hear("yes") == talk.label("online", "incident_location")
    assert "castries" in talk.state.words  # type: ignore[union-attr]  # what was said is kept


def test_after_a_quarter_of_an_hour_no_means_silence() -> None:
    talk = to_who(Talk())
    talk.hear("2")
    talk.hear("hello", after=QUARTER)
    assert talk.hear("no") is None
    assert Unsafe() in talk.effects


def test_a_stop_word_is_never_a_command_of_ours() -> None:
    talk = to_who(Talk())
    assert talk.hear("STOP", word=CarrierWord.STOP) is None
    assert Stopped(True) in talk.effects
    talk.stopped = True
    assert talk.hear("he is killing me") is None  # nothing is sent, all is graded
    assert talk.alerts[-1][0] == "emergency"


def test_a_start_word_lifts_the_mark_and_answers_the_open_question() -> None:
    talk = Talk()
    talk.hear("Hello")
    talk.stopped = True
    assert talk.hear("YES", word=CarrierWord.START) == talk.label("opening", "danger_now")
    assert Stopped(False) in talk.effects


def test_a_help_word_is_a_cry_and_the_question_stays() -> None:
    talk = Talk()
    talk.tell("Hello", "yes")
    assert talk.hear("HELP", word=CarrierWord.HELP) is None
    assert talk.alerts[-1] == ("emergency", ("help_word",))
    assert talk.hear("no") == talk.label("opening", "contact_kind")


def test_a_taken_thread_is_left_to_who_took_it() -> None:
    talk = to_who(Talk())
    talk.taken = True
    assert talk.hear("2") is None
    assert talk.hear("he is beating her") is None
    assert talk.alerts[-1][0] == "emergency"


def test_a_word_of_two_readings_is_asked_back_with_both() -> None:
    talk = Talk()
    talk.tell("Hello", "1", "2", "3", "1", "today", "castries", "f", "30")
    said = talk.hear("dominican")
    assert said is not None
    assert "1) " in said
    assert "2) " in said
    talk.hear("2")
    assert talk.answer("victim_country_of_birth")[0] == "answered"


def test_three_failed_tries_leave_the_words_to_a_person_and_go_on() -> None:
    talk = Talk()
    talk.tell("Hello", "1", "2", "3", "1", "today", "castries", "f", "25 or 26")
    assert talk.answer("victim_age") == ("not_asked", None)
    talk.tell("old", "very old")
    assert talk.answer("victim_age") == ("pending", None)
    assert any(isinstance(effect, WantsPerson) for effect in talk.all_effects)
    assert talk.said == talk.label("screening", "victim_country_of_birth")


def test_the_duty_line_comes_once_before_the_first_age() -> None:
    talk = Talk()
    said = talk.tell("Hello", "1", "2", "3", "1", "today", "castries", "f")
    assert said is not None
    assert said.startswith(talk.wording("public.duty"))


@pytest.mark.parametrize("locale", LANGUAGES)
def test_whole_talks_stay_in_one_language(locale: str) -> None:
    digit = str(LANGUAGES.index(locale) + 1)
    talk = Talk()
    assert talk.tell("?", digit) == talk.label("opening", "safe_now", locale)
    assert talk.hear("1") == talk.label("opening", "danger_now", locale)
    assert talk.hear("2") == talk.label("opening", "contact_kind", locale)
    assert talk.hear("1") == talk.label("opening", "current_location", locale)
    assert talk.hear("0") == talk.wording("public.person_comes", locale)


@pytest.mark.parametrize(
    "reply",
    ["\N{CIRCLED DIGIT ONE}", "\N{SUPERSCRIPT TWO}", "9" * 5000, "\N{DINGBAT CIRCLED SANS-SERIF DIGIT ONE}"],
)
def test_signs_that_only_look_like_digits_break_no_menu(reply: str) -> None:
    talk = Talk()
    talk.hear("zzz")
    talk.hear(reply)
    assert talk.state is not None
    talk = Talk(language="en")
    talk.tell("hello", "1", "2", "2", "a man works without pay", "castries", "7/12")
    assert talk.state is not None
    assert talk.state.readings, "a day and a month in either order are asked back"
    talk.hear(reply)


def test_digits_of_another_script_choose_a_language() -> None:
    talk = Talk()
    talk.hear("zzz")
    assert talk.hear("\N{ARABIC-INDIC DIGIT FOUR}") == talk.label("opening", "safe_now", "es")


def stopped_in(talk: Talk, *texts: str) -> Talk:
    """A STOP word, then these texts while it stands."""
    talk.hear("STOP", word=CarrierWord.STOP)
    talk.stopped = True
    for text in texts:
        assert talk.hear(text) is None
    return talk


def test_a_start_word_is_no_story() -> None:
    talk = stopped_in(to_who(Talk()))
    assert talk.hear("START", word=CarrierWord.START) == talk.label("opening", "contact_kind")
    talk.stopped = False
    talk.hear("2")
    stopped_in(talk)
    assert talk.hear("YES", word=CarrierWord.START) == talk.label("online", "incident_narrative")
    talk.stopped = False
    talk.hear("A man works on a boat")
    assert talk.answer("incident_narrative") == ("answered", "A man works on a boat")


def test_a_start_word_answers_no_question_that_was_never_sent() -> None:
    talk = stopped_in(Talk(), "Hello")
    assert talk.hear("YES", word=CarrierWord.START) == talk.label("opening", "safe_now")
    assert talk.answer("safe_now") == ("not_asked", None)


def test_a_start_word_after_stop_asks_for_the_language_again() -> None:
    talk = stopped_in(Talk())
    said = talk.hear("START", word=CarrierWord.START)
    assert said is not None
    assert "6 \u4e2d\u6587" in said


def test_a_start_word_after_not_safe_is_met_with_silence() -> None:
    talk = Talk()
    talk.tell("hello", "2")
    stopped_in(talk)
    assert talk.hear("START", word=CarrierWord.START) is None


def test_after_a_help_word_alone_the_place_is_asked_for() -> None:
    talk = Talk()
    assert talk.hear("HELP", word=CarrierWord.HELP) is None
    assert talk.hear("please") == talk.wording("public.danger")
    assert talk.answer("current_location") == ("not_asked", None)
    talk.hear("Castries")
    assert talk.answer("current_location")[0] == "answered"


def test_after_a_help_word_alone_a_place_that_comes_by_itself_is_taken() -> None:
    talk = Talk()
    talk.hear("HELP", word=CarrierWord.HELP)
    assert talk.hear("Castries") == talk.label("opening", "contact_preference")
    assert talk.answer("current_location")[0] == "answered"


@pytest.mark.parametrize(("reply", "contact"), [("yes", "either"), ("no", "none")])
def test_yes_or_no_after_danger_is_about_writing_and_the_place_is_asked_once_more(
    reply: str, contact: str
) -> None:
    talk = Talk()
    talk.tell("Hello", "yes", "yes")
    assert talk.hear(reply) == talk.label("opening", "current_location")
    assert talk.answer("contact_preference") == ("answered", contact)
    talk.hear("castries")
    assert talk.answer("current_location")[1]["district"] == "LC-02"
    assert talk.hear("hurry") is None


def test_a_bare_digit_after_danger_is_no_place() -> None:
    talk = Talk()
    talk.tell("Hello", "yes", "yes")
    assert talk.hear("1") == talk.label("opening", "current_location")
    assert talk.hear("1") == talk.label(
        "opening", "contact_preference"
    )  # kept as words, never asked a third time


def test_a_language_told_late_is_answered_after_all() -> None:
    talk = Talk()
    assert talk.tell("xxq", "zzq", "qqz") is None
    assert talk.hear("5") == talk.label("opening", "safe_now", "ht")


def test_who_was_not_understood_three_times_is_told_that_a_person_reads_it() -> None:
    talk = to_who(Talk())
    talk.tell("hmm", "what do you mean")
    assert talk.hear("eh") == talk.wording("public.person_next")
    assert talk.disposition is Disposition.TO_PERSON
