"""Calls: place, look up, redirect, end."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from hotline.simulator.calls import Call, Next, Progress, Status, hang_up
from hotline.simulator.faults import What
from hotline.simulator.network import Network
from hotline.simulator.numbers import is_e164
from hotline.simulator.rest import shapes
from hotline.simulator.rest.api import api, find, network, with_faults
from hotline.simulator.rest.paging import page
from hotline.simulator.rest.parameters import Parameters, read
from hotline.simulator.trouble import ApiError, TwimlError
from hotline.simulator.twiml.document import voice_document
from hotline.simulator.twiml.schema import VOICE_VERBS

MAX_INLINE = 4000
EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_ELSEWHERE = ("ApplicationSid", "Record", "SendDigits", "SipAuthUsername", "Byoc", "CallerId")


@api.post("/Calls.json")
def create_call() -> Response:
    """Place a call: `Url` or inline `Twiml` says what happens once it is answered."""
    parameters = read("post", "calls")
    _check(parameters)
    return with_faults(What.CALL, parameters.get("To"), parameters.get("From"), lambda: _create(parameters))


@api.get("/Calls.json")
def list_calls() -> Response:
    """All calls, newest first, by To, From, Status, ParentCallSid and times."""
    net, parameters = network(), read("get", "calls")
    spans = {name: parameters.span(name) for name in ("StartTime", "EndTime")}
    with net.lock:
        found = [c for c in reversed(net.calls.values()) if _wanted(parameters, spans, c)]
        return jsonify(page(parameters, "calls", found, lambda c: shapes.call(net, c)))


@api.get("/Calls/<sid>.json")
def fetch_call(sid: str) -> Response:
    """One call."""
    read("get", "call")
    net = network()
    with net.lock:
        return jsonify(shapes.call(net, find(net.calls, sid)))


@api.post("/Calls/<sid>.json")
def update_call(sid: str) -> Response:
    """End a call (`completed`), take back one that still rings (`canceled`), or give it another document."""
    net, parameters = network(), read("post", "call")
    with net.lock:
        call = find(net.calls, sid)
        if parameters.get("Status"):
            _end(call, parameters.get("Status"))
        else:
            _redirect(net, call, parameters)
        return jsonify(shapes.call(net, call))


@api.delete("/Calls/<sid>.json")
def delete_call(sid: str) -> tuple[str, int]:
    """Forget a call that is over."""
    net = network()
    with net.lock:
        if not find(net.calls, sid).over or sid in net.unsettled:
            raise ApiError(409, 20009, "Cannot delete this resource before it is complete")
        del net.calls[sid]
    return "", 204


def place(net: Network, parameters: Parameters, first: Next) -> Call:
    """Put an accepted call on its way."""
    to, sender = parameters.get("To"), parameters.get("From")
    call = Call(net.new_sid("CA"), sender, to, "outbound-api", net.clock(), sender)
    call.progress = Progress(
        parameters.get("StatusCallback"),
        parameters.get("StatusCallbackMethod", "POST"),
        frozenset(parameters.all("StatusCallbackEvent") or ["completed"]),
    )
    call.fallback = (parameters.get("FallbackUrl"), parameters.get("FallbackMethod", "POST"))
    call.detection = parameters.get("MachineDetection")
    if parameters.flag("AsyncAmd"):
        call.detection_hook = (
            parameters.get("AsyncAmdStatusCallback"),
            parameters.get("AsyncAmdStatusCallbackMethod", "POST"),
        )
    call.time_limit = int(parameters.get("TimeLimit") or call.time_limit)
    net.place_call(call, first, int(parameters.get("Timeout") or 60))
    return call


def check_numbers(net: Network, parameters: Parameters) -> None:
    """To and From as a call needs them; raises ApiError."""
    to, sender = parameters.get("To"), parameters.get("From")
    if not is_e164(to):
        raise ApiError(400, 21211, f"Invalid 'To' Phone Number: {to}")
    if not is_e164(sender):
        raise ApiError(400, 21212, f"Invalid From Number (caller ID): {sender}")
    line = net.lines.get(sender)
    if line is None or not line.config.voice:
        raise ApiError(
            400, 21210, f"The source phone number provided, {sender}, is not yet verified for your account."
        )
    if to == sender:
        raise ApiError(400, 21266, "'To' and 'From' number cannot be the same")
    events = set(parameters.all("StatusCallbackEvent"))
    if not events <= EVENTS:
        raise ApiError(400, 21626, f"Invalid StatusCallbackEvent: {', '.join(sorted(events - EVENTS))}")
    if parameters.get("MachineDetection") not in ("", "Enable", "DetectMessageEnd"):
        raise ApiError(400, 20001, "MachineDetection is Enable or DetectMessageEnd")
    if parameters.get("AsyncAmd") not in ("", "true", "false"):
        raise ApiError(400, 20001, "AsyncAmd is true or false")
    if parameters.flag("AsyncAmd") and not parameters.get("AsyncAmdStatusCallback"):
        raise ApiError(400, 20001, "AsyncAmd needs an AsyncAmdStatusCallback")
    parameters.number("Timeout", 60, 5, 600)
    parameters.number("TimeLimit", 14400, 1, 86400)


def document(parameters: Parameters) -> Next:
    """What is played: `Url`, or `Twiml` given inline; raises ApiError 21205 or 21218."""
    url, inline = parameters.get("Url"), parameters.get("Twiml")
    if bool(url) == bool(inline):
        raise ApiError(400, 21205, "Either Url or Twiml is required")
    if inline:
        if len(inline) > MAX_INLINE:
            raise ApiError(400, 21218, f"Twiml has at most {MAX_INLINE} characters")
        try:
            voice_document(inline.encode(), VOICE_VERBS)
        except TwimlError as error:
            raise ApiError(400, error.code, error.text) from None
        return Next(inline=inline)
    return Next(url, parameters.get("Method", "POST"))


def _check(parameters: Parameters) -> None:
    for name in _ELSEWHERE:
        if parameters.get(name) not in ("", "false"):
            raise ApiError(400, 20001, f"'{name}' is not served by this network")
    check_numbers(network(), parameters)
    document(parameters)


def _create(parameters: Parameters) -> dict[str, Any]:
    net = network()
    return shapes.call(net, place(net, parameters, document(parameters)))


def _wanted(parameters: Parameters, spans: dict[str, tuple[Any, Any]], call: Call) -> bool:
    times = {"StartTime": call.answered or call.started, "EndTime": call.ended}
    for name, (low, high) in spans.items():
        asked = any(parameters.get(name + sign) for sign in ("", "<", ">"))
        moment = times[name]
        if asked and (moment is None or not low <= moment.replace(microsecond=0) < high):
            return False
    status = Status.QUEUED if call.status is Status.INITIATED else call.status
    return (
        parameters.get("To") in ("", call.to)
        and parameters.get("From") in ("", call.sender)
        and parameters.get("Status") in ("", status.value)
        and parameters.get("ParentCallSid") in ("", call.parent)
    )


def _end(call: Call, status: str) -> None:
    if call.over:
        raise ApiError(400, 21220, "Invalid call state: the call has ended")
    if status == "completed":
        hang_up(call, Status.COMPLETED if call.answered else Status.CANCELED)
    elif call.answered is None:
        hang_up(call, Status.CANCELED)


def _redirect(net: Network, call: Call, parameters: Parameters) -> None:
    if call.status is not Status.IN_PROGRESS:
        raise ApiError(400, 21220, "Unable to update record. Call is not in-progress. Cannot redirect.")
    if parameters.get("StatusCallback"):
        call.progress = Progress(
            parameters.get("StatusCallback"),
            parameters.get("StatusCallbackMethod", "POST"),
            call.progress.events,
        )
    if parameters.get("FallbackUrl"):
        call.fallback = (parameters.get("FallbackUrl"), parameters.get("FallbackMethod", "POST"))
    net.redirect(call, document(parameters))
