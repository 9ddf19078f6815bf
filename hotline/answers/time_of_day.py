"""A time of day as HH:MM: "22:30", "10pm", "2230", "22h30", "noon", "晚上10点"; "10:30" and "10" may be either half."""

from __future__ import annotations

from hotline.answers.not_saying import not_saying
from hotline.answers.number_words import NumberWords, joined, pairs_of
from hotline.answers.question import Question
from hotline.answers.reading import Mark, marks
from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import signs, tokens
from hotline.standards.lexicon import Lexicon

_MOST_TOKENS = 20
_BEFORE_MINUTE = frozenset(
    {":", ".", "h", "e", "ze", "点", "點", "时", "時", "heure", "heures", "hora", "horas", "hours", "hrs"}
)
_LINKING = frozenset({"y", "et", "con", "and", "ak"})


class TimeWords:
    """The words of a time of day in all languages."""

    __slots__ = ("lexicon", "marks", "numbers", "pairs")

    def __init__(self, words: Words) -> None:
        self.numbers = words.compiled(NumberWords)
        self.marks = words.compiled(marks)
        self.lexicon: Lexicon[str] = Lexicon()
        for phrase, mark in self.marks.items():
            if mark in (Mark.SMALL, Mark.POLITE, Mark.AND):
                self.lexicon.add(phrase, "small")
        for phrase in (*words.phrases("times", "small"), *words.phrases("ages", "half")):
            self.lexicon.add(phrase, "half" if phrase in words.phrases("ages", "half") else "small")
        for kind in ("am", "pm", "noon", "midnight", "half_past", "quarter_past", "quarter_to"):
            for phrase in words.phrases("times", kind):
                self.lexicon.replace(phrase, kind)
        for hour, phrases in words.keyed("times", "hours").items():
            for phrase in phrases:  # Creole says the hour in one word: "dizè"
                self.lexicon.replace(phrase, "hour", hour)
        self.pairs = self.numbers.pairs | pairs_of(self.lexicon.phrases)

    def tells(self, token: str) -> bool:
        """Whether `token` alone could be part of a time."""
        found = self.lexicon.phrases.get(token, frozenset())
        return bool(found - {"small"}) or token in self.numbers.lexicon.phrases


def understand_time(question: Question, text: str, words: Words) -> Answer:
    """HH:MM, 24 hours. One to twelve without saying which half of the day is asked back."""
    row = tokens(text)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    known = words.compiled(TimeWords)
    mark = known.marks.get(" ".join(row))
    if mark in (Mark.UNKNOWN, Mark.DECLINED):
        return Unknown(text) if mark is Mark.UNKNOWN else Declined(text)
    if len(row) > _MOST_TOKENS:
        return Refused(Why.NOT_A_TIME, text)
    numbers, kinds = _cut(joined(signs(text), known.pairs), known)
    if numbers is None:
        return not_saying(row, text, words, known.tells) or Refused(Why.NOT_A_TIME, text)
    if not numbers and len(kinds & {"noon", "midnight"}) == 1:
        numbers = ["12"]  # "midi et demi"
    elif len(numbers) == 1 and kinds & {"noon", "midnight"} and 12 < int(numbers[0]) < 60:
        numbers = ["12", *numbers]  # "midi trente"
    if "weak" in kinds and len(row) > 1 and not kinds & {"am", "pm"}:
        return Refused(Why.NOT_A_TIME, text)  # "my sis": six in Haitian Creole
    return _clock(numbers, kinds, text)


def _cut(row: list[str], known: TimeWords) -> tuple[list[str] | None, set[str]]:
    """The numbers and the kinds of words; None for the numbers when a word is unknown."""
    numbers: list[str] = []
    kinds: set[str] = set()
    at = ended = 0  # `ended`: behind the last number
    while at < len(row):
        found = next(known.lexicon.walk(row[at : at + 8]))
        number = known.numbers.at(row, at)
        if number is not None and (
            found.meanings is None or (number[1] - at >= found.end and row[at].isdecimal())
        ):
            if numbers and not _minute_follows(row[ended:at], row[at], number[0]):
                return None, kinds
            weak = " ".join(row[at : number[1]]) in known.numbers.weak
            kinds |= {"weak"} if weak else set()
            numbers.append(row[at] if row[at].isdecimal() else str(number[0]))
            at = ended = number[1]
        elif found.meanings is not None:
            numbers += [kind for kind in found.meanings if kind.isdecimal()]
            kinds |= {kind for kind in found.meanings if not kind.isdecimal()} - {"hour"}
            at += found.end
            ended = at if "hour" in found.meanings else ended
        elif not row[at].isalnum():
            if row[at] == "-":
                return None, kinds
            at += 1
        else:
            return None, kinds
    return numbers, kinds - {"small"}


def _minute_follows(between: list[str], text: str, number: int) -> bool:
    """Whether a second number can be the minute of the first: in "3 to 5 pm" and "2 y 3" it cannot."""
    if any(sign in _BEFORE_MINUTE for sign in between):
        return all(sign in _BEFORE_MINUTE or sign in _LINKING for sign in between)
    least = 13 if between else 10  # "10 30", "las 5 y 20"
    return all(sign in _LINKING for sign in between) and (
        number >= least or (len(text) == 2 and text.isdecimal())
    )


def _clock(numbers: list[str], kinds: set[str], text: str) -> Answer:
    minute = 0
    if len(numbers) == 1 and len(numbers[0]) in (3, 4):
        hour, minute = int(numbers[0][:-2]), int(numbers[0][-2:])
        told = len(numbers[0]) == 4
    elif len(numbers) in (1, 2) and all(len(number) <= 2 for number in numbers):
        hour = int(numbers[0])
        minute = int(numbers[1]) if len(numbers) == 2 else 0
        told = numbers[0].startswith("0")
    else:
        return Refused(Why.NOT_A_TIME, text)
    if kinds & {"half", "half_past"}:
        minute = 30
    elif "quarter_past" in kinds:
        minute = 15
    elif "quarter_to" in kinds:
        hour, minute = (hour - 1) % 24, 45
    if hour > 23 or minute > 59:
        return Refused(Why.NOT_A_TIME, text)
    if {"am", "pm"} <= kinds:
        return Refused(Why.UNCLEAR, text)
    if kinds & {"am", "pm"} and 1 <= hour <= 12:
        hour = hour % 12 + (12 if "pm" in kinds else 0)
        return Understood(f"{hour:02}:{minute:02}", text)
    if kinds & {"noon", "midnight"}:
        by_name = {12: 0, 0: 0, 11: 23, 23: 23} if "midnight" in kinds else {12: 12, 11: 11}
        if hour not in by_name:  # eleven before a quarter is taken off twelve; "5 at noon" is no time
            return Refused(Why.UNCLEAR, text)
        return Understood(f"{by_name[hour]:02}:{minute:02}", text)
    if told or hour == 0 or hour > 12:
        return Understood(f"{hour:02}:{minute:02}", text)
    later = (hour + 12) % 24 if hour != 12 else 0
    return AskBack((f"{hour:02}:{minute:02}", f"{later:02}:{minute:02}"), text, Why.TWO_ANSWERS)
