"""What Twilio's requests tell: who is at the other end, what they pressed, how far a call has come."""

from __future__ import annotations

import pytest

from hotline.carriers.carrier import BadRequest, CallStatus, Request
from hotline.conversation.inbound import CarrierWord, Channel
from tests.carriers.conftest import NOW
from tests.carriers.desk import MARIE, OURS, TwilioDesk, signed

CALL = {
    "CallSid": "CA" + "7" * 32,
    "AccountSid": "AC" + "0" * 32,
    "From": MARIE,
    "To": OURS,
    "CallStatus": "in-progress",
    "ApiVersion": "2010-04-01",
    "Direction": "inbound",
}


def turn(**more: str) -> Request:
    return signed("/twilio/voice?step=3", list((CALL | more).items()))


def test_a_first_turn(twilio: TwilioDesk) -> None:
    inbound = twilio.carrier.call(turn(CallStatus="ringing", StirVerstat="TN-Validation-Passed-A"), NOW, 0)
    assert inbound.key == f"{CALL['CallSid']}:0"
    assert inbound.channel is Channel.VOICE
    assert inbound.sender == MARIE
    assert inbound.text == ""
    assert inbound.call is not None
    assert inbound.call.digits == ""
    assert not inbound.call.ended
    assert twilio.carrier.joined(turn()) is None


@pytest.mark.parametrize(
    ("pressed", "digits"), [("1", "1"), ("*0#", "*0#"), ("", ""), ("1;DROP\x00", "1D"), ("9" * 99, "9" * 64)]
)
def test_keys(twilio: TwilioDesk, pressed: str, digits: str) -> None:
    inbound = twilio.carrier.call(turn(Digits=pressed), NOW, 3)
    assert inbound.call is not None
    assert (inbound.call.digits, inbound.call.step) == (digits, 3)


@pytest.mark.parametrize(
    "hidden",
    [
        "anonymous",
        "Anonymous",
        "unknown",
        "Restricted",
        "unavailable",
        "",
        "+266696687",
        "+7378742833",
        "+2562533",
        "+8656696",
        "+86282452253",
        "sip:someone@example.org",
        "client:phone",
        "+1",
        "+00",
    ],
)
def test_a_hidden_caller_has_no_number(twilio: TwilioDesk, hidden: str) -> None:
    assert twilio.carrier.call(turn(From=hidden, ForwardedFrom=hidden), NOW, 0).sender == ""


def test_a_forwarded_call_says_from_where(twilio: TwilioDesk) -> None:
    inbound = twilio.carrier.call(turn(ForwardedFrom="+12025550177"), NOW, 0)
    assert inbound.call is not None
    assert inbound.call.forwarded_from == "+12025550177"


@pytest.mark.parametrize("direction", ["outbound-api", "outbound-dial"])
def test_when_we_called_the_person_is_whom_we_called(twilio: TwilioDesk, direction: str) -> None:
    assert twilio.carrier.call(turn(Direction=direction, From=OURS, To=MARIE), NOW, 0).sender == MARIE


@pytest.mark.parametrize(
    "recorded",
    [{"RecordingSid": "RE" + "5" * 32}, {"RecordingUrl": "https://api.example/x/RE" + "5" * 32 + ".wav"}],
)
def test_a_recording_that_ended_with_a_hang_up(twilio: TwilioDesk, recorded: dict[str, str]) -> None:
    inbound = twilio.carrier.call(turn(RecordingDuration="41", Digits="hangup", **recorded), NOW, 5)
    assert inbound.call is not None
    assert inbound.call.recording == "RE" + "5" * 32
    assert inbound.call.recording_seconds == 41
    assert inbound.call.digits == ""
    assert inbound.call.ended


def test_a_caller_who_hung_up_has_ended(twilio: TwilioDesk) -> None:
    for more in ({"CallStatus": "completed"}, {"QueueResult": "hangup"}, {"CallStatus": "no-answer"}):
        call = twilio.carrier.call(turn(**more), NOW, 5).call
        assert call is not None
        assert call.ended


