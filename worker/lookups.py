"""After a try whose end nobody knows, the carrier is asked before it is made again.

A text is known by number, time and words, a call by number and time. Ids of other texts and calls of ours are left out.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.tables import Page
from hotline.carriers.carrier import Accepted, Carrier, CarrierError, NotOnThisLine, Retry
from hotline.threads.outbox import Leased
from hotline.threads.tables import Message

KNOWN_BEFORE = timedelta(
    hours=12
)  # a message of ours with a later sid was written after this, at the earliest


def known_texts(tx: Session, deed: Leased) -> set[str]:
    """The carrier's ids of other texts of ours; empty at the first try, which needs no look-up."""
    if deed.attempts == 1:
        return set()
    found = tx.scalars(
        select(Message.sid).where(Message.sid.is_not(None), Message.at >= deed.ordered_at - KNOWN_BEFORE)
    )
    return {sid for sid in found if sid}


def known_calls(tx: Session, page: Page) -> set[str]:
    """The carrier's ids of other calls to that phone."""
    found = tx.scalars(
        select(Page.call_sid).where(Page.phone_id == page.phone_id, Page.call_sid.is_not(None))
    )
    return {sid for sid in found if sid}


def lost_text(carrier: Carrier, deed: Leased, to: str, text: str, known: set[str]) -> Accepted | None:
    """What the carrier took in an earlier try; None: it may be sent. Raises `CarrierError`, `NEVER` where the line cannot
    tell and was given it as often as it may be."""
    if deed.attempts == 1:
        return None
    try:
        return carrier.find(to, deed.ordered_at, text, known)
    except NotOnThisLine:
        if deed.doubts > carrier.line.repeats:
            raise CarrierError("doubt", Retry.NEVER) from None
        return None


def lost_call(carrier: Carrier, deed: Leased, to: str, known: set[str]) -> Accepted | None:
    """The call that the carrier took in an earlier try; None: the phone may be rung. Raises `CarrierError`."""
    return carrier.find_call(to, deed.ordered_at, known) if deed.attempts > 1 else None
