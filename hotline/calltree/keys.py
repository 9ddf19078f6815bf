"""Answers by keys: what the digits of an item mean.

    choice   one key, its digit
    multi    several keys, ended by #; 10 is the tenth
    integer  digits, ended by #
    date     day, month, year as two, two and four digits in the country's order; month and year; or a year
    place    the district's two digits (the number of its ISO code: 02 is LC-02 Castries); 99 to say it
    country  the key of the tree's list; the key after the last one to say it

Anything else is said and recorded, and left to a person.
"""

from __future__ import annotations

from hotline.answers.question import Circumstances
from hotline.answers.result import Refused, Understood
from hotline.answers.sheet import Plain, plain, question_of
from hotline.answers.understand import Words, understand
from hotline.forms.definition import Item, Kind
from hotline.standards.places import Gazetteer

SAY_PLACE = "99"
ONE_KEY = (Kind.YES_NO, Kind.CHOICE, Kind.COUNTRY)
BY_KEYS = (*ONE_KEY, Kind.MULTI, Kind.INTEGER, Kind.DATE, Kind.PERIOD, Kind.PLACE)


def read_keys(
    item: Item, digits: str, countries: tuple[str, ...], words: Words, here: Circumstances
) -> Plain | None:
    """The value of the keys in the export's shape; None when they mean nothing."""
    if not digits.isdigit():
        return None
    match item.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return next((choice.code for choice in item.choices if choice.digit == digits), None)
        case Kind.MULTI:
            return _several(item, digits)
        case Kind.COUNTRY:
            index = int(digits) - 1
            return countries[index] if 0 <= index < len(countries) else None
        case Kind.PLACE:
            district = f"{here.country}-{digits.zfill(2)}"
            known = any(iso == district for iso in Gazetteer.shared().districts)
            return {"country": here.country, "district": district, "community": None} if known else None
        case Kind.INTEGER | Kind.DATE | Kind.PERIOD:
            said = digits if item.kind is Kind.INTEGER else _date_words(digits)
            answer = understand(question_of(item), said, words, here) if said else Refused
            return plain(answer.value) if isinstance(answer, Understood) else None
        case _:
            return None


def says_it(item: Item, digits: str, countries: tuple[str, ...]) -> bool:
    """Whether these keys mean "I will say it": what is said is recorded and left to a person."""
    if item.kind is Kind.COUNTRY:
        return digits == str(len(countries) + 1)
    return item.kind is Kind.PLACE and digits == SAY_PLACE


def _several(item: Item, digits: str) -> Plain | None:
    by_digit = {choice.digit: choice.code for choice in item.choices}
    codes, at = [], 0
    while at < len(digits):
        length = 2 if digits[at : at + 2] in by_digit and len(digits[at : at + 2]) == 2 else 1
        code = by_digit.get(digits[at : at + length])
        if code is None:
            return None
        codes.append(code)
        at += length
    order = [choice.code for choice in item.choices]
    return sorted(set(codes), key=order.index)


def _date_words(digits: str) -> str:
    """08032026 is 08/03/2026; 032026 is 03/2026; 2026 is the year."""
    if len(digits) == 8:
        return f"{digits[:2]}/{digits[2:4]}/{digits[4:]}"
    if len(digits) == 6:
        return f"{digits[:2]}/{digits[2:]}"
    return digits if len(digits) == 4 else ""
