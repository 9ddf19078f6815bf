"""A line at a generic HTTP gateway: texts only, with the gateway's own names and habits as content."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, NoReturn

import requests

from hotline.calltree.actions import Document
from hotline.carriers.carrier import (
    Accepted,
    Audio,
    CallLinks,
    Outgoing,
    OutgoingCall,
    Request,
    Response,
)
from hotline.carriers.carrier_words import carrier_word
from hotline.carriers.failures import BadRequest, CarrierError, Meaning, NotOnThisLine, Retry
from hotline.carriers.gateway_fields import Fields, outgoing
from hotline.carriers.http import Timeouts, is_loopback, seconds_to_wait, unanswered
from hotline.carriers.lines import Encoding, GatewayReply, GatewaySettings, Line
from hotline.carriers.numbers import sender
from hotline.carriers.receipts import CallReceipt, DeliveryStatus, Receipt, RecordingReceipt
from hotline.carriers.twilio_http import silence_loggers
from hotline.conversation.inbound import Channel, Inbound
from hotline.wording.clean import clean

_TEXT = "text/plain; charset=utf-8"
_ID_LIMIT = 128


class GatewayCarrier:
    """Implements `Carrier`; everything about calls and recordings raises `NotOnThisLine`."""

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
        return Receipt(_identifier(sid), self._status(fields.value(names["status"])), _plain(error), at)

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
        error: CarrierError
        try:
            response = self._hand_over(message)
        except requests.RequestException as problem:
            error = unanswered(problem, creates=True)
        else:
            body = response.content.decode("utf-8", "replace")
            return self._accepted(message, response.status_code, body, response.headers)
        raise error  # outside of the except clause: the library's message holds the number

    def find(self, to: str, since: datetime, text: str, known: Collection[str] = ()) -> Accepted | None:
        """See `Carrier.find`. A gateway cannot be asked; one that deduplicates ignores a repeat by itself."""
        if self._settings.deduplicates:
            return None
        raise NotOnThisLine("lookup")

    def call(self, request: Request, at: datetime, step: int) -> Inbound:
        """No voice."""
        self._no_voice()

    def joined(self, request: Request) -> bool | None:
        """Nothing is ever joined here."""
        return None

    def call_receipt(self, request: Request, at: datetime) -> CallReceipt:
        """No voice."""
        self._no_voice()

    def recording_receipt(self, request: Request, at: datetime) -> RecordingReceipt:
        """No voice."""
        self._no_voice()

    def answer_call(self, document: Document, links: CallLinks, audio: Audio) -> Response:
        """No voice."""
        self._no_voice()

    def answer_join(self) -> Response:
        """No voice."""
        self._no_voice()

    def place(self, call: OutgoingCall) -> Accepted:
        """No voice."""
        self._no_voice()

    def end(self, sid: str) -> None:
        """No voice."""
        self._no_voice()

    def redirect(self, sid: str, url: str) -> None:
        """No voice."""
        self._no_voice()

    def fetch_recording(self, sid: str) -> bytes:
        """No voice."""
        self._no_voice()

    def redact(self, sid: str) -> None:
        """Nothing to do from here: what a gateway keeps is settled where it stands."""

    def delete_message(self, sid: str) -> None:
        """Nothing to do from here, as above."""

    def delete_recording(self, sid: str) -> None:
        """There are no recordings."""

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _no_voice(self) -> NoReturn:
        raise NotOnThisLine("voice")

    def _key(self, fields: Fields, raw_sender: str, raw_text: str) -> str:
        names = self._settings.inbound
        given = fields.value(names.get("id", ""))
        if given:
            return f"{self.line.id}:{_identifier(given)}"
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

    def _hand_over(self, message: Outgoing) -> requests.Response:
        settings = self._settings
        ours = {
            "to": self._number(message.to),
            "from": self._number(self.line.number),
            "text": message.text,
            "id": message.id,
            "status_url": message.status_url,
            "valid_seconds": "" if message.valid_seconds is None else str(message.valid_seconds),
        }
        values = dict(settings.constants)
        values |= {theirs: ours[name] for name, theirs in settings.outbound.items() if ours.get(name)}
        headers, auth = {}, None
        if settings.send_secret_header:
            headers[settings.send_secret_header] = settings.send_secret_prefix + settings.send_secret
        elif settings.send_secret_field:
            values[settings.send_secret_field] = settings.send_secret
        elif settings.send_user:
            auth = (settings.send_user, settings.send_secret)
        place = {Encoding.QUERY: "params", Encoding.FORM: "data", Encoding.JSON: "json"}[settings.encoding]
        body: dict[str, Any] = {place: outgoing(values, settings.encoding is Encoding.JSON)}
        return self._session.request(
            settings.method.upper(),
            settings.send_url,
            headers=headers,
            auth=auth,
            timeout=(self._timeouts.connect, self._timeouts.read),
            allow_redirects=False,
            **body,
        )

    def _accepted(self, message: Outgoing, status: int, body: str, headers: Any) -> Accepted:
        settings = self._settings
        after = seconds_to_wait(headers.get("Retry-After"))
        if status >= 500:
            raise CarrierError(f"http-{status}", Retry.AMBIGUOUS, after)
        if status == 429:
            raise CarrierError("http-429", Retry.LATER, after or 1.0, Meaning.BUSY)
        if not 200 <= status < 300:
            unknown = status in (401, 403, 404) or status < 400
            raise CarrierError(
                f"http-{status}",
                Retry.NEVER,
                None,
                Meaning.CONFIGURATION if unknown else Meaning.TROUBLE,
            )
        if settings.refused and re.search(settings.refused, body):
            raise CarrierError("refused", Retry.NEVER)
        if not settings.accepted:
            return Accepted(message.id)
        found = re.search(settings.accepted, body)
        if found is None:
            raise CarrierError("unreadable", Retry.AMBIGUOUS)
        return Accepted(_identifier(found.group(1)))

    def _number(self, number: str) -> str:
        return number if self._settings.plus else number.removeprefix("+")


def _identifier(given: str) -> str:
    """Their id as it may stand in our keys: short and plain, a keyless digest of anything else."""
    if len(given) <= _ID_LIMIT and re.fullmatch(r"[A-Za-z0-9._:@/+=-]+", given):
        return given
    return hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()[:40]


def _plain(given: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "", given)[:32]
