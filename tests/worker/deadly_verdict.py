"""What must hold after a night in which a process died: no page lost, none doubled, no step done twice."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from hotline.alerts.tables import AlertEvent, AlertState, Page
from hotline.db import read
from hotline.threads.outbox import DeedKind
from hotline.threads.tables import Deed, DeedState, Message
from tests.house import FIRST, SECOND

if TYPE_CHECKING:
    from tests.worker.deadly_night import DeadlyNight


def look(night: DeadlyNight) -> None:
    """Nobody is lost, nothing was done twice, and the log tells what happened. Raises AssertionError."""
    alert = night.alert
    assert alert is not None, f"{night}: the emergency is lost"
    assert alert.state == AlertState.TAKEN, f"{night}: nobody has it"
    with read(night.house.other.engine) as tx:
        pages = tx.scalars(select(Page).where(Page.alert_id == alert.id)).all()
        events = tx.scalars(select(AlertEvent).where(AlertEvent.alert_id == alert.id)).all()
        messages = {one.id: one for one in tx.scalars(select(Message).where(Message.at >= night.begun))}
        states = {one.key: one.state for one in tx.scalars(select(Deed))}
    steps = [one.detail for one in events if one.kind == "step"]
    assert len(steps) == len(set(steps)), f"{night}: a step was done twice: {steps}"
    assert len({page.staff_id for page in pages}) == len(pages) == 2
    numbers = dict(
        zip((page.id for page in sorted(pages, key=lambda one: one.step)), (FIRST, SECOND), strict=True)
    )
    sent = [one for one in night.net.messages.values() if one.created >= night.begun]
    rung = Counter(
        one.to
        for one in night.net.calls.values()
        if one.created >= night.begun and one.direction == "outbound-api"
    )
    for page in pages:
        texted = [one for one in messages.values() if one.page_id == page.id]
        assert len(texted) == sum(one.kind == "texted" and one.page_id == page.id for one in events)
        dropped = sum(states[f"send:{one.id}"] == DeedState.DROPPED for one in texted)
        arrived = sum(
            one.to == numbers[page.id] and one.body.startswith(f"EMERGENCY {alert.code}") for one in sent
        )
        most = len(texted) + (1 if night.blind else 0)
        assert len(texted) - dropped <= arrived <= most, f"{night}: {arrived} texts for {len(texted)} pages"
        never = sum(
            states.get(f"ring:{page.id}:{ring + 1}") == DeedState.DROPPED for ring in range(page.rings)
        )
        calls = rung[numbers[page.id]]
        assert page.rings - never <= calls <= page.rings, f"{night}: {calls} calls for {page.rings} rings"
    notices = [json.loads(one.payload)["staff"] for one in _done(night, DeedKind.NOTICE, alert.id)]
    told = [one for one in events if one.kind == "told"]
    assert Counter(one.staff_id for one in told) == Counter(notices), f"{night}: notices"
    for one in messages.values():
        if one.staff_id is not None and one.page_id is None and one.direction == "out" and one.sid:
            copies = sum(other.sid == one.sid for other in sent)
            assert copies == 1


def _done(night: DeadlyNight, kind: DeedKind, alert_id: str) -> list[Deed]:
    with read(night.house.other.engine) as tx:
        found = tx.scalars(select(Deed).where(Deed.kind == kind, Deed.state == DeedState.DONE)).all()
    return [one for one in found if json.loads(one.payload)["alert"] == alert_id]
