"""Hundreds of calls that nobody answers as a person would: none takes, and everybody is tried again within a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from hotline import db
from hotline.alerts import sweep
from hotline.alerts.page_calls import page_call
from hotline.alerts.tables import AlertState
from hotline.calltree.actions import Hangup
from hotline.calltree.turn import CallTurn
from tests.alerts.night import Night
from tests.long import played

CALLS = played(short=150, long=500)
NAMES = ["Alice", "Ben", "Carla", "Dan", "Eve", "Fay"]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: what a call does runs on both databases in `test_taking`."""
    return sqlite_url


@dataclass
class Script:
    """What becomes of one call. `seconds`: until it ends, or is picked up and ends after `listens` turns of the tree."""

    name: str
    seconds: int
    status: str
    listens: int = 0


SCRIPTS = [
    Script("voicemail", 12, "completed", 2),
    Script("a voicemail that hears all of it", 12, "completed", 9),
    Script("a person who says nothing", 5, "completed", 9),
    Script("picked up and hung up at once", 4, "completed", 1),
    Script("completed, without a document ever asked for", 8, "completed"),
    Script("busy", 1, "busy"),
    Script("no answer", 20, "no-answer"),
    Script("canceled by the network", 3, "canceled"),
    Script("could not be connected", 2, "failed"),
]


@dataclass
class Under:
    """A call under way."""

    name: str
    script: Script
    due: datetime
    sid: str
    turns: int = 0


@pytest.mark.timeout(600)
def test_of_hundreds_of_calls_without_a_key_none_takes_and_all_are_tried_again(empty_night: Night) -> None:
    night, random = empty_night, Random(11)  # noqa: S311  # chance that repeats
    for number, name in enumerate(NAMES):
        night.add(name, f"+1202555011{number}")
    night.rotation("Alice", "Ben")
    alert = night.danger()
    begun: dict[str, list[datetime]] = {name: [] for name in NAMES}
    ended: dict[str, list[datetime]] = {name: [] for name in NAMES}
    under: list[Under] = []
    played: set[str] = set()
    while sum(map(len, begun.values())) < CALLS:
        if random.random() < 0.1:
            night.texts()  # all of it arrives
        for name in night.dial():
            script = random.choice(SCRIPTS)
            played.add(script.name)
            begun[name].append(night.now)
            under.append(
                Under(name, script, night.now + timedelta(seconds=script.seconds), night.calls[name])
            )
        with db.read(night.engine) as tx:
            due = [sweep.next_due(tx), *(call.due for call in under)]
        night.wait(max(1.0, (min(at for at in due if at) - night.now).total_seconds()))
        for call in [one for one in under if one.due <= night.now]:
            if call.turns < call.script.listens and not _plays(night, call, alert):
                call.due = night.now + timedelta(seconds=8)
                continue
            night.calls[call.name] = call.sid
            night.ring_ends(call.name, alert, call.script.status)
            ended[call.name].append(night.now)
            under.remove(call)
    assert night.alert(alert).state == AlertState.OPEN
    assert played == {script.name for script in SCRIPTS}
    assert "taken" not in night.log(alert)
    gaps = [
        (again - end).total_seconds()
        for name in NAMES
        for end, again in zip(ended[name], begun[name][1:], strict=False)
    ]
    assert max(gaps) <= 60, "the next try comes within a minute of the end of the last"
    assert min(map(len, begun.values())) >= 3
    in_a_step = [(late - early).total_seconds() for name in NAMES for early, late in pairwise(begun[name])]
    assert min(in_a_step) > 0


def _plays(night: Night, call: Under, alert: str) -> bool:
    """One turn without a key; whether the call is over."""
    with night.tx() as tx:
        document = page_call(
            tx, night.kit, night.page(call.name, alert), CallTurn(call.sid, call.turns), night.now
        )
    call.turns += 1
    return Hangup() in document.actions
