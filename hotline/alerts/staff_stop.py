"""STOP from a staff phone: nothing can be sent there, so it is not paged any more, until START (DESIGN 4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access import audit
from hotline.access.audit import Act
from hotline.access.tables import StaffPhone
from hotline.alerts.alone import alone
from hotline.alerts.escalation import hurry
from hotline.alerts.log import Happened, note
from hotline.alerts.tables import Alert, AlertState, Page, PageState
from hotline.conversation.inbound import CarrierWord
from hotline.threads.kit import Kit


def carrier_word_of(kit: Kit, text: str) -> CarrierWord | None:
    """The carrier's word that this text is on any of our lines, None for another text."""
    word = text.strip().upper()
    for line in kit.settings.deployment.lines:
        for kind, words in (
            (CarrierWord.STOP, line.stop_words),
            (CarrierWord.START, line.start_words),
            (CarrierWord.HELP, line.help_words),
        ):
            if word in {one.upper() for one in words}:
                return kind
    return None


def stop_or_start(tx: Session, kit: Kit, phone: StaffPhone, word: CarrierWord, now: datetime) -> None:
    """Mark the phone, or lift the mark. After STOP its open pages stay in the log only: the next person is paged at once
    where nobody else of the step is waited for. A call may still reach it, so a ringing one is not cut."""
    phone.stopped = word is CarrierWord.STOP
    detail = "stopped" if phone.stopped else "started"
    audit.note(tx, kit.ids, Act.STAFF_CHANGED, now, by=phone.staff_id, about=phone.id, detail=detail)
    tx.flush()
    if not phone.stopped:
        return
    alone(tx)
    rows = tx.execute(
        select(Page, Alert)
        .join(Alert, Alert.id == Page.alert_id)
        .where(Page.phone_id == phone.id, Page.state == PageState.OPEN, Alert.state == AlertState.OPEN)
        .order_by(Alert.opened_at)
    ).all()
    for page, alert in rows:
        note(tx, alert.id, Happened.STOPPED, now, staff_id=page.staff_id, page_id=page.id)
        page.ring_at = None
        tx.flush()
        hurry(tx, kit, alert, now)
