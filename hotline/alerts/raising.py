"""Opening the alert of a thread, or making it worse, with its first pages: in the transaction of the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from hotline.alerts.alone import thread_alone
from hotline.alerts.codes import free_code
from hotline.alerts.joining import ring_to_join
from hotline.alerts.log import Happened, note
from hotline.alerts.notices import Notice, order_notice
from hotline.alerts.reopening import open_again, start
from hotline.alerts.tables import Alert, AlertState, Page
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread
from hotline.triage.kinds import Grade

TELL_AGAIN = timedelta(minutes=2)


def open_alert_of(tx: Session, thread_id: str) -> Alert | None:
    """The alert of a thread that has no outcome yet (open or taken)."""
    return tx.scalar(select(Alert).where(Alert.thread_id == thread_id, Alert.state != AlertState.CLOSED))


def raise_alert(
    tx: Session,
    kit: Kit,
    *,
    thread_id: str,
    grade: Grade,
    rules: Sequence[str],
    language: str | None,
    now: datetime,
    live_call: str | None = None,
    manager_too: bool = False,
) -> str:
    """Open the thread's alert with its first pages, or tell the open one what came; gives its id.

    `rules` names what fired. `live_call` is the carrier's id of the caller who waits. With one in office hours (or with
    `manager_too`) the Data Manager is rung: first when urgent, together with the person on call in an emergency. An urgent
    alert that becomes an emergency pages at once, also when it was taken: what was promised was less. Raises ValueError for
    routine.
    """
    if grade is Grade.ROUTINE:
        raise ValueError("routine matters go to the queue, not to a phone at night")
    thread_alone(tx, thread_id)
    manager = manager_too or (live_call is not None and _office_open(kit, now))
    alert = open_alert_of(tx, thread_id)
    if alert is None:
        return _open(tx, kit, thread_id, grade, rules, language, now, live_call, manager)
    worse = grade.rank < Grade(alert.grade).rank
    # Also when the same call waits once more, after it was brought together with somebody.
    newly_live = live_call is not None and (live_call != alert.live_call or alert.bridged_at is not None)
    note(tx, alert.id, Happened.WORSENED if worse else Happened.AGAIN, now, detail=",".join(rules))
    if newly_live:
        alert.live_call, alert.bridged_at = live_call, None
        alert.manager = alert.manager or manager
        note(tx, alert.id, Happened.CALLER, now)
    if worse:
        alert.grade, alert.rule = grade, ",".join(rules)[:80]
        # Who was told of something less grave is told at once, whenever the last text went.
        tx.execute(update(Page).where(Page.alert_id == alert.id).values(texted_at=None))
    if alert.state == AlertState.OPEN:
        if worse or newly_live:
            start(tx, kit, alert, now)
    elif worse:
        open_again(tx, kit, alert, now, "worse")
    elif newly_live:
        if not ring_to_join(tx, kit, alert, now):
            open_again(tx, kit, alert, now, "caller")
    else:
        _tell_taker(tx, kit, alert, now)
    return alert.id


def _open(
    tx: Session,
    kit: Kit,
    thread_id: str,
    grade: Grade,
    rules: Sequence[str],
    language: str | None,
    now: datetime,
    live_call: str | None,
    manager: bool,
) -> str:
    alert = Alert(
        id=kit.ids.new(),
        thread_id=thread_id,
        code=free_code(tx, kit.ids, now),
        grade=grade,
        rule=",".join(rules)[:80],
        language=language,
        state=AlertState.OPEN,
        live_call=live_call,
        manager=manager,
        opened_at=now,
    )
    tx.add(alert)
    # Whoever settled what was before does not have this: until somebody takes it, nobody has the thread.
    tx.execute(update(Thread).where(Thread.id == thread_id).values(taken_by=None, taken_at=None))
    tx.flush()
    note(tx, alert.id, Happened.OPENED, now, detail=alert.rule)
    if live_call:
        note(tx, alert.id, Happened.CALLER, now)
    start(tx, kit, alert, now)
    return alert.id


def _tell_taker(tx: Session, kit: Kit, alert: Alert, now: datetime) -> None:
    """Who has it learns that danger was told of once more; not for each of ten messages in a row."""
    if alert.taken_by is None or (alert.told_again_at and now - alert.told_again_at < TELL_AGAIN):
        return
    alert.told_again_at = now
    order_notice(tx, kit, alert, alert.taken_by, Notice.AGAIN, now)


def _office_open(kit: Kit, now: datetime) -> bool:
    deployment = kit.settings.deployment
    return deployment.office.open_at(now.astimezone(deployment.zone))
