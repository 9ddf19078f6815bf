"""The one face of every carrier: what reaches us becomes data, what we say becomes the carrier's answer or a request to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from hotline.calltree.actions import Document, Prompt
from hotline.carriers.failures import BadRequest, CarrierError, Meaning, NotOnThisLine, Retry
from hotline.carriers.leftovers import Leftovers
from hotline.carriers.lines import Line
from hotline.carriers.receipts import (
    CallReceipt,
    CallStatus,
    DeliveryStatus,
    Receipt,
    RecordingReceipt,
)
from hotline.conversation.inbound import Inbound

__all__ = [
    "Accepted",
    "Audio",
    "BadRequest",
    "CallLinks",
    "CallReceipt",
    "CallStatus",
    "Carrier",
    "CarrierError",
    "DeliveryStatus",
    "Leftovers",
    "Meaning",
    "NotOnThisLine",
    "Outgoing",
    "OutgoingCall",
    "Receipt",
    "RecordingReceipt",
    "Request",
    "Response",
    "Retry",
]

Audio = Callable[[Prompt], tuple[str, ...]]
"""URLs of the clips to play for a prompt, one after the other; () when its words are to be spoken."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a carrier sent us, free of any web framework.

    `url` is the public one, as the carrier knows it: our own PUBLIC_URL + path + query, never taken from the Host header.
    `form` holds the pairs of a form body in their order, repeats included; `body` the raw bytes.
    Names of headers may be in any case.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    form: Sequence[tuple[str, str]]
    body: bytes = b""

    @property
    def query(self) -> str:
        """The URL's query, as it stands there."""
        return self.url.partition("#")[0].partition("?")[2]

    def header(self, name: str) -> str:
        """The header's value, "" when it is missing."""
        lower = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == lower), "")

    def value(self, name: str) -> str:
        """The first form value of that name, "" when it is missing."""
        return next((value for key, value in self.form if key == name), "")


