"""From step to step and round to round, until somebody has taken it.

Worked example, an emergency with A first, B second, C besides, 60 s a step, rings of 20 s, nobody answers: A at 0:00, B at
0:20 (A's call ended and nobody else is being waited for), everyone at 0:40 (C was not called yet). All calls end at 1:00;
a new round never begins early, so A again at 1:40.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.tables import StaffPhone
from hotline.alerts import live
from hotline.alerts.log import Happened, note
from hotline.alerts.paging import page_person
from hotline.alerts.phones import data_manager, everyone, phone_for_try
from hotline.alerts.policy import Policy, Step, policy_of
from hotline.alerts.rota import on_call
from hotline.alerts.tables import Alert, AlertEvent, AlertState, CallState, Page, PageState
from hotline.threads.kit import Kit
from hotline.triage.kinds import Grade


def plan_of(policy: Policy, alert: Alert) -> tuple[Step, ...]:
    """The steps of the alert's round."""
    return policy.plan(Grade(alert.grade), alert.round, alert.manager)


def advance(tx: Session, kit: Kit, alert: Alert, now: datetime) -> None:
    """Go to the next step at which somebody can be reached, into the next round where the steps are used up.

    A step with nobody costs nothing. When a whole round has nobody, everybody with a verified phone is paged; when there is
    none either, the log says "nobody" and the clock tries again after a step's time.
    """
    if alert.live_call is not None:
        live.advance(tx, kit, alert, now)
        return
    policy = policy_of(kit.settings.deployment)
    for _ in range(len(policy.steps) + 2):
        _next(policy, alert)
        steps = plan_of(policy, alert)
        if _page_step(tx, kit, policy, alert, steps[alert.step], now):
            _wait(policy, alert, steps, now)
            return
    if not _page_step(tx, kit, policy, alert, Step.EVERYONE, now) and not pages_nobody(tx, alert.id):
        note(tx, alert.id, Happened.NOBODY, now)
    alert.next_at = now + policy.step_time


def pages_nobody(tx: Session, alert_id: str) -> bool:
    """Whether the newest step of an alert found nobody at all who can be reached."""
    newest = tx.scalar(
        select(AlertEvent.kind)
        .where(AlertEvent.alert_id == alert_id, AlertEvent.kind.in_((Happened.STEP, Happened.NOBODY)))
        .order_by(AlertEvent.number.desc())
        .limit(1)
    )
    return newest == Happened.NOBODY


def _next(policy: Policy, alert: Alert) -> None:
    alert.step += 1
    if alert.step >= len(plan_of(policy, alert)):
        alert.round, alert.step = alert.round + 1, 0


def _wait(policy: Policy, alert: Alert, steps: tuple[Step, ...], now: datetime) -> None:
    grade, live = Grade(alert.grade), alert.live_call is not None
    wait = policy.wait(grade, live)
    if alert.step == len(steps) - 1 and not policy.at_once(grade, live):
        wait += policy.urgent_pause
    alert.next_at = now + wait


def _page_step(tx: Session, kit: Kit, policy: Policy, alert: Alert, step: Step, now: datetime) -> bool:
    """Page everybody of a step; whether there was anybody."""
    phones = step_phones(tx, kit, alert, step, now)
    # A night without anybody would fill the log: an empty step is told in the first two rounds.
    if phones or alert.round <= 2:
        detail = f"{alert.round}.{alert.step} {step}"
        note(tx, alert.id, Happened.STEP if phones else Happened.EMPTY, now, detail=detail)
    for phone in phones:
        page_person(tx, kit, policy, alert, phone, now)
    return bool(phones)


def step_phones(tx: Session, kit: Kit, alert: Alert, step: Step, now: datetime) -> list[StaffPhone]:
    """The phones to page at a step: of whom it names, who can be reached and has not said "cannot" in this round."""
    people = dict.fromkeys(_people(tx, kit, alert, step, now))
    cannot = set(
        tx.scalars(
            select(Page.staff_id).where(
                Page.alert_id == alert.id, Page.state == PageState.CANNOT, Page.round == alert.round
            )
        )
    )
    # From the third round on "cannot" counts no more: somebody has to.
    willing = [one for one in people if one not in cannot] if alert.round < 3 else list(people)
    return [phone for one in willing if (phone := phone_for_try(tx, alert.id, one))]


def _people(tx: Session, kit: Kit, alert: Alert, step: Step, now: datetime) -> list[str]:
    rota = on_call(tx, kit, now)
    first_step = alert.step == 0
    people: list[str] = []
    if step is Step.MANAGER or (first_step and alert.manager and alert.grade == Grade.EMERGENCY):
        manager = data_manager(tx, kit)
        people += [manager] if manager else []
    if first_step and alert.also:
        people.append(alert.also)
    if step is Step.ON_CALL:
        people += rota[:1]
    elif step is Step.SECOND:
        people += rota[1:2]
    elif step is Step.EVERYONE:
        people += [*rota, *everyone(tx)]
    return people


def hurry(tx: Session, kit: Kit, alert: Alert, now: datetime) -> None:
    """Go on at once when nobody of this step is waited for any more, and the next step has somebody new in this round.

    A new round is never begun early: it would only ring the same people again without a breath.
    """
    if alert.state != AlertState.OPEN or _waited_for(tx, alert):
        return
    if alert.live_call is not None:
        live.go_on(tx, kit, alert, now)
        return
    policy = policy_of(kit.settings.deployment)
    steps = plan_of(policy, alert)
    paged = set(tx.scalars(select(Page.staff_id).where(Page.alert_id == alert.id, Page.round == alert.round)))
    for number in range(alert.step + 1, len(steps)):
        phones = step_phones(tx, kit, alert, steps[number], now)
        if any(phone.staff_id not in paged for phone in phones):
            alert.step = number - 1
            advance(tx, kit, alert, now)
            return


def _waited_for(tx: Session, alert: Alert) -> bool:
    """Whether somebody of the step may still answer a call."""
    pages = tx.scalars(
        select(Page).where(
            Page.alert_id == alert.id,
            Page.round == alert.round,
            Page.step == alert.step,
            Page.state == PageState.OPEN,
        )
    )
    return any(page.ring_at or page.call_state not in (CallState.NONE, CallState.ENDED) for page in pages)
