""" "I cannot": the next person is paged at once; from who took it, it is given back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.alone import alert_alone
from hotline.alerts.asked import declines
from hotline.alerts.escalation import hurry
from hotline.alerts.log import Happened, note
from hotline.alerts.paged import is_paged
from hotline.alerts.paging import end_page
from hotline.alerts.reopening import open_again
from hotline.alerts.tables import AlertState, Page, PageState
from hotline.threads.kit import Kit


def cannot(tx: Session, kit: Kit, alert_id: str, staff_id: str, now: datetime) -> bool:
    """`staff_id` cannot come. False when nothing was asked of them (any more)."""
    alert, _ = alert_alone(tx, alert_id)
    if alert is None:
        return False
    page = tx.scalar(select(Page).where(Page.alert_id == alert_id, Page.staff_id == staff_id))
    gives_back = alert.state == AlertState.TAKEN and alert.taken_by == staff_id
    asked = page is not None and is_paged(page, alert)
    if not (gives_back or asked):
        return False
    note(
        tx, alert.id, Happened.CANNOT, now, staff_id=staff_id, page_id=page.id if page else None, ids=kit.ids
    )
    if page is not None and alert.state == AlertState.TAKEN and not gives_back:
        declines(tx, kit, alert, page, now)
        return True
    if page is not None:
        end_page(tx, kit, page, PageState.CANNOT, now)
    if gives_back:
        if page is not None:
            page.round = 1  # "cannot" counts for the round that begins now
        open_again(tx, kit, alert, now, "given_back", with_taker=False)
    else:
        tx.flush()
        hurry(tx, kit, alert, now)
    return True
