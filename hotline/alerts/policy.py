"""How an alert escalates: who is paged at which step, by which way, how long each is waited for.

Emergency: text and call at once. Urgent: text at once, the call after some minutes; with a live caller on the line at once
(DESIGN, danger grade). Rounds go on without end until somebody takes it; from the third round of an emergency on everybody
is paged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from hotline.deployment import Deployment
from hotline.triage.kinds import Grade


class Step(StrEnum):
    """Who is paged at a step."""

    MANAGER = "manager"  # the Data Manager, in office hours with a live caller
    ON_CALL = "on_call"
    SECOND = "second"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of `hotline.toml`."""

    steps: tuple[Step, ...]
    step_time: timedelta
    ring_time: timedelta
    urgent_call: timedelta
    urgent_pause: timedelta
    """How long an urgent alert rests between two rounds."""
    everyone_from: int
    text_again: timedelta
    """The same person gets the text of the same alert again after this; calls come every round."""
    receipt_wait: timedelta
    """A text that has not left in this time is followed by a call."""
    reminder: timedelta
    outcome: timedelta

    def plan(self, grade: Grade, round_number: int, manager: bool) -> tuple[Step, ...]:
        """The steps of a round."""
        if grade is Grade.EMERGENCY and round_number >= self.everyone_from:
            return (Step.EVERYONE,)
        if manager and grade is not Grade.EMERGENCY and round_number == 1:
            return (Step.MANAGER, *self.steps)
        return self.steps

    def at_once(self, grade: Grade, live: bool) -> bool:
        """Whether a page rings at once."""
        return grade is Grade.EMERGENCY or live

    def wait(self, grade: Grade, live: bool) -> timedelta:
        """How long a step waits for an answer."""
        return self.step_time if self.at_once(grade, live) else self.urgent_call + self.step_time


def policy_of(deployment: Deployment) -> Policy:
    """The policy that a task force wrote."""
    timings, alerts = deployment.timings, deployment.alerts
    return Policy(
        steps=tuple(Step(step) for step in alerts.steps),
        step_time=timedelta(seconds=timings.page_step_seconds),
        ring_time=timedelta(seconds=timings.ring_seconds),
        urgent_call=timedelta(minutes=timings.urgent_call_minutes),
        urgent_pause=timedelta(minutes=alerts.urgent_pause_minutes),
        everyone_from=alerts.everyone_from_round,
        text_again=timedelta(minutes=alerts.text_again_minutes),
        receipt_wait=timedelta(seconds=alerts.receipt_seconds),
        reminder=timedelta(minutes=alerts.reminder_minutes),
        outcome=timedelta(minutes=timings.outcome_minutes),
    )
