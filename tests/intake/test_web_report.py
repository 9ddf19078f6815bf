"""What becomes of a web report: the record, the alert, and what is not kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from hotline.now import SetClock
from hotline.threads.tables import Conversation, Thread
from tests.intake.web_visit import Visit, key_of, visiting

WORK = "?lang=en&for=work"


@pytest.fixture
def visit(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Visit]:
    with visiting(database_url, tmp_path, clock) as visit:
        yield visit


def answers(record: dict[str, Any]) -> dict[str, Any]:
    """The answered fields with their values."""
    return {n: f["value"] for n, f in record["fields"].items() if f["status"] == "answered"}


def test_a_whole_online_report_becomes_a_record(visit: Visit) -> None:
    answer = visit.send(
        {
            "exploitation_types": ["labour", "other"],
            "exploitation_other": "They must sell lottery tickets",
            "victim_nationality_class": "foreigner",
            "victim_country_of_birth": "Haiti",
            "incident_location": "Castries",
            "incident_period": "March 2026 - May 2026",
            "victim_descriptors": ["female", "over_18"],
            "incident_narrative": "Two women work day and night.\nNobody pays them.",
            "trafficker_narrative": "The man has a red van",
            "reporter_anonymous": "yes",
            "reporter_sex": "declined",
            "reporter_locality": "Gros Islet",
            "reporter_contact_ok": "no",
            "previous_report": "none",
        }
    )
    assert answer.status_code == 200
    assert "Thank you" in answer.text
    record = visit.record()
    told = ("form", "channel", "language", "contact_kind", "danger", "disposition")
    assert [record[name] for name in told] == ["online", "web", "en", "other", "routine", "completed"]
    assert answers(record) == {
        "exploitation_types": ["labour", "other"],
        "exploitation_other": "They must sell lottery tickets",
        "victim_nationality_class": "foreigner",
        "victim_country_of_birth": "HT",
        "incident_location": {"country": "LC", "district": "LC-02", "community": None},
        "incident_period": {"start": "2026-03", "end": "2026-05"},
        "victim_descriptors": ["female", "over_18"],
        "incident_narrative": "Two women work day and night.\nNobody pays them.",
        "trafficker_narrative": "The man has a red van",
        "reporter_anonymous": "yes",
        "reporter_locality": {"country": "LC", "district": "LC-06", "community": None},
        "reporter_contact_ok": "no",
        "previous_report": "none",
    }
    assert record["fields"]["reporter_sex"]["status"] == "declined"
    assert visit.alerts() == []


def test_nothing_of_it_is_repeated_on_the_page_of_thanks(visit: Visit) -> None:
    page = visit.send({"incident_narrative": "a red van behind the school", "incident_location": "Soufriere"})
    record = visit.record()
    for secret in ("red van", "Soufriere", record["reference"]):
        assert secret not in page.text


def test_the_words_about_those_who_do_it_stay_out_of_the_thread(visit: Visit) -> None:
    visit.send(
        {"incident_narrative": "She cannot leave the shop", "trafficker_narrative": "The owner, Mr Nobody"}
    )
    (message,) = visit.messages()
    assert "She cannot leave the shop" in message
    assert "Nobody" not in message
    assert answers(visit.record())["trafficker_narrative"] == "The owner, Mr Nobody"


def test_work_gets_the_screening_form_and_a_reference(visit: Visit) -> None:
    page = visit.send(
        {
            "situation_status": "potential",
            "incident_period": "5 May 2026",
            "incident_location": "Vieux Fort",
            "victim_sex": "unknown",
            "victim_age": "about 30",
            "exploitation_types": "domestic_labour",
            "reporter_name": "Ana Lopez",
            "reporter_post": "nurse",
            "reporter_agency": "Health centre",
        },
        WORK,
    )
    record = visit.record()
    assert (record["form"], record["contact_kind"]) == ("screening", "work")
    assert record["reference"] in page.text
    assert record["fields"]["victim_sex"]["status"] == "unknown"
    assert record["fields"]["registration_date"]["value"] == "2026-11-20"
    told = answers(record)
    assert told["situation_status"] == "potential"
    assert told["exploitation_types"] == ["domestic_labour"]
    assert told["reporter_name"] == "Ana Lopez"
    assert told["incident_period"] == {"start": "2026-05-05", "end": "2026-05-05"}


def test_the_tick_of_danger_wakes_somebody_and_the_numbers_come_first(visit: Visit) -> None:
    page = visit.send({"danger_now": "yes", "incident_location": "Dennery"}).text
    assert visit.alerts() == [("emergency", "danger_question")]
    assert page.index('href="tel:911"') < page.index("remove this one page")
    assert visit.record()["danger"] == "emergency"


def test_danger_without_a_place_is_told_at_once_and_the_place_is_asked(visit: Visit) -> None:
    key = key_of(visit.look("?lang=en"))
    page = visit.send({"danger_now": "yes"}, key=key).text
    assert visit.alerts() == [("emergency", "danger_question")]
    assert 'href="#incident_location"' in page
    again = visit.send({"danger_now": "yes"}, key=key).text  # a reload shows the same and pages nobody anew
    assert 'href="#incident_location"' in again
    assert "Thank you" in visit.send({"danger_now": "yes", "incident_location": "Micoud"}, key=key).text
    record = visit.record()
    assert record["fields"]["incident_location"]["value"]["district"] == "LC-08"
    assert len(visit.alerts()) == 1
    assert visit.counts()[:3] == (1, 1, 1)


@pytest.mark.parametrize("field", ["incident_narrative", "trafficker_narrative", "previous_report_agency"])
def test_words_of_danger_wake_somebody_whatever_field_they_stand_in(visit: Visit, field: str) -> None:
    visit.send({field: "he has a gun and they are locked in", "incident_location": "Castries"})
    ((grade, _rule),) = visit.alerts()
    assert grade == "emergency"


def test_a_cry_in_a_field_that_is_not_kept_is_heard(visit: Visit) -> None:
    visit.send({"reporter_address": "help he is beating me now", "incident_location": "Castries"})
    ((grade, _rule),) = visit.alerts()
    assert grade == "emergency"
    assert "beating me" in visit.messages()[0]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("?lang=en", {"victim_descriptors": ["female", "under_18"]}),
        ("?lang=en", {"exploitation_types": "child_labour"}),
        (WORK, {"victim_age": "about 16"}),
    ],
)
def test_a_child_is_urgent(visit: Visit, query: str, fields: dict[str, str | list[str]]) -> None:
    visit.send(fields, query)
    assert visit.alerts() == [("urgent", "child_in_report")]


def test_an_unclear_answer_is_asked_once_and_then_left_to_a_person(visit: Visit) -> None:
    key = key_of(visit.look("?lang=en"))
    typed: dict[str, str | list[str]] = {
        "incident_period": "when the mangoes fell",
        "incident_narrative": "a\n\n  b",
    }
    page = visit.send(typed, key=key).text
    assert 'href="#incident_period"' in page
    assert 'value="when the mangoes fell"' in page  # the form comes back as it was, line breaks and all
    assert "a&#10;&#10;  b</textarea>" in page
    assert key_of(page) == key
    first = visit.record()
    assert first["disposition"] == "partial"  # who leaves now has reported all the same
    assert first["fields"]["incident_period"] == {
        "status": "pending",
        "value": None,
        "said": "when the mangoes fell",
    }
    assert "Thank you" in visit.send({**typed, "incident_period": "mango time"}, key=key).text
    last = visit.record()
    assert (last["id"], last["disposition"]) == (first["id"], "completed")
    assert last["fields"]["incident_period"]["said"] == "mango time"
    with visit.desk.engine.connect() as connection:
        assert connection.execute(text("SELECT wants_person FROM threads")).scalar_one()


def test_a_clearer_answer_takes_the_place_of_the_unclear_one(visit: Visit) -> None:
    key = key_of(visit.look("?lang=en"))
    visit.send({"incident_period": "mango time", "incident_narrative": "They sleep there"}, key=key)
    visit.send(
        {"incident_period": "June 2026", "incident_narrative": "They sleep there, six of them"}, key=key
    )
    told = answers(visit.record())
    assert told["incident_period"] == {"start": "2026-06", "end": "2026-06"}
    assert told["incident_narrative"] == "They sleep there, six of them"


def test_who_cannot_say_it_more_clearly_sends_the_same_again_and_is_through(visit: Visit) -> None:
    typed: dict[str, str | list[str]] = {"incident_period": "mango time"}
    page = visit.send(typed).text
    assert "Thank you" in visit.send_again(page, typed).text
    assert visit.counts()[:3] == (1, 1, 1)
    assert visit.record()["disposition"] == "completed"


def test_a_page_sent_twice_is_one_report_with_the_same_answer(visit: Visit) -> None:
    key = key_of(visit.look("?lang=en"))
    fields: dict[str, str | list[str]] = {"victim_descriptors": "under_18", "incident_location": "Laborie"}
    pages = {visit.send(fields, key=key).text for _ in range(3)}
    assert len(pages) == 1
    assert visit.counts()[:3] == (1, 1, 1)
    assert len(visit.alerts()) == len(visit.records()) == 1


def test_two_people_with_the_same_words_are_two_reports(visit: Visit) -> None:
    for _ in range(2):
        visit.send({"incident_narrative": "They keep her passport"})
    assert len(visit.records()) == 2


def test_new_danger_on_a_page_sent_again_pages(visit: Visit) -> None:
    key = key_of(visit.look("?lang=en"))
    visit.send({"incident_narrative": "They sell on the beach", "incident_location": "Castries"}, key=key)
    assert visit.alerts() == []
    visit.send({"incident_narrative": "he has a gun", "incident_location": "Castries"}, key=key)
    assert [grade for grade, _ in visit.alerts()] == ["emergency"]
    assert visit.record()["danger"] == "emergency"


CONTACT: dict[str, str | list[str]] = {
    "reporter_first_name": "Ana",
    "reporter_last_name": "Lopez",
    "reporter_address": "5 Hill Road",
    "reporter_phone": "+1 202 555 0123",
}


def test_who_may_be_asked_back_is_kept_by_name_and_number(visit: Visit) -> None:
    visit.send({**CONTACT, "reporter_anonymous": "no", "reporter_contact_ok": "yes"})
    told = answers(visit.record())
    assert told["reporter_phone"] == "+12025550123"
    assert (told["reporter_first_name"], told["reporter_last_name"]) == ("Ana", "Lopez")
    assert "Lopez" not in "".join(visit.messages())


@pytest.mark.parametrize(
    ("choice", "asked"),
    [
        ({}, "reporter_contact_ok"),
        ({"reporter_contact_ok": "no"}, "reporter_contact_ok"),
        ({"reporter_contact_ok": "yes", "reporter_anonymous": "yes"}, "reporter_anonymous"),
    ],
)
def test_names_without_leave_are_asked_about_and_not_kept(
    visit: Visit, choice: dict[str, str | list[str]], asked: str
) -> None:
    key = key_of(visit.look("?lang=en"))
    story = {"incident_narrative": "They are not paid"}
    page = visit.send({**story, **CONTACT, **choice}, key=key).text
    assert f'href="#{asked}"' in page
    assert not set(CONTACT) & set(answers(visit.record()))
    leave = {"reporter_contact_ok": "yes", "reporter_anonymous": "no"}
    visit.send({**story, **CONTACT, **leave}, key=key)
    assert answers(visit.record())["reporter_phone"] == "+12025550123"


def test_who_takes_the_leave_back_is_forgotten(visit: Visit) -> None:
    key = key_of(visit.look("?lang=en"))
    visit.send({**CONTACT, "reporter_contact_ok": "yes"}, key=key)
    visit.send({**CONTACT, "reporter_contact_ok": "yes", "reporter_anonymous": "yes"}, key=key)
    assert not set(CONTACT) & set(answers(visit.record()))


def test_a_page_sent_again_after_days_is_a_report_of_its_own(visit: Visit, clock: SetClock) -> None:
    key = key_of(visit.look("?lang=en"))
    visit.send({"incident_narrative": "A first time"}, key=key)
    visit.records()
    clock.advance(timedelta(days=3))
    visit.send({"incident_narrative": "A second time"}, key=key)
    assert [answers(record)["incident_narrative"] for record in visit.records()] == [
        "A first time",
        "A second time",
    ]


def test_the_thread_waits_in_the_queue_in_its_language(visit: Visit) -> None:
    visit.send({"incident_narrative": "Yo pa peye yo"}, "?lang=ht")
    with visit.desk.engine.connect() as connection:
        row = connection.execute(Thread.__table__.select()).one()
        assert (row.channel, row.line, row.language, row.state) == ("web", "web", "ht", "open")
        assert row.waiting_since is not None
        assert connection.execute(Conversation.__table__.select()).one().channel == "web"
