"""One mapping of a night's file, and how its values are read: each complaint names file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn, TypeVar
from zoneinfo import ZoneInfo

from hotline.commands.nights.times import NoTime, instant, span
from hotline.forms.source import BadContent, Problem, Section, need, unknown_keys
from hotline.simulator.numbers import is_e164

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """`section` in a night that starts at `starts` on the clocks of `zone`. All its methods raise `BadContent`."""

    section: Section
    starts: datetime
    zone: ZoneInfo

    @property
    def here(self) -> str:
        """file:line"""
        return f"{self.section.file}:{self.section.line}"

    def below(self, section: Section) -> Place:
        """Another mapping of the same night."""
        return Place(section, self.starts, self.zone)

    def wrong(self, key: str, text: str) -> NoReturn:
        """Complain about a key."""
        raise BadContent(Problem(self.section.file, self.section.line_of(key), text))

    def known(self, keys: Iterable[str]) -> None:
        """No other keys than these."""
        for problem in unknown_keys(self.section, {str(key) for key in keys}):
            raise BadContent(problem)

    def key_in(self, words: str) -> str:
        """The first key of this mapping that the words name, "" for none."""
        return next((key for key in self.section if key in words), "")

    def text(self, key: str) -> str:
        """A text that must be there."""
        return need(self.section, key)

    def reading(self, key: str, read: Callable[[object], T]) -> T:
        """What `read` makes of the value; its NoTime is a complaint here."""
        if key not in self.section:
            self.wrong(key, f"'{key}' is missing")
        try:
            return read(self.section[key])
        except NoTime as error:
            self.wrong(key, f"{key}: {error}")

    def moment(self, key: str) -> datetime:
        """An instant of the night."""
        return self.reading(key, lambda said: instant(said, self.starts, self.zone))

    def length(self, key: str, default: float) -> timedelta:
        """A length of time; `default` in seconds."""
        return self.reading(key, span) if key in self.section else timedelta(seconds=default)

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.section.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, f"'{key}' is true or false")
        return value

    def count(self, key: str, default: int) -> int:
        """A whole number from 0."""
        value = self.section.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.wrong(key, f"'{key}' is a whole number")
        return value

    def number(self, key: str) -> str:
        """A phone number."""
        value = self.text(key)
        if not is_e164(value):
            self.wrong(key, f"{value!r} is no number in the form +12025550123 (in quotes)")
        return value

    def name(self, key: str, names: frozenset[str]) -> str:
        """One of `names`."""
        return self._known(key, self.text(key), names)

    def names(self, key: str, names: frozenset[str]) -> tuple[str, ...]:
        """A list of some of `names`, () where the key is missing."""
        value = self.section.get(key) or []
        if not isinstance(value, list):
            self.wrong(key, f"'{key}' is a list: [one, another]")
        return tuple(self._known(key, str(one), names) for one in value)

    def one_of(self, key: str, allowed: Sequence[str], default: str) -> str:
        """One of a few words."""
        return self._known(key, str(self.section.get(key, default)), allowed)

    def single(self, keys: Sequence[str]) -> str:
        """The one of `keys` that stands here."""
        found = [key for key in self.section if key in keys]
        if len(found) != 1:
            self.wrong("", f"exactly one of {', '.join(keys)} must stand here")
        return found[0]

    def _known(self, key: str, value: str, allowed: Iterable[str]) -> str:
        known = sorted(allowed)
        if value not in known:
            self.wrong(
                key,
                f"{key}: '{value}' is none of {', '.join(known) or 'those in this night: there are none'}",
            )
        return value
