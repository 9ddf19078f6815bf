"""The queue as it stands in the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.tables import Alert, AlertState
from hotline.queue.order import AlertNow, Waiting, order
from hotline.threads.outreach import OFFICER
from hotline.threads.tables import Contact, Thread, ThreadState
from hotline.triage.kinds import Grade


def open_threads(tx: Session) -> tuple[Waiting, ...]:
    """Every open thread, in the order of the queue."""
    rows = tx.execute(
        select(Thread, Contact.stopped)
        .outerjoin(Contact, Contact.id == Thread.contact_id)
        .where(Thread.state == ThreadState.OPEN)
    ).all()
    alerts = _newest_alerts(tx)
    return order(_waiting(thread, bool(stopped), alerts.get(thread.id)) for thread, stopped in rows)


def one_thread(tx: Session, thread_id: str) -> Waiting | None:
    """One thread, open or closed; None when there is none of that id."""
    thread = tx.get(Thread, thread_id)
    if thread is None:
        return None
    contact = tx.get(Contact, thread.contact_id) if thread.contact_id else None
    return _waiting(thread, contact is not None and contact.stopped, newest_alert(tx, thread_id))


def newest_alert(tx: Session, thread_id: str) -> AlertNow | None:
    """The thread's alert: the one without an outcome, else the newest."""
    alert = tx.scalar(
        select(Alert)
        .where(Alert.thread_id == thread_id)
        .order_by(Alert.opened_at.desc(), Alert.id.desc())
        .limit(1)
    )
    return _alert(alert) if alert else None


def _newest_alerts(tx: Session) -> dict[str, AlertNow]:
    of_open = (
        select(Alert)
        .join(Thread, Thread.id == Alert.thread_id)
        .where(Thread.state == ThreadState.OPEN)
        .order_by(Alert.opened_at, Alert.id)
    )
    return {alert.thread_id: _alert(alert) for alert in tx.scalars(of_open) if alert.thread_id}


def _alert(alert: Alert) -> AlertNow:
    closed = alert.state == AlertState.CLOSED
    return AlertNow(
        alert.id,
        alert.code,
        tuple(rule for rule in alert.rule.split(",") if rule),
        alert.taken_by,
        alert.outcome,
        closed,
        alert.live_call is not None and not closed,
        alert.promised_at,
    )


def _waiting(thread: Thread, stopped: bool, alert: AlertNow | None) -> Waiting:
    return Waiting(
        thread_id=thread.id,
        reference=thread.reference,
        channel=thread.channel,
        language=thread.language,
        grade=Grade(thread.grade),
        no_safety_answer=thread.unanswered_safety,
        unsafe=thread.unsafe,
        stopped=stopped,
        wants_person=thread.wants_person,
        fell_silent=thread.fell_silent_at is not None,
        officer=thread.speaker == OFFICER,
        taken_by=thread.taken_by,
        opened_at=thread.opened_at,
        last_in_at=thread.last_in_at,
        waiting_since=thread.waiting_since,
        alert=alert,
        asked_to_forget=thread.asked_to_forget,
    )
