"""A number at Twilio is told where we are, and people are told what was set and what they must paste."""

from __future__ import annotations

import pytest

from hotline.carriers.connect import OptOutTexts, connect, explain, webhooks
from hotline.carriers.failures import CarrierError, Retry
from hotline.carriers.twilio_http import TwilioAccount
from tests.carriers.desk import OURS, SHORT
from tests.carriers.stand_in import ACCOUNT, NUMBER_SID, TOKENS, StandIn

URLS = webhooks("https://line.example.org/", "https://second.example.org")
TEXTS = [
    OptOutTexts(
        "en", ("STOP",), "No more texts from here.", ("START",), "OK.", ("HELP",), "Write in your own words."
    ),
    OptOutTexts(
        "fr", ("ARRET",), "Plus de messages.", ("OUI",), "D'accord.", ("AIDE",), "Écrivez librement."
    ),
]


@pytest.fixture
def account(stand_in: StandIn) -> TwilioAccount:
    stand_in.network.number = {
        "sid": NUMBER_SID,
        "phone_number": OURS,
        "sms_url": "https://old.example.org",
        "sms_application_sid": "AP" + "2" * 32,
        "voice_caller_id_lookup": True,
        "capabilities": {"sms": True, "voice": False, "mms": True},
    }
    return TwilioAccount(ACCOUNT, TOKENS, stand_in.url, SHORT)


def test_a_number_is_told_everything_and_says_it_back(account: TwilioAccount, stand_in: StandIn) -> None:
    said = connect(account, [OURS], URLS, TEXTS)
    number = stand_in.network.number
    assert stand_in.network.complaints == []
    assert number["sms_url"] == "https://line.example.org/twilio/sms#rc=3&rp=ct,rt,5xx"
    assert number["sms_fallback_url"] == "https://second.example.org/twilio/sms"
    assert number["voice_url"] == "https://line.example.org/twilio/voice#rc=1&rp=ct,5xx"
    assert number["voice_fallback_url"] == "https://second.example.org/twilio/voice"
    assert number["status_callback"] == "https://line.example.org/twilio/status/call"
    assert {number[name] for name in number if name.endswith("_method")} == {"POST"}
    assert number["sms_application_sid"] == ""
    assert number["voice_caller_id_lookup"] == "false"
    assert "trunk_sid" not in number
    text = "\n".join(said)
    for shown in (
        OURS,
        NUMBER_SID,
        *(str(number[key]) for key in ("sms_url", "voice_url", "status_callback")),
    ):
        assert shown in text
    assert "warning: this number has no voice" in text
    assert "no sms" not in text


def test_the_texts_to_paste_are_there_in_each_language_with_the_place(account: TwilioAccount) -> None:
    text = "\n".join(connect(account, [], URLS, TEXTS))
    assert "Opt-Out Management" in text
    for part in ("[en]", "No more texts from here.", "[fr]", "ARRET", "Écrivez librement."):
        assert part in text


def test_connecting_again_changes_nothing(account: TwilioAccount, stand_in: StandIn) -> None:
    first = connect(account, [OURS], URLS, TEXTS)
    stand_in.network.number["voice_caller_id_lookup"] = False
    before = dict(stand_in.network.number)
    assert connect(account, [OURS], URLS, TEXTS) == first
    assert stand_in.network.number == before


def test_a_number_of_somebody_else_is_an_error(account: TwilioAccount) -> None:
    with pytest.raises(CarrierError, match="number-not-found"):
        connect(account, ["+12025550188"], URLS, [])


def test_wrong_credentials_are_one_error(stand_in: StandIn) -> None:
    with pytest.raises(CarrierError, match="20003"):
        connect(TwilioAccount(ACCOUNT, ("wrong",), stand_in.url, SHORT), [OURS], URLS, [])


def test_without_a_second_intake_the_fallback_is_a_second_try() -> None:
    assert webhooks("https://line.example.org").voice_fallback_url == "https://line.example.org/twilio/voice"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("number-not-found", "HOTLINE_NUMBER"),
        ("20003", "TWILIO_AUTH_TOKEN"),
        ("unreachable", "TWILIO_API_BASE_URL"),
        ("21401", "code 21401"),
    ],
)
def test_an_error_is_one_line_that_says_where_to_look(code: str, told: str) -> None:
    line = explain(CarrierError(code, Retry.NEVER))
    assert told in line
    assert "\n" not in line
