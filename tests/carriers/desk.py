"""One desk for each carrier: what the contract needs to speak as that carrier and to read our answers as it would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol
from xml.etree import ElementTree

from twilio.request_validator import RequestValidator

from hotline.carriers.carrier import Carrier, Request, Response
from hotline.carriers.gateway import GatewayCarrier
from hotline.carriers.http import Timeouts
from hotline.carriers.lines import CarrierKind, GatewayReply, GatewaySettings, Line
from hotline.carriers.twilio import TwilioCarrier
from hotline.carriers.twilio_http import TwilioAccount
from tests.carriers.stand_in import ACCOUNT, GATEWAY_KEY, TOKENS

OURS = "+12025550100"
MARIE = "+12025550123"
PUBLIC = "https://line.example.org"
SHORT = Timeouts(connect=2.0, read=0.2)
SHOWN = "what-the-gateway-shows"


class Desk(Protocol):
    carrier: Carrier

    def text(self, text: str, sender: str = MARIE, key: str = "1") -> Request: ...
    def report(self, key: str, status: str) -> Request: ...
    def unsigned(self, request: Request) -> Request: ...
    def without_key(self, request: Request) -> Request: ...
    def reply(self, response: Response) -> str | None: ...


def signed(path: str, form: list[tuple[str, str]], token: str = TOKENS[0], method: str = "POST") -> Request:
    """A request as Twilio signs it."""
    url = PUBLIC + path
    values = _Many()
    for name, value in form if method == "POST" else ():
        values.setdefault(name, []).append(value)
    signature = RequestValidator(token).compute_signature(url, values)
    return Request(method, url, {"x-twilio-signature": signature}, form)


class _Many(dict[str, list[str]]):
    def getlist(self, name: str) -> list[str]:
        return self[name]


@dataclass
class TwilioDesk:
    carrier: TwilioCarrier

    @classmethod
    def at(cls, url: str, timeouts: Timeouts = SHORT) -> TwilioDesk:
        line = Line("main", OURS)
        return cls(TwilioCarrier(line, TwilioAccount(ACCOUNT, TOKENS, url, timeouts)))

    def text(self, text: str, sender: str = MARIE, key: str = "1") -> Request:
        form = [
            ("MessageSid", f"SM{key:0>32}"),
            ("AccountSid", ACCOUNT),
            ("From", sender),
            ("To", OURS),
            ("Body", text),
        ]
        return signed("/twilio/sms", [*form, ("NumMedia", "0"), ("SomethingNew", "x")])

    def report(self, key: str, status: str) -> Request:
        theirs = {"delivered": "delivered", "failed": "undelivered", "sent": "sent"}.get(status, status)
        return signed(
            "/twilio/status/message?id=7",
            [("MessageSid", key), ("MessageStatus", theirs), ("ErrorCode", "30003")],
        )

    def unsigned(self, request: Request) -> Request:
        return Request(request.method, request.url, {}, request.form)

    def without_key(self, request: Request) -> Request:
        form = [pair for pair in request.form if "Sid" not in pair[0]]
        return Request(request.method, request.url, request.headers, form)

    def reply(self, response: Response) -> str | None:
        if response.status == 204:
            assert response.body == ""
            assert response.content_type is None
            return None
        assert response.content_type == "text/xml; charset=utf-8"
        return ElementTree.fromstring(response.body).findtext("Message")  # noqa: S314 - our own


@dataclass
class GatewayDesk:
    carrier: GatewayCarrier

    @classmethod
    def at(cls, url: str, timeouts: Timeouts = SHORT) -> GatewayDesk:
        settings = GatewaySettings(
            send_url=f"{url}/gateway/send",
            outbound={"to": "to", "from": "from", "text": "text", "id": "id", "status_url": "dlr"},
            send_secret=GATEWAY_KEY,
            send_secret_field="key",
            accepted=r"^OK (\S+)",
            inbound={"id": "data.message_id", "from": "data.phone", "text": "data.body"},
            secret=SHOWN,
            secret_header="X-Gateway-Secret",
            reply=GatewayReply.JSON,
            reply_field="data.reply",
            report={"id": "id", "status": "state", "error": "error"},
            statuses={"OK": "delivered", "KO": "failed", "sent": "sent"},
        )
        line = Line("sim-card", OURS, CarrierKind.GATEWAY, voice=False, gateway=settings)
        return cls(GatewayCarrier(line, timeouts))

    def text(self, text: str, sender: str = MARIE, key: str = "1") -> Request:
        body = json.dumps({"data": {"message_id": key, "phone": sender, "body": text}, "more": [1]})
        return self._shown("/gateway/sim-card/sms", body)

    def report(self, key: str, status: str) -> Request:
        theirs = {"delivered": "ok", "failed": "ko"}.get(status, status)
        return self._shown(
            "/gateway/sim-card/status", json.dumps({"id": key, "state": theirs, "error": "30003"})
        )

    def unsigned(self, request: Request) -> Request:
        return Request(request.method, request.url, {}, request.form, request.body)

    def without_key(self, request: Request) -> Request:
        body = request.body.replace(b"message_id", b"other").replace(b'"id"', b'"other"')
        return Request(request.method, request.url, request.headers, request.form, body)

    def reply(self, response: Response) -> str | None:
        assert response.status == 200
        if response.body == "":
            return None
        assert response.content_type == "application/json"
        said = json.loads(response.body)["data"]["reply"]
        assert isinstance(said, str)
        return said

    def _shown(self, path: str, body: str) -> Request:
        headers = {"x-gateway-secret": SHOWN, "Content-Type": "application/json"}
        return Request("POST", PUBLIC + path, headers, (), body.encode())


DESKS = {"twilio": TwilioDesk, "gateway": GatewayDesk}
