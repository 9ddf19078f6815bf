"""`hotline check` tells an author what is wrong, with file and line: one broken copy of the content per kind."""

from __future__ import annotations

import pytest

from hotline.forms.messages import update
from tests.forms.conftest import Content

SCREENING = "sms_forms/screening.yaml"
ONLINE = "sms_forms/online.yaml"
CHOICES = "sms_forms/choices.yaml"
CALLER = "ivr_flows/caller.yaml"


def test_the_projects_own_content_has_no_serious_problem(content: Content) -> None:
    assert [str(problem) for problem in content.problems() if problem.serious] == []


def test_an_unknown_key_is_named_with_those_that_are_known(english: Content) -> None:
    line = english.change(SCREENING, "    duty: true\n", "    dutty: true\n")
    english.finds(SCREENING, line, "unknown key 'dutty'", "duty")


def test_a_field_of_the_crosswalk_that_is_not_asked(english: Content) -> None:
    english.change(SCREENING, "- name: victim_ethnicity", "- name: victim_etnicity")
    english.finds(SCREENING, 1, "item 8", "'victim_ethnicity'", "missing")


def test_a_field_that_the_crosswalk_does_not_have(english: Content) -> None:
    line = english.change(SCREENING, "- name: victim_ethnicity", "- name: victim_hair")
    english.finds(SCREENING, line, "crosswalk has no field 'victim_hair'")


def test_another_number_than_the_source_forms(english: Content) -> None:
    english.change(SCREENING, 'number: "8"', 'number: "9"')
    english.finds(SCREENING, english.line(SCREENING, "- name: victim_ethnicity"), "item 8", "not 9")


def test_another_type_than_the_crosswalks(english: Content) -> None:
    english.change(SCREENING, "    type: country", "    type: text")
    english.finds(
        SCREENING, english.line(SCREENING, "- name: victim_country_of_birth"), "is country", "not text"
    )


def test_an_age_that_is_asked_without_the_line_before_it(english: Content) -> None:
    english.change(SCREENING, "    duty: true\n", "")
    english.finds(
        SCREENING, english.line(SCREENING, "- name: victim_age"), "name, age or address", "duty: true"
    )


def test_a_code_that_is_not_in_the_crosswalk_and_one_that_lacks(english: Content) -> None:
    english.change(CHOICES, "- name: potential", "- name: likely")
    line = english.line(SCREENING, "- name: situation_status")
    english.finds(SCREENING, line, "lacks the code potential")
    english.finds(SCREENING, line, "has the code likely")


def test_an_unknown_type(english: Content) -> None:
    line = english.change(SCREENING, "    type: country", "    type: nation")
    english.finds(SCREENING, line, "unknown type 'nation'")


def test_a_list_that_is_not_there(english: Content) -> None:
    line = english.change(SCREENING, "select_one victim_sex", "select_one victim_gender")
    english.finds(SCREENING, line, "no choice list 'victim_gender'")


def test_a_condition_on_a_field_that_is_asked_later(english: Content) -> None:
    english.change(ONLINE, "selected(${exploitation_types}, 'other')", "${previous_report} = 'none'")
    english.finds(
        ONLINE, english.line(ONLINE, "- name: exploitation_other"), "never asked", "'previous_report'"
    )


def test_a_condition_on_an_answer_that_cannot_be_given(english: Content) -> None:
    english.change(
        ONLINE, "selected(${exploitation_types}, 'other')", "selected(${exploitation_types}, 'othr')"
    )
    english.finds(ONLINE, english.line(ONLINE, "- name: exploitation_other"), "'othr'", "does not have")


def test_a_condition_that_cannot_be_read(english: Content) -> None:
    line = english.change(ONLINE, "(${reporter_anonymous} = 'no')", "(${reporter_anonymous} == 'no')")
    english.finds(ONLINE, line, "condition")


def test_a_condition_on_an_item_of_other_channels(english: Content) -> None:
    english.change(
        SCREENING,
        "    type: select_one previous_report\n",
        "    type: select_one previous_report\n    channels: [web]\n",
    )
    english.finds(
        SCREENING,
        english.line(SCREENING, "- name: previous_report_agency"),
        "never asked by sms",
        "'previous_report'",
    )


