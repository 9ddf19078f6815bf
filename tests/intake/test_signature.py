"""Only what the carrier signed comes in."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from hotline import config
from hotline.db import read
from hotline.intake import create_app
from hotline.intake.desk import Desk, open_desk
from hotline.now import CountedIds, SetClock
from hotline.threads.tables import Message
from tests.intake.webhooks import ACCOUNT, LINE, TOKEN, Twilio, said

FORM = {
    "MessageSid": "SM" + "0" * 32,
    "AccountSid": ACCOUNT,
    "From": "+12025550123",
    "To": LINE,
    "Body": "Hello",
}
DOORS = (
    "/twilio/sms",
    "/twilio/voice",
    "/twilio/wait",
    "/twilio/status/message",
    "/twilio/status/call",
    "/twilio/status/recording",
)


def messages(desk: Desk) -> int:
    with read(desk.engine) as tx:
        return tx.scalar(select(func.count()).select_from(Message)) or 0


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("signature", [None, "x", "", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_missing_or_wrong_is_refused_and_changes_nothing(
    twilio: Twilio, desk: Desk, door: str, signature: str | None
) -> None:
    answer = twilio.client.post(
        door, data=FORM, headers={"X-Twilio-Signature": signature} if signature is not None else {}
    )
    assert answer.status_code == 403
    assert messages(desk) == 0


def test_a_signature_for_another_address_is_refused(twilio: Twilio) -> None:
    other = RequestValidator(TOKEN).compute_signature("https://elsewhere.example/twilio/sms", FORM)
    assert twilio.post("/twilio/sms", FORM, signature=other).status_code == 403


def test_a_signature_for_another_body_is_refused(twilio: Twilio) -> None:
    other = RequestValidator(TOKEN).compute_signature(
        "https://hotline.example/twilio/sms", {**FORM, "Body": "No"}
    )
    assert twilio.post("/twilio/sms", FORM, signature=other).status_code == 403


def test_behind_a_proxy_the_public_address_counts_not_the_host_header(twilio: Twilio) -> None:
    answer = twilio.post("/twilio/sms", FORM, base_url="http://10.0.0.7:8470")
    assert said(answer) is not None


def test_two_tokens_during_rotation(told: config.Settings, clock: SetClock) -> None:
    rotating = replace(told, twilio_auth_tokens=("new-token", TOKEN))
    desk = open_desk(rotating, clock, CountedIds())
    client = create_app(desk).test_client()
    for number, token in enumerate(("new-token", TOKEN)):
        answer = Twilio(client, token).post("/twilio/sms", {**FORM, "MessageSid": f"SM{number:032x}"})
        assert answer.status_code == 200
    assert Twilio(client, "older-token").post("/twilio/sms", FORM).status_code == 403
    desk.engine.dispose()
