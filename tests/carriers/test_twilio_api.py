"""What we ask of Twilio's API, and what we do with its answers."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest

from hotline.calltree.actions import Document
from hotline.carriers.carrier import (
    Accepted,
    CallLinks,
    CarrierError,
    Meaning,
    NotOnThisLine,
    Outgoing,
    OutgoingCall,
    Retry,
)
from hotline.carriers.failures import BadRequest
from hotline.carriers.http import Timeouts
from hotline.carriers.lines import Line
from hotline.carriers.opening import open_line
from hotline.carriers.twilio import TwilioCarrier
from hotline.carriers.twilio_failures import delivery_failure, failure
from hotline.carriers.twilio_http import TwilioAccount
from tests.carriers.conftest import NOW
from tests.carriers.desk import MARIE, OURS, SHORT, TwilioDesk
from tests.carriers.stand_in import ACCOUNT, TOKENS, Fault, Network, StandIn

ROOT = f"/2010-04-01/Accounts/{ACCOUNT}"
CALL_SID = "CA" + "7" * 32
ANSWER = "https://line.example.org/twilio/voice?page=9"
STATUS = "https://line.example.org/twilio/status/call?page=9"


def message(carrier: TwilioCarrier, text: str = "12: 1", valid: int | None = None) -> Outgoing:
    return Outgoing("m-1", MARIE, text, carrier.line, "", valid)


def refused(code: int, status: int = 400) -> Fault:
    return Fault("answer", status, json.dumps({"code": code, "message": f"about {MARIE}", "status": status}))


def test_a_call_is_placed_with_its_events_and_its_ringing_time(twilio: TwilioDesk, network: Network) -> None:
    accepted = twilio.carrier.place(OutgoingCall("p-9", MARIE, twilio.carrier.line, ANSWER, STATUS, 22))
    [asked] = network.calls
    assert accepted.sid.startswith("CA")
    assert asked == {
        "To": [MARIE],
        "From": [OURS],
        "Url": [ANSWER],
        "Method": ["POST"],
        "Timeout": ["22"],
        "StatusCallback": [STATUS],
        "StatusCallbackMethod": ["POST"],
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
    }
    assert network.complaints == []


def test_a_call_whose_answer_was_lost_is_a_doubt(twilio: TwilioDesk, network: Network) -> None:
    network.faults = [Fault("answer", 502)]
    with pytest.raises(CarrierError) as caught:
        twilio.carrier.place(OutgoingCall("p-9", MARIE, twilio.carrier.line, ANSWER, STATUS, 22))
    assert caught.value.retry is Retry.AMBIGUOUS


def test_a_call_is_ended_or_sent_elsewhere(twilio: TwilioDesk, network: Network) -> None:
    twilio.carrier.end(CALL_SID)
    twilio.carrier.redirect(CALL_SID, ANSWER)
    assert network.requests == [
        (f"POST {ROOT}/Calls/{CALL_SID}.json", {"Status": ["completed"]}),
        (f"POST {ROOT}/Calls/{CALL_SID}.json", {"Url": [ANSWER], "Method": ["POST"]}),
    ]


def test_a_call_already_over_is_ended_but_cannot_be_sent_elsewhere(
    twilio: TwilioDesk, network: Network
) -> None:
    network.faults = [refused(21220), refused(21220)]
    twilio.carrier.end(CALL_SID)
    with pytest.raises(CarrierError) as caught:
        twilio.carrier.redirect(CALL_SID, ANSWER)
    assert caught.value.meaning is Meaning.GONE


def test_trouble_while_ending_a_call_is_simply_tried_again(twilio: TwilioDesk, network: Network) -> None:
    network.faults = [Fault("answer", 500)]
    with pytest.raises(CarrierError) as caught:
        twilio.carrier.end(CALL_SID)
    assert caught.value.retry is Retry.LATER


def test_a_reply_may_be_given_an_end_of_validity(twilio: TwilioDesk, network: Network) -> None:
    twilio.carrier.send(message(twilio.carrier, valid=900))
    assert network.requests[0][1]["ValidityPeriod"] == ["900"]
    assert "StatusCallback" not in network.requests[0][1]


@pytest.mark.parametrize(
    ("code", "retry", "meaning"),
    [
        (21610, Retry.NEVER, Meaning.OPTED_OUT),
        (21211, Retry.NEVER, Meaning.BAD_NUMBER),
        (21408, Retry.NEVER, Meaning.CONFIGURATION),
        (21611, Retry.LATER, Meaning.BUSY),
        (21617, Retry.NEVER, Meaning.OUR_BUG),
        (99999, Retry.NEVER, Meaning.TROUBLE),
    ],
)
def test_a_refusal_says_what_it_means(
    twilio: TwilioDesk, network: Network, code: int, retry: Retry, meaning: Meaning
) -> None:
    network.faults = [refused(code)]
    with pytest.raises(CarrierError) as caught:
        twilio.carrier.send(message(twilio.carrier))
    assert (caught.value.code, caught.value.retry, caught.value.meaning) == (str(code), retry, meaning)


def test_codes_beat_the_http_status_and_a_server_error_after_a_send_is_always_a_doubt() -> None:
    assert failure(20429, 429, True, 12).after == 12
    assert failure(None, 429, True).retry is Retry.LATER
    assert failure(30001, 503, True).retry is Retry.AMBIGUOUS
    assert failure(20503, 503, False).retry is Retry.LATER
    assert failure(None, 418, True).retry is Retry.NEVER
    assert failure(None, 401, True).meaning is Meaning.CONFIGURATION


@pytest.mark.parametrize(
    ("code", "retry", "meaning"),
    [
        ("30003", Retry.LATER, Meaning.UNREACHABLE),
        ("30007", Retry.NEVER, Meaning.BLOCKED),
        ("30036", Retry.NEVER, Meaning.STALE),
        ("", Retry.NEVER, Meaning.TROUBLE),
        ("nonsense", Retry.NEVER, Meaning.TROUBLE),
    ],
)
def test_why_a_message_did_not_arrive(code: str, retry: Retry, meaning: Meaning) -> None:
    told = delivery_failure(code)
    assert (told.retry, told.meaning) == (retry, meaning)


def test_only_the_very_message_is_found(twilio: TwilioDesk, network: Network) -> None:
    first = twilio.carrier.send(message(twilio.carrier))
    network.now = NOW + timedelta(minutes=5)
    twilio.carrier.send(message(twilio.carrier, "another text"))
    begun = NOW + timedelta(minutes=5)
    assert twilio.carrier.find(MARIE, NOW, "12: 1") == first
    assert twilio.carrier.find(MARIE, NOW, "12: 1", known={first.sid}) is None
    assert twilio.carrier.find(MARIE, begun, "12: 1") is None  # that one was sent before we began
    assert twilio.carrier.find("+12025550199", NOW, "12: 1") is None
    second = twilio.carrier.send(message(twilio.carrier))
    assert twilio.carrier.find(MARIE, begun, "12: 1", known={first.sid}) == second
    assert network.complaints == []


@pytest.mark.parametrize("text", ["Ki kote ou ye?\nè ò", "è", "你现在安全吗？", "¿Dónde? \N{BABY}", " x "])
def test_a_text_in_any_language_is_found_again(twilio: TwilioDesk, text: str) -> None:
    sent = twilio.carrier.send(message(twilio.carrier, text))
    assert twilio.carrier.find(MARIE, NOW, text) == sent


def test_looking_up_in_vain_is_an_error_and_not_a_no(twilio: TwilioDesk, network: Network) -> None:
    for fault in (Fault("answer", 500), Fault("answer", 200, "?"), Fault("silence")):
        network.faults = [fault]
        with pytest.raises(CarrierError) as caught:
            twilio.carrier.find(MARIE, NOW, "12: 1")
        assert caught.value.retry is Retry.LATER


def test_a_recording_comes_as_it_is_once_it_is_there(twilio: TwilioDesk, network: Network) -> None:
    sid = "RE" + "5" * 32
    with pytest.raises(CarrierError) as caught:
        twilio.carrier.fetch_recording(sid)
    assert caught.value.retry is Retry.LATER
    network.recordings[sid] = bytes(range(256)) * 3
    assert twilio.carrier.fetch_recording(sid) == bytes(range(256)) * 3
    assert network.requests[-1][0] == f"GET {ROOT}/Recordings/{sid}.mp3"
    twilio.carrier.fetch_recording(sid, wave=True)
    assert network.requests[-1][0] == f"GET {ROOT}/Recordings/{sid}.wav"
    network.faults = [Fault("silence")]
    with pytest.raises(CarrierError, match="time-out"):
        twilio.carrier.fetch_recording(sid)


def test_copies_at_the_carrier_are_emptied_and_deleted(twilio: TwilioDesk, network: Network) -> None:
    twilio.carrier.redact("SM1")
    twilio.carrier.delete_message("SM1")
    twilio.carrier.delete_recording("RE1")
    assert network.requests == [
        (f"POST {ROOT}/Messages/SM1.json", {"Body": [""]}),
        (f"DELETE {ROOT}/Messages/SM1.json", {}),
        (f"DELETE {ROOT}/Recordings/RE1.json", {}),
    ]
    assert network.complaints == []


def test_what_is_gone_is_deleted_and_what_is_not_final_is_for_later(
    twilio: TwilioDesk, network: Network
) -> None:
    network.faults = [refused(20404, 404), refused(20009, 409)]
    twilio.carrier.delete_message("SM1")
    with pytest.raises(CarrierError) as caught:
        twilio.carrier.redact("SM1")
    assert (caught.value.retry, caught.value.meaning) == (Retry.LATER, Meaning.NOT_FINAL)


def test_nothing_about_a_person_is_logged(
    twilio: TwilioDesk, network: Network, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("twilio.http_client", "urllib3.connectionpool"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    twilio.carrier.send(message(twilio.carrier, "they hold me at the bay"))
    twilio.carrier.find(MARIE, NOW, "x")
    network.faults = [refused(21211)]
    with pytest.raises(CarrierError):
        twilio.carrier.send(message(twilio.carrier))
    assert caplog.text == ""


def test_secrets_are_not_shown(stand_in: StandIn) -> None:
    assert TOKENS[0] not in repr(TwilioAccount(ACCOUNT, TOKENS, stand_in.url))


@pytest.mark.parametrize(("sid", "tokens"), [("", TOKENS), (ACCOUNT, ()), (ACCOUNT, ("", "x"))])
def test_an_account_without_credentials_is_none(sid: str, tokens: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="TWILIO_AUTH_TOKEN"):
        TwilioAccount(sid, tokens)


def test_nobody_waits_longer_than_said_unless_told() -> None:
    assert TwilioAccount(ACCOUNT, TOKENS).timeouts == Timeouts(connect=5.0, read=10.0)


def test_the_environment_of_the_process_is_not_used(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_REGION", "au1")
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    carrier = open_line(Line("main", OURS), TwilioAccount(ACCOUNT, TOKENS, stand_in.url + "/", SHORT))
    assert isinstance(carrier, TwilioCarrier)
    assert carrier.send(message(carrier)) == Accepted(str(stand_in.network.messages[0]["sid"]))
    carrier.close()


def test_a_text_line_cannot_ring(stand_in: StandIn) -> None:
    line = Line("text", OURS, voice=False)
    carrier = TwilioCarrier(line, TwilioAccount(ACCOUNT, TOKENS, stand_in.url, SHORT))
    with pytest.raises(NotOnThisLine, match="no-voice"):
        carrier.place(OutgoingCall("p-9", MARIE, line, ANSWER, STATUS, 22))
    assert stand_in.network.requests == []
    carrier.close()


def test_answers_to_calls_are_xml(twilio: TwilioDesk) -> None:
    answer = twilio.carrier.answer_call(Document(()), CallLinks(ANSWER), lambda prompt: ())
    assert (answer.status, answer.content_type) == (200, "text/xml; charset=utf-8")
    assert answer.body.endswith('<Redirect method="POST">' + ANSWER + "&amp;step=0</Redirect></Response>")
    joined = twilio.carrier.answer_join()
    assert joined.body.endswith("<Response />")


@pytest.mark.parametrize("text", ["", "x" * 1601])
def test_a_reply_that_twilio_would_drop_is_our_error(twilio: TwilioDesk, text: str) -> None:
    with pytest.raises(ValueError, match="1600"):
        twilio.carrier.answer_message(text, STATUS)


def test_a_refusal_is_one_plain_line(twilio: TwilioDesk) -> None:
    answer = twilio.carrier.refuse(BadRequest("CallSid is missing"))
    assert (answer.status, answer.content_type, answer.body) == (
        400,
        "text/plain; charset=utf-8",
        "CallSid is missing\n",
    )