def test_two_choices_with_one_digit(english: Content) -> None:
    english.change(CHOICES, 'digit: "10"', 'digit: "9"')
    line = english.line(CHOICES, "label: something else")
    english.finds(CHOICES, line, "digit '9'", "'street_selling' and 'other'")


def test_zero_is_no_digit_of_a_choice(english: Content) -> None:
    english.change(CHOICES, 'digit: "10"', 'digit: "0"')
    english.finds(CHOICES, english.line(CHOICES, "label: something else"), "0 asks for a person")


def test_two_choices_with_one_compact_code(english: Content) -> None:
    english.change(CHOICES, "compact: [dom]", "compact: [lab]")
    english.finds(CHOICES, english.line(CHOICES, "label: work in a house"), "compact code 'lab'")


def test_one_compact_code_for_two_items(english: Content) -> None:
    english.change(CHOICES, "compact: [pol]", "compact: [por]")
    line = english.line(CHOICES, "label: reported to the police")
    english.finds(CHOICES, line, "'por'", "'exploitation_types' and to 'previous_report'")


def test_two_items_with_one_code(english: Content) -> None:
    english.change(SCREENING, "code: eth", "code: cob")
    english.finds(SCREENING, english.line(SCREENING, "- name: victim_ethnicity"), "code 'cob'")


def test_a_number_that_is_none(english: Content) -> None:
    line = english.change(SCREENING, "    max: 200", "    max: many")
    english.finds(SCREENING, line, "'max' must be a whole number")


def test_a_file_that_is_no_yaml(english: Content) -> None:
    line = english.change(SCREENING, "    duty: true\n", "    duty: [true\n")
    assert any(
        p.file == SCREENING and p.line >= line and "not readable" in p.text for p in english.problems()
    )


def test_a_form_that_is_not_there(english: Content) -> None:
    (english.root / SCREENING).unlink()
    english.finds(SCREENING, 1, "there is no form 'screening'")


# Calls


def test_a_node_that_leads_to_nothing(english: Content) -> None:
    english.change(CALLER, "next: goodbye_all", "next: goodby_all")
    english.finds(CALLER, english.line(CALLER, "    type: record\n    each: true"), "leads to 'goodby_all'")


def test_a_node_that_ends_without_an_end(english: Content) -> None:
    english.change(CALLER, 'say: "Thank you."\n    next: goodbye', 'say: "Thank you."')
    english.finds(CALLER, english.line(CALLER, '    type: say\n    say: "Thank you."'), "dead end")


def test_an_item_that_the_form_does_not_have(english: Content) -> None:
    english.change(CALLER, "victim_age, victim_country_of_birth", "victim_hair, victim_country_of_birth")
    english.finds(CALLER, english.line(CALLER, "    type: form"), "'victim_hair'", "'hotline' does not have")


def test_an_item_asked_in_calls_without_words_for_the_ear(english: Content) -> None:
    english.change("sms_forms/hotline.yaml", 'voice: "How old', 'hint: "How old')
    line = english.line("sms_forms/hotline.yaml", "- name: victim_age")
    english.finds("sms_forms/hotline.yaml", line, "lacks a wording under 'voice'")


def test_a_key_that_stores_no_answer(english: Content) -> None:
    english.change(CALLER, "values: {1: ring, 2: none}", "values: {1: ring, 2: never}")
    english.finds(CALLER, english.line(CALLER, '    type: menu\n    say: "May we call you back'), "'never'")


# Wordings


def test_a_sentence_without_translation(content: Content) -> None:
    file = "locales/ht/hotline.po"
    content.change(file, 'msgstr "Mèsi, nou ajoute sa."', 'msgstr ""')
    content.finds(
        file, content.line(file, 'msgctxt "public.added"'), "'public.added' is missing", "we added this"
    )


def test_a_language_without_catalogue(content: Content) -> None:
    (content.root / "locales/acf/hotline.po").unlink()
    content.finds("locales/acf/hotline.po", 1, "no catalogue for 'acf'")


