"""A phone number as E.164: "284 5678", "+1 758 284 5678", "001758...", with digits of any script."""

from __future__ import annotations

import re

import phonenumbers

from hotline.answers.not_saying import not_saying
from hotline.answers.question import Circumstances, Question
from hotline.answers.reading import Mark, marks
from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import plain, tokens

_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-/]*\d|\d")
_LONGEST = 200
_SHORTEST = 7
_FULLWIDTH_PLUS = str.maketrans({"＋": "+"})


def understand_phone(question: Question, text: str, words: Words, here: Circumstances) -> Answer:
    """E.164. Digits that are no valid number are refused, never completed; two numbers are asked back."""
    row = tokens(text)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    folded = plain(text.translate(_FULLWIDTH_PLUS))
    matches = list(_NUMBER.finditer(folded))
    found = [match.group().strip() for match in matches]
    if not found:
        mark = words.compiled(marks).get(" ".join(row))
        if mark in (Mark.UNKNOWN, Mark.DECLINED):
            return Unknown(text) if mark is Mark.UNKNOWN else Declined(text)
        return not_saying(row, text, words) or Refused(Why.NOT_A_PHONE, text)
    if len(text) > _LONGEST:
        return Refused(Why.NOT_A_PHONE, text)
    if any(_denied(tokens(folded[: match.start()]), words) for match in matches):
        return Refused(Why.UNCLEAR, text)
    numbers = [_e164(digits, here.country) for digits in found]
    if None in numbers:
        short = len(found) == 1 and len(re.sub(r"\D", "", found[0])) in (3, 4)
        return Refused(Why.SHORT_NUMBER if short else Why.NOT_A_PHONE, text)
    distinct = tuple(dict.fromkeys(number for number in numbers if number is not None))
    if len(distinct) > 1:
        return AskBack(distinct[:4], text, Why.TWO_ANSWERS)
    return Understood(distinct[0], text)


def _denied(before: list[str], words: Words) -> bool:
    """Whether the word before a number denies it; "no." is how numbers are announced."""
    return bool(before) and before[-1] != "no" and words.compiled(marks).get(before[-1]) is Mark.NEGATION


def _e164(digits: str, country: str) -> str | None:
    """The one valid number that `digits` are, tried as dialled in `country`, then with the ways people write `+`."""
    bare = re.sub(r"\D", "", digits)
    if len(bare) < _SHORTEST:
        return None
    tries = [digits]
    if not digits.startswith("+"):
        if bare.startswith("00"):
            tries.append("+" + bare[2:])
        elif bare.startswith("011"):
            tries.append("+" + bare[3:])
        elif len(bare) > 10:
            tries.append("+" + bare)
    for attempt in tries:
        try:
            number = phonenumbers.parse(attempt, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return None
