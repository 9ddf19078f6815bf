"""What people do by hand besides taking: page somebody, ask for help, hand over, page the next now, let it rest.

Nobody is given anything by another: who is asked says "mine" or "I come" with a key or a reply, and until then the alert stays
where it is. An alert that rests is bounded, and an emergency rests only for who has taken it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.tables import StaffPhone
from hotline.alerts.alone import alert_alone
from hotline.alerts.escalation import advance
from hotline.alerts.log import Happened, note
from hotline.alerts.paging import end_page, page_person, ring, send_text
from hotline.alerts.phones import page_phone
from hotline.alerts.policy import policy_of
from hotline.alerts.reopening import start
from hotline.alerts.tables import Alert, AlertState, Asked, CallState, Page, PageState
from hotline.threads.kit import Kit
from hotline.triage.kinds import Grade


class Came(StrEnum):
    """What came of it."""

    DONE = "done"
    NOT_YOURS = "not_yours"  # only who has the alert may do this, or nobody has it
    NOBODY = "nobody"  # no such person, no phone that can be paged, or who has it already
    OVER = "over"  # it has its outcome, or there is no such alert
    BOUNDS = "bounds"  # minutes or reason are none that the task force allows


def ask(
    tx: Session, kit: Kit, alert_id: str, staff_id: str, what: Asked, now: datetime, *, by: str | None
) -> Came:
    """Page `staff_id` at once, by text and call, because `by` (None: whoever runs the house) says so.

    While nobody has the alert that is a page like any other. Of a taken one HELP asks to stand by, and TRANSFER, which only
    who has it may want, to have it instead.
    """
    alert, _ = alert_alone(tx, alert_id)
    if alert is None or alert.state == AlertState.CLOSED:
        return Came.OVER
    phone = page_phone(tx, staff_id)
    if phone is None or staff_id == alert.taken_by:
        return Came.NOBODY
    if what is Asked.TRANSFER and by not in (None, alert.taken_by):
        return Came.NOT_YOURS
    note(
        tx, alert.id, Happened.ASKED, now, staff_id=by, detail=what if alert.taken_by else "page", ids=kit.ids
    )
    if alert.state == AlertState.OPEN:
        page = page_person(tx, kit, policy_of(kit.settings.deployment), alert, phone, now)
    else:
        page = _asked_page(tx, kit, alert, phone, what, by, now)
    ring(tx, kit, alert, page, now)
    return Came.DONE


def _asked_page(
    tx: Session, kit: Kit, alert: Alert, phone: StaffPhone, what: Asked, by: str | None, now: datetime
) -> Page:
    page = tx.scalar(select(Page).where(Page.alert_id == alert.id, Page.staff_id == phone.staff_id))
    if page is None:
        page = Page(
            id=kit.ids.new(), alert_id=alert.id, staff_id=phone.staff_id, phone_id=phone.id,
            opened_at=now, rings=0, call_state=CallState.NONE,
        )  # fmt: skip
        tx.add(page)
    page.phone_id, page.state, page.ended_at = phone.id, PageState.OPEN, None
    page.round, page.step = alert.round, alert.step
    page.asked, page.asked_by, page.asked_calls = what, by or alert.taken_by, 0
    tx.flush()
    send_text(tx, kit, alert, page, now)
    return page


def next_now(tx: Session, kit: Kit, alert_id: str, now: datetime, *, by: str | None) -> Came:
    """Page the next step of an open alert now, without waiting for this one; one that rests is paged again."""
    alert, _ = alert_alone(tx, alert_id)
    if alert is None or alert.state == AlertState.CLOSED:
        return Came.OVER
    if alert.state == AlertState.TAKEN:
        return Came.NOT_YOURS
    note(tx, alert.id, Happened.NEXT, now, staff_id=by, ids=kit.ids)
    if alert.snoozed_until is not None:
        start(tx, kit, alert, now)
    else:
        advance(tx, kit, alert, now)
    return Came.DONE


def snooze(
    tx: Session, kit: Kit, alert_id: str, minutes: int, reason: str, now: datetime, *, by: str | None
) -> Came:
    """Let the alert rest for `minutes`, for a `reason` of `hotline.toml`.

    Taken: the reminder and the reopening come so much later; only who has it may want that. Open and urgent: nobody is paged
    until then, and then from the first step on. An open emergency never rests.
    """
    alert, _ = alert_alone(tx, alert_id)
    if alert is None or alert.state == AlertState.CLOSED:
        return Came.OVER
    bounds = kit.settings.deployment.alerts
    if not 1 <= minutes <= bounds.snooze_minutes or reason not in bounds.snooze_reasons:
        return Came.BOUNDS
    owned = alert.state == AlertState.TAKEN and by is not None and by == alert.taken_by
    if not owned and (alert.state == AlertState.TAKEN or alert.grade == Grade.EMERGENCY):
        return Came.NOT_YOURS
    until = now + timedelta(minutes=minutes)
    note(tx, alert.id, Happened.SNOOZED, now, staff_id=by, detail=f"{minutes} {reason}", ids=kit.ids)
    alert.snoozed_until = until
    if owned:
        _promise_until(kit, alert, until, now)
        return Came.DONE
    for page in tx.scalars(select(Page).where(Page.alert_id == alert.id, Page.state == PageState.OPEN)):
        end_page(tx, kit, page, PageState.OVER, now)
    alert.round, alert.step, alert.next_at = 1, -1, until
    tx.flush()
    return Came.DONE


def _promise_until(kit: Kit, alert: Alert, until: datetime, now: datetime) -> None:
    """As if it had been taken so much later, so that it opens again at `until`; never earlier than without."""
    policy = policy_of(kit.settings.deployment)
    alert.promised_at = max(now, until - policy.outcome)
    alert.next_at, alert.reminded = alert.promised_at + policy.reminder, False
