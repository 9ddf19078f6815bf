"""What lies before one member of staff: what pages them, what they took, what was theirs a while ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hotline.alerts.escalation import pages_nobody
from hotline.alerts.tables import Alert, AlertState, Page, PageState
from hotline.triage.kinds import Grade

RECENT = timedelta(hours=1)
CODE_KNOWN = timedelta(hours=24)


def open_pages(tx: Session, staff_id: str) -> tuple[Alert, ...]:
    """The alerts that page this person now, the gravest and oldest first."""
    query = (
        select(Alert)
        .join(Page, Page.alert_id == Alert.id)
        .where(Page.staff_id == staff_id, Page.state == PageState.OPEN, Alert.state == AlertState.OPEN)
    )
    return _sorted(tx.scalars(query).all())


def own_alerts(tx: Session, staff_id: str) -> tuple[Alert, ...]:
    """The alerts this person took that have no outcome yet."""
    query = select(Alert).where(Alert.taken_by == staff_id, Alert.state == AlertState.TAKEN)
    return _sorted(tx.scalars(query).all())


def recent_alerts(tx: Session, staff_id: str, now: datetime, within: timedelta = RECENT) -> tuple[Alert, ...]:
    """The alerts whose page for this person ended within that time by what somebody else did, the newest first."""
    query = (
        select(Alert)
        .join(Page, Page.alert_id == Alert.id)
        .where(
            Page.staff_id == staff_id,
            Page.state.in_((PageState.OVER, PageState.TAKEN)),
            Page.ended_at > now - within,
            or_(Alert.taken_by != staff_id, Alert.state == AlertState.CLOSED),
        )
        .order_by(Page.ended_at.desc(), Alert.id)
    )
    return tuple(tx.scalars(query))


def alerts_without_anybody(tx: Session) -> tuple[Alert, ...]:
    """The open alerts for which nobody at all can be paged (no verified phone): for readyz and the staff page."""
    waiting = tx.scalars(select(Alert).where(Alert.state == AlertState.OPEN))
    return _sorted(alert for alert in waiting if pages_nobody(tx, alert.id))


def threads_in_alarm(tx: Session) -> frozenset[str]:
    """The threads whose alert has no outcome yet."""
    found = tx.scalars(select(Alert.thread_id).where(Alert.state != AlertState.CLOSED))
    return frozenset(thread_id for thread_id in found if thread_id)


def coded(tx: Session, code: str, now: datetime) -> Alert | None:
    """The alert that this code names now or named within a day."""
    if len(code) != 4:
        return None
    query = (
        select(Alert)
        .where(
            Alert.code == code,
            or_(Alert.state != AlertState.CLOSED, Alert.closed_at > now - CODE_KNOWN),
        )
        .order_by(Alert.opened_at.desc())
        .limit(1)
    )
    return tx.scalar(query)


def _sorted(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    return tuple(sorted(alerts, key=lambda one: (Grade(one.grade).rank, one.opened_at, one.id)))
