"""A promise that was not kept: the alert opens again, and who had it is paged together with who is on call now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.alerts.escalation import advance
from hotline.alerts.log import Happened, note
from hotline.alerts.tables import Alert, AlertState
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread


def open_again(
    tx: Session, kit: Kit, alert: Alert, now: datetime, why: str, *, with_taker: bool = True
) -> None:
    """Page from the first step of the first round on; `why` is a code for the log. The caller holds thread and alert."""
    note(tx, alert.id, Happened.REOPENED, now, staff_id=alert.taken_by, detail=why)
    alert.state, alert.also = AlertState.OPEN, alert.taken_by if with_taker else None
    alert.taken_by = alert.taken_at = alert.promised_at = None
    alert.reminded = False
    thread = tx.get(Thread, alert.thread_id) if alert.thread_id else None
    if thread is not None:
        thread.taken_by = thread.taken_at = None
    tx.flush()
    start(tx, kit, alert, now)


def start(tx: Session, kit: Kit, alert: Alert, now: datetime) -> None:
    """Page from the first step of the first round on."""
    alert.round, alert.step, alert.snoozed_until = 1, -1, None
    advance(tx, kit, alert, now)
