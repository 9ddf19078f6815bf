"""Reads and writes golden files, and plays them: by text through `conversation.step`, in calls through `calltree.player`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.answers.question import Circumstances
from hotline.answers.sheet import Sheet
from hotline.calltree import player
from hotline.calltree.actions import Action, Gather, Record, Speak
from hotline.calltree.turn import CallTurn
from hotline.conversation.effects import (
    Effect,
    Forget,
    Language,
    Notice,
    Raise,
    Stopped,
    Submit,
    Unsafe,
    WantsPerson,
)
from tests.conversation.talk import FRIDAY, LANGUAGES, Talk, book, words

FOLDER = Path(__file__).parent / "files"


@dataclass(frozen=True, slots=True)
class Script:
    """A golden file: its first lines say how it is played (`officer: yes`, `channel: voice`), `heard` what comes in."""

    path: Path
    settings: dict[str, str]
    heard: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Script:
        settings, heard = {}, []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("> "):
                heard.append(line[2:])
            elif line.startswith("# ") and ":" in line:
                key, _, value = line[2:].partition(":")
                settings[key.strip()] = value.strip()
        return cls(path, settings, tuple(heard))

    def played(self) -> str:
        """The whole file as it comes out today."""
        lines = [f"# {key}: {value}" for key, value in self.settings.items()]
        by_call = self.settings.get("channel") == "voice"
        lines += self._call() if by_call else self._texts()
        return "\n".join(lines) + "\n"

    def _texts(self) -> Iterator[str]:
        locale = self.settings["language"]
        officer = self.settings.get("officer") == "yes"
        talk = Talk(officer=officer, language=locale if officer else "")
        for text in self.heard:
            yield f"> {text}"
            said = talk.hear(text)
            yield f"< {said}" if said is not None else "< (nothing)"
            yield from (f"* {effect_line(effect)}" for effect in talk.effects)
        assert talk.state is not None
        yield from sheet_lines(talk.state.sheet)

    def _call(self) -> Iterator[str]:
        locale = self.settings["language"]
        here = Circumstances(FRIDAY, ZoneInfo("America/St_Lucia"), "LC", True, locale)
        setting = player.Setting(LANGUAGES, words(), here)
        heard = player.begin(book(), "caller", setting)
        yield from _document(heard)
        for step, what in enumerate(self.heard, start=1):
            yield f"> {what}"
            heard = player.hear(book(), heard.state, setting, _turn(step, what))
            yield from _document(heard)
        yield from sheet_lines(heard.state.sheet)


def _turn(step: int, what: str) -> CallTurn:
    if what == "(nothing)":
        return CallTurn("CA1", step, "")
    if what.startswith("(message "):
        return CallTurn("CA1", step, "#", "RE1", int(what.split()[1]))
    return CallTurn("CA1", step, what)


def _document(heard: player.Heard) -> Iterator[str]:
    for action in heard.document.actions:
        yield from _action(action)
    if heard.connect is not None:
        yield f"* connect {heard.connect.grade} {heard.connect.rule}"
    if heard.recorded is not None:
        yield f"* recorded {heard.recorded.stores} {heard.recorded.seconds} s"
    if heard.over:
        yield "* over"


def _action(action: Action) -> Iterator[str]:
    if isinstance(action, (Speak, Gather, Record)):
        yield from (f"< [{prompt.locale}] {prompt.text}" for prompt in action.prompts)
    name = type(action).__name__.lower()
    if isinstance(action, Gather):
        digits = "digits" if action.digits is None else f"{action.digits} digit"
        yield f"* gather {digits} {action.timeout} s"
    elif not isinstance(action, Speak) and name != "next":
        yield f"* {name}"


def effect_line(effect: Effect) -> str:
    """One effect in one line."""
    match effect:
        case Raise(grade=grade, rules=rules):
            return f"raise {grade.value} {' '.join(rules)}"
        case Submit(disposition=disposition):
            return f"submit {disposition.value if disposition else 'so far'}"
        case Language(locale=locale):
            return f"language {locale}"
        case WantsPerson(reason=reason):
            return f"person {reason}"
        case Notice(what=what):
            return f"notice {what}"
        case Stopped(stopped=stopped):
            return f"stopped {stopped}"
        case Forget(erase=erase):
            return f"forget {erase}"
        case Unsafe():
            return "unsafe"


def sheet_lines(sheet: Sheet) -> Iterator[str]:
    """The answers, by name."""
    for name in sorted(sheet):
        given = sheet[name]
        value = "" if given.value is None else " " + json.dumps(given.value, ensure_ascii=False)
        yield f"= {name}: {given.status.value}{value}"