@pytest.mark.parametrize(
    ("more", "joined"),
    [
        ({"DialCallStatus": "completed", "DialBridged": "true"}, True),
        ({"DialCallStatus": "completed", "DialBridged": "false"}, False),  # hung up on the whisper
        ({"DialCallStatus": "answered"}, True),
        ({"DialCallStatus": "no-answer"}, False),
        ({"DialCallStatus": "busy"}, False),
        ({"QueueResult": "bridged"}, True),
        ({"QueueResult": "queue-full"}, False),
        ({"QueueResult": "leave"}, False),
    ],
)
def test_whether_two_people_spoke(twilio: TwilioDesk, more: dict[str, str], joined: bool) -> None:
    assert twilio.carrier.joined(turn(**more)) is joined


def test_events_of_a_call(twilio: TwilioDesk) -> None:
    receipt = twilio.carrier.call_receipt(
        turn(CallStatus="completed", CallDuration="63", SequenceNumber="4", AnsweredBy="machine_start"), NOW
    )
    assert receipt.status is CallStatus.COMPLETED
    assert (receipt.sequence, receipt.duration, receipt.answered_by) == (4, 63, "machine_start")
    early = twilio.carrier.call_receipt(turn(CallStatus="something-new", SequenceNumber="x"), NOW)
    assert early.status is CallStatus.UNKNOWN
    assert early.sequence is None


def test_events_of_a_call_move_forward() -> None:
    status = CallStatus.QUEUED
    for new in (
        CallStatus.RINGING,
        CallStatus.INITIATED,
        CallStatus.NO_ANSWER,
        CallStatus.COMPLETED,
        CallStatus.RINGING,
    ):
        status = status.then(new)
    assert status is CallStatus.NO_ANSWER


@pytest.mark.parametrize(("said", "ready"), [("completed", True), ("absent", False), ("failed", False)])
def test_news_of_a_recording(twilio: TwilioDesk, said: str, ready: bool) -> None:
    receipt = twilio.carrier.recording_receipt(
        turn(RecordingSid="RE" + "5" * 32, RecordingStatus=said, RecordingDuration="12"), NOW
    )
    assert (receipt.ready, receipt.seconds, receipt.call_sid) == (ready, 12, CALL["CallSid"])


@pytest.mark.parametrize("name", ["MessageSid", "SmsSid", "SmsMessageSid"])
def test_the_message_id_has_three_names(twilio: TwilioDesk, name: str) -> None:
    request = Request("POST", "https://line.example.org", {}, [(name, "SM1"), ("From", MARIE)])
    assert twilio.carrier.message(request, NOW).key == "SM1"
    assert twilio.carrier.message(request, NOW).text == ""


@pytest.mark.parametrize("sid", ["SM1/../Calls", "SM 1", "S" * 65, "SM\x00"])
def test_an_id_that_is_none_is_refused(twilio: TwilioDesk, sid: str) -> None:
    with pytest.raises(BadRequest, match="MessageSid is not an id"):
        twilio.carrier.message(Request("POST", "https://line.example.org", {}, [("MessageSid", sid)]), NOW)
    with pytest.raises(BadRequest, match="CallSid is missing"):
        twilio.carrier.call(Request("POST", "https://line.example.org", {}, []), NOW, 0)


def test_the_carriers_own_mark_wins_over_the_word(twilio: TwilioDesk) -> None:
    request = twilio.text("arè")
    marked = Request("POST", request.url, {}, [*request.form, ("OptOutType", "STOP")])
    assert twilio.carrier.message(marked, NOW).carrier_word is CarrierWord.STOP
    unknown = Request("POST", request.url, {}, [*request.form, ("OptOutType", "NEW")])
    assert twilio.carrier.message(unknown, NOW).carrier_word is None


def test_attachments_are_counted(twilio: TwilioDesk) -> None:
    form = [
        ("MessageSid", "MM1"),
        ("From", "whatsapp:" + MARIE),
        ("NumMedia", "2"),
        ("MediaUrl0", "https://x"),
    ]
    inbound = twilio.carrier.message(Request("POST", "https://line.example.org", {}, form), NOW)
    assert inbound.media == 2
    assert inbound.sender == MARIE  # the same phone, whatever the channel's prefix


@pytest.mark.parametrize("count", ["-1", "two", "", "²", "9" * 20])
def test_a_count_that_is_none_is_nought(twilio: TwilioDesk, count: str) -> None:
    form = [("MessageSid", "SM1"), ("NumMedia", count)]
    assert twilio.carrier.message(Request("POST", "https://line.example.org", {}, form), NOW).media == 0
