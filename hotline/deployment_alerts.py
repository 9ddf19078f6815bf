"""The steps of an escalation as `hotline.toml` writes them, and what must hold among them."""

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import StringConstraints

ROUND_SECONDS = 15 * 60
"""A round of an emergency takes this long at most, then it begins again with who is on call."""
GROUP = "group:"

GroupName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
StepName = Annotated[
    str,
    StringConstraints(pattern=r"^(language|on_call|second|everyone|last_resort|group:[a-z][a-z0-9_]{0,15})$"),
]


def undefined_group(steps: Sequence[str], groups: Collection[str]) -> str:
    """The first group that a step names and nothing defines, "" when all are there."""
    named = (step.removeprefix(GROUP) for step in steps if step.startswith(GROUP))
    return next((name for name in named if name not in groups), "")


def longest_round(steps: Sequence[str], language_seconds: int, step_seconds: int) -> int:
    """The seconds of a round of an emergency in which every step has somebody."""
    return sum(language_seconds if step == "language" else step_seconds for step in steps)