def test_a_translation_of_an_older_english(content: Content) -> None:
    content.change(
        "sms_forms/wordings.yaml", "added: Thank you, we added this.", "added: Thanks, it is added."
    )
    update(content.root, write=True)
    file = "locales/fr/hotline.po"
    content.finds(file, content.line(file, 'msgctxt "public.added"'), "doubtful")


def test_a_translation_that_lost_its_placeholder(content: Content) -> None:
    file = "locales/es/hotline.po"
    content.change(file, 'msgstr "Gracias. {reference}. No', 'msgstr "Gracias. {referencia}. No')
    content.finds(file, content.line(file, 'msgctxt "public.work_closing"'), "lacks {reference}")


def test_a_translation_over_one_segment_says_where_and_how_much(content: Content) -> None:
    file = "locales/fr/hotline.po"
    longer = f"Une personne va vous répondre ici. {'Merci. ' * 20}"
    content.change(file, "Une personne va vous répondre ici.", longer)
    content.finds(
        file, content.line(file, 'msgctxt "public.person_comes"'), "2 segments in 'fr'", "GSM-7", "1 at most"
    )


def test_accents_cost_nothing_where_they_may_be_dropped_and_a_segment_where_they_may_not(
    content: Content,
) -> None:
    file = "locales/fr/hotline.po"
    line = content.line(file, 'msgctxt "public.person_comes"')
    content.change(file, "Une personne va vous répondre ici.", "Une personne va vous répondre ici bientôt.")
    assert not [problem for problem in content.problems() if "public.person_comes" in problem.text]
    content.change("locales/fr/sms.yaml", "accents: drop", "accents: keep")
    content.finds(file, line, "2 segments in 'fr'", "UCS-2", "1 at most")


def test_a_wrong_word_about_accents(content: Content) -> None:
    line = content.change("locales/fr/sms.yaml", "accents: drop", "accents: maybe")
    content.finds("locales/fr/sms.yaml", line, "drop or keep, not 'maybe'")
    content.change("locales/es/sms.yaml", "accents: drop", "accent: drop")
    content.finds("locales/es/sms.yaml", line, "unknown key 'accent'")


def test_an_english_text_over_one_segment(english: Content) -> None:
    line = english.change(
        "sms_forms/opening.yaml",
        '"Is it safe for you to write now?',
        f'"{"Really. " * 20}Is it safe to write now?',
    )
    english.finds("sms_forms/opening.yaml", line, "2 segments in 'en'")


def test_a_question_that_has_no_room_for_the_line_before_it(content: Content) -> None:
    file = "locales/acf/hotline.po"
    content.change(
        file, 'Ki laj moun-lan? Di sa ou kwè."', f'Ki laj moun-lan? Di sa ou kwè. {"Souplé. " * 8}"'
    )
    line = content.line(file, 'msgctxt "hotline.victim_age.label"')
    content.finds(file, line, "'public.duty' before it", "2 segments in 'acf'")


def test_a_language_menu_over_one_segment(content: Content) -> None:
    file = "locales/zh/hotline.po"
    line = content.line(file, 'msgctxt "list.contact_language.zh.label"')
    text = (content.root / file).read_text(encoding="utf-8").splitlines()
    text[line + 1] = 'msgstr "中文（普通话，简体字，普通话，简体字）"'
    (content.root / file).write_text("\n".join(text) + "\n", encoding="utf-8")
    english = "locales/en/language.yaml"
    content.finds(english, content.line(english, "english: English"), "menu of all")


def test_a_catalogue_that_cannot_be_read(content: Content) -> None:
    file = "locales/fr/hotline.po"
    line = content.change(file, 'msgctxt "public.added"', 'msgctxt "public.added')
    content.finds(file, line, "quote")


def test_a_catalogue_that_nobody_has_reviewed_is_a_note(content: Content) -> None:
    notes = [p for p in content.problems() if p.file == "locales/ht/hotline.po" and not p.serious]
    assert [(note.line, note.text) for note in notes] == [(1, "not reviewed by a native speaker")]
    content.change("locales/ht/hotline.po", "Speaker: no", "Speaker: yes, 2026-10-01")
    assert not [p for p in content.problems() if p.file == "locales/ht/hotline.po" and not p.serious]


