"""Texts on their way: to the product as webhooks, to the phones at one segment a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from hotline.simulator import optout
from hotline.simulator.faults import MESSAGE_FAULTS, Fault, What
from hotline.simulator.happenings import Happening
from hotline.simulator.lines import Line
from hotline.simulator.numbers import is_e164
from hotline.simulator.phones import Bubble, Phone
from hotline.simulator.process import Steps, wait
from hotline.simulator.segments import Size, measure
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb, message_answer, message_words
from hotline.simulator.webhooks import LostWebhook, Subject, callback, is_fetchable, request

if TYPE_CHECKING:
    from hotline.simulator.network import Network

API_VERSION = "2010-04-01"
MAX_BODY = 1600
MAX_VALIDITY = 36000
FINAL = frozenset({"delivered", "undelivered", "failed", "received", "canceled"})

#: How long a text takes from the sender's slot to `sent`, and from there to the phone, in seconds.
TO_SENT, TO_PHONE = 0.2, 0.8  # parts of the time that a text takes (`SimulatorConfig.text_seconds`)


@dataclass
class Message:
    """One text. `body` is "" once redacted; `error_code` 0 means none."""

    sid: str
    direction: str
    sender: str
    to: str
    body: str
    size: Size
    status: str
    created: datetime
    sent: datetime | None = None
    updated: datetime | None = None
    error_code: int = 0
    status_callback: str = ""
    callback_method: str = "POST"
    validity: int = MAX_VALIDITY

    @property
    def subject(self) -> Subject:
        """For the fault script."""
        return Subject(What.MESSAGE, self.to, self.sender, self.sid)


def new_message(net: Network, direction: str, sender: str, to: str, body: str, status: str) -> Message:
    """Enter a text in the log."""
    message = Message(net.new_sid("SM"), direction, sender, to, body, measure(body), status, net.clock())
    message.updated = message.created
    net.messages[message.sid] = message
    net.changed()
    return message


def text_from_phone(net: Network, phone: Phone, line: Line, body: str) -> Message:
    """A person sends a text to one of our lines: it is in the log at once, the webhook follows."""
    message = new_message(net, "inbound", phone.number, line.number, body, "received")
    message.sent = message.created
    phone.bubbles.append(Bubble(message.sid, True, line.number, body, net.clock()))
    net.spawn(_receive(net, line, message))
    return message


def send(net: Network, message: Message, line: Line) -> None:
    """Bring an accepted text on its way; its slot is taken now, so that order is kept."""
    start = line.sms_slot(net.clock(), message.size.segments)
    net.spawn(_deliver(net, message, start))


def inbound_form(
    net: Network, message: Message, kind: optout.Kind | None, *, advanced: bool
) -> dict[str, str]:
    """The parameters of a message webhook."""
    form = {
        "ToCountry": "",
        "ToState": "",
        "SmsMessageSid": message.sid,
        "NumMedia": "0",
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "Body": message.body,
        "FromCountry": "",
        "FromState": "",
        "To": message.to,
        "NumSegments": str(message.size.segments),
        "MessageSid": message.sid,
        "AccountSid": net.config.account_sid,
        "From": message.sender,
        "ApiVersion": API_VERSION,
    }
    if kind is not None and advanced:
        form["OptOutType"] = kind.value
    return form


def _receive(net: Network, line: Line, message: Message) -> Steps[None]:
    words = line.config.words
    kind = optout.kind_of(words, message.body)
    if words is not None and kind is not None:
        reply = optout.apply(line.stopped, words, kind, message.sender)
        if reply:
            answer = new_message(net, "outbound-reply", line.number, message.sender, reply, "queued")
            send(net, answer, line)
    if not line.settings["SmsUrl"]:
        return
    form = inbound_form(net, message, kind, advanced=words is not None and words.advanced)
    try:
        base, verbs = yield from _ask(net, line, message, form)
        while verbs:
            redirect = _obey(net, line, message, base, verbs)
            if not redirect:
                return
            base, method = redirect
            answer_ = yield from request(net, method, base, form, message.subject)
            verbs = message_answer(answer_.status, answer_.headers.get("content-type", ""), answer_.body)
    except LostWebhook:
        return
    except TwimlError as error:
        net.complain(error.code, error.text, line.settings["SmsUrl"], message.sid)


def _ask(
    net: Network, line: Line, message: Message, form: dict[str, str]
) -> Steps[tuple[str, tuple[Verb, ...]]]:
    """The line's URL, and if that fails, its fallback URL with the error's code and address."""
    url, method = line.settings["SmsUrl"], line.settings["SmsMethod"]
    try:
        answer = yield from request(net, method, url, form, message.subject)
        return url, message_answer(answer.status, answer.headers.get("content-type", ""), answer.body)
    except TwimlError as error:
        fallback = line.settings["SmsFallbackUrl"]
        if not fallback:
            raise
        net.complain(error.code, error.text, url, message.sid)
        form = form | {"ErrorCode": str(error.code), "ErrorUrl": url.split("#", 1)[0]}
        answer = yield from request(
            net, line.settings["SmsFallbackMethod"], fallback, form, Subject(What.ANY, "", "", message.sid)
        )
        return fallback, message_answer(answer.status, answer.headers.get("content-type", ""), answer.body)


def _obey(
    net: Network, line: Line, message: Message, base: str, verbs: tuple[Verb, ...]
) -> tuple[str, str] | None:
    for verb in verbs:
        if verb.name == "Redirect":
            return urljoin(base, verb.text), verb.get("method", "POST")
        _reply(net, line, message, base, verb)
    return None


def _reply(net: Network, line: Line, message: Message, base: str, verb: Verb) -> None:
    to, sender = verb.get("to", message.sender), verb.get("from", line.number)
    hook = verb.get("statusCallback") or verb.get("action")
    hook = urljoin(base, hook) if hook else ""
    sending = net.lines.get(sender)
    if any(child.name == "Media" for child in verb.children):
        net.complain(12200, "Message: this network carries no pictures", base, message.sid)
    elif sending is None or not sending.config.sms:
        net.complain(21606, f"Message: {sender} is not a number of ours that can text", base, message.sid)
    elif not is_e164(to):
        net.complain(21211, f"Message: {to!r} is not a phone number", base, message.sid)
    elif hook and not is_fetchable(hook):
        net.complain(21609, f"Message: invalid statusCallback {hook!r}", base, message.sid)
    elif to in sending.stopped:
        net.complain(21610, "Message: the recipient has sent STOP", base, message.sid)
    else:
        reply = new_message(net, "outbound-reply", sender, to, message_words(verb), "queued")
        reply.status_callback, reply.callback_method = hook, verb.get("method", "POST")
        send(net, reply, sending)


def _deliver(net: Network, message: Message, start: datetime) -> Steps[None]:
    if start - net.clock() > timedelta(seconds=message.validity):
        yield from wait(message.validity)
        _becomes(net, message, "failed", 30036)
        return
    yield from wait((start - net.clock()).total_seconds() + TO_SENT * net.config.text_seconds)
    if message.status == "canceled":
        return
    rule = net.faults.strikes(MESSAGE_FAULTS, What.MESSAGE, net.clock(), to=message.to, sender=message.sender)
    fault = rule.fault if rule else None
    if rule and fault is Fault.FAILED:
        _becomes(net, message, "failed", rule.code)
        return
    message.sent = net.clock()
    _becomes(net, message, "sent")
    yield from wait(
        TO_PHONE * net.config.text_seconds + (rule.seconds if rule and fault is Fault.SLOW else 0)
    )
    phone = net.phones.get(message.to)
    if rule and fault is Fault.UNDELIVERED:
        _becomes(net, message, "undelivered", rule.code)
    elif phone is None:
        _becomes(net, message, "undelivered", 30005)
    elif not phone.on:
        _becomes(net, message, "undelivered", 30003)
    else:
        phone.bubbles.append(Bubble(message.sid, False, message.sender, message.body, net.clock()))
        net.changed()
        net.happens(Happening("text", phone.number, message.sid, message.body))
        if fault is not Fault.NO_RECEIPT:
            _becomes(net, message, "delivered")


def _becomes(net: Network, message: Message, status: str, code: int = 0) -> None:
    message.status, message.error_code, message.updated = status, code, net.clock()
    net.changed()
    if not message.status_callback:
        return
    form = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": status,
        "SmsStatus": status,
        "To": message.to,
        "From": message.sender,
        "AccountSid": net.config.account_sid,
        "ApiVersion": API_VERSION,
    }
    if code:
        form["ErrorCode"] = str(code)
    if status == "delivered":
        form["RawDlrDoneDate"] = net.clock().strftime("%y%m%d%H%M")
    net.spawn(callback(net, message.callback_method, message.status_callback, form, message.subject))
