"""Every way to answer that the people who run the line have named, one test a sentence."""

from __future__ import annotations

from collections import defaultdict

import pytest

from hotline.answers.result import AskBack, Estimated, Refused, Understood, Why
from hotline.answers.understand import Kind, Question
from hotline.standards.csvdata import read_csv
from tests.answers.conftest import AGE, DATE, SEX, TYPES, YES_NO, Ask


@pytest.mark.parametrize(
    "text", ["1", "1.", "(1)", "1)", "one", "１", "١", "१", "1 please", "👍", "yes pls 🙏"]
)
def test_the_first_choice_in_any_dress(ask: Ask, text: str) -> None:
    assert ask(YES_NO, text) == Understood("yes", text)


@pytest.mark.parametrize("text", ["25 or 26", "-3", "121", "130 ans", "no idea what", "1 or 2?"])
def test_no_age_is_guessed(ask: Ask, text: str) -> None:
    assert not isinstance(ask(AGE, text), Understood)


def test_an_estimate_counts_by_its_lower_bound(ask: Ask) -> None:
    assert ask(AGE, "about 20") == Understood(Estimated(18, 18, 22), "about 20")
    assert ask(AGE, "17-19") == Understood(Estimated(17, 17, 19), "17-19")
    assert ask(AGE, "2008") == Understood(Estimated(17, 17, 18), "2008")


@pytest.mark.parametrize("word", ["Dominican", "Guinea", "Congo", "American"])
def test_a_word_for_two_countries_is_asked_back(ask: Ask, word: str) -> None:
    answer = ask(Question(Kind.COUNTRY), word)
    assert isinstance(answer, AskBack)
    assert answer.why is Why.TWO_ANSWERS


def test_the_community_names_of_several_districts_are_all_asked_back(ask: Ask) -> None:
    districts: dict[str, set[str]] = defaultdict(set)
    for row in read_csv("places.csv"):
        if row["kind"] != "district":
            for part in row["name"].split("/"):  # a slash separates two names of one place
                districts[part].add(row["district_iso"])
    shared = {name: found for name, found in districts.items() if len(found) > 1}
    assert len(shared) == 23
    for name, found in shared.items():
        answer = ask(Question(Kind.PLACE), name)
        assert isinstance(answer, AskBack), name
        assert found <= {getattr(reading, "district", "") for reading in answer.readings}, name


@pytest.mark.parametrize(("text", "day"), [("last night", "2026-11-22"), ("2 weeks ago", "2026-11-09"), ("twa jou de sa", "2026-11-20"), ("三天前", "2026-11-20"), ("12/11", "2026-11-12")])  # fmt: skip
def test_dates_are_told_from_the_day_of_the_message(ask: Ask, text: str, day: str) -> None:
    assert ask(DATE, text) == Understood(day, text)


@pytest.mark.parametrize(("text", "why"), [("31/2/2026", Why.IMPOSSIBLE_DATE), ("tomorrow", Why.FUTURE_DATE)])
def test_an_impossible_or_future_date_is_refused_with_its_reason(ask: Ask, text: str, why: Why) -> None:
    assert ask(DATE, text) == Refused(why, text)


def test_trans_woman_is_female_with_a_descriptor(ask: Ask) -> None:
    answer = ask(SEX, "trans woman")
    assert answer == Understood("female", "trans woman", {"descriptor": "transgender_female"})


@pytest.mark.parametrize("text", ["3 to 5 days ago", "2-3 jou de sa", "两三天前"])
def test_a_span_is_never_its_first_or_last_day(ask: Ask, text: str) -> None:
    assert isinstance(ask(DATE, text), Refused)


def test_kinds_apart_are_two_and_with_a_span_the_person_is_asked(ask: Ask) -> None:
    assert ask(TYPES, "sex work") == Understood(("sexual_exploitation",), "sex work")
    assert ask(TYPES, "sex, work") == Understood(("sexual_exploitation", "labour"), "sex, work")
    spanned = ask(TYPES, "1-3")
    assert isinstance(spanned, AskBack)
    assert spanned.readings == (
        ("sexual_exploitation", "online_sexual_exploitation"),
        ("sexual_exploitation", "pornography", "online_sexual_exploitation"),
    )
