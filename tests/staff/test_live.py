"""The living part of the pages, their size, and their languages."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select

from hotline import log
from hotline.records.tables import RecordField
from hotline.standards.crosswalk import Sensitivity
from hotline.wording.extract import from_templates
from tests.staff.office import Office

STAFF = Path(__file__).resolve().parents[2] / "hotline" / "staff"


def test_news_come_only_when_there_are_any(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    for path in ("/live", f"/threads/{thread}/live"):
        first = maria.get(path)
        tag = first.headers["ETag"]
        assert maria.get(path, If_None_Match=tag).status_code == 304
        assert maria.html == ""
        office.says(thread, "Are you there?")
        office.clock.advance(minutes=2)
        assert maria.get(path, If_None_Match=tag).status_code == 200
        assert maria.answer is not None
        assert maria.answer.headers["ETag"] != tag
        assert "<html" not in maria.html, "the part alone"


def test_the_living_part_is_what_the_page_shows_without_scripts(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    for page, part in (("/", "/live"), (f"/threads/{thread}", f"/threads/{thread}/live")):
        whole = maria.get(page).get_data(as_text=True)
        assert maria.get(part).get_data(as_text=True).strip() in whole
    assert '<noscript><meta http-equiv="refresh"' in maria.get("/").get_data(as_text=True)


def test_every_page_stays_small(office: Office) -> None:
    for number in range(80):
        thread = office.thread("Hello", number=f"+1202555{100 + number:04d}")
        if number % 4 == 0:
            office.mark(thread, unsafe=True, wants_person=True, unanswered_safety=True)
    for _ in range(40):
        office.says(thread, "Words of a middling length, as people write them when they have time. " * 2)
    maria = office.logged_in("Maria")
    parts = sum((STAFF / "static" / name).stat().st_size for name in ("staff.css", "live.js", "icon.svg"))
    for path in ("/", f"/threads/{thread}"):
        maria.get(path)
        assert len(maria.html.encode()) + parts <= 50_000, path
    maria.get("/")
    assert "40 less pressing ones" in maria.text
    first = set(re.findall(r'id="t-(\w+)"', maria.html))
    maria.get("/?from=40")
    second = set(re.findall(r'id="t-(\w+)"', maria.html))
    assert (len(first), len(second), len(first | second)) == (40, 40, 80)
    assert 'data-live="/live?from=40"' in maria.html
    assert maria.get("/?from=x").status_code == 200


def test_each_member_of_staff_reads_their_own_language(office: Office) -> None:
    """French where a translation is there, English where none is yet."""
    ben, maria = office.logged_in("Ben"), office.logged_in("Maria")
    assert '<html lang="fr">' in ben.html
    assert '<html lang="en">' in maria.html
    in_french = office.desk.kit.book.catalogues.text("fr", "staff_page.queue.open", "Open threads")
    assert in_french in ben.text


def test_before_the_log_in_the_browsers_language_counts(office: Office) -> None:
    client = office.app.test_client()
    for wished, lang in (("zh-CN,zh;q=0.9", "zh-Hans"), ("ht", "ht"), ("de,fr;q=0.5", "fr"), ("de", "en")):
        html = client.get("/login", headers={"Accept-Language": wished}).get_data(as_text=True)
        assert f'<html lang="{lang}">' in html


def test_every_sentence_of_the_pages_can_be_translated() -> None:
    messages = from_templates(STAFF)
    assert len(messages) > 150
    assert all(message.key.startswith("staff_page.") for message in messages)
    english: dict[str, str] = {}
    for message in messages:
        assert english.setdefault(message.key, message.english) == message.english, message.place
    for path in (STAFF / "templates").glob("*.html"):
        bare = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"[A-Za-z]{3,}", bare), f"{path.name}: words without a key"


@pytest.fixture
def own_log(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The log as the process sets it up; given back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    log.set_up("staff", logging.DEBUG)
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("own_log")
def test_nothing_that_was_said_reaches_a_log_or_an_error_page(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    thread = office.thread("the blue boat")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    maria.send(f"/threads/{thread}/answer", text="Where is the green house?")
    office.record(thread, "screening", victim_ethnicity=("answered", "the blue boat", ""))
    with office.tx() as tx:
        broken = tx.scalars(select(RecordField)).one()
        sealer = office.desk.kit.sealer
        broken.sealed = sealer.seal(
            tx, broken.record_id, broken.id, Sensitivity.RESTRICTED, b"not what it should be: the blue boat"
        )
    maria.get(f"/threads/{thread}")
    assert maria.status == 500
    assert "Something went wrong on our side." in maria.text
    told = capsys.readouterr()
    assert "staff_page_failed" in told.err
    assert "threads.page" in told.err
    for secret in ("blue boat", "green house", "202555", "Maria", "SELECT"):
        assert secret not in told.err + told.out + maria.text.replace("Maria Log out", "")
