"""How long to wait before a program that ended is started again."""

from dataclasses import dataclass

FIRST_SECONDS = 1.0
MOST_SECONDS = 30.0
STEADY_SECONDS = 60.0  # who ran this long is forgiven what was before


@dataclass(slots=True)
class Backoff:
    """1, 2, 4, 8, 16, 30, 30 ... seconds; from 1 again after a run of a minute."""

    _next: float = FIRST_SECONDS

    def after(self, ran_seconds: float) -> float:
        """The seconds to wait, given how long the program ran this time."""
        if ran_seconds >= STEADY_SECONDS:
            self._next = FIRST_SECONDS
        wait = self._next
        self._next = min(wait * 2, MOST_SECONDS)
        return wait
