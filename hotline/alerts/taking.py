"""Taking: a person says "mine", by key, reply or web page. It is a promise that ends with an outcome, or the alert opens again.

Nothing else takes: no voicemail, silence, busy line, hang-up, "completed" or receipt ever comes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access import audit
from hotline.access.audit import Act
from hotline.alerts.alone import alert_alone, alone
from hotline.alerts.asked import helps
from hotline.alerts.joining import bridge, ring_to_join
from hotline.alerts.log import Happened, note
from hotline.alerts.notices import Notice, order_notice
from hotline.alerts.paged import is_paged
from hotline.alerts.paging import end_page
from hotline.alerts.policy import policy_of
from hotline.alerts.read_outs import destroy_for_alert
from hotline.alerts.tables import Alert, AlertState, Asked, Page, PageState
from hotline.threads.copies import drop_copies
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread


class Way(StrEnum):
    """How somebody said it."""

    CALL = "call"
    TEXT = "text"
    WEB = "web"


class TakeResult(StrEnum):
    DONE = "done"  # it is yours (also when it was already)
    LATE = "late"  # somebody else has it
    HELPS = "helps"  # somebody else has it, and asked them for help
    OVER = "over"  # it has its outcome already, or there is no such alert


@dataclass(frozen=True, slots=True)
class Take:
    """What came of it: `by` (a staff id) has it since `at`; both None when nobody ever had it."""

    result: TakeResult
    by: str | None
    at: datetime | None


def take(tx: Session, kit: Kit, alert_id: str, staff_id: str, way: Way, now: datetime) -> Take:
    """`staff_id` takes the alert: everybody else's page ends and those who noticed it are told who has it.

    A waiting caller is brought into the conference at once when it was taken by a key in the call; taken by text or on the
    staff page, the taker's phone is rung and joins the caller on a key.
    """
    alert, thread = alert_alone(tx, alert_id)
    if alert is None:
        return Take(TakeResult.OVER, None, None)
    if alert.state == AlertState.CLOSED:
        return Take(TakeResult.OVER, alert.taken_by, alert.taken_at)
    asked = _asked(tx, alert, staff_id)
    if asked is not None and asked.asked == Asked.HELP:
        helps(tx, kit, alert, asked, now)
        return Take(TakeResult.HELPS, alert.taken_by, alert.taken_at)
    if asked is not None:
        _handed_over(tx, kit, alert, thread, staff_id, way, now)
    if alert.state == AlertState.TAKEN and alert.taken_by != staff_id:
        note(tx, alert.id, Happened.LATE, now, staff_id=staff_id, detail=way)
        return Take(TakeResult.LATE, alert.taken_by, alert.taken_at)
    if alert.state == AlertState.OPEN:
        _becomes_taken(tx, kit, alert, thread, staff_id, way, now)
    if way is Way.CALL and alert.live_call:
        bridge(tx, kit, alert, now)
    elif alert.live_call:
        ring_to_join(tx, kit, alert, now)
    return Take(TakeResult.DONE, staff_id, alert.taken_at)


def _asked(tx: Session, alert: Alert, staff_id: str) -> Page | None:
    """The page with which a colleague asked this person for an alert that is taken."""
    page = tx.scalar(select(Page).where(Page.alert_id == alert.id, Page.staff_id == staff_id))
    return page if page is not None and alert.state == AlertState.TAKEN and is_paged(page, alert) else None


def _handed_over(
    tx: Session, kit: Kit, alert: Alert, thread: Thread | None, staff_id: str, way: Way, now: datetime
) -> None:
    """From who had it to who was asked; the promise begins anew, and who had it is told."""
    before = alert.taken_by
    _becomes_taken(tx, kit, alert, thread, staff_id, way, now)
    if before is not None:
        order_notice(tx, kit, alert, before, Notice.TAKEN, now)


def _becomes_taken(
    tx: Session, kit: Kit, alert: Alert, thread: Thread | None, staff_id: str, way: Way, now: datetime
) -> None:
    alert.state, alert.taken_by, alert.taken_at = AlertState.TAKEN, staff_id, now
    alert.also = alert.snoozed_until = None
    promise(kit, alert, now)
    if thread is not None:
        thread.taken_by, thread.taken_at = staff_id, now
    note(tx, alert.id, Happened.TAKEN, now, staff_id=staff_id, detail=way, ids=kit.ids)
    for page in tx.scalars(select(Page).where(Page.alert_id == alert.id)):
        own = page.staff_id == staff_id
        if own:
            # A call to who took it by text is the one that joins them with the waiting caller.
            end_page(tx, kit, page, PageState.TAKEN, now, keep_call=alert.live_call is not None)
        elif page.state not in (PageState.OVER, PageState.TAKEN) and end_page(
            tx, kit, page, PageState.OVER, now
        ):
            order_notice(tx, kit, alert, page.staff_id, Notice.TAKEN, now)
    tx.flush()


def promise(kit: Kit, alert: Alert, now: datetime) -> None:
    """The promise runs from now: first the reminder, then the reopening."""
    alert.promised_at, alert.reminded = now, False
    alert.next_at = now + policy_of(kit.settings.deployment).reminder


def extend(tx: Session, kit: Kit, alert_id: str, staff_id: str, now: datetime) -> bool:
    """ "Still on it": the promise runs from now again. False when it is not theirs."""
    alone(tx)
    alert = tx.get(Alert, alert_id, populate_existing=True)
    if alert is None or alert.state != AlertState.TAKEN or alert.taken_by != staff_id:
        return False
    promise(kit, alert, now)
    note(tx, alert.id, Happened.EXTENDED, now, staff_id=staff_id)
    audit.note(tx, kit.ids, Act.STILL, now, by=staff_id, about=alert.thread_id or alert.id)
    return True


def close(tx: Session, kit: Kit, alert_id: str, staff_id: str | None, outcome: str, now: datetime) -> bool:
    """The alert ends with an outcome (a code of `hotline.toml`, or of the staff page). False when it was closed before.

    From an open alert too (the staff page may close what nobody took); then its pages end and those paged are told.
    """
    alert, thread = alert_alone(tx, alert_id)
    if alert is None or alert.state == AlertState.CLOSED:
        return False
    if alert.state == AlertState.OPEN and staff_id:
        _becomes_taken(tx, kit, alert, thread, staff_id, Way.WEB, now)
    for page in tx.scalars(select(Page).where(Page.alert_id == alert.id, Page.state == PageState.OPEN)):
        end_page(tx, kit, page, PageState.OVER, now)
    alert.state, alert.outcome, alert.closed_at, alert.next_at = AlertState.CLOSED, outcome, now, None
    note(tx, alert.id, Happened.OUTCOME, now, staff_id=staff_id, detail=outcome, ids=kit.ids)
    destroy_for_alert(tx, alert.id)
    if thread is not None:
        drop_copies(tx, thread.id, now)
    return True
