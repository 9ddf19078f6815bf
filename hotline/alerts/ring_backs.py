"""Who took an alert has the contact rung: both are called by us and meet in the conference of the alert, so that neither sees
the other's number.

The one waits in their own call, which asks every two seconds what became of it; the other hears a neutral sentence and is
joined on a key, so that no voicemail and nobody else's hello ever is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.known import MayRing, may_ring
from hotline.alerts.log import Happened, note
from hotline.alerts.paging import hang_up
from hotline.alerts.tables import Alert, AlertState, RingBack, RingBackState
from hotline.threads import outbox
from hotline.threads.contacts import number_of_contact
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.tables import Contact, Thread
from hotline.vault.sealing import WorkerReader

# Ringing, three times the sentence with its silence, and a little: after this nobody comes any more.
LONGEST = timedelta(seconds=75)
_ON = (RingBackState.ORDERED, RingBackState.RINGING)


def order_ring_back(tx: Session, kit: Kit, alert: Alert, call_sid: str, now: datetime) -> tuple[str, MayRing]:
    """Order the call, where it may be: gives its id ("" where not) and why."""
    thread = tx.get(Thread, alert.thread_id) if alert.thread_id else None
    why = may_ring(tx, kit, thread) if thread is not None else MayRing.NO_NUMBER
    if why is not MayRing.YES:
        return "", why
    back = RingBack(
        id=kit.ids.new(), alert_id=alert.id, staff_id=alert.taken_by, call_sid=call_sid,
        state=RingBackState.ORDERED, ordered_at=now,
    )  # fmt: skip
    tx.add(back)
    tx.flush()
    outbox.order(
        tx, kit.ids, DeedKind.RING_BACK, f"ring_back:{back.id}", {"back": back.id}, now,
        priority=Priority.FIRST_PAGE,
    )  # fmt: skip
    note(tx, alert.id, Happened.RANG_BACK, now, staff_id=alert.taken_by, ids=kit.ids)
    return back.id, why


def number_to_ring(tx: Session, kit: Kit, reader: WorkerReader, back_id: str, now: datetime) -> str | None:
    """The number that the worker is to dial; None when it is not wanted any more, or may not be."""
    back = tx.get(RingBack, back_id)
    if back is None or back.state != RingBackState.ORDERED or now - back.ordered_at > LONGEST:
        return None
    alert = tx.get(Alert, back.alert_id)
    thread = tx.get(Thread, alert.thread_id) if alert is not None and alert.thread_id else None
    contact = tx.get(Contact, thread.contact_id) if thread is not None and thread.contact_id else None
    if alert is None or thread is None or contact is None:
        return None
    if alert.state != AlertState.TAKEN or may_ring(tx, kit, thread) is not MayRing.YES:
        return None
    return number_of_contact(reader, contact)


def rings_back(tx: Session, kit: Kit, back_id: str, sid: str, now: datetime) -> None:
    """The carrier took the call. Who asked for it may have hung up meanwhile: then it ends at once."""
    back = tx.get(RingBack, back_id)
    if back is None:
        return
    back.sid = back.sid or sid
    if back.state == RingBackState.ORDERED:
        back.state = RingBackState.RINGING
    elif back.state == RingBackState.ENDED:
        hang_up(tx, kit, sid, now)


def joins(tx: Session, back_id: str, now: datetime) -> Alert | None:
    """The contact pressed the key: the alert whose conference they join; None when nobody waits there any more."""
    back = tx.get(RingBack, back_id)
    alert = tx.get(Alert, back.alert_id) if back is not None else None
    if back is None or alert is None or back.state == RingBackState.ENDED:
        return None
    back.state = RingBackState.JOINED
    note(tx, alert.id, Happened.BRIDGED, now, staff_id=back.staff_id)
    return alert


def standing(tx: Session, kit: Kit, back_id: str, now: datetime) -> RingBackState:
    """How far it is, for who waits; too long is ended."""
    back = tx.get(RingBack, back_id)
    if back is None:
        return RingBackState.ENDED
    if back.state in _ON and now - back.ordered_at > LONGEST:
        _end(tx, kit, back, now)
    return RingBackState(back.state)


def not_rung(tx: Session, back_id: str) -> None:
    """It was not placed, or nobody knows: unless the contact has come by it meanwhile, who waits is told so."""
    back = tx.get(RingBack, back_id)
    if back is not None and back.state == RingBackState.ORDERED:
        back.state = RingBackState.ENDED


def ring_back_ended(tx: Session, back_id: str) -> None:
    """The call to the contact is over."""
    back = tx.get(RingBack, back_id)
    if back is not None:
        back.state = RingBackState.ENDED


def waiter_left(tx: Session, kit: Kit, call_sid: str, now: datetime) -> None:
    """Who asked for it is not on the line any more: the contact's phone does not ring on."""
    for back in tx.scalars(select(RingBack).where(RingBack.call_sid == call_sid, RingBack.state.in_(_ON))):
        _end(tx, kit, back, now)


def _end(tx: Session, kit: Kit, back: RingBack, now: datetime) -> None:
    back.state = RingBackState.ENDED
    if back.sid:
        hang_up(tx, kit, back.sid, now)
