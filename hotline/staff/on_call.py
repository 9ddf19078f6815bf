"""Who is on call now, until when, and who comes next: the rota that pages is the one that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from hotline.alerts.rota.stored import stored_rota
from hotline.oncall import shifts

_AHEAD = timedelta(days=15)  # two weekly changes of shift


@dataclass(frozen=True, slots=True)
class Turn:
    """Names of who is on call, the first first, and until when (None: as far as can be seen)."""

    people: tuple[str, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class OnCall:
    """The turn of now and the next with other people."""

    now: Turn
    next: Turn | None


def on_call(tx: Session, names: Mapping[str, str], at: datetime) -> OnCall:
    """Who is on call at `at`; `names` by staff id."""
    ahead = shifts(stored_rota(tx), at, at + _AHEAD)

    def turn(number: int) -> Turn:
        shift = ahead[number]
        known = tuple(names.get(one, "?") for one in shift.people)
        return Turn(known, shift.end if number < len(ahead) - 1 else None)

    return OnCall(turn(0), turn(1) if len(ahead) > 1 else None)
