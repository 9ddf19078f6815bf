"""The doors of the carriers: texts, calls, receipts. Every one checks that the carrier itself sent the request."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Flask, current_app, request
from flask import Response as FlaskResponse

from hotline.calltree.actions import Document, Prompt
from hotline.carriers.carrier import BadRequest, CallLinks, Carrier, Request, Response
from hotline.carriers.lines import CarrierKind
from hotline.intake.audio import audio_urls
from hotline.intake.calls import Asked, receive_call, wait_in_queue
from hotline.intake.desk import Desk
from hotline.intake.receipts import call_receipt, message_receipt
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


def _checked(find: Callable[[Request], Carrier | None]) -> tuple[Carrier, Request] | None:
    """The line and its request when it is authentic, else None."""
    asked = carrier_request(request, desk().settings.public_url)
    carrier = find(asked)
    if carrier is None or not carrier.authentic(asked):
        return None
    return carrier, asked


def _text(found: tuple[Carrier, Request] | None, status_path: str) -> FlaskResponse:
    if found is None:
        return _forbidden()
    carrier, asked = found
    try:
        inbound = carrier.message(asked, desk().clock.now())
    except BadRequest as problem:
        return flask_response(carrier.refuse(problem))
    reply = receive_text(desk(), inbound)
    status_url = f"{desk().settings.public_url}{status_path}?m={reply.message_id}" if reply.message_id else ""
    return flask_response(carrier.answer_message(reply.text, status_url))


@doors.post("/twilio/sms")
def twilio_sms() -> FlaskResponse:
    """An inbound text from Twilio."""
    return _text(_checked(_twilio_line), "/twilio/status/message")


@doors.post("/twilio/voice")
def twilio_voice() -> FlaskResponse:
    """An inbound call, or its next turn; a page call's turn; a caller brought into the conference."""
    found = _checked(_twilio_line)
    if found is None:
        return _forbidden()
    carrier, asked = found
    page, join = request.args.get("page", ""), request.args.get("join", "")
    try:
        inbound = carrier.call(asked, desk().clock.now(), request.args.get("step", 0, type=int))
    except BadRequest as problem:
        return flask_response(carrier.refuse(problem))
    about = Asked(page, join, carrier.joined(asked))
    links = _links(f"?page={quote(page)}" if page else "")

    def render(document: Document) -> str:
        return carrier.answer_call(document, links, _audio).body

    body = receive_call(desk(), inbound, about, render)
    return flask_response(Response(200, "text/xml; charset=utf-8", body))


@doors.post("/twilio/wait")
def twilio_wait() -> FlaskResponse:
    """What a caller hears in the queue."""
    found = _checked(_twilio_line)
    if found is None:
        return _forbidden()
    carrier, asked = found
    try:
        inbound = carrier.call(asked, desk().clock.now(), 0)
    except BadRequest as problem:
        return flask_response(carrier.refuse(problem))
    document = wait_in_queue(desk(), inbound)
    links = CallLinks(action_url=f"{desk().settings.public_url}/twilio/wait")
    return flask_response(carrier.answer_call(document, links, _audio))


@doors.post("/twilio/status/message")
def twilio_message_status() -> FlaskResponse:
    """How far a text of ours has come."""
    return _receipt(_checked(_twilio_line))


@doors.post("/twilio/status/call")
def twilio_call_status() -> FlaskResponse:
    """How far a call has come."""
    found = _checked(_twilio_line)
    if found is None:
        return _forbidden()
    carrier, asked = found
    try:
        call_receipt(desk(), carrier.call_receipt(asked, desk().clock.now()), request.args.get("page", ""))
    except BadRequest as problem:
        return flask_response(carrier.refuse(problem))
    return FlaskResponse(status=204)


@doors.post("/twilio/status/recording")
def twilio_recording_status() -> FlaskResponse:
    """A recording is there: the worker fetches it."""
    if _checked(_twilio_line) is None:
        return _forbidden()
    desk().bell.ring()
    return FlaskResponse(status=204)


@doors.route("/gateway/<line>/sms", methods=["GET", "POST"])
def gateway_sms(line: str) -> FlaskResponse:
    """An inbound text from an HTTP gateway."""
    return _text(_checked(lambda _request: _gateway(line)), f"/gateway/{line}/status")


@doors.route("/gateway/<line>/status", methods=["GET", "POST"])
def gateway_status(line: str) -> FlaskResponse:
    """A delivery report from an HTTP gateway."""
    return _receipt(_checked(lambda _request: _gateway(line)))


def _receipt(found: tuple[Carrier, Request] | None) -> FlaskResponse:
    if found is None:
        return _forbidden()
    carrier, asked = found
    try:
        message_receipt(desk(), carrier.receipt(asked, desk().clock.now()), request.args.get("m", ""))
    except BadRequest as problem:
        return flask_response(carrier.refuse(problem))
    return flask_response(carrier.answer_message(None, ""))


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
    return audio_urls(desk().kit.book.root, desk().settings, prompt)


def _forbidden() -> FlaskResponse:
    return FlaskResponse("not from the carrier\n", status=403, content_type="text/plain")


def register(app: Flask) -> None:
    """Put the doors into the app."""
    app.register_blueprint(doors)
