"""Whatever comes to the door: an answer in our own types or a clear refusal, never anything else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hotline.carriers.carrier import BadRequest, Carrier, Request
from hotline.carriers.gateway import GatewayCarrier
from hotline.carriers.lines import CarrierKind, GatewaySettings, Line
from hotline.carriers.numbers import sender
from hotline.carriers.twilio import TwilioCarrier
from hotline.carriers.twilio_http import TwilioAccount
from tests.carriers.conftest import NOW
from tests.carriers.desk import OURS
from tests.carriers.stand_in import ACCOUNT, TOKENS

NAMES = ["MessageSid", "From", "To", "Body", "NumMedia", "OptOutType", "MessageStatus", "ErrorCode", "CallSid", "CallStatus", "Direction", "Digits", "RecordingSid", "RecordingUrl", "RecordingDuration", "QueueResult", "DialCallStatus", "SequenceNumber", "CallDuration", "ForwardedFrom", "id", "from", "text", "status", "error", "key"]  # fmt: skip

anything = st.text(st.characters(exclude_categories=()), max_size=40)  # lone surrogates too
values = st.one_of(anything, st.sampled_from(["SM1", "+12025550123", "stop", "completed", "1", "hangup"]))
forms = st.lists(st.tuples(st.sampled_from(NAMES) | anything, values), max_size=8)
requests = st.builds(
    Request,
    method=st.sampled_from(["GET", "POST"]),
    url=st.sampled_from(
        ["https://line.example.org/x?id=7", "https://line.example.org:8443/x", "", "//[", "http://a:b/"]
    ),
    headers=st.dictionaries(st.sampled_from(["X-Twilio-Signature", "x-key", "Content-Type"]), anything),
    form=forms,
    body=st.binary(max_size=40)
    | st.sampled_from([b"", b'{"id": "1", "from": "x", "text": "\\u0000\\ud800"}']),
)


@pytest.fixture(scope="module", params=["twilio", "gateway"])
def carrier(request: pytest.FixtureRequest) -> Iterator[Carrier]:
    opened: Carrier
    if request.param == "twilio":
        opened = TwilioCarrier(Line("main", OURS), TwilioAccount(ACCOUNT, TOKENS, "http://127.0.0.1:9"))
    else:
        gateway = GatewaySettings("http://127.0.0.1:9", secret="s", secret_header="x-key", secret_field="key")
        line = Line("sim", OURS, CarrierKind.GATEWAY, voice=False, reply_in_answer=False, gateway=gateway)
        opened = GatewayCarrier(line)
    yield opened
    opened.close()


@settings(max_examples=50)
@given(request=requests)
def test_no_request_is_believed_and_none_makes_an_error(carrier: Carrier, request: Request) -> None:
    shown = [request.header("x-key"), *(value for name, value in request.form if name == "key")]
    if "s" not in shown:
        assert not carrier.authentic(request)


@settings(max_examples=50)
@given(request=requests)
def test_a_text_is_read_clean_or_refused(carrier: Carrier, request: Request) -> None:
    try:
        inbound = carrier.message(request, NOW)
    except BadRequest:
        return
    assert inbound.key
    assert inbound.key.isascii()
    assert inbound.sender == "" or inbound.sender.startswith("+")
    assert not [
        char for char in inbound.text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"
    ]
    inbound.text.encode()


@settings(max_examples=50)
@given(request=requests)
def test_a_receipt_is_read_or_refused(carrier: Carrier, request: Request) -> None:
    try:
        receipt = carrier.receipt(request, NOW)
    except BadRequest:
        return
    assert receipt.sid.isascii()
    assert receipt.error_code.isascii()


@settings(max_examples=50)
@given(request=requests)
def test_a_turn_of_a_call_is_read_or_refused(carrier: Carrier, request: Request) -> None:
    if not carrier.line.voice:
        return
    try:
        turn = carrier.call(request, NOW, 2).call
        carrier.call_receipt(request, NOW)
    except BadRequest:
        return
    assert turn is not None
    assert set(turn.digits) <= set("0123456789*#ABCD")


@example(raw="+43000000", region=None)
@example(raw="+43000", region=None)
@given(raw=anything | st.from_regex(r"\+?[0-9 ()-]{1,18}", fullmatch=True), region=st.none() | st.just("LC"))
def test_a_sender_is_e164_or_nobody_and_stays_what_it_is(raw: str, region: str | None) -> None:
    read = sender(raw, region)
    assert read == "" or (
        read[0] == "+" and read[1:].isascii() and read[1:].isdigit() and 8 <= len(read) <= 18
    )
    assert sender(read, region) == read
