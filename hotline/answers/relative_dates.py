"""Dates told from the day of the message: "last night", "twa jou de sa", "三天前", "last Friday"."""

from __future__ import annotations

from datetime import date, timedelta

from hotline.answers.date_reading import Reading, exactly
from hotline.answers.date_words import Piece
from hotline.answers.moment import Range, back, of_day, single, span
from hotline.answers.question import Circumstances
from hotline.answers.result import Why

_CJK_WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}


def relative_date(pieces: list[Piece], here: Circumstances) -> Reading | None:
    """Against the day of the message; None when the words are no such expression."""
    today = here.today
    words = [piece for piece in pieces if not piece.sign]
    if len(words) == 1 and (sense := words[0].senses.get("day")) and words[0].number is None:
        return exactly(of_day(today + timedelta(days=int(sense[0]))))
    if len(words) == 1 and (sense := words[0].senses.get("span")):
        return exactly(span(today, str(sense[0]), sense[1]))
    if (ago := _ago(words, here)) is not None:
        return ago
    if len(words) == 2 and (sense := words[0].senses.get("span")) and sense[0] == "week":
        weekday = _CJK_WEEKDAYS.get(words[1].text, 0)  # 上周五
        if weekday:
            monday = today - timedelta(days=today.weekday())
            return exactly(of_day(monday + timedelta(weeks=sense[1], days=weekday - 1)))
    return _weekday(words, today)


def _ago(words: list[Piece], here: Circumstances) -> Reading | None:
    units = [piece for piece in words if piece.has("unit") and piece.number is None]
    if len(units) != 1:
        return None
    place = words.index(units[0])
    told = any(p.has("ago_before") for p in words[:place]) or any(
        p.has("ago_after") for p in words[place + 1 :]
    )
    if not told:
        return None
    amounts = [p for p in words[:place] if p.number is not None or p.has("one") or p.has("couple")]
    spare = [
        p
        for p in words
        if p is not units[0]
        and p not in amounts
        and not (p.has("ago_before") or p.has("ago_after") or p.has("small"))
    ]
    if any(piece.has("vague") for piece in words):
        return Reading((), Why.NOT_EXACT)
    if spare or not amounts:
        return None
    strong = [
        p for p in amounts if p.number is not None and not (p.has("small") or p.has("ago_before"))
    ] or amounts
    told_numbers = {p.number for p in strong if p.number is not None}
    if len(told_numbers) > 1:  # "3 to 5 days ago", "2-3 jou de sa"
        return _some(sorted(told_numbers), str(units[0].senses["unit"][0]), here)
    piece = strong[-1]
    number = 2 if piece.has("couple") else piece.number if piece.number is not None else 1
    return _back(number, str(units[0].senses["unit"][0]), here)


def _some(numbers: list[int], unit: str, here: Circumstances) -> Reading:
    """Between so many units ago and so many: a span of time, never its first or last day."""
    least, most = (_back(number, unit, here).ranges for number in (numbers[0], numbers[-1]))
    if len(numbers) > 2 or not least or not most or least == most:
        return Reading((), Why.NOT_EXACT)
    return Reading((Range(most[0].start, least[0].end),))


def _back(number: int, unit: str, here: Circumstances) -> Reading:
    if unit in ("hour", "minute"):
        if number > 1000:
            return Reading((), Why.IMPOSSIBLE_DATE)
        ago = timedelta(hours=number) if unit == "hour" else timedelta(minutes=number)
        return exactly(of_day((here.at - ago).astimezone(here.zone).date()))
    return exactly(back(here.today, number, unit))


def _weekday(words: list[Piece], today: date) -> Reading | None:
    days = [piece for piece in words if piece.has("weekday")]
    if len(days) != 1 or any(piece.number is not None or piece.has("month") for piece in words):
        return None
    weekday = int(days[0].senses["weekday"][0])
    rest = [piece for piece in words if piece is not days[0]]
    if any(
        not (p.has("last") or p.has("this") or p.has("next") or p.has("span") or p.has("small")) for p in rest
    ):
        return None
    monday = today - timedelta(days=today.weekday())
    for piece in rest:
        if sense := piece.senses.get("span"):
            return (
                exactly(of_day(monday + timedelta(weeks=sense[1], days=weekday - 1)))
                if sense[0] == "week"
                else None
            )
    most_recent = today - timedelta(days=(today.isoweekday() - weekday) % 7 or 7)
    if any(piece.has("last") for piece in rest):
        return exactly(of_day(most_recent))
    if any(piece.has("next") for piece in rest):
        return exactly(of_day(most_recent + timedelta(weeks=1 if today.isoweekday() != weekday else 2)))
    if any(piece.has("this") for piece in rest):
        return exactly(of_day(monday + timedelta(days=weekday - 1)))
    if today.isoweekday() == weekday:
        return Reading((single(of_day(today)), single(of_day(most_recent))), Why.TWO_ANSWERS)
    return exactly(of_day(most_recent))
