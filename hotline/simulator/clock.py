"""The two clocks a network can live on: the machine's, or one that only moves when told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the present instant as an aware datetime."""

    def __call__(self) -> datetime: ...


def wall_clock() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is moved; never moves back."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def now(self) -> datetime:
        """The present instant."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Stand at `instant`; an earlier one changes nothing."""
        self._now = max(self._now, instant)
