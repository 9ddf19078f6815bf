"""What is due, looked for every few seconds by the clock: the database is the truth, so a lost bell changes nothing.

Every clock may sweep at any time, two of them together too: what is not due any more under the lock is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import ColumnElement, String, cast, literal, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from hotline.alerts.alone import alone
from hotline.alerts.escalation import advance
from hotline.alerts.helper_tables import Helper
from hotline.alerts.helpers import sweep_helpers
from hotline.alerts.log import Happened, note
from hotline.alerts.notices import Notice, order_notice
from hotline.alerts.paged import paged
from hotline.alerts.paging import IN_A_CALL, hang_up, ring, ring_waiting
from hotline.alerts.policy import Policy, policy_of
from hotline.alerts.reopening import open_again
from hotline.alerts.rings import call_over
from hotline.alerts.silent_calls import ask_for_silent_calls
from hotline.alerts.tables import Alert, AlertState, CallState, Page, PageState
from hotline.alerts.unheard import without_receipt
from hotline.threads.kit import Kit
from hotline.threads.tables import Deed, DeedState, Thread

log = structlog.get_logger("alerts")

# A page call takes at most a few minutes; who took it may talk long. Whose end the carrier never told is over then.
RING_GRACE = timedelta(seconds=15)
LISTENING = timedelta(minutes=5)
TALKING = timedelta(hours=2)


def sweep(tx: Session, kit: Kit, now: datetime) -> int:
    """Do all that is due; gives how many things were done."""
    policy = policy_of(kit.settings.deployment)
    due = _free_alerts(tx, _due(policy, now))
    alone(tx)
    parts: list[tuple[str, Callable[[], int]]] = [
        ("lost_calls", lambda: _lost_calls(tx, kit, policy, due, now)),
        ("calls_put_off", lambda: _calls_put_off(tx, kit, now)),
        ("waiting_calls", lambda: _waiting_calls(tx, kit, now)),
        *((alert_id, partial(_alert_due, tx, kit, policy, alert_id, now)) for alert_id in due),
        ("unheard_texts", lambda: without_receipt(tx, kit, policy, now)),
        ("silent_calls", lambda: ask_for_silent_calls(tx, kit, now)),
        ("helpers", lambda: sweep_helpers(tx, kit, now)),
    ]
    done = 0
    for name, part in parts:
        try:
            with tx.begin_nested():
                done += part()
        except OperationalError:
            raise  # the database is away
        except Exception as error:  # what cannot go on must not stop the rest, least of all the next alert
            log.error("sweep_failed", part=name, error=type(error).__name__)
    tx.flush()
    return done


def next_due(tx: Session) -> datetime | None:
    """When the clock has to look again at the latest, as far as it is known; None when no alert is open."""
    times = [
        tx.scalar(select(Alert.next_at).where(Alert.next_at.is_not(None)).order_by(Alert.next_at).limit(1)),
        tx.scalar(select(Page.ring_at).where(Page.ring_at.is_not(None)).order_by(Page.ring_at).limit(1)),
        tx.scalar(
            select(Page.ring_until).where(Page.ring_until.is_not(None)).order_by(Page.ring_until).limit(1)
        ),
    ]
    times.append(
        tx.scalar(select(Helper.next_at).where(Helper.next_at.is_not(None)).order_by(Helper.next_at).limit(1))
    )
    return min((at for at in times if at is not None), default=None)


def _due(policy: Policy, now: datetime) -> ColumnElement[bool]:
    """Alerts whose time is up, or with a call that cannot go on."""
    lost = select(Page.alert_id).where(_lost(policy, now) | _orphaned(now))
    return ((Alert.next_at <= now) & (Alert.state != AlertState.CLOSED)) | Alert.id.in_(lost)


def _free_alerts(tx: Session, due: ColumnElement[bool]) -> list[str]:
    """Those alerts, their threads locked in a fixed order; a thread in use is left to the next sweep."""
    rows = tx.execute(select(Alert.id, Alert.thread_id).where(due)).all()
    wanted = [thread_id for _, thread_id in rows if thread_id]
    threads = select(Thread.id).where(Thread.id.in_(wanted)).order_by(Thread.id)
    locked = set(tx.scalars(threads.with_for_update(skip_locked=True)))
    return sorted(alert_id for alert_id, thread_id in rows if thread_id is None or thread_id in locked)


def _alert_due(tx: Session, kit: Kit, policy: Policy, alert_id: str, now: datetime) -> int:
    alert = tx.get(Alert, alert_id, populate_existing=True)
    if alert is None or alert.next_at is None or alert.next_at > now:
        return 0
    if alert.state == AlertState.OPEN:
        advance(tx, kit, alert, now)
    elif alert.state == AlertState.TAKEN:
        _promise_due(tx, kit, policy, alert, now)
    return 1


def _promise_due(tx: Session, kit: Kit, policy: Policy, alert: Alert, now: datetime) -> None:
    promised = alert.promised_at or alert.taken_at or now
    if _taker_talks(tx, alert):
        alert.promised_at, alert.reminded, alert.next_at = now, False, now + policy.reminder
        note(tx, alert.id, Happened.EXTENDED, now, staff_id=alert.taken_by, detail="call")
    elif now >= promised + policy.outcome:
        open_again(tx, kit, alert, now, "no_outcome")
    else:
        alert.next_at = promised + policy.outcome
        if not alert.reminded and alert.taken_by:
            alert.reminded = True
            order_notice(tx, kit, alert, alert.taken_by, Notice.REMINDER, now)
            note(tx, alert.id, Happened.REMINDED, now, staff_id=alert.taken_by)


def _taker_talks(tx: Session, alert: Alert) -> bool:
    """Whether who took it is on the phone for it right now."""
    talks = select(Page.id).where(
        Page.alert_id == alert.id, Page.staff_id == alert.taken_by, Page.call_state == CallState.TALKING
    )
    return tx.scalar(talks) is not None


def _calls_put_off(tx: Session, kit: Kit, now: datetime) -> int:
    """The call of an urgent page, some minutes after its text."""
    rows = tx.execute(
        select(Page, Alert)
        .join(Alert, Alert.id == Page.alert_id)
        .where(Page.ring_at <= now, paged())
        .order_by(Page.ring_at, Page.id)
    ).all()
    for page, alert in rows:
        ring(tx, kit, alert, page, now)
    return len(rows)


def _waiting_calls(tx: Session, kit: Kit, now: datetime) -> int:
    """Calls that wait for a phone which is free by now (its end was told by nobody)."""
    busy = select(Page.phone_id).where(Page.call_state.in_(IN_A_CALL))
    free = tx.scalars(
        select(Page.phone_id)
        .where(Page.call_state == CallState.WAITING, Page.phone_id.not_in(busy))
        .distinct()
        .order_by(Page.phone_id)
    ).all()
    for phone_id in free:
        ring_waiting(tx, kit, phone_id, now)
    return len(free)


def _lost(policy: Policy, now: datetime) -> ColumnElement[bool]:
    """Calls of which the carrier has said nothing for so long that they cannot go on."""
    talking = Page.call_state == CallState.TALKING
    return or_(
        (Page.call_state == CallState.RINGING) & (Page.ring_until <= now - RING_GRACE),
        talking & (Page.state != PageState.TAKEN) & (Page.answered_at <= now - LISTENING),
        talking & (Page.answered_at <= now - TALKING),
    )


def _orphaned(now: datetime) -> ColumnElement[bool]:
    """Calls that were ordered, but whose deed is over without a word of what became of them."""
    key = literal("ring:") + Page.id + ":" + cast(Page.rings, String)
    over = select(Deed.id).where(
        Deed.key == key, Deed.state != DeedState.PENDING, Deed.done_at <= now - RING_GRACE
    )
    return (Page.call_state == CallState.ORDERED) & over.exists()


def _lost_calls(tx: Session, kit: Kit, policy: Policy, alerts: list[str], now: datetime) -> int:
    rows = tx.execute(
        select(Page, Alert)
        .join(Alert, Alert.id == Page.alert_id)
        .where(_lost(policy, now) | _orphaned(now), Page.alert_id.in_(alerts))
        .order_by(Page.id)
    ).all()
    for page, alert in rows:
        if page.call_sid:
            hang_up(tx, kit, page.call_sid, now)
        call_over(tx, kit, page, alert, "lost", now)
    return len(rows)
