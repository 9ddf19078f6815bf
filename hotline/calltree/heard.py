"""What the player works with, and what comes out of a turn of a call."""

from __future__ import annotations

from dataclasses import dataclass, field

from hotline.answers.question import Circumstances
from hotline.answers.understand import Words
from hotline.calltree.actions import Document
from hotline.calltree.state import CallState


@dataclass(frozen=True, slots=True)
class Setting:
    """What the player needs to know besides the book: languages in key order, words, and circumstances."""

    languages: tuple[str, ...]
    words: Words
    here: Circumstances


@dataclass(frozen=True, slots=True)
class Connect:
    """The caller is to be put through to a person: an alert of this grade, by this rule."""

    grade: str
    rule: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording was made: `stores` is the field whose words it holds."""

    sid: str
    seconds: int
    stores: str


@dataclass(slots=True)
class Heard:
    """The outcome of a turn. `does` names the act of a `do` node that stopped the player. `answered` lists the fields
    that this turn filled. `silent` says that a call ended its menus without any key."""

    state: CallState
    document: Document = field(default_factory=lambda: Document(()))
    does: str = ""
    connect: Connect | None = None
    recorded: Recorded | None = None
    answered: list[str] = field(default_factory=list)
    language: str = ""
    silent: bool = False
    over: bool = False
