"""Somebody was asked by a colleague for an alert that is taken: what they answer, and what their silence means."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.alerts.log import Happened, note
from hotline.alerts.notices import Notice, order_notice
from hotline.alerts.paging import end_page
from hotline.alerts.policy import policy_of
from hotline.alerts.tables import Alert, Page, PageState
from hotline.threads.kit import Kit

_CALLS = 3


def helps(tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime) -> None:
    """They come: who asked is told."""
    note(tx, alert.id, Happened.HELPS, now, staff_id=page.staff_id, page_id=page.id, ids=kit.ids)
    end_page(tx, kit, page, PageState.TAKEN, now)
    _tell(tx, kit, alert, page, Notice.HELPS, now)


def declines(tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime) -> None:
    """They cannot: who asked is told at once, so that they ask somebody else."""
    end_page(tx, kit, page, PageState.CANNOT, now)
    _tell(tx, kit, alert, page, Notice.DECLINED, now)


def asked_in_vain(tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime) -> None:
    """A call to them ended without a key: again before long, three times in all; then who asked is told. The text stays: a
    reply to it still counts."""
    page.asked_calls = (page.asked_calls or 0) + 1
    if page.asked_calls < _CALLS:
        page.ring_at = now + policy_of(kit.settings.deployment).ring_again
    else:
        _tell(tx, kit, alert, page, Notice.NO_ANSWER, now)


def _tell(tx: Session, kit: Kit, alert: Alert, page: Page, what: Notice, now: datetime) -> None:
    if page.asked_by is not None:
        order_notice(tx, kit, alert, page.asked_by, what, now, about=page.staff_id)
