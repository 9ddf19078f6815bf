"""A conversation in flight stays with the book it began with, however the content changes; danger words are the newest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.content import PROJECT
from hotline.db import read, write
from hotline.forms.book import Book
from hotline.intake import create_app
from hotline.intake.desk import Desk, open_desk
from hotline.now import CountedIds, SetClock
from hotline.threads.conversations import Shelf
from hotline.threads.tables import StoredBook
from tests.house import settings_of
from tests.intake.webhooks import Twilio, said

OLD = "How old is the person? A number of years."
NEW = "What age, roughly?"


def publish(folder: Path, label: str, item: str = "victim_age") -> Book:
    """The project's content with another wording of the screening form's item 6."""
    for part in ("sms_forms", "ivr_flows", "locales"):
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("audio"))
    form = folder / "sms_forms" / "screening.yaml"
    lines = form.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if f"name: {item}" in line)
    at = next(number for number in range(at, len(lines)) if "label:" in lines[number])
    lines[at] = f'    label: "{label}"\n'
    form.write_text("".join(lines), encoding="utf-8")
    return Book.open(folder)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Book]:
    """What was published yesterday, and today."""
    return (
        publish(tmp_path_factory.mktemp("yesterday"), OLD),
        publish(tmp_path_factory.mktemp("today"), NEW),
    )


@pytest.fixture
def base(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    desk = open_desk(settings_of(sqlite_url, tmp_path / "var"), clock, CountedIds())
    yield desk
    desk.engine.dispose()


def with_book(base: Desk, book: Book) -> Desk:
    """The same house, started anew after `book` was published."""
    shelf = Shelf(book)
    with write(base.engine) as tx:
        shelf.put(tx, base.clock.now())
    return replace(base, shelf=shelf, kit=replace(base.kit, book=book))


def door(desk: Desk, first_sid: int) -> Twilio:
    twilio = Twilio(create_app(desk).test_client())
    for _ in range(first_sid):
        next(twilio.counter)
    return twilio


def to_item_5(twilio: Twilio, sender: str) -> None:
    """Somebody who reports for their work has come to the sex of the person."""
    for body in ("Hello", "yes", "no", "3", "2", "May 2026", "castries"):
        twilio.text(body, sender)


def test_a_conversation_goes_on_with_the_book_it_began_with(base: Desk, editions: tuple[Book, Book]) -> None:
    yesterday, today = editions
    assert yesterday.hash != today.hash
    before = door(with_book(base, yesterday), 0)
    to_item_5(before, "+12025550141")
    after = door(with_book(base, today), 100)
    assert (said(after.text("female", "+12025550141")) or "").endswith(OLD)
    to_item_5(after, "+12025550142")
    assert (said(after.text("female", "+12025550142")) or "").endswith(NEW)


def test_a_book_is_stored_once_and_opened_from_the_database(base: Desk, editions: tuple[Book, Book]) -> None:
    yesterday, today = editions
    with_book(base, yesterday)
    with_book(base, yesterday)
    shelf = with_book(base, today).shelf
    with read(base.engine) as tx:
        assert tx.query(StoredBook).filter(StoredBook.hash == yesterday.hash).count() == 1
        found = shelf.book(tx, yesterday.hash)
    assert found.hash == yesterday.hash
    assert found.forms.keys() == yesterday.forms.keys()


def test_a_lost_book_is_replaced_by_the_newest(base: Desk, editions: tuple[Book, Book]) -> None:
    shelf = with_book(base, editions[1]).shelf
    with read(base.engine) as tx:
        assert shelf.book(tx, "no-such-book").hash == editions[1].hash


def test_after_the_content_changed_words_of_danger_are_still_heard_first(
    base: Desk, editions: tuple[Book, Book]
) -> None:
    from hotline.alerts.tables import Alert

    before = door(with_book(base, editions[0]), 0)
    to_item_5(before, "+12025550143")
    after = door(with_book(base, editions[1]), 100)
    after.text("he has a knife", "+12025550143")
    with read(base.engine) as tx:
        assert [alert.grade for alert in tx.query(Alert)] == ["emergency"]
