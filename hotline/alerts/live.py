"""A caller waits on the line: who is rung for them, and what they are told meanwhile.

Worked example with A on call, B second, C and D besides, rings of 20 s, three at once, nobody answers: A at 0:00, B at 0:20,
then round two with A, B and C at 0:40 and D at 1:00, and from the third round of an emergency on everybody. A number that
cannot be rung costs no time, for whose call is over is not waited for. Where A does not speak the caller's language,
somebody of the rota who does is rung before A.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.tables import StaffPhone
from hotline.alerts.log import Happened, note
from hotline.alerts.paging import page_person
from hotline.alerts.phones import data_manager, everyone, phone_for_try
from hotline.alerts.policy import Policy, policy_of
from hotline.alerts.rota.stored import on_call
from hotline.alerts.step_people import speakers
from hotline.alerts.tables import Alert, AlertEvent, AlertState, Page, PageState
from hotline.threads.kit import Kit
from hotline.triage.kinds import Grade

GRACE = timedelta(seconds=3)
"""A call that rings its whole time is over so much later: who is next is not rung while the one before still rings."""
PATIENCE = timedelta(seconds=60)
"""Who waited so long is told that nobody was reached yet, with the same keys: well within 90 seconds, as said every 20."""
AT_ONCE_FROM = 2  # the round from which several are rung at once

Group = Sequence[StaffPhone]


class Waits(StrEnum):
    """What is said to who waits."""

    SOON = "soon"
    LONG = "long"  # nobody was reached for a while


def advance(tx: Session, kit: Kit, alert: Alert, now: datetime) -> None:
    """Ring the next group of the round, or the first of the next; where there is nobody at all, the log says so once."""
    policy = policy_of(kit.settings.deployment)
    for _ in range(AT_ONCE_FROM + 1):
        groups = _groups(tx, kit, policy, alert, alert.round, now)
        step = _next(groups, alert.step)
        if step is not None:
            alert.step = step
            _page(tx, kit, policy, alert, groups[step], now)
            return
        if not any(groups) and alert.round < AT_ONCE_FROM:
            note(tx, alert.id, Happened.EMPTY, now, detail=f"{alert.round}.0 live")
        alert.round, alert.step = alert.round + 1, -1
    if not _told_nobody(tx, alert.id):
        note(tx, alert.id, Happened.NOBODY, now)
    alert.next_at = now + policy.step_time


def go_on(tx: Session, kit: Kit, alert: Alert, now: datetime) -> None:
    """Nobody who was rung is waited for any more: the next group at once. A new round begins early only for somebody who was
    not rung yet: the others get a breath."""
    policy = policy_of(kit.settings.deployment)
    if _next(_groups(tx, kit, policy, alert, alert.round, now), alert.step) is not None:
        advance(tx, kit, alert, now)
        return
    rung = set(tx.scalars(select(Page.staff_id).where(Page.alert_id == alert.id)))
    following = _groups(tx, kit, policy, alert, alert.round + 1, now)
    first = next((group for group in following if group), ())
    if any(phone.staff_id not in rung for phone in first):
        advance(tx, kit, alert, now)


def nobody_on_call(tx: Session, kit: Kit, alert_id: str, now: datetime) -> bool:
    """Whether an open alert has nobody of the rota to ring: the caller is asked for a message at once, while everybody is
    paged."""
    alert = tx.get(Alert, alert_id)
    if alert is None or alert.state != AlertState.OPEN:
        return False
    return not any(_groups(tx, kit, policy_of(kit.settings.deployment), alert, 1, now))


def waits(tx: Session, alert_id: str, now: datetime) -> Waits:
    """What who waits for this alert is told now."""
    since = tx.scalar(
        select(AlertEvent.at)
        .where(AlertEvent.alert_id == alert_id, AlertEvent.kind == Happened.CALLER)
        .order_by(AlertEvent.number.desc())
        .limit(1)
    )
    return Waits.LONG if since is not None and now - since >= PATIENCE else Waits.SOON


def _groups(
    tx: Session, kit: Kit, policy: Policy, alert: Alert, round_number: int, now: datetime
) -> tuple[Group, ...]:
    """Who is rung in a round, one group after the other; only who can be reached and did not say "cannot", so that a group
    may be empty: its place stays."""
    rota = on_call(tx, kit, now)
    manager = data_manager(tx, kit) if alert.manager else None
    emergency = alert.grade == Grade.EMERGENCY
    if round_number < AT_ONCE_FROM:
        # In an emergency the Data Manager, and who had it before, are rung together with who is on call.
        before = [one for one in (manager, alert.also) if one]
        first = [*before, *rota[:1]] if emergency else rota[:1]
        groups = [first, *([one] for one in rota[1:2])]
        groups = groups if emergency else [*([one] for one in before), *groups]
        groups = [*([one] for one in speakers(tx, kit, alert, now)), *groups]
    else:
        everybody = list(dict.fromkeys([*rota, *([manager] if manager else []), *everyone(tx)]))
        at_once = kit.settings.deployment.alerts.live_at_once
        if emergency and round_number >= policy.everyone_from:
            at_once = max(1, len(everybody))
        groups = [everybody[place : place + at_once] for place in range(0, len(everybody), at_once)]
    # Whose round it is does not matter here: rounds are short. From the third on somebody has to.
    cannot = (
        set(
            tx.scalars(select(Page.staff_id).where(Page.alert_id == alert.id, Page.state == PageState.CANNOT))
        )
        if round_number <= AT_ONCE_FROM
        else set()
    )
    return tuple(
        tuple(
            phone
            for one in dict.fromkeys(group)
            if one not in cannot and (phone := phone_for_try(tx, alert.id, one))
        )
        for group in groups
    )


def _next(groups: Sequence[Group], step: int) -> int | None:
    """The place of the next group after `step` that has somebody."""
    return next((place for place in range(step + 1, len(groups)) if groups[place]), None)


def _page(tx: Session, kit: Kit, policy: Policy, alert: Alert, group: Group, now: datetime) -> None:
    note(tx, alert.id, Happened.STEP, now, detail=f"{alert.round}.{alert.step} live")
    for phone in group:
        page_person(tx, kit, policy, alert, phone, now)
    # Everybody at once, round after round, needs the breath that single rings do not.
    again = alert.grade == Grade.EMERGENCY and alert.round >= policy.everyone_from
    alert.next_at = now + (policy.step_time if again else policy.ring_time + GRACE)


def _told_nobody(tx: Session, alert_id: str) -> bool:
    newest = tx.scalar(
        select(AlertEvent.kind)
        .where(AlertEvent.alert_id == alert_id, AlertEvent.kind.in_((Happened.STEP, Happened.NOBODY)))
        .order_by(AlertEvent.number.desc())
        .limit(1)
    )
    return newest == Happened.NOBODY