@dataclass(frozen=True, slots=True)
class Response:
    """What we answer a carrier: an HTTP status, a content type (None with an empty body), a body."""

    status: int
    content_type: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send. `id` is ours, opaque; `to` is E.164. `status_url` takes the receipts, "" for none.

    `valid_seconds` is how long the carrier may keep trying (1 to 36000), None for its own default of ten hours: a reply that
    arrives hours later may be read by somebody else.
    """

    id: str
    to: str
    text: str
    line: Line
    status_url: str
    valid_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A call to place. `answer_url` is asked for the document once it is answered, `status_url` takes the events.

    It rings `ring_seconds`, then it ends without reaching a voicemail that answers later.
    """

    id: str
    to: str
    line: Line
    answer_url: str
    status_url: str
    ring_seconds: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took it; `sid` is its id there."""

    sid: str


@dataclass(frozen=True, slots=True)
class CallLinks:
    """Our own absolute URLs for one call document. Raises ValueError for a relative one.

    `action_url` is where the next turn goes: the step number is appended to it (`step_url`). The others are used as they
    are, "" for none: `wait_url` is what a caller hears in the queue (our words), `conference_wait_url` what somebody
    alone in a conference hears (silence if ""), `whisper_url` what somebody rung hears before being joined,
    `recording_status_url` takes the news that a recording is there.
    """

    action_url: str
    wait_url: str = ""
    whisper_url: str = ""
    recording_status_url: str = ""
    conference_wait_url: str = ""

    def __post_init__(self) -> None:
        """A relative URL would resolve against whatever document is playing; Twilio refuses host names with `_`."""
        for url in (
            self.action_url,
            self.wait_url,
            self.whisper_url,
            self.recording_status_url,
            self.conference_wait_url,
        ):
            parts = urlsplit(url)
            if url and (parts.scheme not in ("http", "https") or not parts.hostname or "_" in parts.hostname):
                raise ValueError(
                    "a call link must be an absolute http(s) URL whose host name has no underscore"
                )
        if not self.action_url:
            raise ValueError("a call document needs an action URL")


class Carrier(Protocol):
    """What every carrier does for one line. The contract test in tests/carriers plays it on all of them."""

    line: Line

    def authentic(self, request: Request) -> bool:
        """Whether the carrier itself sent this. Never raises."""

    def message(self, request: Request, at: datetime) -> Inbound:
        """The text that reached us. Raises `BadRequest`."""

    def call(self, request: Request, at: datetime, step: int) -> Inbound:
        """The turn of a call that reached us; `step` as our URL carried it. Raises `BadRequest`, `NotOnThisLine`.

        `sender` is the person at the other end: who called us, or whom we called.
        """

    def joined(self, request: Request) -> bool | None:
        """After `Ring`, `Conference` or `Enqueue`: whether the caller spoke with somebody. None if it is another turn."""

    def receipt(self, request: Request, at: datetime) -> Receipt:
        """How far a message has come. Raises `BadRequest`."""

    def call_receipt(self, request: Request, at: datetime) -> CallReceipt:
        """How far a call has come. Raises `BadRequest`, `NotOnThisLine`."""

    def recording_receipt(self, request: Request, at: datetime) -> RecordingReceipt:
        """Whether a recording is there. Raises `BadRequest`, `NotOnThisLine`."""

    def answer_message(self, text: str | None, status_url: str) -> Response:
        """The answer to a text's request: the reply if the line takes it there, else nothing (None).

        Raises ValueError for a reply on a line that takes none in the answer: it would be lost.
        """

    def answer_call(self, document: Document, links: CallLinks, audio: Audio) -> Response:
        """The answer to a call's request. Raises `NotOnThisLine`."""

    def answer_join(self) -> Response:
        """The answer to a whisper's key press: go on and join the two. Raises `NotOnThisLine`."""

    def refuse(self, problem: BadRequest) -> Response:
        """The answer to a request that we cannot read."""

    def send(self, message: Outgoing) -> Accepted:
        """Hand a message to the carrier. Raises `CarrierError`."""

    def place(self, call: OutgoingCall) -> Accepted:
        """Start a call. Raises `CarrierError`."""

    def end(self, sid: str) -> None:
        """End a call, ringing or answered; one already over is no error. Raises `CarrierError`."""

    def is_over(self, sid: str) -> bool:
        """Whether a call has ended, or is not known any more. Raises `CarrierError`, `NotOnThisLine`."""

    def redirect(self, sid: str, url: str) -> None:
        """Have a call in progress ask `url` for its next document. Raises `CarrierError`."""

    def find(self, to: str, since: datetime, text: str, known: Collection[str] = ()) -> Accepted | None:
        """The message to `to` with this text that the carrier took at or after `since`, after an `AMBIGUOUS` failure.

        `since` is when the first try began; `known` are ids that belong to other messages of ours. None means that
        sending again is safe. Raises `CarrierError`; `NotOnThisLine` when the carrier cannot tell.
        """

    def find_call(self, to: str, since: datetime, known: Collection[str] = ()) -> Accepted | None:
        """The call of ours to `to` that the carrier took at or after `since`, after an `AMBIGUOUS` failure, ringing or over.

        `since` is when it was ordered: calls that were over by then are others. `known` as in `find`. None means that
        ringing again is safe. Raises `CarrierError`; `NotOnThisLine`.
        """

    def fetch_recording(self, sid: str, *, wave: bool = False) -> bytes:
        """The recording as MP3, or as WAV where its samples are worked on. Raises `CarrierError` (`LATER` while it is not ready)."""

    def redact(self, sid: str) -> int:
        """Empty the carrier's copy of a text; gives how many pictures it still holds. Gone is done (0). Raises `CarrierError`
        (`NOT_FINAL`: later)."""

    def delete_message(self, sid: str) -> None:
        """Delete the carrier's copy of a message. Gone is done. Raises `CarrierError` (`NOT_FINAL`: later)."""

    def delete_recording(self, sid: str) -> None:
        """Delete the carrier's copy of a recording. Gone is done. Raises `CarrierError`."""

    def delete_call(self, sid: str) -> None:
        """Delete what the carrier noted of a call. Gone is done. Raises `CarrierError` (`NOT_FINAL`: it is not over)."""

    def leftovers(self, before: datetime) -> Leftovers:
        """What the carrier still holds of this line's texts, calls and recordings from before an instant. Raises
        `CarrierError`."""

    def close(self) -> None:
        """Let go of connections."""
