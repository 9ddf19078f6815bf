"""An Android phone as SMS gateway: another carrier, plain HTTP with a shared secret."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from hotline.simulator.config import GatewayLineConfig
from hotline.simulator.happenings import Happening
from hotline.simulator.messages import MAX_BODY, TO_PHONE, TO_SENT
from hotline.simulator.numbers import is_e164
from hotline.simulator.phones import Bubble, Phone
from hotline.simulator.process import Ask, Reply, Request, Steps, wait
from hotline.simulator.stamps import rfc2822

if TYPE_CHECKING:
    from hotline.simulator.network import Network


class GatewayError(ValueError):
    """A send that the gateway refuses; `status` is the HTTP status of its answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Gateway:
    """One such phone. Errors of the product's answers are recorded with code 0: this carrier has no code list."""

    def __init__(self, net: Network, config: GatewayLineConfig) -> None:
        self.net = net
        self.config = config
        self.sent: list[dict[str, str]] = []

    def text_from_phone(self, phone: Phone, body: str) -> str:
        """Somebody texts this gateway's number: forward it to the product."""
        number = self.net.new_sid("GW")
        phone.bubbles.append(Bubble(number, True, self.config.number, body, self.net.clock()))
        self.net.changed()
        self.net.spawn(self._forward(number, phone.number, body))
        return number

    def accept(self, form: Mapping[str, str], header_secret: str) -> dict[str, str]:
        """A send of the product: gives the gateway's answer, raises GatewayError."""
        config, fields = self.config, self.config.send_fields
        in_header = config.secret_field.startswith("header:")
        given = header_secret.removeprefix("Bearer ") if in_header else form.get(config.secret_field, "")
        if not hmac.compare_digest(given.encode(), config.secret.encode()):
            raise GatewayError(401, "wrong secret")
        known = {*fields.values(), config.secret_field}
        unknown = sorted(set(form) - known)
        if unknown:
            raise GatewayError(400, f"unknown field {unknown[0]}; known: {', '.join(sorted(known))}")
        to, text = form.get(fields["to"], ""), form.get(fields["text"], "")
        if not is_e164(to):
            raise GatewayError(400, f"{fields['to']}: {to!r} is not a phone number")
        if not text or len(text) > MAX_BODY:
            raise GatewayError(400, f"{fields['text']}: 1 to {MAX_BODY} characters")
        number = self.net.new_sid("GW")
        reference = form.get(fields.get("reference", ""), "")
        self.sent.append({"id": number, "to": to, "text": text, "reference": reference})
        report_url = form.get(fields.get("status_url", ""), "") or config.report_url
        self.net.spawn(self._deliver(number, to, text, reference, report_url))
        return {"id": number, "status": "queued"}

    def _forward(self, number: str, sender: str, body: str) -> Steps[None]:
        names = self.config.inbound_fields
        values = {
            "sender": sender,
            "recipient": self.config.number,
            "text": body,
            "id": number,
            "time": rfc2822(self.net.clock()) or "",
        }
        form = {names[key]: value for key, value in values.items() if key in names}
        reply = yield from self._post(self.config.inbound_url, form)
        words = self._reply_words(reply) if reply else ""
        if words:
            yield from self._deliver(self.net.new_sid("GW"), sender, words, "", self.config.report_url)

    def _reply_words(self, reply: Reply) -> str:
        wanted = self.config.reply_field
        if not wanted or not reply.body:
            return ""
        text = reply.body.decode(errors="replace")
        if wanted == "text":
            return text.strip()
        try:
            return str(json.loads(text).get(wanted) or "")
        except (ValueError, AttributeError):
            self.net.complain(
                0, f"gateway: the answer is no JSON object with {wanted!r}", self.config.inbound_url
            )
            return ""

    def _deliver(self, number: str, to: str, text: str, reference: str, report_url: str) -> Steps[None]:
        yield from wait(TO_SENT + TO_PHONE)
        phone = self.net.phones.get(to)
        arrived = phone is not None and phone.on
        if phone is not None and arrived:
            phone.bubbles.append(Bubble(number, False, self.config.number, text, self.net.clock()))
            self.net.changed()
            self.net.happens(Happening("text", phone.number, number, text))
        if report_url:
            names = self.config.report_fields
            values = {
                "id": number,
                "status": "delivered" if arrived else "failed",
                "reference": reference,
            }
            yield from self._post(report_url, {names[k]: v for k, v in values.items() if k in names})

    def _post(self, url: str, form: dict[str, str]) -> Steps[Reply | None]:
        field = self.config.secret_field
        headers: list[tuple[str, str]] = []
        if field.startswith("header:"):
            headers.append((field.removeprefix("header:"), self.config.secret))
        else:
            form = form | {field: self.config.secret}
        as_json = self.config.inbound_json
        headers.append(
            ("Content-Type", "application/json" if as_json else "application/x-www-form-urlencoded")
        )
        body = json.dumps(form).encode() if as_json else urlencode(form).encode()
        answer = yield Ask(Request(url, None, tuple(headers), body, self.net.config.webhook_timeout))
        if not isinstance(answer, Reply) or answer.status >= 300:
            why = f"HTTP {answer.status}" if isinstance(answer, Reply) else "no answer"
            self.net.complain(0, f"gateway: {why}", url)
            return None
        return answer
