"""A line at Twilio (or at the simulator, which is Twilio at another address)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from hotline.calltree.actions import Document
from hotline.carriers import signature, twilio_requests, twiml
from hotline.carriers.carrier import (
    Accepted,
    Audio,
    CallLinks,
    Outgoing,
    OutgoingCall,
    Request,
    Response,
)
from hotline.carriers.failures import BadRequest, CarrierError, Meaning, NotOnThisLine, Retry
from hotline.carriers.leftovers import Leftovers, at_twilio
from hotline.carriers.lines import Line
from hotline.carriers.receipts import CallReceipt, Receipt, RecordingReceipt
from hotline.carriers.twilio_http import QuietClient, TwilioAccount, silence_loggers
from hotline.carriers.voices import VOICES, Voice
from hotline.conversation.inbound import Inbound
from hotline.wording.clean import clean

MESSAGE_LIMIT = 1600
"""Characters of one message."""

_XML = "text/xml; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]
_LOOK_BACK = 100  # messages or calls to one number that a look-up reads, newest first
_CLOCK_TOLERANCE = timedelta(seconds=5)  # theirs and ours, and their whole seconds


class TwilioCarrier:
    """Implements `Carrier`."""

    def __init__(self, line: Line, account: TwilioAccount, voices: Mapping[str, Voice] = VOICES) -> None:
        silence_loggers()
        self.line = line
        self._account = account
        self._voices = voices
        self._http = QuietClient(account)
        # An empty environment: the library would read credentials, region and edge from the process's own.
        self._client = Client(
            account.account_sid, account.auth_tokens[0], http_client=self._http, environment={"": ""}
        )

    def authentic(self, request: Request) -> bool:
        """See `signature.authentic`; every token of the account counts."""
        return signature.authentic(request, self._account.auth_tokens)

    def message(self, request: Request, at: datetime) -> Inbound:
        """See `Carrier.message`."""
        return twilio_requests.message(request, self.line, at)

    def call(self, request: Request, at: datetime, step: int) -> Inbound:
        """See `Carrier.call`."""
        return twilio_requests.call(request, self.line, at, step)

    def joined(self, request: Request) -> bool | None:
        """See `Carrier.joined`."""
        return twilio_requests.joined(request)

    def receipt(self, request: Request, at: datetime) -> Receipt:
        """See `Carrier.receipt`."""
        return twilio_requests.receipt(request, at)

    def call_receipt(self, request: Request, at: datetime) -> CallReceipt:
        """See `Carrier.call_receipt`."""
        return twilio_requests.call_receipt(request, at)

    def recording_receipt(self, request: Request, at: datetime) -> RecordingReceipt:
        """See `Carrier.recording_receipt`."""
        return twilio_requests.recording_receipt(request, at)

    def answer_message(self, text: str | None, status_url: str) -> Response:
        """See `Carrier.answer_message`. Raises ValueError also over 1600 characters: Twilio would drop it."""
        if text is None:
            return Response(204, None, "")
        if not self.line.reply_in_answer:
            raise ValueError(f"line {self.line.id} takes no reply in the answer")
        if not clean(text).strip() or len(text) > MESSAGE_LIMIT:
            raise ValueError(f"a message holds 1 to {MESSAGE_LIMIT} characters")
        return Response(200, _XML, twiml.message_document(text, status_url))

    def answer_call(self, document: Document, links: CallLinks, audio: Audio) -> Response:
        """See `Carrier.answer_call`."""
        return Response(
            200, _XML, twiml.call_document(document, links, audio, self.line.number, self._voices)
        )

    def answer_join(self) -> Response:
        """See `Carrier.answer_join`."""
        return Response(200, _XML, twiml.empty_document())

    def refuse(self, problem: BadRequest) -> Response:
        """400 with one plain line: it lands in Twilio's debugger, and the message stays in its log."""
        return Response(400, _TEXT, f"{problem}\n")

    def send(self, message: Outgoing) -> Accepted:
        """See `Carrier.send`."""
        if not self.line.sms_out:
            raise NotOnThisLine("sms-out")
        optional: dict[str, object] = {}
        if message.status_url:
            optional["status_callback"] = message.status_url
        if message.valid_seconds is not None:
            optional["validity_period"] = message.valid_seconds
        return self._created(
            lambda: self._client.messages.create(
                to=message.to, from_=self.line.number, body=message.text, **optional
            )
        )

    def place(self, call: OutgoingCall) -> Accepted:
        """See `Carrier.place`."""
        if not self.line.voice:
            raise NotOnThisLine("voice")
        return self._created(
            lambda: self._client.calls.create(
                to=call.to,
                from_=self.line.number,
                url=call.answer_url,
                method="POST",
                timeout=call.ring_seconds,
                status_callback=call.status_url,
                status_callback_method="POST",
                status_callback_event=_CALL_EVENTS,
            )
        )

    def end(self, sid: str) -> None:
        """See `Carrier.end`. `completed` ends a ringing call as well; `canceled` would miss one just answered."""
        self._settled(lambda: self._client.calls(sid).update(status="completed"))

    def is_over(self, sid: str) -> bool:
        """See `Carrier.is_over`."""
        try:
            call = self._read(lambda: self._client.calls(sid).fetch())
        except CarrierError as problem:
            if problem.meaning is not Meaning.GONE:
                raise
            return True
        return str(call.status) not in ("queued", "initiated", "ringing", "in-progress")

    def redirect(self, sid: str, url: str) -> None:
        """See `Carrier.redirect`. Raises `CarrierError` with `GONE` if the call is over."""
        self._read(lambda: self._client.calls(sid).update(url=url, method="POST"))

    def find(self, to: str, since: datetime, text: str, known: Collection[str] = ()) -> Accepted | None:
        """See `Carrier.find`. Not filtered by DateSent at Twilio: what still waits in its queue has none."""
        begin = since.astimezone(UTC) - _CLOCK_TOLERANCE
        listed = self._read(
            lambda: self._client.messages.list(
                to=to, from_=self.line.number, limit=_LOOK_BACK, page_size=_LOOK_BACK
            )
        )
        for row in listed:
            ours = str(row.direction).startswith("outbound") and row.sid not in known
            recent = row.date_created is None or row.date_created >= begin
            if ours and recent and str(row.body).strip() == text.strip():
                return Accepted(row.sid)
        return None

    def find_call(self, to: str, since: datetime, known: Collection[str] = ()) -> Accepted | None:
        """See `Carrier.find_call`. Not filtered by StartTime at Twilio: what still waits in its queue has none. A call bears
        no mark of ours there, so it is known by number and time; never two of ours go to one phone at once."""
        if not self.line.voice:
            raise NotOnThisLine("voice")
        ordered = since.astimezone(UTC)
        listed = self._read(
            lambda: self._client.calls.list(
                to=to, from_=self.line.number, limit=_LOOK_BACK, page_size=_LOOK_BACK
            )
        )
        for row in listed:
            ours = str(row.direction).startswith("outbound") and row.sid not in known
            recent = row.date_created is None or row.date_created >= ordered - _CLOCK_TOLERANCE
            over = row.end_time is not None and row.end_time < ordered.replace(microsecond=0)
            if ours and recent and not over:
                return Accepted(row.sid)
        return None

    def fetch_recording(self, sid: str, *, wave: bool = False) -> bytes:
        """See `Carrier.fetch_recording`. Not found means not ready yet: the news may outrun the file."""
        ending = "wav" if wave else "mp3"
        try:
            return self._http.fetch(
                f"/2010-04-01/Accounts/{self._account.account_sid}/Recordings/{sid}.{ending}"
            )
        except CarrierError as problem:
            if problem.meaning is not Meaning.GONE:
                raise
            raise CarrierError(problem.code, Retry.LATER, 30.0, Meaning.NOT_FINAL) from None

    def redact(self, sid: str) -> int:
        """See `Carrier.redact`. Twilio's answer counts the media, which an empty body does not remove."""
        emptied = self._settled(lambda: self._client.messages(sid).update(body=""))
        media = "" if emptied is None else str(emptied.num_media or "")
        return int(media) if media.isdecimal() else 0

    def delete_message(self, sid: str) -> None:
        """See `Carrier.delete_message`."""
        self._settled(lambda: self._client.messages(sid).delete())

    def delete_recording(self, sid: str) -> None:
        """See `Carrier.delete_recording`."""
        self._settled(lambda: self._client.recordings(sid).delete())

    def delete_call(self, sid: str) -> None:
        """See `Carrier.delete_call`."""
        self._settled(lambda: self._client.calls(sid).delete())

    def leftovers(self, before: datetime) -> Leftovers:
        """See `Carrier.leftovers`."""
        return at_twilio(self._client, self.line.number, before.astimezone(UTC), self._read)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _created(self, request: Callable[[], Any]) -> Accepted:
        """Run what creates a message or a call; an answer that says yes and cannot be read is a doubt, not a no."""
        try:
            sid = request().sid
        except (TwilioException, ValueError, KeyError, TypeError):
            sid = None
        if not sid:
            raise CarrierError("unreadable", Retry.AMBIGUOUS)
        return Accepted(str(sid))

    def _read(self, request: Callable[[], Any]) -> Any:
        """Run what may simply be repeated."""
        try:
            return request()
        except (TwilioException, ValueError, KeyError, TypeError):
            pass
        raise CarrierError("unreadable", Retry.LATER)

    def _settled(self, request: Callable[[], Any]) -> Any:
        """Run what is done as well when its object is gone: None then."""
        try:
            return self._read(request)
        except CarrierError as problem:
            if problem.meaning is not Meaning.GONE:
                raise
        return None
