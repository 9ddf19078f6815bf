"""A line at a generic HTTP gateway: texts only, with the gateway's own names and habits as content."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Collection
from datetime import datetime

import requests

from hotline.carriers.carrier import (
    Accepted,
    Outgoing,
    Request,
    Response,
)
from hotline.carriers.carrier_words import carrier_word
from hotline.carriers.failures import BadRequest, NotOnThisLine
from hotline.carriers.gateway_fields import Fields, identifier, outgoing
from hotline.carriers.gateway_sending import hand_over
from hotline.carriers.http import Timeouts, is_loopback
from hotline.carriers.leftovers import Leftovers
from hotline.carriers.lines import GatewayReply, GatewaySettings, Line
from hotline.carriers.numbers import sender
from hotline.carriers.receipts import DeliveryStatus, Receipt
from hotline.carriers.twilio_http import silence_loggers
from hotline.carriers.voiceless import Voiceless
from hotline.conversation.inbound import Channel, Inbound
from hotline.wording.clean import clean

_TEXT = "text/plain; charset=utf-8"


class GatewayCarrier(Voiceless):
    """Implements `Carrier`, without voice."""

    def __init__(self, line: Line, timeouts: Timeouts | None = None) -> None:
        if line.gateway is None:
            raise ValueError(f"line {line.id} has no gateway settings")
        silence_loggers()
        self.line = line
        self._settings: GatewaySettings = line.gateway
        self._timeouts = timeouts or Timeouts()
        self._session = requests.Session()
        self._session.trust_env = not is_loopback(line.gateway.send_url)

    def authentic(self, request: Request) -> bool:
        """Whether the request shows the shared secret, compared in constant time. No secret, no trust."""
        settings = self._settings
        shown = (
            request.header(settings.secret_header).removeprefix("Bearer ") if settings.secret_header else ""
        )
        shown = shown or Fields(request).value(settings.secret_field)
        expected = settings.secret.encode()
        return bool(expected) and hmac.compare_digest(shown.encode("utf-8", "replace"), expected)

    def message(self, request: Request, at: datetime) -> Inbound:
        """See `Carrier.message`. The key is the gateway's id, else a keyed hash of sender, time and text."""
        fields, names = Fields(request), self._settings.inbound
        raw_sender = fields.value(names["from"])
        if not raw_sender:
            raise BadRequest(f"{names['from']} is missing")
        raw_text = fields.value(names["text"])
        text = clean(raw_text)
        return Inbound(
            key=self._key(fields, raw_sender, raw_text),
            channel=Channel.SMS,
            line=self.line.id,
            sender=sender(raw_sender, self._settings.region),
            text=text,
            at=at,
            carrier_word=carrier_word(text, self.line),
        )

    def receipt(self, request: Request, at: datetime) -> Receipt:
        """See `Carrier.receipt`."""
        fields, names = Fields(request), self._settings.report
        sid = fields.value(names["id"])
        if not sid:
            raise BadRequest(f"{names['id']} is missing")
        error = fields.value(names.get("error", ""))
        return Receipt(identifier(sid), self._status(fields.value(names["status"])), _plain(error), at)

    def answer_message(self, text: str | None, status_url: str) -> Response:
        """See `Carrier.answer_message`; no receipt comes for a reply in the answer."""
        settings = self._settings
        if text is None:
            content_type = "application/json" if settings.quiet_body.startswith("{") else _TEXT
            return Response(
                settings.quiet_status, content_type if settings.quiet_body else None, settings.quiet_body
            )
        if not self.line.reply_in_answer or not text:
            raise ValueError(f"line {self.line.id} takes no such reply in the answer")
        if settings.reply is GatewayReply.JSON:
            return Response(200, "application/json", json.dumps(outgoing({settings.reply_field: text}, True)))
        return Response(200, _TEXT, text)

    def refuse(self, problem: BadRequest) -> Response:
        """See `Carrier.refuse`."""
        return Response(400, _TEXT, f"{problem}\n")

    def send(self, message: Outgoing) -> Accepted:
        """See `Carrier.send`."""
        if not self.line.sms_out:
            raise NotOnThisLine("sms-out")
        return hand_over(self._session, self._settings, message, self._timeouts)

    def find(self, to: str, since: datetime, text: str, known: Collection[str] = ()) -> Accepted | None:
        """See `Carrier.find`. A gateway cannot be asked; one that deduplicates ignores a repeat by itself."""
        if self._settings.deduplicates:
            return None
        raise NotOnThisLine("lookup")

    def redact(self, sid: str) -> int:
        """Nothing to do from here: what a gateway keeps is settled where it stands."""
        return 0

    def delete_message(self, sid: str) -> None:
        """Nothing to do from here, as above."""

    def leftovers(self, before: datetime) -> Leftovers:
        """It cannot be asked."""
        return Leftovers()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _key(self, fields: Fields, raw_sender: str, raw_text: str) -> str:
        names = self._settings.inbound
        given = fields.value(names.get("id", ""))
        if given:
            return f"{self.line.id}:{identifier(given)}"
        time = fields.value(names.get("time", ""))
        if not time:
            raise BadRequest(f"{names.get('id') or names.get('time')} is missing")
        # Keyed: a number could be found from a bare hash by trying them all.
        seen = json.dumps([raw_sender, time, raw_text]).encode()
        return f"{self.line.id}:{hmac.new(self._settings.secret.encode(), seen, hashlib.sha256).hexdigest()[:40]}"

    def _status(self, theirs: str) -> DeliveryStatus:
        known = {name.lower(): value for name, value in self._settings.statuses.items()}
        try:
            return DeliveryStatus(known.get(theirs.lower(), theirs.lower()))
        except ValueError:
            return DeliveryStatus.UNKNOWN


def _plain(given: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "", given)[:32]
