"""What is to be done when: one heap of deeds, ordered by time and then by the order they were written down."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

Deed = Callable[[], None]


@dataclass(order=True, slots=True)
class _Entry:
    due: datetime
    order: int
    deed: Deed = field(compare=False)


class Agenda:
    """Deeds waiting for their time. It knows no clock: who asks says what time it is."""

    def __init__(self) -> None:
        self._heap: list[_Entry] = []
        self._order = itertools.count()

    def at(self, due: datetime, deed: Deed) -> None:
        """Do `deed` at `due`; deeds of one instant keep their order."""
        heapq.heappush(self._heap, _Entry(due, next(self._order), deed))

    def next_due(self) -> datetime | None:
        """When the next deed is due, None if nothing waits."""
        return self._heap[0].due if self._heap else None

    def pop_due(self, now: datetime) -> Deed | None:
        """Take the next deed that is due at `now`."""
        if self._heap and self._heap[0].due <= now:
            return heapq.heappop(self._heap).deed
        return None
