"""The order of the queue: what a person should look at first (DESIGN, danger grade). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.triage.kinds import Grade


@dataclass(frozen=True, slots=True)
class AlertNow:
    """The newest alert of a thread: its rule is the first of `rules` ("en.held.3")."""

    id: str
    code: str
    rules: tuple[str, ...]
    taken_by: str | None
    outcome: str | None
    closed: bool
    live: bool
    """Whether a caller is waiting on the line."""
    promised_at: datetime | None = None
    """Who took it said so, or said "still on it", then; without an outcome in time it opens again."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open thread as the queue shows it: ids, codes and times, no word that was said."""

    thread_id: str
    reference: str
    channel: str
    language: str | None
    grade: Grade
    no_safety_answer: bool
    unsafe: bool
    stopped: bool
    wants_person: bool
    officer: bool
    taken_by: str | None
    opened_at: datetime
    last_in_at: datetime
    waiting_since: datetime | None
    alert: AlertNow | None = None
    asked_to_forget: bool = False
    """They wished all this gone, and only a human may decide."""
    fell_silent: bool = False  # the same text went too often; the machine said it no more

    @property
    def free(self) -> bool:
        """Nobody has it, or nobody has the alert that is open: it can be taken."""
        alert_open = self.alert is not None and not self.alert.closed
        return self.taken_by is None or (
            alert_open and self.alert is not None and self.alert.taken_by is None
        )

    @property
    def settled(self) -> bool:
        """The alert has its outcome and nothing new came since: what is left is to close the thread."""
        return self.alert is not None and self.alert.closed and self.waiting_since is None

    @property
    def calm(self) -> Grade:
        """The grade by which it is ordered: an alert that was settled presses nobody any more."""
        return Grade.ROUTINE if self.alert is not None and self.alert.closed else self.grade

    def waited(self, now: datetime) -> timedelta | None:
        """How long their oldest word has waited for a person; None when a person has seen all."""
        return max(now - self.waiting_since, timedelta()) if self.waiting_since else None


def order(threads: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """By grade; then those that did not answer the safety question; then who has waited longest; then what nobody waits
    for, the oldest first."""
    return tuple(
        sorted(
            threads,
            key=lambda one: (
                one.calm.rank,
                not one.no_safety_answer,
                one.waiting_since is None,
                one.waiting_since or one.opened_at,
                one.thread_id,
            ),
        )
    )
