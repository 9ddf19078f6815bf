"""Whole calls in all six languages against the running processes."""

import pytest

from hotline.config import DEFAULT_CONFIG, read_deployment
from tests.conversation.talk import LANGUAGES
from tests.e2e.phone import Phone, eventually
from tests.e2e.running import Running

pytestmark = pytest.mark.xdist_group("running-house")

VOICES = {
    locale: voice.language
    for locale, voice in read_deployment(DEFAULT_CONFIG, {"HOTLINE_NUMBER": "+12025550100"}).voices.items()
}


def in_language(phone: Phone, locale: str) -> None:
    """Nothing was heard in another language since the language was chosen (the first prompts are the menu's)."""
    for heard in phone.heard():
        if heard["kind"] == "say":
            assert heard["language"] == VOICES.get(locale), heard
        if heard["kind"] == "play":
            assert f"/audio/{locale}/" in heard["url"], heard


def menu_over(phone: Phone) -> int:
    return len(phone.heard())


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_hotline_form_by_keys(house: Running, locale: str) -> None:
    phone = house.phone()
    phone.dial()
    phone.hears(lambda h: h["kind"] in ("say", "play"), "the language menu")
    chosen = was = len(phone.heard())
    phone.press(str(LANGUAGES.index(locale) + 1))
    for keys in ("2", "2", "2", "2026#", "02#", "1", "34#", "1", "5#", "1", "1"):
        eventually(
            "the next prompt", lambda was=was: len(phone.heard()) > was or phone.call["state"] == "ended"
        )
        was = len(phone.heard())  # before the key: its answer may be there before the press has returned
        phone.press(keys)
    eventually("the goodbye", lambda: phone.call["state"] == "ended", 30)
    for heard in phone.heard()[chosen:]:
        if heard["kind"] == "say":
            assert heard["language"] == VOICES.get(locale), heard
        if heard["kind"] == "play":
            assert f"/audio/{locale}/" in heard["url"], heard

    def record() -> object:
        mine = [
            r for r in house.records()
            if r["channel"] == "voice" and r["language"] == locale and r["form"] == "hotline"
            and r["disposition"] == "completed"
        ]  # fmt: skip
        return mine and mine[-1]

    fields = eventually("the record", record)["fields"]
    assert fields["situation_status"]["value"] == "potential"
    assert fields["incident_period"]["value"] == {"start": "2026", "end": "2026"}
    assert fields["incident_location"]["value"]["district"] == "LC-02"
    assert fields["victim_sex"]["value"] == "female"
    assert fields["victim_age"]["value"] == 34
    assert fields["victim_country_of_birth"]["value"] == "LC"
    assert fields["exploitation_types"]["value"] == ["domestic_labour"]
    assert fields["previous_report"]["value"] == "none"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_danger_by_key_and_the_conference(house: Running, locale: str) -> None:
    first = house.phone("+12025550131")
    eventually("the staff phone to be free", lambda: not first.call or first.call["state"] == "ended", 40)
    caller = house.phone()
    caller.dial()
    caller.hears(lambda h: h["kind"] in ("say", "play"), "the language menu")
    caller.press(str(LANGUAGES.index(locale) + 1))
    was = len(caller.heard())
    eventually("the danger menu", lambda: len(caller.heard()) > was, 30)
    caller.press("1")
    first.rings(30)
    first.answer()
    first.hears(lambda h: h["kind"] == "say", "what it is about")
    first.press("1")
    eventually("both to be joined", lambda: caller.call["bridged"] and first.call["bridged"], 30)
    first.hang_up()
    caller.hang_up()
    settle(first, house)


def settle(staff: Phone, house: Running) -> None:
    """The one who took it tells how it ended, so that the next story begins with a free phone."""
    staff.read = len(staff.inbox())
    staff.send("9")
    menu = staff.next_text("the outcomes")
    assert "1" in menu
    staff.send("9 1")
    staff.next_text("that it is closed")


def test_silence_before_any_key_is_offered_a_message(house: Running) -> None:
    phone = house.phone()
    phone.dial()
    eventually("the recording to begin", lambda: phone.call["recording"], 60)
    phone.speak("somebody is here")
    phone.press("#")
    eventually("the end", lambda: phone.call["state"] == "ended", 30)


def test_zero_is_a_person_from_the_first_second(house: Running) -> None:
    first = house.phone("+12025550131")
    eventually("the staff phone to be free", lambda: not first.call or first.call["state"] == "ended", 40)
    caller = house.phone()
    caller.dial()
    caller.hears(lambda h: h["kind"] in ("say", "play"), "the menu")
    caller.press("0")
    first.rings(30)
    first.answer()
    first.hears(lambda h: h["kind"] == "say", "what it is about")
    first.press("1")
    eventually("both to be joined", lambda: caller.call["bridged"], 30)
    caller.hang_up()
    first.hang_up()
    settle(first, house)


def test_the_carrier_had_nothing_to_complain_of(house: Running) -> None:
    assert house.errors() == []
