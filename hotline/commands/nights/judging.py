"""What was noted in a night against what was expected: each thing is allowed by the first expectation that it fits and
that is not full yet; what must not happen unasked and is allowed by none fails the night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.commands.nights.language import NEVER_UNASKED, Expectation, Kind, Silence


@dataclass(frozen=True, slots=True)
class Noted:
    """At `at`, `kind` happened to `who` ("" where nobody is meant): `words`."""

    at: datetime
    kind: Kind
    who: str
    words: str = ""


@dataclass
class _Slot:
    expectation: Expectation
    taken: list[Noted] = field(default_factory=list)

    def takes(self, noted: Noted) -> bool:
        wanted = self.expectation
        if wanted.most is not None and len(self.taken) >= wanted.most:
            return False
        return fits(wanted, noted)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`missing`: expectations (file:line: why) and silences that did not come true; `unexpected`: what nothing allowed."""

    missing: tuple[str, ...]
    unexpected: tuple[Noted, ...]

    @property
    def passed(self) -> bool:
        return not self.missing and not self.unexpected


def fits(wanted: Expectation, noted: Noted) -> bool:
    """Whether the expectation means this."""
    said = noted.words.casefold()
    return (
        wanted.kind is noted.kind
        and wanted.who in ("", noted.who)
        and wanted.since <= noted.at <= wanted.until
        and all(words.casefold() in said for words in wanted.words)
    )


def judge(
    noted: Sequence[Noted], expectations: Iterable[Expectation], silences: Iterable[Silence], start: datetime
) -> Verdict:
    """The verdict on a night; `noted` in the order of time."""
    slots = [_Slot(expectation) for expectation in expectations]
    unexpected = []
    for one in noted:
        slot = next((slot for slot in slots if slot.takes(one)), None)
        if slot is not None:
            slot.taken.append(one)
        elif one.kind in NEVER_UNASKED:
            unexpected.append(one)
    missing = [
        f"{slot.expectation.place}: expected {_told(slot.expectation, start)}; there {_were(len(slot.taken))}"
        for slot in slots
        if len(slot.taken) < slot.expectation.least
    ]
    missing += [_broken(silence, noted, start) for silence in silences if _sounds(silence, noted)]
    # None at all was expected: what came is unexpected even where it may come unasked.
    missing += [
        f"{slot.expectation.place}: expected {_told(slot.expectation, start)}; there {_were(1)}"
        for slot in slots
        if slot.expectation.most == 0 and any(fits(slot.expectation, one) for one in noted)
    ]
    return Verdict(tuple(missing), tuple(unexpected))


def offset(at: datetime, start: datetime) -> str:
    """ "+0:01:30.5" """
    tenths = round((at - start).total_seconds() * 10)
    seconds, tenth = divmod(tenths, 10)
    text = f"+{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{tenth}" if tenth else text


def _sounds(silence: Silence, noted: Iterable[Noted]) -> list[Noted]:
    return [
        one
        for one in noted
        if one.kind in (Kind.GETS, Kind.RINGS)
        and silence.who in ("", one.who)
        and silence.since <= one.at <= silence.until
    ]


def _broken(silence: Silence, noted: Iterable[Noted], start: datetime) -> str:
    first = _sounds(silence, noted)[0]
    whom = silence.who or "everybody"
    span = f"from {offset(silence.since, start)} to {offset(silence.until, start)}"
    return f"{silence.place}: expected silence for {whom} {span}; at {offset(first.at, start)} {told(first)}"


def told(noted: Noted) -> str:
    """One thing in words."""
    match noted.kind:
        case Kind.GETS:
            return f'{noted.who} gets "{noted.words}"'
        case Kind.RINGS:
            return f"{noted.who}'s phone rings"
        case Kind.VOICEMAIL:
            return f"{noted.who}'s voicemail was spoken to"
        case Kind.HEARS:
            return f'{noted.who} hears "{noted.words}"'
        case Kind.TAKEN:
            return f"{noted.who} takes the alert (by {noted.words})"
        case Kind.REOPENED:
            return f"the alert opens again ({noted.words})"
        case Kind.OUTCOME:
            return f"{noted.who or 'somebody'} gives the outcome: {noted.words}"
        case Kind.TOGETHER:
            return f"{noted.who} hear each other"
        case Kind.COMPLAINT:
            return f"the carrier complains: {noted.words}"
        case Kind.ERROR:
            return f"an error in the log: {noted.words}"


def _told(wanted: Expectation, start: datetime) -> str:
    often = {(1, 1): "once", (0, None): "any number"}.get((wanted.least, wanted.most), "")
    often = often or (f"{wanted.least} times" if wanted.most == wanted.least else f"at least {wanted.least}")
    who = f"{wanted.who} " if wanted.who else ""
    words = f' "{", ".join(wanted.words)}"' if wanted.words else ""
    kind = wanted.kind.value.replace("_", " ")
    deed = f"{kind} {wanted.who}" if wanted.kind in (Kind.TAKEN, Kind.TOGETHER) else f"{who}{kind}{words}"
    return f"{deed}, {often}, from {offset(wanted.since, start)} to {offset(wanted.until, start)}"


def _were(count: int) -> str:
    return "was none" if count == 0 else f"{'was' if count == 1 else 'were'} {count}"
