"""How an alert escalates: who is paged at which step, by which way, how long each is waited for.

Emergency: text and call at once. Urgent: text at once, the call after some minutes; with a live caller on the line at once
(DESIGN, danger grade). Rounds go on without end until somebody takes it; from the third round of an emergency on everybody
is paged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from hotline.deployment import Deployment
from hotline.triage.kinds import Grade


class StepKind(StrEnum):
    """Who is paged at a step."""

    MANAGER = "manager"  # the Data Manager, in office hours with a live caller
    LANGUAGE = (
        "language"  # somebody of the rota who speaks the caller's language, where who is on call does not
    )
    ON_CALL = "on_call"
    SECOND = "second"
    GROUP = "group"  # people by name
    EVERYONE = "everyone"
    LAST_RESORT = "last_resort"  # people by name, also where the whole policy finds nobody


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `group` is the name of its group, "" for other kinds."""

    kind: StepKind
    group: str = ""

    @staticmethod
    def named(name: str) -> Step:
        """The step that `hotline.toml` calls so ("on_call", "group:north"). Raises ValueError for another name."""
        kind, _, group = name.partition(":")
        return Step(StepKind(kind), group)

    def __str__(self) -> str:
        return f"{self.kind}:{self.group}" if self.group else self.kind.value


EVERYONE = Step(StepKind.EVERYONE)


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of `hotline.toml`."""

    steps: tuple[Step, ...]
    groups: Mapping[str, tuple[str, ...]]
    """Names of staff by the name of the group."""
    last_resort: tuple[str, ...]
    language_time: timedelta
    """How long who speaks the caller's language is waited for before who is on call is paged."""
    step_time: timedelta
    ring_time: timedelta
    ring_again: timedelta
    """Whose call ended without a key is rung again after this, while the alert is open and rings at once."""
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
            return (EVERYONE,)
        if manager and grade is not Grade.EMERGENCY and round_number == 1:
            return (Step(StepKind.MANAGER), *self.steps)
        return self.steps

    def opening(self, grade: Grade, round_number: int, manager: bool) -> int:
        """The place of the first step of a round that is not there for the language alone."""
        plan = self.plan(grade, round_number, manager)
        return next((place for place, step in enumerate(plan) if step.kind is not StepKind.LANGUAGE), 0)

    def at_once(self, grade: Grade, live: bool) -> bool:
        """Whether a page rings at once."""
        return grade is Grade.EMERGENCY or live

    def wait(self, step: Step, grade: Grade, live: bool) -> timedelta:
        """How long a step waits for an answer."""
        if step.kind is StepKind.LANGUAGE:
            return self.language_time
        return self.step_time if self.at_once(grade, live) else self.urgent_call + self.step_time


def policy_of(deployment: Deployment) -> Policy:
    """The policy that a task force wrote."""
    timings, alerts = deployment.timings, deployment.alerts
    return Policy(
        steps=tuple(Step.named(step) for step in alerts.steps),
        groups=alerts.groups,
        last_resort=alerts.last_resort,
        language_time=timedelta(seconds=alerts.language_seconds),
        step_time=timedelta(seconds=timings.page_step_seconds),
        ring_time=timedelta(seconds=timings.ring_seconds),
        ring_again=timedelta(seconds=alerts.ring_again_seconds),
        urgent_call=timedelta(minutes=timings.urgent_call_minutes),
        urgent_pause=timedelta(minutes=alerts.urgent_pause_minutes),
        everyone_from=alerts.everyone_from_round,
        text_again=timedelta(minutes=alerts.text_again_minutes),
        receipt_wait=timedelta(seconds=alerts.receipt_seconds),
        reminder=timedelta(minutes=alerts.reminder_minutes),
        outcome=timedelta(minutes=timings.outcome_minutes),
    )
