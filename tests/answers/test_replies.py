"""Messy replies as people write them: none is read wrong, and no more is asked back than the file's floor allows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hotline.answers.understand import Words
from hotline.forms.book import Book
from tests.answers.conftest import ALL
from tests.answers.scoring import ASKED, RIGHT, ROOT, WRONG, Line, floor, questions, read, score

REPLIES = Path(__file__).with_name("replies.jsonl")


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open(ROOT)


@pytest.fixture(scope="module")
def lines(words: Words, book: Book) -> list[Line]:
    return score(read(REPLIES), words, book)


def test_no_reply_is_read_wrong(lines: list[Line]) -> None:
    assert [line for line in lines if line.outcome == WRONG] == []


def test_no_more_is_asked_back_than_before(lines: list[Line], book: Book) -> None:
    print(table(lines, book))
    answers = [line for line in lines if line.expected != "ask"]
    understood = sum(line.outcome == RIGHT for line in answers) / len(answers)
    assert understood >= floor(REPLIES), [line for line in lines if line.outcome == ASKED]


def test_every_question_is_tried_in_every_language(lines: list[Line], book: Book) -> None:
    tried = {(line.question, line.lang) for line in lines}
    assert tried == {(letter, lang) for letter in questions(book) for lang in ALL}


def table(lines: list[Line], book: Book) -> str:
    """Right / asked back needlessly / wrong, for each question and language."""
    counts = Counter((line.question, line.lang, line.outcome) for line in lines)
    rows = ["right/asked/WRONG " + "".join(f"{lang:>10}" for lang in ALL)]
    for letter, (name, _) in questions(book).items():
        cells = ("/".join(str(counts[letter, lang, what]) for what in (RIGHT, ASKED, WRONG)) for lang in ALL)
        rows.append(f"{name:<18}" + "".join(f"{cell:>10}" for cell in cells))
    return "\n".join(rows)
