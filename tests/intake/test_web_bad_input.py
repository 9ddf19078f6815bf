"""Odd, broken and hostile input at the door of the web report: a clear answer, nothing lost, nothing doubled."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.now import SetClock
from tests.intake.web_visit import Visit, key_of, visiting

NOBODY = (0, 0, 0, 0)


@pytest.fixture
def visit(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Visit]:
    with visiting(sqlite_url, tmp_path, clock) as visit:
        yield visit


@pytest.fixture
def both(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Visit]:
    """On both databases, where it is theirs to hold."""
    with visiting(database_url, tmp_path, clock) as visit:
        yield visit


def test_an_empty_form_is_told_and_keeps_nothing(visit: Visit) -> None:
    for fields in ({}, {"incident_narrative": " \n\t "}, {"reporter_first_name": "\x00"}):
        answer = visit.send(fields)
        assert answer.status_code == 422
        assert "Nothing was written yet" in answer.text
    assert visit.client.post("/report", data=b"", content_type="application/json").status_code == 422
    assert visit.counts() == NOBODY


def test_what_was_meant_for_another_door_is_not_taken_as_a_report(visit: Visit) -> None:
    answer = visit.client.post("/report", data={"From": "+12025550123", "Body": "hello"})
    assert answer.status_code == 422
    assert visit.counts() == NOBODY


def test_two_megabytes_get_a_clear_answer_in_the_language_of_the_page(visit: Visit) -> None:
    body = {"key": "a" * 52, "incident_narrative": "x" * 2_000_000}
    answer = visit.client.post("/report?lang=fr", data=body)
    assert answer.status_code == 413
    assert '<html lang="fr">' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    photo = {"incident_narrative": "hello", "photo": (BytesIO(b"\xff\xd8"), "photo.jpg")}
    assert visit.client.post("/report", data=photo).status_code == 200


@pytest.mark.parametrize(
    "words",
    [
        "She cries \x00 at night\x07",
        "😀🆘🚪🔒",
        "‮هي محبوسة",
        "a" * 1_601,
        "long ago " * 1_500,
        "<script>alert(1)</script>&amp;' OR 1=1 --",
        "{{ 7 * 7 }} {reference} %s",
        "\ud83d broken",
    ],
)
def test_any_words_are_kept_and_harm_nothing(both: Visit, words: str) -> None:
    shown = words.encode("utf-8", "replace")
    data = {"key": key_of(both.look()).encode(), "incident_narrative": shown, "incident_period": shown}
    answer = both.client.post("/report?lang=en", data=data)
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    record = both.record()
    kept = shown.decode().replace("\x00", "").replace("\x07", "").strip()
    story = record["fields"]["incident_narrative"]
    assert (story["status"], story["value"]) == ("answered", kept)
    assert record["fields"]["incident_period"]["status"] == "pending"
    assert record["fields"]["incident_period"]["said"] == kept


def test_two_long_stories_in_chinese_arrive(visit: Visit) -> None:
    story = "他们没有工资" * 833
    assert visit.send({"incident_narrative": story, "trafficker_narrative": story}).status_code == 200
    fields = visit.record()["fields"]
    assert fields["incident_narrative"]["value"] == fields["trafficker_narrative"]["value"] == story


def test_bytes_that_are_no_text_are_taken_as_far_as_they_go(both: Visit) -> None:
    answer = both.client.post(
        "/report",
        data=b"incident_narrative=%ff%fe+they+hide+her&%00=%00&incident_location=Castries",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert "they hide her" in both.record()["fields"]["incident_narrative"]["value"]


@pytest.mark.parametrize(
    "fields",
    [
        {"victim_nationality_class": "martian"},
        {"victim_nationality_class": ["national", "foreigner"]},
        {"victim_descriptors": ["female", "dragon"]},
        {"previous_report": "1"},
    ],
)
def test_a_code_that_no_list_has_is_asked_again_and_left_to_a_person(
    visit: Visit, fields: dict[str, str | list[str]]
) -> None:
    (name,) = fields
    key = key_of(visit.look())
    assert f'href="#{name}"' in visit.send(fields, key=key).text
    field = visit.record()["fields"][name]
    assert (field["status"], field["value"]) == ("pending", None)
    assert field["said"]


def test_words_under_an_unknown_name_are_kept_with_the_rest(visit: Visit) -> None:
    visit.send({"incident_location": "Castries", "what_an_older_page_asked": "they hide behind the mill"})
    (message,) = visit.messages()
    assert "they hide behind the mill" in message
    assert "behind the mill" in visit.record()["fields"]["incident_narrative"]["value"]


def test_a_form_of_another_page_is_kept_once(visit: Visit) -> None:
    for _ in range(2):
        answer = visit.client.post("/report", data={"incident_narrative": "They pay no wage"})
        assert answer.status_code == 200
    assert len(visit.records()) == 1


@pytest.mark.parametrize("key", ["", "x", "A" * 52, "a" * 5000, "../../etc", "\x00"])
def test_a_key_that_is_none_of_ours_loses_nothing(visit: Visit, key: str) -> None:
    assert visit.send({"incident_narrative": "They pay no wage"}, key=key).status_code == 200
    assert len(visit.records()) == 1


@pytest.mark.parametrize("query", ["?lang=%00", "?lang=" + "x" * 3000, "?for=nobody&lang=en&lang=fr"])
def test_odd_addresses_show_the_form(visit: Visit, query: str) -> None:
    assert 'name="incident_narrative"' in visit.look(query)


def test_the_same_page_at_the_same_instant_is_one_report(both: Visit) -> None:
    key = key_of(both.look())
    fields: dict[str, str | list[str]] = {
        "incident_narrative": "he has a gun",
        "incident_location": "Castries",
    }

    def send(_: int) -> str:
        client = both.client.application.test_client()
        return client.post("/report?lang=en", data={"key": key, "form": "online", **fields}).text

    with ThreadPoolExecutor(6) as pool:
        pages = set(pool.map(send, range(6)))
    assert len(pages) == 1
    assert both.counts()[:3] == (1, 1, 1)
    assert len(both.alerts()) == 1


def test_when_the_database_fails_the_page_comes_back_as_it_was(both: Visit) -> None:
    key = key_of(both.look())
    with both.desk.engine.begin() as connection:
        connection.execute(text("ALTER TABLE seen_keys RENAME TO mislaid"))
    answer = both.send({"incident_narrative": "They pay no wage", "danger_now": "yes"}, key=key)
    assert answer.status_code == 503
    assert "They pay no wage" in answer.text
    assert key_of(answer.text) == key
    assert 'href="tel:911"' in answer.text
    assert "Error" not in answer.text
    with both.desk.engine.begin() as connection:
        connection.execute(text("ALTER TABLE mislaid RENAME TO seen_keys"))
    sent = {"incident_narrative": "They pay no wage", "danger_now": "yes", "incident_location": "Castries"}
    assert "Thank you" in both.send(sent, key=key).text
    assert len(both.records()) == len(both.alerts()) == 1


def test_thirty_people_behind_one_address_are_all_heard(visit: Visit) -> None:
    for number in range(30):
        assert visit.send({"incident_narrative": f"Story {number}"}).status_code == 200
    assert len(visit.records()) == 30
