"""One page: its text and its call. Never two calls at once to one phone: the text goes at once, the call waits its turn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from hotline.access.tables import StaffPhone
from hotline.alerts.bundles import others_open, sharing, texted_together
from hotline.alerts.log import Happened, note
from hotline.alerts.paged import is_paged
from hotline.alerts.phones import language_of, text_line
from hotline.alerts.policy import Policy, policy_of
from hotline.alerts.tables import Alert, CallState, Page, PageState
from hotline.alerts.useless import forgive
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.sending import queue_text
from hotline.threads.tables import Deed, Message, MessageStatus
from hotline.triage.kinds import Grade

IN_A_CALL = (CallState.ORDERED, CallState.RINGING, CallState.TALKING)


def page_person(
    tx: Session, kit: Kit, policy: Policy, alert: Alert, phone: StaffPhone, now: datetime
) -> Page:
    """Page the owner of `phone` for the alert, with text and call as its grade says; a second time is another try."""
    page = tx.scalar(select(Page).where(Page.alert_id == alert.id, Page.staff_id == phone.staff_id))
    if page is None:
        page = Page(id=kit.ids.new(), alert_id=alert.id, staff_id=phone.staff_id, opened_at=now)
        page.rings, page.call_state = 0, CallState.NONE
        tx.add(page)
    if page.phone_id != phone.id:
        page.text_over_at = None
    page.phone_id, page.state, page.ended_at = phone.id, PageState.OPEN, None
    page.round, page.step = alert.round, alert.step
    page.asked = page.asked_by = page.asked_calls = None
    tx.flush()
    wanted = page.texted_at is None or now - page.texted_at >= policy.text_again
    if wanted and page.text_over_at is None:
        send_text(tx, kit, alert, page, now)
    if policy.at_once(Grade(alert.grade), alert.live_call is not None):
        ring(tx, kit, alert, page, now)
    elif page.call_state not in (*IN_A_CALL, CallState.WAITING):
        page.call_state = CallState.NONE
        page.ring_at = now + policy.urgent_call
    return page


def send_text(
    tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime, *, line: str | None = None
) -> None:
    """The page's text: grade, code, which key; no word of the report. By `line`, else by the first that can. A repeat to who
    has several open is one text for all of them."""
    others = others_open(tx, page) if page.texted_at is not None and page.asked is None else []
    locale = language_of(tx, kit, page.staff_id)
    words = (
        _list(kit, [alert, *(one for _, one in others)], locale)
        if others
        else _words(kit, alert, page, locale)
    )
    page.message_id = queue_text(
        tx, kit, words, now,
        line=line or text_line(kit), priority=priority(kit, alert, page), staff_id=page.staff_id, page_id=page.id,
    )  # fmt: skip
    page.texted_at = now
    forgive(tx, page.phone_id)
    note(tx, alert.id, Happened.TEXTED, now, staff_id=page.staff_id, page_id=page.id)
    texted_together(tx, page.message_id, others, now)


def _list(kit: Kit, alerts: list[Alert], locale: str) -> str:
    codes = ", ".join(alert.code for alert in alerts)
    return kit.book.as_sent(kit.book.say("page.text_several", locale, codes=codes), locale)


def _words(kit: Kit, alert: Alert, page: Page, locale: str) -> str:
    wording = kit.book.wordings.get(f"page.text_{page.asked or alert.grade}")
    if wording is None:  # content without it must not stop the message that raised the alert
        return f"{alert.grade.upper()} {alert.code}: 1 / 2"
    return kit.book.as_sent(kit.book.text(wording, locale, code=alert.code), locale)


def priority(kit: Kit, alert: Alert, page: Page) -> int:
    """The first page of an emergency goes before all others: that of who is on call, and of who speaks the language."""
    opening = policy_of(kit.settings.deployment).opening(Grade(alert.grade), alert.round, alert.manager)
    first = alert.grade == Grade.EMERGENCY and alert.round == 1 and alert.step <= opening and page.rings == 0
    return Priority.FIRST_PAGE if first else Priority.PAGE


def ring(tx: Session, kit: Kit, alert: Alert, page: Page, now: datetime) -> None:
    """Order the page's call, or let it wait until that phone is free. A call under way is enough."""
    page.ring_at = None
    if page.call_state in IN_A_CALL:
        return
    if phone_in_call(tx, page.phone_id):
        if page.call_state != CallState.WAITING:
            page.call_state = CallState.WAITING
            note(tx, alert.id, Happened.RING_WAITS, now, staff_id=page.staff_id, page_id=page.id)
        return
    how = priority(kit, alert, page)
    page.rings += 1
    page.call_state, page.call_sid = CallState.ORDERED, None
    page.ring_until = page.answered_at = None
    tx.flush()
    outbox.order(tx, kit.ids, DeedKind.RING, ring_key(page), {"page": page.id}, now, priority=how)
    note(tx, alert.id, Happened.RING, now, staff_id=page.staff_id, page_id=page.id)


