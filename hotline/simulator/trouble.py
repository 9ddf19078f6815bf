"""What the carrier complains about: the records on the errors page, with the carrier's own codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """One complaint: the carrier's code, what was wrong, and at which address (no fragment)."""

    code: int
    text: str
    url: str
    at: datetime
    sid: str = ""


class TwimlError(Exception):
    """A document or answer the carrier cannot use. `code` is the carrier's."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


class ApiError(Exception):
    """A REST request the carrier refuses: its code, its words, and the HTTP status."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message


class NoAnswer(TimeoutError):
    """The fault script says that this request never gets an answer."""
