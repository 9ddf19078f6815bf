"""Locks: whoever changes alerts is alone with them until the end of the transaction.

Alerts share phones (never two calls at once to one), so one lock stands for all of them; there are few, and each change is
short. The order is always thread first, then this lock: the transaction of a message holds its thread already.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.tables import Alert, Page
from hotline.db import lock_name, lock_row
from hotline.threads.tables import Thread


def alone(tx: Session) -> None:
    """Be the only one who changes alerts."""
    lock_name(tx, "alerts")


def thread_alone(tx: Session, thread_id: str) -> None:
    """Be alone with a thread and with alerts. What is changed so far is written first, so that no row is locked later."""
    tx.flush()
    tx.execute(select(Thread.id).where(Thread.id == thread_id).with_for_update())
    alone(tx)


def alert_alone(tx: Session, alert_id: str) -> tuple[Alert | None, Thread | None]:
    """The alert and its thread, fresh and nobody else's; (None, None) when there is no such alert."""
    thread_id = tx.scalar(select(Alert.thread_id).where(Alert.id == alert_id))
    thread = lock_row(tx, Thread, thread_id) if thread_id else None
    alone(tx)
    return tx.get(Alert, alert_id, populate_existing=True), thread


def page_alone(tx: Session, page_id: str) -> tuple[Page, Alert] | None:
    """The page and its alert, fresh and nobody else's; None when there is no such page."""
    page = tx.get(Page, page_id)
    if page is None:
        return None
    alert, _ = alert_alone(tx, page.alert_id)
    page = tx.get(Page, page_id, populate_existing=True)
    return (page, alert) if page is not None and alert is not None else None


def rota_alone(tx: Session) -> None:
    """Be the only one who changes the rota or tells of it: two clocks ask nobody twice, two replies take no shift twice.
    Whoever holds it takes no lock of alerts or threads afterwards."""
    lock_name(tx, "rota")
