"""Whole conversations by text in all six languages against the running processes."""

import pytest

from hotline.wording.segments import size
from tests.conversation.talk import LANGUAGES, book
from tests.e2e.phone import eventually
from tests.e2e.running import Running

pytestmark = pytest.mark.xdist_group("running-house")

STORY = {
    "en": "A woman cleans all day in a hotel and gets no pay",
    "acf": "Yon fanm ka netwayé tout jounen épi i pa ka jwenn lajan",
    "fr": "Une femme nettoie toute la journée sans salaire",
    "es": "Una mujer limpia todo el dia sin sueldo",
    "ht": "Yon fanm ap netwaye tout jounen san lajan",
    "zh": "有个女人整天打扫,没有工资",
}


@pytest.mark.parametrize("locale", LANGUAGES)
def test_somebody_else_from_greeting_to_record(house: Running, locale: str) -> None:
    words = book()

    def label(form: str, name: str) -> str:
        return words.text(words.forms[form].item(name).label, locale)

    phone = house.phone()
    menu = phone.text("xx")
    assert menu.startswith("1 ")
    assert phone.text(str(LANGUAGES.index(locale) + 1)) == label("opening", "safe_now")
    assert phone.text("1") == label("opening", "danger_now")
    assert phone.text("2") == label("opening", "contact_kind")
    assert phone.text("2") == label("online", "incident_narrative")
    assert phone.text(STORY[locale]) == label("online", "incident_location")
    assert phone.text("Castries") == label("online", "incident_period")
    assert phone.text("2026") == label("online", "victim_descriptors")
    assert phone.text("1") == label("online", "exploitation_types")
    assert phone.text("5") == label("online", "reporter_contact_ok")
    assert phone.text("2") == words.say("public.closing", locale)
    for bubble in phone.inbox():
        assert size(bubble["text"]).segments == 1, bubble["text"]

    def record() -> object:
        mine = [
            r
            for r in house.records()
            if (r["fields"].get("incident_narrative") or {}).get("said") == STORY[locale]
        ]
        return mine and mine[0]["disposition"] == "completed" and mine[0]

    found = eventually("the record", record)
    assert found["form"] == "online"
    assert found["channel"] == "sms"
    assert found["language"] == locale
    assert found["contact_kind"] == "other"
    assert found["danger"] == "routine"
    assert found["fields"]["incident_location"] == {
        "status": "answered",
        "value": {"country": "LC", "district": "LC-02", "community": None},
        "said": "Castries",
    }
    assert found["fields"]["incident_period"]["value"] == {"start": "2026", "end": "2026"}
    assert found["fields"]["victim_descriptors"]["value"] == ["female"]
    assert found["fields"]["exploitation_types"]["value"] == ["domestic_labour"]
    assert found["fields"]["reporter_contact_ok"]["value"] == "no"
    assert found["fields"]["trafficker_narrative"]["status"] == "not_asked"


def test_an_officers_report(house: Running) -> None:
    officer = house.phone("+12025550121")
    answer = officer.text("scr pot 12/11 castries f19 ve sex none")
    reference = answer[:3]
    assert "Venezuela" in answer
    found = eventually("the record", lambda: [r for r in house.records() if r["reference"] == reference])[0]
    assert found["form"] == "screening"
    assert found["contact_kind"] == "work"
    assert found["fields"]["reporter_agency"]["value"] == "Immigration"
    assert found["fields"]["reporter_post"]["value"] == "Inspector"
    assert found["fields"]["victim_age"]["value"] == 19
    assert officer.text("7=haiti").startswith(reference)

    def corrected() -> bool:
        mine = next(r for r in house.records() if r["reference"] == reference)
        return bool(mine["fields"]["victim_country_of_birth"]["value"] == "HT")

    eventually("the correction", corrected)


def test_danger_wakes_one_then_the_next_until_somebody_takes_it(house: Running) -> None:
    first, second = house.phone("+12025550131"), house.phone("+12025550132")
    first.read, second.read = len(first.inbox()), len(second.inbox())
    caller = house.phone()
    assert caller.text("please he has a knife at the door") == book().say("public.danger", "en")
    page = first.next_text("the page")
    assert "knife" not in page
    first.rings()
    page = second.next_text("the second page", 30)  # the first does not answer
    assert size(page).segments == 1
    code = next(
        word.strip(".:,")
        for word in page.split()
        if word.strip(".:,").isdigit() and len(word.strip(".:,")) == 4
    )
    second.rings()
    second.send(f"1 {code}")
    second.next_text("the confirmation")
    eventually("the first phone to stop", lambda: not first.call or first.call["state"] == "ended", 15)
    assert code in first.next_text("the notice that it is taken", 30)
    caller.silence("are you there")


def test_export_is_json_lines_and_nothing_else(house: Running) -> None:
    records = house.exported()
    assert len(records) == len(house.records())
    for record in records:
        assert set(record) == {
            "id", "reference", "form", "channel", "language", "contact_kind", "danger", "created_at", "disposition",
            "fields",
        }  # fmt: skip


def test_htcds_is_csv_with_its_columns(house: Running) -> None:
    lines = house.command("export", "--format", "htcds").splitlines()
    assert lines[0].startswith("org_Name,")
    assert "prs_Gender" in lines[0]


def test_the_carrier_had_nothing_to_complain_of(house: Running) -> None:
    assert house.errors() == []