# Discretion


def test_a_page_call_that_a_voicemail_would_give_away(english: Content) -> None:
    line = english.change(
        "ivr_flows/page.yaml", '"An emergency. To take', '"The hotline: an emergency. To take'
    )
    english.finds("ivr_flows/page.yaml", line, "page.emergency.say", "hotline", "(service)")


def test_a_public_question_that_names_the_police(english: Content) -> None:
    line = english.change(ONLINE, "2 this team 3 officers", "2 this team 3 police")
    english.finds(ONLINE, line, "gives the service away in 'en'", "police")


def test_a_public_translation_that_names_the_police(content: Content) -> None:
    file = "locales/es/hotline.po"
    content.change(file, "Una persona le va a responder por este medio.", "La policia va a responder.")
    content.finds(file, content.line(file, 'msgctxt "public.person_comes"'), "gives the service away in 'es'")


@pytest.mark.parametrize("word", ["sexual", "begging"])
def test_only_the_menu_of_kinds_may_name_them(english: Content, word: str) -> None:
    english.change("sms_forms/opening.yaml", "Is anyone in danger right now? 1", f"Is it {word}? 1")
    line = english.line("sms_forms/opening.yaml", f"Is it {word}? 1")
    english.finds("sms_forms/opening.yaml", line, "exploitation")
    assert not [p for p in english.problems() if "exploitation_types" in p.text and "gives" in p.text]


# Audio


def test_a_language_without_a_voice_lacks_a_clip(content: Content) -> None:
    file = "ivr_flows/audio/acf/manifest.yaml"
    content.change(file, "  caller.danger.say:", "  caller.dangre.say:")
    content.finds(file, 1, "no clip for 'caller.danger.say'")


def test_a_clip_of_an_older_text(content: Content) -> None:
    content.change(
        "locales/ht/hotline.po", 'msgstr "Kite yon mesaj apre son an."', 'msgstr "Kite yon mesaj."'
    )
    file = "ivr_flows/audio/ht/manifest.yaml"
    content.finds(
        file, content.line(file, "  caller.offer.say:"), "made from another text", "Kite yon mesaj."
    )


def test_a_clip_whose_file_is_gone(content: Content) -> None:
    (content.root / "ivr_flows/audio/ht/number.12.mp3").unlink()
    file = "ivr_flows/audio/ht/manifest.yaml"
    content.finds(file, content.line(file, "  number.12:"), "number.12.mp3 is not there")


def test_stand_ins_are_told_and_fail_nothing(content: Content) -> None:
    notes = [p.text for p in content.problems() if p.file == "ivr_flows/audio/ht/manifest.yaml"]
    assert any("keep the place of a speaker: stand-in (espeak-ng ht)" in note for note in notes)
    assert all(not p.serious for p in content.problems() if "stand-in" in p.text)


def test_a_key_that_is_the_same_everywhere_cannot_be_used(english: Content) -> None:
    english.change(CALLER, "keys: {1: emergency, 2: how}", "keys: {1: emergency, '*': how}")
    english.finds(CALLER, english.line(CALLER, "  danger:") + 1, "'danger'", "key *", "back everywhere")


def test_a_wait_that_no_caller_bears(english: Content) -> None:
    english.change("sms_forms/hotline.yaml", "timeout: 12\n", "timeout: 90\n")
    line = english.line("sms_forms/hotline.yaml", "- name: incident_location")
    english.finds("sms_forms/hotline.yaml", line, "waits 90 seconds", "2 to 60")


def test_a_wait_on_a_question_that_no_call_asks(english: Content) -> None:
    english.change(SCREENING, "    duty: true\n", "    duty: true\n    timeout: 9\n")
    assert any("no call asks it" in problem.text for problem in english.problems())


def test_more_countries_than_keys(english: Content) -> None:
    english.change(CALLER, "CU, IN]", "CU, IN, BR]")
    english.finds(CALLER, 1, "at most 8 countries")
