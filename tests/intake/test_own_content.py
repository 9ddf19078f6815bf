"""A task force's own question and a seventh language, from the phone to the exported record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, g

from hotline.access.matrix_file import matrix_of
from hotline.access.people import add_officer
from hotline.access.sight import Sight
from hotline.access.tables import Role
from hotline.conversation.inbound import Channel, Inbound
from hotline.db import read, write
from hotline.intake import create_app
from hotline.intake.desk import open_desk
from hotline.intake.texts import receive_text
from hotline.now import CountedIds, RandomIds, SetClock
from hotline.records.tables import Record, RecordField
from hotline.simulator import views
from hotline.staff.desk import StaffDesk
from hotline.staff.desk import open_desk as open_staff_desk
from hotline.staff.record_view import Sheet, sheets_of
from hotline.staff.words import Words as StaffWords
from tests import own_content
from tests.house import CALLER, OFFICER, Home, home, settings_of, workshop_of
from worker.drain import drain

# One process reads the content for all.
pytestmark = pytest.mark.xdist_group("own-content")
STEPS = ("1", "12/11", "castries", "f", "16", "ve", "-", "sex", "none")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content folder, read once for all stories."""
    root = tmp_path_factory.mktemp("own")
    own_content.copy(root)
    own_content.add_question(root)
    own_content.add_portuguese(root)
    return root


@pytest.fixture
def own(content: Path, database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    with ExitStack() as stack:
        yield stack.enter_context(
            home(database_url, tmp_path / "var", clock, HOTLINE_CONFIG=str(content / "hotline.toml"))
        )


def last(house: Home, number: str = CALLER) -> str:
    """The last text on a phone."""
    return [bubble.text for bubble in house.net.phone(number).bubbles][-1]


def the_field(house: Home, name: str) -> RecordField:
    """The one stored answer of that field."""
    (field,) = house.all(RecordField, RecordField.field == name)
    assert isinstance(field, RecordField)
    return field


def sheet_of(desk: StaffDesk, language: str, thread_id: str) -> Sheet:
    """The one record of the thread as a Data Manager sees it who has revealed it."""
    crosswalk = desk.kit.book.crosswalk
    sight = Sight(matrix_of(desk.settings, crosswalk), Role.DATA_MANAGER, revealed=True, second=True)
    with Flask("page").app_context(), read(desk.engine) as tx:
        g.visitor, g.session_id = SimpleNamespace(role=Role.DATA_MANAGER), ""
        (sheet,) = sheets_of(tx, desk, StaffWords(desk, language), thread_id, sight)
    return sheet


def test_a_person_is_led_in_the_seventh_language_to_the_own_question(own: Home) -> None:
    own.text("mmm")
    assert last(own).endswith("7 Português")
    own.text("7")
    assert last(own) == own_content.PORTUGUESE["opening.safe_now.label"]
    own.text("sim", "não", "3", *STEPS)
    assert last(own) == own_content.PORTUGUESE["screening.papers_kept.label"]
    own.text("Claro")
    own.work()
    (record,) = own.records()
    assert (record["language"], record["form"]) == ("pt", "screening")
    assert record["fields"]["papers_kept"] == {"status": "answered", "value": "yes", "said": "Claro"}
    assert record["fields"]["papers_holder"]["status"] == "not_asked"
    assert the_field(own, "papers_kept").sensitivity == "restricted"


def test_a_greeting_and_a_word_of_danger_in_the_seventh_language_are_heard(own: Home) -> None:
    own.text("Olá")
    assert last(own) == own_content.PORTUGUESE["opening.safe_now.label"]
    own.text("ele tem uma faca")
    own.work()
    (record,) = own.records()
    assert (record["danger"], record["language"]) == ("emergency", "pt")


def test_an_officer_reports_it_in_one_text(own: Home) -> None:
    kit = own.desk.kit
    with write(own.desk.engine) as tx:
        add_officer(
            tx, kit.sealer, own.shop.house, kit.ids, own.clock.now(),
            phone=OFFICER, name="Officer", agency="Immigration", language="pt",
        )  # fmt: skip
    own.text("scr pot, 12/10, castries, f, 16, ve, -, sex, none, -, yes", sender=OFFICER)
    said = last(own, OFFICER)
    assert "13=yes" in said
    assert "12 outubro 2026" in said
    assert "7=Venezuela" in said
    own.text("13=no", sender=OFFICER)
    own.work()
    (record,) = own.records()
    assert record["fields"]["papers_kept"]["value"] == "no"


def test_a_caller_is_asked_by_keys(own: Home) -> None:
    own.net.dial(CALLER, own.desk.settings.deployment.lines[0].number or "")
    for keys in ("7", "2", "2", "1", "12112026#", "02#", "1", "25#", "2", "4#", "1"):
        own.net.press(CALLER, keys)
    assert "keep the papers" in str(views.phone(own.net, own.net.phone(CALLER))["call"])
    own.net.press(CALLER, "1")
    own.work()
    (record,) = own.records()
    assert (record["form"], record["language"]) == ("hotline", "pt")
    assert record["fields"]["papers_kept"]["value"] == "yes"


def test_the_page_asks_it_and_the_class_seals_it(own: Home) -> None:
    client = create_app(own.desk).test_client()
    page = client.get("/report?for=work&lang=pt")
    assert "papers_holder" in page.text
    assert "Português" in page.text
    key = page.text.partition('name="key" value="')[2].partition('"')[0]
    sent = {
        "form": "screening",
        "key": key,
        "victim_age": "30",
        "papers_kept": "yes",
        "papers_holder": "his uncle",
    }
    assert client.post("/report?for=work&lang=pt", data=sent).status_code == 200
    own.work()
    (record,) = own.records()
    assert record["fields"]["papers_holder"]["value"] == "his uncle"
    assert the_field(own, "papers_holder").sensitivity == "suspect_identity"
    (kept,) = own.all(Record)
    staff = open_staff_desk(own.desk.settings, own.clock, CountedIds())
    sheet = sheet_of(staff, "pt", kept.thread_id)
    assert ("13", "Documentos guardados") in [(answer.number, answer.label) for answer in sheet.answers]
    assert [answer.value for answer in sheet.answers if answer.number == "14"] == ["his uncle"]
    assert "Português" in sheet.facts
    staff.engine.dispose()


def test_a_conversation_keeps_the_question_that_is_asked_no_more(
    own: Home, database_url: str, tmp_path: Path, clock: SetClock
) -> None:
    own.text("hello", "yes", "no", "3", *STEPS)
    assert last(own).startswith("Item 13.")
    # Restarted with the project's own content: no such question.
    later = open_desk(settings_of(database_url, tmp_path / "var"), clock, RandomIds())
    receive_text(later, Inbound("SM" + "f" * 32, Channel.SMS, "main", CALLER, "yes", clock.now()))
    shop = workshop_of(later)
    drain(shop)
    (record,) = Home(later, shop, own.net, clock).records()
    assert record["fields"]["papers_kept"] == {"status": "answered", "value": "yes", "said": "yes"}
    assert the_field(own, "papers_kept").sensitivity == "restricted"
    (kept,) = own.all(Record)
    staff = open_staff_desk(later.settings, clock, CountedIds())
    sheet = sheet_of(staff, "en", kept.thread_id)
    assert [answer.value for answer in sheet.answers if answer.label == "papers_kept"] == ["yes"]
    for engine in (staff.engine, shop.engine, later.engine):
        engine.dispose()
