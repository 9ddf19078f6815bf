"""What a line without voice answers to everything about calls and recordings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NoReturn

from hotline.calltree.actions import Document
from hotline.carriers.carrier import Accepted, Audio, CallLinks, OutgoingCall, Request, Response
from hotline.carriers.failures import NotOnThisLine
from hotline.carriers.receipts import CallReceipt, RecordingReceipt
from hotline.conversation.inbound import Inbound


class Voiceless:
    """The voice half of `Carrier`: each method raises `NotOnThisLine`, and there is nothing to delete."""

    def call(self, request: Request, at: datetime, step: int) -> Inbound:
        """No voice."""
        _no_voice()

    def joined(self, request: Request) -> bool | None:
        """Nobody is ever joined here."""
        return None

    def call_receipt(self, request: Request, at: datetime) -> CallReceipt:
        """No voice."""
        _no_voice()

    def recording_receipt(self, request: Request, at: datetime) -> RecordingReceipt:
        """No voice."""
        _no_voice()

    def answer_call(self, document: Document, links: CallLinks, audio: Audio) -> Response:
        """No voice."""
        _no_voice()

    def answer_join(self) -> Response:
        """No voice."""
        _no_voice()

    def place(self, call: OutgoingCall) -> Accepted:
        """No voice."""
        _no_voice()

    def end(self, sid: str) -> None:
        """No voice."""
        _no_voice()

    def is_over(self, sid: str) -> bool:
        """No voice."""
        _no_voice()

    def redirect(self, sid: str, url: str) -> None:
        """No voice."""
        _no_voice()

    def find_call(self, to: str, since: datetime, known: Collection[str] = ()) -> Accepted | None:
        """No voice."""
        _no_voice()

    def fetch_recording(self, sid: str, *, wave: bool = False) -> bytes:
        """No voice."""
        _no_voice()

    def delete_recording(self, sid: str) -> None:
        """There are no recordings."""

    def delete_call(self, sid: str) -> None:
        """There are no calls."""


def _no_voice() -> NoReturn:
    raise NotOnThisLine("voice")
