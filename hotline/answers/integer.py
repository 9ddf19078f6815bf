"""A whole number, mostly an age: "16", "16 yrs", "sixteen", "about 20", "15-17", "18+", "baby", "born 2008".

A range or an estimate gives its lower bound and keeps both: a child is never made an adult. "0" alone asks for a
person, so a baby is "baby", "0 years" or "00".
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from hotline.answers.age_words import UNITS, AgeWords, Part, age_parts
from hotline.answers.date_words import DateWords
from hotline.answers.dates import exact_dates
from hotline.answers.number_words import joined
from hotline.answers.question import Circumstances, Question
from hotline.answers.reading import Mark
from hotline.answers.result import Answer, AskBack, Declined, Estimated, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import signs, tokens

OLDEST = 120
_MOST_TOKENS = 40
_MOST_STRANGE = 2  # words that are passed over beside "16 years old"
_YEAR = re.compile(r"(?:19|20)\d\d")
_A_YEAR = timedelta(days=366)
_JOINS = frozenset("/.:-")  # "16 (sixteen)" says a number twice; "99/99" is a date or a time gone wrong
_SIGNS_PASSED = frozenset(".,;:!?()[]\"'*#=")


def understand_integer(question: Question, text: str, words: Words, here: Circumstances) -> Answer:
    """An int, or Estimated where only bounds are known. `list_name` "months" counts months, "count" anything."""
    stripped = text.strip()
    low = 0 if question.low is None else question.low
    age = question.list_name == ""
    high = question.high if question.high is not None else (OLDEST if age else 999_999)
    if stripped.isascii() and stripped.isdecimal() and len(stripped) <= 6:
        if stripped == "0":
            return Refused(Why.ZERO_ALONE, text)
        if not (age and len(stripped) == 4):
            return _bounded(int(stripped), low, high, text)
    row = tokens(text)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    if len(row) > _MOST_TOKENS:
        return Refused(Why.NOT_A_NUMBER, text)
    known = words.compiled(AgeWords)
    if (mark := known.marks.get(" ".join(row))) in (Mark.UNKNOWN, Mark.DECLINED):
        return Unknown(text) if mark is Mark.UNKNOWN else Declined(text)
    parts = age_parts(joined(signs(text), known.pairs), known)
    if age and (answer := _birth(parts, text, words, here, low, high)) is not None:
        return answer
    return _decide(parts, text, question.list_name, low, high, known)


def _decide(parts: list[Part], text: str, unit: str, low: int, high: int, known: AgeWords) -> Answer:
    numbers = [
        (place, part.number)
        for place, part in enumerate(parts)
        if part.number is not None and "round" not in part.kinds
    ]
    every = frozenset(kind for part in parts for kind in part.kinds)
    if not numbers:
        return _in_words(parts, every, text, unit, low, high)
    # "A 16 year old girl": words that stand with ages alone bear others round them.
    old = len(numbers) == 1 and _stands_with_ages(parts, numbers[0][0])
    if "strange" in every and not old:
        return _two(numbers, text, low, high) or Refused(Why.NOT_A_NUMBER, text)
    first, value = numbers[0]
    before = parts[:first]
    if len(numbers) == 1:
        if any(part.sign == "-" for part in before):
            return Refused(Why.OUT_OF_RANGE, text)
        after = parts[first + 1 :]
        return _one(value, before, after, text, unit, low, high)
    if len(numbers) == 2:
        second, upper = numbers[1]
        between = parts[first + 1 : second]
        if _is_fraction(between, upper, parts, second):
            return _one(value, before, parts[second + 1 :], text, unit, low, high)
        if (
            any("years" in part.kinds and Mark.AND not in part.kinds for part in between)
            and "months" in _kinds_of(parts[second + 1 :])
            and upper < 12
            and unit == ""
        ):
            return _one(value, before, between, text, unit, low, high)  # "16 years 3 months"
        if _smaller_unit(_kinds_of(parts[second + 1 :])) and _is_range(before, between):
            kinds_after = [kind for part in parts[second + 1 :] for kind in part.kinds]  # "2 to 3 months"
            return _between(
                _in_unit(value, kinds_after, unit), _in_unit(upper, kinds_after, unit), text, low, high
            )
        rising = value < upper and not _smaller_unit(_kinds_of(parts[second + 1 :]))
        if rising and _is_range(before, between) and not any(part.sign == "-" for part in before):
            if value < low or upper > high:
                return Refused(Why.OUT_OF_RANGE, text)
            return Understood(Estimated(value, value, upper), text)
    same = len({number for _, number in numbers}) == 1 and not every & {Mark.NEGATION, Mark.OR}
    if same and not any(part.sign in _JOINS for part in parts[first + 1 : numbers[-1][0]]):
        return _one(value, [], [], text, unit, low, high)
    return _two(numbers, text, low, high) or Refused(Why.NOT_A_NUMBER, text)


def _two(numbers: list[tuple[int, int]], text: str, low: int, high: int) -> Answer | None:
    fitting = tuple(dict.fromkeys(number for _, number in numbers if low <= number <= high))
    return AskBack(fitting[:4], text, Why.TWO_ANSWERS) if len(fitting) > 1 else None


def _is_fraction(between: list[Part], upper: int, parts: list[Part], second: int) -> bool:
    """Whether "16.5" or "16,5" is meant: a completed year counts."""
    return len(between) == 1 and between[0].sign in {".", ","} and upper == 5 and parts[second].text == "5"


def _is_range(before: list[Part], between: list[Part]) -> bool:
    if not between:
        return False
    opened = any("between" in part.kinds for part in before)
    for part in between:
        if part.sign in {"-", "~"}:
            continue
        if part.sign == "/":
            return False
        if "to" in part.kinds and (opened or Mark.AND not in part.kinds):
            continue
        if part.kinds & {"years", Mark.SMALL, Mark.POLITE} and "to" not in part.kinds:
            continue
        return False
    return any(part.sign in {"-", "~"} or "to" in part.kinds for part in between)


def _kinds_of(parts: list[Part]) -> set[str]:
    return {kind for part in parts for kind in part.kinds}


def _smaller_unit(kinds: set[str]) -> bool:
    return "years" not in kinds and any(kind in kinds for kind in ("months", "weeks", "days"))


def _one(
    value: int, before: list[Part], after: list[Part], text: str, unit: str, low: int, high: int
) -> Answer:
    around = [*before, *after]
    kinds = {kind for part in around for kind in part.kinds}
    for part in around:
        if not part.kinds and part.sign not in _SIGNS_PASSED | {"~", "<", ">", "+", "-", "/"}:
            return Refused(Why.NOT_A_NUMBER, text)
    if any(_takes_back(part) for part in around):
        return Refused(Why.UNCLEAR, text)
    if len(_kinds_of(after) & UNITS - {"months"}) > 1:
        return Refused(Why.NOT_A_NUMBER, text)  # "6 days a week"
    if not unit and _counts_something_else(kinds, after):
        return Refused(Why.NOT_A_NUMBER, text)
    value = _in_unit(value, [kind for part in after for kind in part.kinds], unit)
    signs_before = {part.sign for part in before}
    signs_after = {part.sign for part in after}
    if ">" in signs_before or "+" in signs_after or "over" in kinds:
        return _between(value, high, text, low, high)
    if "<" in signs_before or "under" in kinds:
        return _between(low, value - 1, text, low, high)
    if "~" in signs_before or "~" in signs_after or kinds & {"about", "about_after"}:
        spread = 2 if value >= 10 else 1
        if not low <= value <= high:
            return Refused(Why.OUT_OF_RANGE, text)
        return _between(max(low, value - spread), min(high, value + spread), text, low, high)
    if value == 0 and not kinds & {"years", "months", "weeks", "days"} and not text.strip().startswith("00"):
        return Refused(Why.ZERO_ALONE, text)
    return _bounded(value, low, high, text)


def _stands_with_ages(parts: list[Part], place: int) -> bool:
    """Whether the number is an age whatever stands round it: "a 16 year old girl", "una niña de 12 años"."""
    unit = _kinds_of(parts[place + 1 : place + 2])
    of = place > 0 and parts[place - 1].text == "de"
    few = sum("strange" in part.kinds for part in parts) <= _MOST_STRANGE
    return few and ("old" in unit or ("years" in unit and of))


def _counts_something_else(kinds: set[str], after: list[Part]) -> bool:
    """Whether people are counted ("ils sont 3", "li gen 2 timoun") or time that went by ("for 3 years")."""
    if "lasting" in kinds and "old" not in kinds:
        return True
    people = "counting" in kinds or _kinds_of(after[:1]) & {"child", "teen", "adult", "baby"}
    return bool(people) and not kinds & UNITS


def _takes_back(part: Part) -> bool:
    """Whether a word denies or splits the number, and is no word about ages as well ("not yet 18", "maybe 18")."""
    ages = {kind for kind in part.kinds if not isinstance(kind, Mark)}
    return not ages and bool(part.kinds & {Mark.NEGATION, Mark.OR, Mark.HEDGE, Mark.UNKNOWN, Mark.DECLINED})


def _in_unit(value: int, after: list[str], unit: str) -> int:
    """`value` in what is counted: completed years for an age, months for a duration."""
    if unit == "months":
        if "years" in after:
            return value * 12
        return value // 4 if "weeks" in after else value // 30 if "days" in after else value
    if unit or "years" in after:
        return value
    for kind, in_a_year in (("months", 12), ("weeks", 52), ("days", 365)):
        if kind in after:
            return value // in_a_year
    return value


def _in_words(parts: list[Part], every: frozenset[str], text: str, unit: str, low: int, high: int) -> Answer:
    """An age without a number: "baby", "adult", "in her twenties"."""
    if Mark.UNKNOWN in every:
        return Unknown(text)
    if Mark.DECLINED in every and "strange" not in every:
        return Declined(text)
    if unit or "strange" in every or any(_takes_back(part) for part in parts):
        return Refused(Why.NOT_A_NUMBER, text)
    if "round" in every:
        value = next(part.number for part in parts if part.number is not None)
        return _between(value, value + 9, text, low, high)
    for kind, least, most in (("baby", 0, 0), ("teen", 13, 19), ("child", 0, 17), ("adult", 18, high)):
        if kind in every:
            return (
                _bounded(0, low, high, text)
                if kind == "baby"
                else _between(max(least, low), most, text, low, high)
            )
    return Refused(Why.NOT_A_NUMBER, text)


def _birth(
    parts: list[Part], text: str, words: Words, here: Circumstances, low: int, high: int
) -> Answer | None:
    """The age by a year or date of birth; None when the reply gives none."""
    numbers = [part for part in parts if part.number is not None]
    born = any("born" in part.kinds for part in parts)
    plainly = not any("strange" in part.kinds or _takes_back(part) for part in parts)
    if "lasting" in _kinds_of(parts):
        return None  # "since 2019" tells no birth
    if plainly and len(numbers) == 1 and _YEAR.fullmatch(numbers[0].text):
        ended = here.today.year - int(numbers[0].text)
        if ended < 0:
            return Refused(Why.FUTURE_DATE, text)
        if not ended and not born:
            return Refused(Why.NOT_A_NUMBER, text)  # this year: sooner a slip than a baby
        return _between(max(ended - 1, 0), ended, text, low, high)
    if (
        born
        and plainly
        and len(numbers) == 1
        and not _kinds_of(parts) & UNITS
        and numbers[0].text.isdecimal()
    ):
        if not 31 < (numbers[0].number or 0) < 100:
            return Refused(Why.NOT_A_NUMBER, text)  # "born on the 12th"
        ended = here.today.year - 1900 - (numbers[0].number or 0)  # "born 98"
        return _between(ended - 1, ended, text, low, high)
    counted = len(numbers) == 3 and plainly
    if not born and not counted and not any(_YEAR.fullmatch(part.text) for part in numbers):
        return None
    births = exact_dates(text, words.compiled(DateWords), here)
    if not births or max(birth.first for birth in births) > here.today:
        return None
    year_told = (
        len(numbers) == 3
        or any((part.number or 0) > 31 for part in numbers)
        or (len(numbers) == 2 and not any(part.sign in _JOINS for part in parts))
    )
    if not year_told or (not born and max(birth.last for birth in births) > here.today - _A_YEAR):
        return Refused(Why.NOT_A_NUMBER, text)  # "her birthday is 12 March"; a date that is no birthday
    ages = tuple(sorted({_age(birth.first, here) for birth in births}))
    if len(ages) > 1:
        fitting = tuple(age for age in ages if low <= age <= high)
        return (
            AskBack(fitting, text, Why.TWO_ANSWERS) if len(fitting) > 1 else Refused(Why.NOT_A_NUMBER, text)
        )
    oldest = _age(births[0].first, here)
    return _between(max(_age(births[0].last, here), 0), oldest, text, low, high)


def _age(born: date, here: Circumstances) -> int:
    today = here.today
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _bounded(value: int, low: int, high: int, text: str) -> Answer:
    return Understood(value, text) if low <= value <= high else Refused(Why.OUT_OF_RANGE, text)


def _between(least: int, most: int, text: str, low: int, high: int) -> Answer:
    if least > most or least < low or most > high:
        return Refused(Why.OUT_OF_RANGE, text)
    return Understood(least if least == most else Estimated(least, least, most), text)
