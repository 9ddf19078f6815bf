"""Texts between phones and the product, with what the carrier does in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from twilio.base.exceptions import TwilioRestException
from werkzeug.wrappers import Response

from hotline.simulator.config import OptOutWords
from hotline.simulator.network import Network
from tests.simulator.conftest import CALLER, LINE, OFFICER
from tests.simulator.official import client
from tests.simulator.product import EMPTY, ORIGIN, Product, twiml


def test_a_text_is_answered_in_the_webhooks_answer(net: Network, product: Product) -> None:
    product.answers["/sms"] = twiml(
        '<Message statusCallback="/message-status">Is it safe to write?</Message>'
    )
    sid = net.text(CALLER, LINE, "help me please")
    net.advance(5)

    assert net.phone(CALLER).texts == ["Is it safe to write?"]
    (form,) = product.forms("/sms")
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"] == sid
    assert (form["From"], form["To"], form["Body"], form["NumSegments"]) == (
        CALLER,
        LINE,
        "help me please",
        "1",
    )
    assert [f["MessageStatus"] for f in product.forms("/message-status")] == ["sent", "delivered"]
    assert product.unsigned == []
    assert net.errors == []


def test_two_segments_wait_for_their_turn(net: Network, product: Product) -> None:
    carrier = client(net)
    for body in ("a" * 200, "second", "third"):
        carrier.messages.create(to=CALLER, from_=LINE, body=body)
    net.advance(2.1)
    assert len(net.phone(CALLER).texts) == 1
    net.advance(1.5)
    assert net.phone(CALLER).texts[1:] == ["second"]
    net.advance(1)
    assert net.phone(CALLER).texts[2:] == ["third"]


def test_stop_is_answered_by_the_carrier_and_blocks_us(net: Network, product: Product) -> None:
    product.answers["/sms"] = twiml("<Message>You are out</Message>")
    net.text(CALLER, LINE, " stop ")
    net.advance(5)

    assert len(net.phone(CALLER).texts) == 1
    assert "unsubscribed" in net.phone(CALLER).texts[0]
    assert product.forms("/sms")[0]["Body"] == " stop "
    assert [e.code for e in net.errors] == [21610]
    with pytest.raises(TwilioRestException) as refusal:
        client(net).messages.create(to=CALLER, from_=LINE, body="hello")
    assert refusal.value.code == 21610

    product.answers["/sms"] = EMPTY
    net.text(CALLER, LINE, "YES")
    net.advance(5)
    client(net).messages.create(to=CALLER, from_=LINE, body="hello")
    net.advance(5)
    assert net.phone(CALLER).texts[-1] == "hello"


def test_advanced_opt_out_names_the_kind_and_speaks_our_words(net: Network, product: Product) -> None:
    words = OptOutWords(
        stop=("STOP", "PARE"),
        start=("START",),
        help=("HELP",),
        advanced=True,
        stop_reply="OK.",
        help_reply="",
    )
    line = net.lines[LINE]
    line.config = replace(line.config, words=words)
    product.answers["/sms"] = EMPTY
    for body in ("pare", "PARE POR FAVOR", "help", "hello", "start"):
        net.text(CALLER, LINE, body)
        net.advance(3)
    kinds = [form.get("OptOutType") for form in product.forms("/sms")]
    assert kinds == ["STOP", None, "HELP", None, "START"]
    assert net.phone(CALLER).texts[0] == "OK."


@pytest.mark.parametrize(
    "body", ["", "x" * 1600, "\x00\x07\x1b", "\u202eabc\u200f سلام", "👩‍👩‍👧‍👦" * 30, "=&+%00#"]
)
def test_whatever_a_person_types_arrives_as_it_was(net: Network, product: Product, body: str) -> None:
    product.answers["/sms"] = EMPTY
    net.text(CALLER, LINE, body)
    net.advance(1)
    assert product.forms("/sms")[0]["Body"] == body
    assert product.unsigned == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (twiml("<Message>x</Message").replace("</Response>", ""), 12100),
        (twiml("<Message>bell \x07</Message>"), 12100),
        (twiml("<Mesage>x</Mesage>"), 12200),
        (twiml('<Message too="+12025550111">x</Message>'), 12200),
        (twiml("hello"), 12200),
        (twiml("<Message> </Message>"), 14103),
        (twiml(f"<Message>{'x' * 1601}</Message>"), 21617),
        (twiml("<!--" + "x" * 65536 + "-->"), 11750),
        (Response("hello", content_type="text/plain"), 12300),
        (Response("", content_type=""), 12300),
        (Response("", content_type="text/xml"), 12100),
        (Response("no", 500), 11200),
        (Response("", 302, {"Location": "/elsewhere"}), 11200),
    ],
)
def test_the_carrier_complains_about_a_bad_answer(
    net: Network, product: Product, answer: str | Response, code: int
) -> None:
    product.answers["/sms"] = answer
    net.text(CALLER, LINE, "hi")
    net.advance(20)
    assert net.errors[-1].code == code
    assert net.errors[0].url == f"{ORIGIN}/sms"
    assert net.phone(CALLER).texts == []


def test_the_fallback_url_gets_the_same_message_with_the_error(net: Network, product: Product) -> None:
    net.lines[LINE].settings["SmsFallbackUrl"] = f"{ORIGIN}/fallback"
    product.answers["/sms"] = Response("boom", 500)
    product.answers["/fallback"] = twiml("<Message>We got it.</Message>")
    sid = net.text(CALLER, LINE, "hi")
    net.advance(5)
    (form,) = product.forms("/fallback")
    assert (form["MessageSid"], form["ErrorCode"], form["ErrorUrl"]) == (sid, "11200", f"{ORIGIN}/sms")
    assert net.phone(CALLER).texts == ["We got it."]


def test_an_unknown_phone_is_undelivered(net: Network, product: Product) -> None:
    sent = client(net).messages.create(
        to="+12025550199", from_=LINE, body="hello", status_callback=f"{ORIGIN}/message-status"
    )
    net.advance(5)
    assert [f["MessageStatus"] for f in product.forms("/message-status")] == ["sent", "undelivered"]
    assert product.forms("/message-status")[-1]["ErrorCode"] == "30005"
    assert client(net).messages(sent.sid).fetch().error_code == 30005


def test_redacting_too_early_is_refused_and_later_works(net: Network, product: Product) -> None:
    carrier = client(net)
    sent = carrier.messages.create(to=OFFICER, from_=LINE, body="secret")
    with pytest.raises(TwilioRestException) as refusal:
        sent.update(body="")
    assert (refusal.value.code, refusal.value.status) == (20009, 409)
    net.advance(5)
    assert sent.update(body="").body == ""
    assert sent.delete()
    with pytest.raises(TwilioRestException) as gone:
        sent.fetch()
    assert (gone.value.code, gone.value.status) == (20404, 404)
