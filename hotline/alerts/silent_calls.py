"""Calls whose end the carrier may not have told, while another page waits for that phone: the carrier is asked.

Events of calls are sent once. If our end was away then, who took an alert would count as talking for two hours, and no other
emergency would ring them. Nobody's call is ended for that: only what the carrier itself says is over is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from hotline.alerts.rings import ring_ended
from hotline.alerts.tables import CallState, Page
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority

TALKS_AT_LEAST = timedelta(minutes=2)
AGAIN_SECONDS = 30  # between two questions about one call


def ask_for_silent_calls(tx: Session, kit: Kit, now: datetime) -> int:
    """Order the questions; gives how many calls they are about."""
    waiting = aliased(Page)
    talking = tx.execute(
        select(Page.id, Page.call_sid)
        .join(waiting, waiting.phone_id == Page.phone_id)
        .where(
            waiting.call_state == CallState.WAITING,
            Page.call_state == CallState.TALKING,
            Page.call_sid.is_not(None),
            Page.answered_at <= now - TALKS_AT_LEAST,
        )
        .distinct()
        .order_by(Page.id)
    ).all()
    for page_id, sid in ((page_id, str(sid)) for page_id, sid in talking):
        key = f"call_state:{sid}:{int(now.timestamp()) // AGAIN_SECONDS}"
        payload = {"page": page_id, "call": sid}
        outbox.order(tx, kit.ids, DeedKind.CALL_STATE, key, payload, now, priority=Priority.PAGE)
    return len(talking)


def call_is_over(tx: Session, kit: Kit, payload: Mapping[str, str], now: datetime) -> None:
    """The carrier says that it is: who waits for that phone is rung."""
    ring_ended(tx, kit, payload["page"], "completed", now, call_sid=payload["call"])
