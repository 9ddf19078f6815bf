"""A rotation: people who follow each other by the day or by the week, handing over at a wall time in a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from hotline.oncall.walltime import instant


class Kind(StrEnum):
    """How often the shift changes."""

    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def days(self) -> int:
        """Calendar days from one handover to the next."""
        return 1 if self is Kind.DAILY else 7


@dataclass(frozen=True, slots=True)
class Rotation:
    """`people` (ids) in their order; the first one's shift begins on the first `weekday` (Monday is 0) on or after
    `first_week`, at `handover` on the clocks of `zone` (an IANA name). A daily rotation begins on `first_week` itself.

    It goes on without end in both directions, so no instant is without a shift as long as there are people.
    """

    people: tuple[str, ...]
    handover: time
    weekday: int
    zone: str
    first_week: date
    kind: Kind = Kind.WEEKLY

    def handover_date(self, number: int) -> date:
        """The calendar date on which shift `number` begins; 0 is the first one's first shift."""
        wait = 0 if self.kind is Kind.DAILY else (self.weekday - self.first_week.weekday()) % 7
        return self.first_week + timedelta(days=wait + number * self.kind.days)

    def begins(self, number: int) -> datetime:
        """The instant (UTC) at which shift `number` begins: the date is counted first, the wall time attached last."""
        return instant(self.handover_date(number), self.handover, ZoneInfo(self.zone))

    def shift_at(self, at: datetime) -> int:
        """The number of the shift that `at` falls into."""
        today = at.astimezone(ZoneInfo(self.zone)).date()
        number = (today - self.handover_date(0)).days // self.kind.days
        # A change of clocks around midnight can put the handover on the other side of the guess.
        while self.begins(number) > at:
            number -= 1
        while self.begins(number + 1) <= at:
            number += 1
        return number

    def order_at(self, at: datetime) -> tuple[str, ...]:
        """All people, the one whose shift it is first, then as they follow; nobody twice."""
        if not self.people:
            return ()
        start = self.shift_at(at) % len(self.people)
        return tuple(dict.fromkeys(self.people[start:] + self.people[:start]))
