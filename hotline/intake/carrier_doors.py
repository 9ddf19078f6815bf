"""The doors of the carriers: texts, calls, receipts. Every one checks that the carrier itself sent the request."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, current_app, request
from flask import Response as FlaskResponse

from hotline.calltree.actions import Document, Prompt
from hotline.carriers.carrier import BadRequest, CallLinks, Carrier, Request, Response
from hotline.carriers.lines import CarrierKind
from hotline.intake.audio import audio_urls
from hotline.intake.calls import Asked, receive_call, wait_in_queue
from hotline.intake.desk import Desk
from hotline.intake.receipts import (
    call_receipt,
    helper_receipt,
    message_receipt,
    practice_receipt,
    probe_receipt,
)
from hotline.intake.requests import carrier_request, flask_response
from hotline.intake.texts import receive_text

doors = Blueprint("doors", __name__)


def desk() -> Desk:
    """The desk of this process."""
    found: Desk = current_app.extensions["desk"]
    return found


def _twilio_line(request_: Request) -> Carrier | None:
    """The Twilio line that the request names (To of a text or an inbound call, From of a call of ours); the first Twilio
    line when it names none. None when there is no Twilio line at all."""
    lines = [carrier for carrier in desk().carriers.values() if carrier.line.carrier is CarrierKind.TWILIO]
    for name in ("To", "From"):
        for carrier in lines:
            if carrier.line.number == request_.value(name):
                return carrier
    return lines[0] if lines else None


def _door(
    find: Callable[[Request], Carrier | None], act: Callable[[Carrier, Request], FlaskResponse]
) -> FlaskResponse:
    """Let in what the carrier itself sent. What we cannot read is refused in the carrier's own way."""
    asked = carrier_request(request, desk().settings.public_url)
    carrier = find(asked)
    if carrier is None or not carrier.authentic(asked):
        return FlaskResponse("not from the carrier\n", status=403, content_type="text/plain")
    try:
        return act(carrier, asked)
    except BadRequest as problem:
        return flask_response(carrier.refuse(problem))


def _text(status_path: str) -> Callable[[Carrier, Request], FlaskResponse]:
    """Take a text; its reply's receipts go to `status_path`."""

    def act(carrier: Carrier, asked: Request) -> FlaskResponse:
        reply = receive_text(desk(), carrier.message(asked, desk().clock.now()))
        public = desk().settings.public_url
        status_url = f"{public}{status_path}?m={reply.message_id}" if reply.message_id else ""
        return flask_response(carrier.answer_message(reply.text, status_url))

    return act


def _receipt(carrier: Carrier, asked: Request) -> FlaskResponse:
    receipt = carrier.receipt(asked, desk().clock.now())
    if probe := request.args.get("probe", ""):
        probe_receipt(desk(), receipt, probe)
    else:
        message_receipt(desk(), receipt, request.args.get("m", ""))
    return flask_response(carrier.answer_message(None, ""))


def _turn(carrier: Carrier, asked: Request) -> FlaskResponse:
    names = ("page", "join", "help", "check", "back", "drill", "alarm")
    named = {name: request.args.get(name, "") for name in names}
    inbound = carrier.call(asked, desk().clock.now(), request.args.get("step", 0, type=int))
    # The caller of a conference goes on in their own call.
    kept = (f"?{name}={quote(one)}" for name, one in named.items() if one and name not in ("join", "alarm"))
    links = _links(next(kept, ""))
    joined = True if "left" in request.args else carrier.joined(asked)

    def render(document: Document) -> str:
        return carrier.answer_call(document, links, _audio).body

    body = receive_call(desk(), inbound, Asked(**named, joined=joined), render)
    return flask_response(Response(200, "text/xml; charset=utf-8", body))


def _wait(carrier: Carrier, asked: Request) -> FlaskResponse:
    document = wait_in_queue(desk(), carrier.call(asked, desk().clock.now(), 0))
    links = CallLinks(action_url=f"{desk().settings.public_url}/twilio/wait")
    return flask_response(carrier.answer_call(document, links, _audio))


def _call_receipt(carrier: Carrier, asked: Request) -> FlaskResponse:
    receipt = carrier.call_receipt(asked, desk().clock.now())
    if helper := request.args.get("help", ""):
        helper_receipt(desk(), receipt, helper)
        return FlaskResponse(status=204)
    if drill := request.args.get("drill", ""):
        practice_receipt(desk(), receipt, drill)
        return FlaskResponse(status=204)
    call_receipt(
        desk(),
        receipt,
        request.args.get("page", ""),
        request.args.get("ring", 0, type=int),
        request.args.get("back", ""),
    )
    return FlaskResponse(status=204)


def _recording(_carrier: Carrier, _asked: Request) -> FlaskResponse:
    desk().bell.ring()  # the worker fetches it
    return FlaskResponse(status=204)


@doors.post("/twilio/sms")
def twilio_sms() -> FlaskResponse:
    """An inbound text from Twilio."""
    return _door(_twilio_line, _text("/twilio/status/message"))


@doors.post("/twilio/voice")
def twilio_voice() -> FlaskResponse:
    """An inbound call, or its next turn; a page call's turn; a caller brought into the conference."""
    return _door(_twilio_line, _turn)


@doors.post("/twilio/wait")
def twilio_wait() -> FlaskResponse:
    """What a caller hears in the queue."""
    return _door(_twilio_line, _wait)


@doors.post("/twilio/status/message")
def twilio_message_status() -> FlaskResponse:
    """How far a text of ours has come."""
    return _door(_twilio_line, _receipt)


@doors.post("/twilio/status/call")
def twilio_call_status() -> FlaskResponse:
    """How far a call has come."""
    return _door(_twilio_line, _call_receipt)


@doors.post("/twilio/status/recording")
def twilio_recording_status() -> FlaskResponse:
    """A recording is there."""
    return _door(_twilio_line, _recording)


@doors.route("/gateway/<line>/sms", methods=["GET", "POST"])
def gateway_sms(line: str) -> FlaskResponse:
    """An inbound text from an HTTP gateway."""
    return _door(lambda _asked: _gateway(line), _text(f"/gateway/{line}/status"))


@doors.route("/gateway/<line>/status", methods=["GET", "POST"])
def gateway_status(line: str) -> FlaskResponse:
    """A delivery report from an HTTP gateway."""
    return _door(lambda _asked: _gateway(line), _receipt)


def _gateway(line: str) -> Carrier | None:
    carrier = desk().carriers.get(line)
    return carrier if carrier and carrier.line.carrier is CarrierKind.GATEWAY else None


def _links(query: str) -> CallLinks:
    public = desk().settings.public_url
    return CallLinks(
        action_url=f"{public}/twilio/voice{query}",
        wait_url=f"{public}/twilio/wait",
        recording_status_url=f"{public}/twilio/status/recording",
    )


def _audio(prompt: Prompt) -> tuple[str, ...]:
    return audio_urls(desk().clips, desk().settings.public_url, prompt)
