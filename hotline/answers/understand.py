"""Understand a reply: a value, a question back, a refusal with its reason, unknown or declined. Pure.

`Understood.value` by kind: yes_no "yes" or "no"; choice a code; multi a tuple of codes in list order; integer an
int or `Estimated`; date a text YYYY, YYYY-MM or YYYY-MM-DD; period a `Period`; time "HH:MM"; country alpha-2;
place a `Place`; phone E.164; person_name and text a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hotline.answers.check import Problem, problems
from hotline.answers.choice import understand_choice
from hotline.answers.country import understand_country
from hotline.answers.date import understand_date
from hotline.answers.integer import understand_integer
from hotline.answers.multi import understand_multi
from hotline.answers.period import understand_period
from hotline.answers.person_name import understand_person_name
from hotline.answers.phone import understand_phone
from hotline.answers.place import understand_place
from hotline.answers.question import Choice, Circumstances, Kind, Question
from hotline.answers.result import Answer, AskBack, Understood
from hotline.answers.text import understand_text
from hotline.answers.time_of_day import understand_time
from hotline.answers.words import Words
from hotline.answers.yes_no import understand_yes_no

__all__ = [
    "Choice",
    "Circumstances",
    "Kind",
    "Problem",
    "Question",
    "Words",
    "compatible",
    "problems",
    "understand",
]


def understand(question: Question, text: str, words: Words, here: Circumstances) -> Answer:
    """What `text` (any text up to 1,600 characters) says to `question`. Raises nothing."""
    return _READERS[question.kind](question, text, words, here)


_Reader = Callable[[Question, str, Words, Circumstances], Answer]
_READERS: Mapping[Kind, _Reader] = {
    Kind.YES_NO: lambda question, text, words, here: understand_yes_no(question, text, words, here.locale),
    Kind.CHOICE: lambda question, text, words, here: understand_choice(question, text, words, here.locale),
    Kind.MULTI: lambda question, text, words, _here: understand_multi(question, text, words),
    Kind.INTEGER: understand_integer,
    Kind.DATE: understand_date,
    Kind.PERIOD: understand_period,
    Kind.TIME: lambda question, text, words, _here: understand_time(question, text, words),
    Kind.COUNTRY: lambda question, text, words, _here: understand_country(question, text, words),
    Kind.PLACE: lambda question, text, words, _here: understand_place(question, text, words),
    Kind.PHONE: understand_phone,
    Kind.PERSON_NAME: lambda question, text, words, _here: understand_person_name(question, text, words),
    Kind.TEXT: lambda question, text, words, _here: understand_text(question, text, words),
}


def compatible(question: Question, text: str, words: Words, here: Circumstances) -> bool:
    """Whether the token `text` could be a value of `question`, to place the tokens of a report in any order.

    Texts and names take any word. "16" is one number, never the choices 1 and 6 of a list; "12/11" is
    a date, never two ages.
    """
    if question.kind is Kind.INTEGER and "/" in text:
        return False
    if question.kind is Kind.MULTI and text.isdecimal() and len(text) > 1:
        return any(choice.digit == text for choice in question.choices)
    if question.kind in (Kind.TEXT, Kind.PERSON_NAME):
        return any(ch.isalpha() for ch in text)
    return isinstance(understand(question, text, words, here), Understood | AskBack)
