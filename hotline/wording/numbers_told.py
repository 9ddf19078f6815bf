"""Telephone numbers in a folded text: in digits with whatever between them, or spelled in words of any language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Final

from hotline.wording.word_lists import HAN

LEAST: Final = 7  # digits of a number that can be called from anywhere
# Any seven digits or more, with what people put between them; or a plus sign and three digits.
_BETWEEN = r"(?:[\s()._·*\-\u2010-\u2015/]|,(?!\s)){0,4}"
_LONG = re.compile(rf"(?:\+[\s(]*)?\d(?:{_BETWEEN}\d){{6,}}|\+[\s(]*\d(?:{_BETWEEN}\d){{2,}}")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:19|20)\d\d)(?!\d)(?![-/.]\d)"
)
_APART = re.compile(r"(?<![\w.])\d(?:[ .\-]\d)+(?!\w)")  # "9 1 1"
# The letter O for a zero, l or I for a one, within digits.
_LETTERS_IN_DIGITS = re.compile(r"(?<=\d)[ol](?=[\dol]*\d)|(?<=\d\d)[ol]+(?![a-z])")
_BESIDE = re.compile(r"[\s,\-]*|\.")  # between digits in words: a sentence does not end there
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,2}(?:([.,])\d{3})(?:\1\d{3})*(?![\d]|[.,]\d)")  # "1.500.000"
_WORD = re.compile(rf"\d+|[^\W\d_{HAN}]+|[{HAN}]")


def long_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers of seven digits or more stand. Dates and a row that counts up ("1, 2, 3 ... 8") are none."""
    digits = _LETTERS_IN_DIGITS.sub(lambda found: found.group().translate({111: "0", 108: "1"}), text)
    for no_number in (_DATE, _AMOUNT):
        digits = no_number.sub(lambda found: "x" * len(found.group()), digits)
    for found in _LONG.finditer(digits):
        if not _counts_up(found.group()):
            yield found.span()


def short_numbers(text: str, listed: Collection[str]) -> Iterator[tuple[int, int]]:
    """Listed short numbers whose digits stand apart: "9-1-1"."""
    for found in _APART.finditer(text):
        if re.sub(r"\D", "", found.group()) in listed:
            yield found.span()


def spelled_numbers(
    text: str, words: Mapping[str, str], listed: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits of numbers told in words: seven digits or more in a row, or a listed short one."""
    row: list[tuple[int, int, str, bool]] = []
    for found in [*_WORD.finditer(text), None]:
        said = found.group() if found else ""
        digit = said if said.isdigit() else words.get(said)
        apart = bool(row) and found is not None and not _BESIDE.fullmatch(text[row[-1][1] : found.start()])
        if row and (digit is None or apart):
            yield from _told(row, listed)
            row = []
        if digit is not None and found is not None:
            row.append((found.start(), found.end(), digit, not said.isdigit()))


def _told(row: list[tuple[int, int, str, bool]], listed: Collection[str]) -> Iterator[tuple[int, int, str]]:
    digits = "".join(part[2] for part in row)
    spelled = sum(part[3] for part in row)
    if (len(digits) >= LEAST and spelled >= 3 and not _counts_up(" ".join(digits))) or (
        digits in listed and spelled >= 2
    ):
        yield row[0][0], row[-1][1], digits


def _counts_up(said: str) -> bool:
    groups = [int(group) for group in re.findall(r"\d+", said)]
    return len(groups) > 4 and all(later == one + 1 for one, later in pairwise(groups))
