"""A played night for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.commands.nights.judging import Noted, offset, told
from hotline.commands.nights.language import Deed, Event
from hotline.commands.nights.playing import Played


def timeline(played: Played) -> Iterator[str]:
    """What happened when, oldest first."""
    night = played.night
    yield f"{night.title}, from {night.starts:%Y-%m-%d %H:%M %Z}"
    acts = [(event.at, _act(event)) for event in night.events]
    lines = acts + [(one.at, told(one)) for one in played.noted]
    for at, words in sorted(lines, key=lambda line: line[0]):
        yield f"  {offset(at, night.starts):>11}  {words}"


def _act(event: Event) -> str:
    what = "" if event.deed in (Deed.ANSWERS, Deed.HANGS_UP) else f" {event.what}"
    return f"{event.who} {event.deed.value.replace('_', ' ')}{what}"


def account(played: Played) -> Iterator[str]:
    """Whether the night passed, and if not, why."""
    yield f"{'passed' if played.passed else 'FAILED'}: {played.night.title}"
    for slip in played.slips:
        yield f"  {slip}"
    for line in played.verdict.missing:
        yield f"  {line}"
    for one in played.verdict.unexpected:
        yield f"  unexpected at {_when(played, one)}: {told(one)}"


def _when(played: Played, one: Noted) -> str:
    return offset(one.at, played.night.starts)
