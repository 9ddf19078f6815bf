"""Requests as Twilio makes them, signed by Twilio's own library, put to the intake app."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from xml.etree import ElementTree

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

ACCOUNT = "AC" + "1" * 32
TOKEN = "a-fictional-token"
PUBLIC = "https://hotline.example"
LINE = "+12025550100"


@dataclass
class Twilio:
    """The carrier's side of the doors. `said` of an answer is the text of its Message, None when there is none."""

    client: FlaskClient
    token: str = TOKEN
    counter: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def post(
        self, path: str, form: dict[str, str], *, signature: str | None = "", **more: object
    ) -> TestResponse:
        """One signed request; `signature=None` leaves the header out, another text replaces it."""
        url = PUBLIC + path
        headers = {}
        if signature == "":
            signature = RequestValidator(self.token).compute_signature(url, form)
        if signature is not None:
            headers["X-Twilio-Signature"] = signature
        return self.client.post(path, data=form, headers=headers, **more)

    def text(self, body: str, sender: str = "+12025550123", sid: str = "", **more: str) -> TestResponse:
        """An inbound text."""
        sid = sid or f"SM{next(self.counter):032x}"
        form = {"MessageSid": sid, "AccountSid": ACCOUNT, "From": sender, "To": LINE, "Body": body, **more}
        return self.post("/twilio/sms", form)

    def turn(self, call: str, step: int = 0, sender: str = "+12025550123", **more: str) -> TestResponse:
        """One turn of an inbound call."""
        form = {
            "CallSid": call,
            "AccountSid": ACCOUNT,
            "From": sender,
            "To": LINE,
            "CallStatus": "in-progress",
            "Direction": "inbound",
            **more,
        }
        return self.post(f"/twilio/voice?step={step}" if step else "/twilio/voice", form)


def said(answer: TestResponse) -> str | None:
    """The text of a message answer."""
    assert answer.status_code in (200, 204), answer.get_data(as_text=True)
    if not answer.data:
        return None
    message = ElementTree.fromstring(answer.data).find("Message")  # noqa: S314  # our own answer
    return None if message is None else message.text


def verbs(answer: TestResponse) -> list[str]:
    """The verbs of a call answer, in order."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [element.tag for element in ElementTree.fromstring(answer.data).iter()]  # noqa: S314
