"""What becomes of a page's calls and texts, as worker and intake tell it. Nothing here takes an alert."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.alone import alert_alone
from hotline.alerts.escalation import hurry
from hotline.alerts.joining import taker_left
from hotline.alerts.log import Happened, note
from hotline.alerts.paging import IN_A_CALL, hang_up, ring, ring_key, ring_waiting
from hotline.alerts.policy import policy_of
from hotline.alerts.reopening import open_again
from hotline.alerts.tables import Alert, AlertState, CallState, Page, PageState
from hotline.threads import outbox
from hotline.threads.kit import Kit


def _page_alone(tx: Session, page_id: str) -> tuple[Page, Alert] | None:
    page = tx.get(Page, page_id)
    if page is None:
        return None
    alert, _ = alert_alone(tx, page.alert_id)
    page = tx.get(Page, page_id, populate_existing=True)
    return (page, alert) if page is not None and alert is not None else None


def ring_wanted(tx: Session, page_id: str, key: str = "") -> bool:
    """Whether the worker, with the RING deed `key` in hand, is still to dial: the call is ordered and the page not over. An
    older deed of the page, taken up again after its worker died, dials no more ("" asks for none in particular)."""
    page = tx.get(Page, page_id)
    return page is not None and page.call_state == CallState.ORDERED and key in ("", ring_key(page))


def rang(tx: Session, kit: Kit, page_id: str, call_sid: str, now: datetime) -> None:
    """The carrier accepted the call. If the page is over meanwhile, that call is hung up at once."""
    found = _page_alone(tx, page_id)
    if found is None or found[0].call_state != CallState.ORDERED:
        if found is None or found[0].call_sid != call_sid:
            hang_up(tx, kit, call_sid, now)
        return
    page, alert = found
    page.call_state, page.call_sid = CallState.RINGING, call_sid
    page.ring_until = now + policy_of(kit.settings.deployment).ring_time
    note(tx, alert.id, Happened.RINGING, now, staff_id=page.staff_id, page_id=page.id)


def on_its_way(tx: Session, kit: Kit, page_id: str, ring_number: int, call_sid: str, now: datetime) -> None:
    """The carrier tells of call `ring_number` of the page. Where its answer to our order was lost this is how we learn that
    it was accepted, so that the phone is not dialled a second time while it rings. Else it changes nothing."""
    found = _page_alone(tx, page_id)
    if found is not None and found[0].call_state == CallState.ORDERED and found[0].rings == ring_number:
        rang(tx, kit, page_id, call_sid, now)


def call_ended(tx: Session, kit: Kit, call_sid: str, status: str, now: datetime) -> bool:
    """A call is over of which only the carrier's id is known (somebody of the staff had called us); whether it was one of
    a page."""
    page_id = tx.scalar(select(Page.id).where(Page.call_sid == call_sid))
    if page_id is not None:
        ring_ended(tx, kit, page_id, status, now, call_sid=call_sid)
    return page_id is not None


def answered(tx: Session, kit: Kit, page_id: str, call_sid: str, now: datetime) -> None:
    """Somebody or something picked up: a person, or a voicemail. It takes nothing."""
    found = _page_alone(tx, page_id)
    if found is None:
        return
    page, alert = found
    if page.call_sid == call_sid and page.call_state in (CallState.TALKING, CallState.ENDED):
        return
    if page.call_state == CallState.ORDERED:
        outbox.drop(
            tx, ring_key(page), now
        )  # they called us first; where our own call is meant, the deed is done
    elif page.call_state == CallState.RINGING and page.call_sid and page.call_sid != call_sid:
        hang_up(tx, kit, page.call_sid, now)
    page.call_state, page.call_sid, page.answered_at = CallState.TALKING, call_sid, now
    page.ring_until = None
    note(tx, alert.id, Happened.ANSWERED, now, staff_id=page.staff_id, page_id=page.id)


def ring_ended(
    tx: Session, kit: Kit, page_id: str, status: str, now: datetime, *, call_sid: str | None = None
) -> None:
    """The page's call is over (`status`: the carrier's word, or a code when it could not be placed).

    Without a key the next person is paged at once when nobody else of this step is waited for. An end of an older call
    (`call_sid` differs) changes nothing, and neither does a second one.
    """
    found = _page_alone(tx, page_id)
    if found is None:
        return
    page, alert = found
    if call_sid is None or page.call_sid in (None, call_sid):
        page.call_sid = call_sid or page.call_sid  # an end may be told before the order's own answer
        call_over(tx, kit, page, alert, status, now)


def call_over(tx: Session, kit: Kit, page: Page, alert: Alert, status: str, now: datetime) -> None:
    """As `ring_ended`, for who holds thread and alert already."""
    if page.call_state not in IN_A_CALL:
        return
    page.call_state, page.ring_until = CallState.ENDED, None
    note(tx, alert.id, Happened.RING_ENDED, now, staff_id=page.staff_id, page_id=page.id, detail=status)
    tx.flush()
    ring_waiting(tx, kit, page.phone_id, now)
    if alert.state == AlertState.OPEN:
        hurry(tx, kit, alert, now)
    else:
        taker_left(tx, kit, alert, page, now)
        _not_joined(tx, kit, alert, page, now)


def _not_joined(tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime) -> None:
    """Who took it by text was not joined with the caller (did not pick up, or a voicemail did), who must not be left
    waiting for them."""
    waiting = alert.state == AlertState.TAKEN and alert.live_call is not None and alert.bridged_at is None
    if waiting and page.staff_id == alert.taken_by and page.state == PageState.TAKEN:
        open_again(tx, kit, alert, now, "caller_not_joined")


def text_receipt(tx: Session, page_id: str, status: str, now: datetime) -> None:
    """The carrier told how far the page's text is: for the log alone."""
    page = tx.get(Page, page_id)
    if page is not None:
        note(
            tx, page.alert_id, Happened.RECEIPT, now, staff_id=page.staff_id, page_id=page.id, detail=status
        )  # fmt: skip


def text_failed(tx: Session, kit: Kit, page_id: str, now: datetime, *, error: str = "") -> None:
    """The page's text will not arrive: the call goes at once, unless one is under way or was made for this step."""
    found = _page_alone(tx, page_id)
    if found is None:
        return
    page, alert = found
    note(tx, alert.id, Happened.TEXT_FAILED, now, staff_id=page.staff_id, page_id=page.id, detail=error)
    if alert.state == AlertState.OPEN and page.state == PageState.OPEN and page.call_state != CallState.ENDED:
        ring(tx, kit, alert, page, now)
