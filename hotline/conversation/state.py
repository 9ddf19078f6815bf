"""Where a conversation stands, small enough to be stored with every message."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum

from hotline.answers.sheet import Given, Plain, Sheet


class Stage(StrEnum):
    """What the next message answers."""

    LANGUAGE = "language"
    SAFE = "safe"
    SAFE_AGAIN = "safe_again"  # unclear once: asked in other words
    DANGER = "danger"
    WHO = "who"
    FORM = "form"  # the open item of the form
    CRY = "cry"  # a HELP word came first: in danger, and nothing was asked yet
    PLACE = "place"  # after danger: where are you
    CONTACT = "contact"  # after danger: may we write or ring
    WAITING = "waiting"  # a person is coming: the machine is silent
    UNSAFE = "unsafe"  # the machine is silent from then on
    REVIEW = "review"  # an officer's report was read back
    DONE = "done"
    CALL = "call"  # the last answer came in a call: nothing is open by text


class Road(StrEnum):
    """Whose road the conversation takes."""

    PUBLIC = "public"
    OFFICER = "officer"


@dataclass(slots=True)
class State:
    """One conversation in flight. `open` is the item that was asked, `tries` how often its reply was not understood,
    `readings` what a question back offered. `resume` is where the safety question leads back to. `last` is the epoch
    second of the contact's last message. `unread` are an officer's tokens that were not understood."""

    book: str
    reference: str
    road: Road = Road.PUBLIC
    stage: Stage = Stage.LANGUAGE
    locale: str = ""
    form: str = "opening"
    kind: str = ""  # contact_kind: self, other, work
    open: str = ""
    tries: int = 0
    readings: list[Plain] = field(default_factory=list)
    sheet: Sheet = field(default_factory=dict)
    older: list[list[Plain]] = field(default_factory=list)  # corrected answers: [field, *row]
    words: list[str] = field(default_factory=list)  # own words, in order
    resume: str = ""
    unread: list[str] = field(default_factory=list)
    duty_told: bool = False
    child: bool = False
    grade: str = "routine"
    last: int = 0
    verified: bool = False  # a registered officer
    wrong: int = 0  # reports in a row that could not be read
    unsaid: bool = False  # the last question was not sent: a STOP stood

    def encode(self) -> bytes:
        """As compact JSON; empty things are left out."""
        row = {
            "b": self.book, "r": self.reference, "s": self.stage.value, "l": self.locale, "f": self.form, "t": self.last,
        }  # fmt: skip
        for key, name in _OPTIONAL.items():
            value = getattr(self, name)
            if value:
                row[key] = value
        if self.sheet:
            row["a"] = {name: given.row() for name, given in self.sheet.items()}  # type: ignore[assignment]
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def decode(cls, data: bytes) -> State:
        """From what `encode` made."""
        row = json.loads(data)
        state = cls(row["b"], row["r"], stage=Stage(row["s"]), locale=row["l"], form=row["f"], last=row["t"])
        for key, name in _OPTIONAL.items():
            if key in row:
                setattr(state, name, Road(row[key]) if name == "road" else row[key])
        state.sheet = {name: Given.of(given) for name, given in row.get("a", {}).items()}
        return state


_OPTIONAL = {
    "o": "road", "k": "kind", "q": "open", "n": "tries", "e": "readings", "h": "older", "w": "words", "m": "resume",
    "u": "unread", "d": "duty_told", "c": "child", "g": "grade", "v": "verified", "x": "wrong",
    "y": "unsaid",
}  # fmt: skip
