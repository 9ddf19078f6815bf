"""A page's text that does not arrive is an event: the person is called at once, and the text goes another way where there is
one. Nothing here takes an alert.

What the carrier's code says decides (`hotline/carriers/data/twilio_errors.csv`): a number that takes no texts gets none any
more; a block, an account or a carrier in trouble is gone around by the next line; a handset that is off is written to again with
the next repeat.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.alone import page_alone
from hotline.alerts.bundles import sharing
from hotline.alerts.log import Happened, note
from hotline.alerts.paged import is_paged, paged
from hotline.alerts.paging import ring, send_text, takes_calls
from hotline.alerts.phones import next_text_line
from hotline.alerts.policy import Policy
from hotline.alerts.tables import Alert, Page
from hotline.carriers.failures import CarrierError, Meaning, Retry
from hotline.carriers.twilio_failures import delivery_failure
from hotline.threads.kit import Kit
from hotline.threads.tables import Message, MessageStatus

_OF_THE_PHONE = frozenset({Meaning.BAD_NUMBER, Meaning.OPTED_OUT, Meaning.UNREACHABLE})


def text_failed(
    tx: Session, kit: Kit, page_id: str, now: datetime, *, error: str = "", message_id: str = ""
) -> None:
    """A text of the page will not arrive, as the carrier's code `error` says; `message_id`: which one, "" for the newest.
    The call goes at once unless one is under way."""
    found = page_alone(tx, page_id)
    if found is None:
        return
    page, alert = found
    newest = message_id in ("", page.message_id)
    note(tx, alert.id, Happened.TEXT_FAILED, now, staff_id=page.staff_id, page_id=page.id, detail=error)
    if not newest or not is_paged(page, alert):
        return
    together = sharing(tx, page)
    _by_another_line(tx, kit, alert, page, delivery_failure(error), now)
    for one, its_alert in ((page, alert), *together):
        one.text_over_at = page.text_over_at
        _follow_up(tx, kit, its_alert, one, now)


def _by_another_line(
    tx: Session, kit: Kit, alert: Alert, page: Page, failure: CarrierError, now: datetime
) -> None:
    failed = tx.get(Message, page.message_id) if page.message_id else None
    behind = next_text_line(kit, failed.line) if failed is not None else None
    if failure.meaning not in _OF_THE_PHONE and behind is not None:
        send_text(tx, kit, alert, page, now, line=behind)
    elif failure.retry is Retry.NEVER and failure.meaning in (*_OF_THE_PHONE, Meaning.BLOCKED):
        page.text_over_at = now


def _follow_up(tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime) -> None:
    page.followed_up = page.message_id
    if takes_calls(tx, page):
        ring(tx, kit, alert, page, now)


def without_receipt(tx: Session, kit: Kit, policy: Policy, now: datetime) -> int:
    """Page texts that no handset has confirmed in time, each followed by a call once; gives how many. On a line without
    delivery receipts a text that left is enough."""
    silent = [line.id for line in kit.settings.deployment.lines if not line.delivery_receipts]
    rows = tx.execute(
        select(Page, Alert, Message)
        .join(Alert, Alert.id == Page.alert_id)
        .join(Message, Message.id == Page.message_id)
        .where(
            paged(),
            Page.texted_at <= now - policy.receipt_wait,
            Page.followed_up.is_(None) | (Page.followed_up != Page.message_id),
            Message.status.in_((MessageStatus.QUEUED, MessageStatus.SENT)),
        )
        .order_by(Page.texted_at, Page.id)
    ).all()
    late = [row for row in rows if not (row[2].line in silent and row[2].sent_at is not None)]
    for page, alert, _ in late:
        note(
            tx, alert.id, Happened.TEXT_FAILED, now,
            staff_id=page.staff_id, page_id=page.id, detail="no_receipt",
        )  # fmt: skip
        _follow_up(tx, kit, alert, page, now)
    return len(late)
