"""Who may speak to us as Twilio: only who knows a token, about this very URL and form."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace

import pytest

from hotline.carriers.carrier import Request
from hotline.carriers.signature import authentic
from tests.carriers.desk import PUBLIC, signed
from tests.carriers.stand_in import TOKENS

FORM = [("MessageSid", "SM1"), ("Body", "èd \N{BABY}"), ("From", "+12025550123"), ("Empty", "")]


def by_hand(url: str, added: str = "", token: str = TOKENS[0]) -> dict[str, str]:
    """The header as the rule says it: base64 of HMAC-SHA1 over the URL and the sorted names and values."""
    digest = hmac.new(token.encode(), (url + added).encode(), hashlib.sha1).digest()
    return {"X-Twilio-Signature": base64.b64encode(digest).decode()}


def test_the_rule_written_out() -> None:
    url = PUBLIC + "/twilio/sms?x=1"
    added = "BodyèdaEmptyFrom+12025550123MessageSidSM1"
    form = [("MessageSid", "SM1"), ("Body", "èda"), ("From", "+12025550123"), ("Empty", "")]
    assert authentic(Request("POST", url, by_hand(url, added), form), TOKENS)


def test_the_raw_bytes_of_a_form_beside_it_change_nothing() -> None:
    request = replace(signed("/twilio/sms", FORM), body=b"MessageSid=SM1&Body=x")
    assert authentic(request, TOKENS)
    assert not authentic(replace(request, form=()), TOKENS)


@pytest.mark.parametrize("token", TOKENS)
def test_both_tokens_are_good_during_rotation(token: str) -> None:
    assert authentic(signed("/twilio/sms", FORM, token), TOKENS)


def test_a_token_that_was_taken_away_is_not() -> None:
    assert not authentic(signed("/twilio/sms", FORM, TOKENS[1]), TOKENS[:1])


@pytest.mark.parametrize("tokens", [(), ("",)])
def test_without_a_token_nothing_is(tokens: tuple[str, ...]) -> None:
    assert not authentic(signed("/twilio/sms", FORM, ""), tokens)


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "é\ud800"}, {"X-Twilio-Signature": "AAAA"}],
)
def test_a_missing_or_wrong_header_is_a_no_and_never_an_error(headers: dict[str, str]) -> None:
    assert not authentic(Request("POST", PUBLIC + "/twilio/sms", headers, FORM), TOKENS)


def test_a_lone_surrogate_in_the_form_is_a_no() -> None:
    assert not authentic(Request("POST", PUBLIC, {"X-Twilio-Signature": "x"}, [("Body", "\ud83d")]), TOKENS)


@pytest.mark.parametrize(
    "url",
    [
        "http://line.example.org/twilio/sms",
        "https://other.example.org/twilio/sms",
        PUBLIC + "/twilio/sms/",
        PUBLIC + "/twilio/voice",
        PUBLIC + "/twilio/sms?step=1",
    ],
)
def test_a_signature_for_another_url_is_a_no(url: str) -> None:
    assert not authentic(replace(signed("/twilio/sms", FORM), url=url), TOKENS)


@pytest.mark.parametrize(
    "form",
    [FORM[1:], [*FORM, ("More", "x")], [("MessageSid", "SM2"), *FORM[1:]]],
    ids=["less", "more", "other"],
)
def test_a_changed_form_is_a_no(form: list[tuple[str, str]]) -> None:
    assert not authentic(replace(signed("/twilio/sms", FORM), form=form), TOKENS)


@pytest.mark.parametrize(
    ("signed_url", "our_url"),
    [
        ("https://line.example.org:443/v?step=1", "https://line.example.org/v?step=1"),
        ("https://line.example.org/v?step=1", "https://line.example.org:443/v?step=1"),
        ("http://line.example.org:80/v", "http://line.example.org/v"),
        ("https://line.example.org/v", "https://line.example.org:8443/v"),
        ("http://[::1]:8470/v", "http://[::1]:8470/v"),
        ("http://user:word@line.example.org:8470/v", "http://user:word@line.example.org:8470/v"),
        ("https://line.example.org/v", "https://line.example.org/v#rc=3&rp=ct"),
    ],
)
def test_the_port_may_be_there_or_not_and_the_fragment_is_no_part(signed_url: str, our_url: str) -> None:
    assert authentic(Request("POST", our_url, by_hand(signed_url), ()), TOKENS)


def test_repeated_names_count_once_for_each_value() -> None:
    form = [("Event", "b"), ("Event", "a"), ("Event", "b"), ("Also", "x")]
    url = PUBLIC + "/twilio/status/call"
    assert authentic(Request("POST", url, by_hand(url, "AlsoxEventaEventb"), form), TOKENS)


def test_a_get_signs_its_query_alone() -> None:
    url = PUBLIC + "/twilio/voice?CallSid=CA1&Body=x"
    pairs = [("CallSid", "CA1"), ("Body", "x")]
    assert authentic(Request("GET", url, by_hand(url), pairs), TOKENS)


def test_a_body_that_is_no_form_must_match_the_hash_in_the_signed_url() -> None:
    body = b'{"a": 1}'
    url = f"{PUBLIC}/twilio/events?bodySHA256={hashlib.sha256(body).hexdigest()}"
    assert authentic(Request("POST", url, by_hand(url), (), body), TOKENS)
    assert not authentic(Request("POST", url, by_hand(url), (), b'{"a": 2}'), TOKENS)
    bare = PUBLIC + "/twilio/events"
    assert not authentic(Request("POST", bare, by_hand(bare), (), body), TOKENS)
