"""Messages: send, look up, redact, delete."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, jsonify

from hotline.simulator import messages as texts
from hotline.simulator.faults import What
from hotline.simulator.messages import FINAL, MAX_BODY, MAX_VALIDITY
from hotline.simulator.numbers import is_e164
from hotline.simulator.rest import shapes
from hotline.simulator.rest.api import api, find, network, with_faults
from hotline.simulator.rest.paging import page
from hotline.simulator.rest.parameters import Parameters, read
from hotline.simulator.trouble import ApiError

#: How long after it was sent a text without a receipt is final.
SENT_IS_FINAL = timedelta(minutes=10)
#: Parameters of products that this network does not have.
_ELSEWHERE = ("MessagingServiceSid", "ContentSid", "MediaUrl", "ApplicationSid", "ScheduleType", "SendAt")


@api.post("/Messages.json")
def create_message() -> Response:
    """Send a text; it is queued, one segment a second from each number."""
    parameters = read("post", "messages")
    _check(parameters)
    to, sender = parameters.get("To"), parameters.get("From")
    return with_faults(What.MESSAGE, to, sender, lambda: _create(parameters))


@api.get("/Messages.json")
def list_messages() -> Response:
    """All texts, newest first, by To, From and DateSent."""
    net, parameters = network(), read("get", "messages")
    low, high = parameters.span("DateSent")
    filtered = any(parameters.get(f"DateSent{sign}") for sign in ("", "<", ">"))
    with net.lock:
        found = [
            m
            for m in reversed(net.messages.values())
            if parameters.get("To") in ("", m.to)
            and parameters.get("From") in ("", m.sender)
            and (not filtered or low <= (m.sent or m.created).replace(microsecond=0) < high)
        ]
        return jsonify(page(parameters, "messages", found, lambda m: shapes.message(net, m)))


@api.get("/Messages/<sid>.json")
def fetch_message(sid: str) -> Response:
    """One text."""
    read("get", "message")
    net = network()
    with net.lock:
        return jsonify(shapes.message(net, find(net.messages, sid)))


@api.post("/Messages/<sid>.json")
def update_message(sid: str) -> Response:
    """Redact (`Body=`) a final text, or cancel a queued one."""
    net, parameters = network(), read("post", "message")
    with net.lock:
        message = find(net.messages, sid)
        if "Status" in parameters:
            if message.status not in ("queued", "scheduled", "accepted"):
                raise ApiError(400, 30409, "Message cannot be canceled in its present state")
            message.status = "canceled"
        elif "Body" not in parameters:
            raise ApiError(400, 20001, "Nothing to update: Body or Status is needed")
        elif parameters.get("Body"):
            raise ApiError(400, 20001, "Body can only be made empty")
        else:
            _must_be_final(message)
            message.body = ""
        message.updated = net.clock()
        net.changed()
        return jsonify(shapes.message(net, message))


@api.delete("/Messages/<sid>.json")
def delete_message(sid: str) -> tuple[str, int]:
    """Forget a final text."""
    net = network()
    with net.lock:
        _must_be_final(find(net.messages, sid))
        del net.messages[sid]
        net.changed()
    return "", 204


def _must_be_final(message: texts.Message) -> None:
    """Raises 20009: it is on its way, or the carrier is not done with it. Without a receipt it stays at `sent`, which is final
    too after a while."""
    net = network()
    waited = net.clock() - (message.updated or message.created)
    settled = message.status in FINAL or (message.status == "sent" and waited >= SENT_IS_FINAL)
    if not settled or message.sid in net.unsettled:
        raise ApiError(409, 20009, "Cannot delete or redact this resource before it is complete")


def _check(parameters: Parameters) -> None:
    net = network()
    to, sender, body = parameters.get("To"), parameters.get("From"), parameters.get("Body")
    for name in _ELSEWHERE:
        if parameters.get(name):
            raise ApiError(400, 20001, f"'{name}' is not served by this network")
    if not sender:
        raise ApiError(400, 21603, "A 'From' phone number is required.")
    if not body:
        raise ApiError(400, 21602, "Message body is required.")
    if len(body) > MAX_BODY:
        raise ApiError(400, 21617, "The concatenated message body exceeds the 1600 character limit")
    if not is_e164(sender):
        raise ApiError(400, 21212, f"Invalid From Number (caller ID): {sender}")
    line = net.lines.get(sender)
    if line is None:
        raise ApiError(400, 21659, f"'{sender}' is not a phone number of this account")
    if not line.config.sms:
        raise ApiError(
            400, 21606, f"The From phone number {sender} is not a message-capable number of this account"
        )
    if not is_e164(to):
        raise ApiError(400, 21211, f"Invalid 'To' Phone Number: {to}")
    if to == sender:
        raise ApiError(400, 21266, "'To' and 'From' number cannot be the same")
    if to in line.stopped:
        raise ApiError(400, 21610, "Attempt to send to unsubscribed recipient")
    if line.queue_is_full(net.clock()):
        raise ApiError(
            429, 21611, f"This From number {sender} has exceeded the maximum number of queued messages"
        )
    parameters.number("ValidityPeriod", MAX_VALIDITY, 1, MAX_VALIDITY)


def _create(parameters: Parameters) -> dict[str, Any]:
    net = network()
    to, sender = parameters.get("To"), parameters.get("From")
    message = texts.new_message(net, "outbound-api", sender, to, parameters.get("Body"), "queued")
    message.status_callback = parameters.get("StatusCallback")
    message.validity = int(parameters.get("ValidityPeriod") or MAX_VALIDITY)
    texts.send(net, message, net.lines[sender])
    return shapes.message(net, message)
