"""A waiting caller and who took the alert are brought together in a conference named by the alert."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.log import Happened, note
from hotline.alerts.paging import hang_up, ring
from hotline.alerts.phones import page_phone
from hotline.alerts.tables import Alert, Page, PageState, RingBack, RingBackState
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority


def bridge(tx: Session, kit: Kit, alert: Alert, now: datetime) -> None:
    """Order that the waiting caller joins the conference of the alert; nothing where they are in it already."""
    if alert.bridged_at is not None:
        return
    payload = {"call": alert.live_call or "", "alert": alert.id}
    key = f"bridge:{alert.live_call}:{int(now.timestamp())}"
    outbox.order(tx, kit.ids, DeedKind.BRIDGE, key, payload, now, priority=Priority.FIRST_PAGE)
    alert.bridged_at = now
    note(tx, alert.id, Happened.BRIDGED, now, staff_id=alert.taken_by)


def ring_to_join(tx: Session, kit: Kit, alert: Alert, now: datetime) -> bool:
    """Ring who took the alert, who is not on the phone yet, to be joined with the caller. False: no phone to ring."""
    phone = page_phone(tx, alert.taken_by) if alert.taken_by else None
    if phone is None:
        return False
    page = tx.scalar(select(Page).where(Page.alert_id == alert.id, Page.staff_id == phone.staff_id))
    if page is None:  # taken on the staff page by somebody who was not paged
        page = Page(
            id=kit.ids.new(), alert_id=alert.id, staff_id=phone.staff_id, phone_id=phone.id,
            state=PageState.TAKEN, round=alert.round, step=alert.step, opened_at=now, rings=0, call_state="none",
        )  # fmt: skip
        tx.add(page)
        tx.flush()
    ring(tx, kit, alert, page, now)
    return True


def person_is_in(tx: Session, alert: Alert) -> bool:
    """Whether the caller, or who was rung back, is in the conference of the alert or on the way into it."""
    return (alert.live_call is not None and alert.bridged_at is not None) or bool(_rung_back(tx, alert))


def _rung_back(tx: Session, alert: Alert) -> list[str]:
    """The calls to the contact in which a key was pressed."""
    joined = select(RingBack.sid).where(
        RingBack.alert_id == alert.id, RingBack.state == RingBackState.JOINED, RingBack.sid.is_not(None)
    )
    return [sid for sid in tx.scalars(joined) if sid]


def was_rung_back(tx: Session, alert: Alert) -> bool:
    """Whether it is a call of ours to the contact that is in the conference."""
    return bool(_rung_back(tx, alert))


def taker_left(tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime) -> None:
    """Who took the alert is not on the phone any more, and the other would be alone in the conference: the caller goes on in
    their own call, where a person or a message can be asked for; a call back is over."""
    if page.staff_id != alert.taken_by:
        return
    for sid in _rung_back(tx, alert):
        hang_up(tx, kit, sid, now)
    if alert.live_call is None or alert.bridged_at is None:
        return
    key = f"let_go:{alert.live_call}:{int(now.timestamp())}"
    payload = {"call": alert.live_call}
    outbox.order(tx, kit.ids, DeedKind.LET_GO, key, payload, now, priority=Priority.FIRST_PAGE)


def caller_left(tx: Session, kit: Kit, call_sid: str, now: datetime) -> None:
    """The caller of this call is not on the line any more: the alert stays as it is, without a caller to join."""
    for alert in tx.scalars(select(Alert).where(Alert.live_call == call_sid)):
        alert.live_call = alert.bridged_at = None
        note(tx, alert.id, Happened.CALLER_GONE, now)
    tx.flush()
