"""The signature against the official validator as an oracle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from hotline.simulator.network import Network
from hotline.simulator.signature import sign
from tests.simulator.conftest import CALLER, LINE
from tests.simulator.product import ORIGIN, Product, twiml

NAMES = st.text("ABCabcxyz019_<>é", min_size=1, max_size=6)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8), st.sampled_from(["", "?a=b&c=%C3%A9", "/x/?q="]))
def test_every_form_is_signed_as_the_official_library_expects(
    pairs: list[tuple[str, str]], tail: str
) -> None:
    url = f"https://hotline.example/twilio/sms{tail}"
    signature = sign("token", url + "#rc=3&rp=5xx", pairs)
    assert RequestValidator("token").validate(url, MultiDict(pairs), signature)
    assert not RequestValidator("other").validate(url, MultiDict(pairs), signature)


def test_a_get_webhook_carries_its_form_in_the_signed_query(net: Network, product: Product) -> None:
    net.lines[LINE].settings |= {"SmsMethod": "GET", "SmsUrl": f"{ORIGIN}/sms?line=1"}
    product.answers["/sms"] = twiml("")
    net.text(CALLER, LINE, "salut à tous & toutes")
    net.advance(1)
    assert product.asked[0][1]["Body"] == "salut à tous & toutes"
    assert product.asked[0][1]["line"] == "1"
    assert product.unsigned == []