def takes_calls(tx: Session, page: Page) -> bool:
    """Whether the page's phone may be rung once more: after a STOP it is not."""
    phone = tx.get(StaffPhone, page.phone_id)
    return phone is not None and not phone.stopped


def ring_key(page: Page) -> str:
    """The key of the page's newest RING deed."""
    return f"ring:{page.id}:{page.rings}"


def phone_in_call(tx: Session, phone_id: str) -> bool:
    """Whether a page call to or from that phone is ordered, ringing or going on."""
    calls = exists().where(Page.phone_id == phone_id, Page.call_state.in_(IN_A_CALL))
    return bool(tx.scalar(select(calls)))


def ring_waiting(tx: Session, kit: Kit, phone_id: str, now: datetime) -> None:
    """A phone is free again: order the call that waits for it, the gravest and oldest alert first."""
    waiting = (
        select(Page, Alert)
        .join(Alert, Alert.id == Page.alert_id)
        .where(Page.phone_id == phone_id, Page.call_state == CallState.WAITING)
        .order_by(Alert.opened_at, Alert.id)
    )
    rows = sorted(tx.execute(waiting), key=lambda row: Grade(row[1].grade).rank)
    for page, alert in rows:
        joins = page.state == PageState.TAKEN and alert.live_call is not None and alert.bridged_at is None
        if is_paged(page, alert) or joins:
            ring(tx, kit, alert, page, now)
            return
        page.call_state = CallState.NONE


def end_page(
    tx: Session, kit: Kit, page: Page, state: PageState, now: datetime, *, keep_call: bool = False
) -> bool:
    """The page takes no key any more: what is not out yet is dropped, a ringing call is hung up (unless `keep_call`); one
    who is listening is left to hear it from the call. Gives whether the person may have noticed anything of the page."""
    page.state, page.ring_at, page.ended_at = state, None, now
    noticed = not _text_dropped(tx, page, now) or _rung(tx, page)
    if keep_call:
        pass
    elif page.call_state == CallState.WAITING:
        page.call_state = CallState.NONE
    elif page.call_state == CallState.ORDERED:
        # If a worker has the deed in hand already, `rings.rang` hangs that call up.
        outbox.drop(tx, ring_key(page), now)
        page.call_state = CallState.NONE
        ring_waiting(tx, kit, page.phone_id, now)
    elif page.call_state == CallState.RINGING and page.call_sid:
        hang_up(tx, kit, page.call_sid, now)
    return noticed


def may_be_known(tx: Session, page: Page) -> bool:
    """Whether the person may know of the page: a worker had its text or its call in hand, or they called us."""
    return _rung(tx, page) or page.answered_at is not None or _begun(tx, f"send:{page.message_id}")


def _rung(tx: Session, page: Page) -> bool:
    return page.rings > 1 or _begun(tx, ring_key(page))


def _text_dropped(tx: Session, page: Page, now: datetime) -> bool:
    """Drop the page's text if it has not left; gives whether it surely never left."""
    message = tx.get(Message, page.message_id) if page.message_id else None
    if message is None or message.status != MessageStatus.QUEUED or sharing(tx, page):
        return False
    outbox.drop(tx, f"send:{message.id}", now)
    return not _begun(tx, f"send:{message.id}")


def _begun(tx: Session, deed_key: str) -> bool:
    """Whether a worker ever had that deed in hand."""
    return bool(tx.scalar(select(Deed.attempts).where(Deed.key == deed_key)))


def hang_up(tx: Session, kit: Kit, call_sid: str, now: datetime) -> None:
    """Order the end of a call of ours."""
    outbox.order(
        tx, kit.ids, DeedKind.HANG_UP, f"hang_up:{call_sid}", {"call": call_sid}, now, priority=Priority.ANSWER
    )  # fmt: skip
