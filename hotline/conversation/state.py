"""Where a conversation stands, small enough to be stored with every message."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from operator import attrgetter

from hotline.answers.json_text import read, write, write_text, write_texts
from hotline.answers.sheet import Plain, Sheet
from hotline.answers.stored_sheet import StoredSheet


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
    FORGOTTEN = "forgotten"  # FORGET was confirmed: the next message begins a new conversation
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
    sheet: Sheet = field(default_factory=StoredSheet)
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
    reports: list[str] = field(
        default_factory=list
    )  # marks of an officer's texts: the same one again is known
    unsaid: bool = False  # the last question was not sent: a STOP stood
    forgetting: bool = False  # "are you sure?" is out
    offered: list[str] = field(default_factory=list)  # the items that CHANGE offered, by their digits

    def copy(self) -> State:
        """A state of its own with the same content."""
        other = State(*_content(self))
        other.readings, other.older = self.readings.copy(), self.older.copy()
        other.words, other.unread = self.words.copy(), self.unread.copy()
        other.reports, other.offered = self.reports.copy(), self.offered.copy()
        other.sheet = _stored(self.sheet).copy()
        return other

    def encode(self) -> bytes:
        """A line of compact JSON, empty things left out, in which "a" names the answered fields; then a line for each."""
        head = (
            f'{{"b":{write_text(self.book)},"r":{write_text(self.reference)},"s":"{self.stage}"'
            f',"l":{write_text(self.locale)},"f":{write_text(self.form)},"t":{self.last}'
        )
        for key, value, usual in zip(_OPTIONAL, _optional(self), _USUAL, strict=True):
            if value and value != usual:
                head += f',"{key}":{write(value)}'
        if not self.sheet:
            return f"{head}}}".encode()
        sheet = _stored(self.sheet)
        return "\n".join((f'{head},"a":{write_texts(sheet)}}}', *sheet.rows())).encode()

    @classmethod
    def decode(cls, data: bytes) -> State:
        """From what `encode` made; also from its first form, one JSON text with the answers under their names."""
        head, *rows = data.decode().split("\n")
        row = read(head)
        names = row.get("a", ())
        if isinstance(names, dict):
            rows = [write(given) for given in names.values()]
        state = cls(
            row["b"],
            row["r"],
            stage=_STAGES[row["s"]],
            locale=row["l"],
            form=row["f"],
            last=row["t"],
            sheet=StoredSheet(dict(zip(names, rows, strict=True))),
        )
        for key, value in row.items():
            if name := _OPTIONAL.get(key):
                setattr(state, name, value)
        if "o" in row:
            state.road = _ROADS[row["o"]]
        return state


def _stored(sheet: Sheet) -> StoredSheet:
    """The sheet as it is stored; a plain mapping is written anew."""
    if isinstance(sheet, StoredSheet):
        return sheet
    stored = StoredSheet()
    stored.update(sheet)
    return stored


_OPTIONAL = {
    "o": "road", "k": "kind", "q": "open", "n": "tries", "e": "readings", "h": "older", "w": "words", "m": "resume",
    "u": "unread", "d": "duty_told", "c": "child", "g": "grade", "v": "verified", "x": "wrong",
    "p": "reports", "y": "unsaid", "z": "forgetting", "i": "offered",
}  # fmt: skip
_STAGES = {stage.value: stage for stage in Stage}
_ROADS = {road.value: road for road in Road}
_content = attrgetter(*(one.name for one in fields(State)))
_USUAL = attrgetter(*_OPTIONAL.values())(State("", ""))
_optional = attrgetter(*_OPTIONAL.values())
