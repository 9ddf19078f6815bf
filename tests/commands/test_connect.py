"""`hotline connect` against the simulated carrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.now import SetClock
from tests.commands.conftest import Run, refused
from tests.house import ACCOUNT, LINE, PUBLIC, TOKEN, Home, home


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    with home(sqlite_url, tmp_path / "var", clock) as running:
        yield running


def credentials(house: Home, **more: str) -> dict[str, str]:
    return {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_BASE_URL": house.desk.settings.twilio_api_base_url,
        "HOTLINE_NUMBER": LINE,
        "PUBLIC_URL": PUBLIC,
        **more,
    }


def test_the_number_is_told_where_we_are_and_what_was_set_is_printed(run: Run, house: Home) -> None:
    settings = house.net.lines[LINE].settings
    for name in settings:
        settings[name] = "https://old.example" if name.endswith("Url") else settings[name]
    result = run("connect", **credentials(house, FALLBACK_URL="https://second.example"))
    assert result.exit_code == 0, result.output
    for name, url in {
        "SmsUrl": f"{PUBLIC}/twilio/sms",
        "SmsFallbackUrl": "https://second.example/twilio/sms",
        "VoiceUrl": f"{PUBLIC}/twilio/voice",
        "VoiceFallbackUrl": "https://second.example/twilio/voice",
        "StatusCallback": f"{PUBLIC}/twilio/status/call",
    }.items():
        assert settings[name].partition("#")[0] == url
        assert url in result.stdout
    assert house.net.errors == []


def test_the_opt_out_texts_of_all_languages_are_there_to_paste(run: Run, house: Home) -> None:
    said = run("connect", **credentials(house)).stdout
    book = house.desk.kit.book
    for locale in ("en", "acf", "fr", "es", "ht", "zh"):
        assert f"[{locale}]" in said
        for name in ("stop", "start", "help"):
            assert book.say(f"optout.{name}", locale) in said
    assert len({book.say("optout.stop", locale) for locale in ("en", "fr", "es", "ht", "zh")}) == 5
    for word in ("hotline", "trafficking", "victim"):
        assert word not in said.split("[en]")[1].lower()


def test_after_connect_a_text_is_answered(run: Run, house: Home) -> None:
    house.net.lines[LINE].settings["SmsUrl"] = "https://old.example"
    run("connect", **credentials(house))
    house.text("Hello")
    assert len(house.net.phone("+12025550111").texts) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_AUTH_TOKEN": "another-token"}, "credentials"),
        ({"HOTLINE_NUMBER": "+12025550199"}, "HOTLINE_NUMBER"),
        ({"TWILIO_API_BASE_URL": "http://127.0.0.1:9"}, "does not answer"),
        ({"HOTLINE_NUMBER": ""}, "HOTLINE_NUMBER"),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, house: Home, wrong: dict[str, str], told: str) -> None:
    assert told in refused(run("connect", **credentials(house, **wrong)))
