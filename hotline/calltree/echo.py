"""Saying back what was typed: an age, a date, a district, the kinds. From clips where a language has no voice.

34           number.34
2026-03-08   number.8 month.3 digit.2 digit.0 digit.2 digit.6
LC-02        district.LC-02
"""

from __future__ import annotations

from hotline.answers.sheet import Plain
from hotline.calltree.actions import Prompt
from hotline.forms.book import Book
from hotline.forms.definition import Item, Kind
from hotline.standards.places import Gazetteer

LARGEST = 120


def echo(book: Book, item: Item, value: Plain, locale: str) -> tuple[Prompt, ...]:
    """The prompts that say a value back; () for what needs no saying back (one key, one choice)."""
    match item.kind:
        case Kind.INTEGER:
            number = value["value"] if isinstance(value, dict) else value
            return (Prompt("", locale, str(number), (f"number.{number}",)),) if 0 <= number <= LARGEST else ()
        case Kind.DATE | Kind.PERIOD:
            day = value if isinstance(value, str) else value["start"]
            return (Prompt("", locale, book.languages.dates.word(day, locale), _date_clips(day)),)
        case Kind.PLACE:
            district = value["district"]
            return (
                Prompt("", locale, Gazetteer.shared().district_name(district), (f"district.{district}",)),
            )
        case Kind.MULTI:
            choices = [choice for code in value if (choice := item.choice(code))]
            return tuple(
                Prompt(choice.label.key, locale, book.text(choice.label, locale)) for choice in choices
            )
        case _:
            return ()


def digit_by_digit(digits: str, locale: str) -> Prompt:
    """A code as it is said: "4, 8, 2, 1." """
    return Prompt("", locale, ", ".join(digits) + ".", tuple(f"digit.{digit}" for digit in digits))


def _date_clips(day: str) -> tuple[str, ...]:
    """YYYY, YYYY-MM or YYYY-MM-DD as clips: the day as a number, the month by name, the year digit by digit."""
    year, *rest = day.split("-")
    clips = [f"digit.{digit}" for digit in year]
    if rest:
        clips.insert(0, f"month.{int(rest[0])}")
    if len(rest) > 1:
        clips.insert(0, f"number.{int(rest[1])}")
    return tuple(clips)
