"""What keeping tells to people: codes and counts, once a day at most, by day, and to the leader.

A deed carries it, so that the same is told once however often the clock looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.tables import Role, Staff
from hotline.alerts.phones import language_of, page_phone, text_line
from hotline.alerts.pin_locked import coordinator
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.sending import queue_text


class Told(StrEnum):
    """What is told; each has a wording `keeping.<name>`."""

    UNREAD = "unread"  # threads that nobody has looked at
    LEFT = "left"  # the carrier still holds what should be gone
    MISSED = "missed"  # the carrier holds what never reached us
    REVIEW = "review"  # what is known of suspects is to be looked at


def tell(tx: Session, kit: Kit, what: Told, number: int, now: datetime, *, about: str = "") -> None:
    """Order the words for today; nothing outside the hours in which the rota is told, they come the next morning."""
    local = now.astimezone(kit.settings.deployment.zone)
    if not is_day(kit, now):
        return
    payload = {"what": what.value, "number": str(number), "about": about}
    outbox.order(
        tx, kit.ids, DeedKind.KEEPING, f"keeping:{what}:{local:%Y-%m-%d}", payload, now,
        priority=Priority.NOTICE,
    )  # fmt: skip


def is_day(kit: Kit, now: datetime) -> bool:
    """Whether it is the time of day at which people are told what can wait."""
    times = kit.settings.deployment.rota
    return times.told_from <= now.astimezone(kit.settings.deployment.zone).time() < times.told_until


def write_keeping(tx: Session, kit: Kit, payload: Mapping[str, str], now: datetime) -> str | None:
    """What the worker does with it: write and queue the text; its id, None when nobody can be told by text."""
    to = leader(tx, kit)
    if to is None or page_phone(tx, to) is None:
        return None
    locale = language_of(tx, kit, to)
    text = kit.book.say(
        f"keeping.{payload['what']}", locale, number=payload["number"], code=payload.get("about", "")
    )
    return queue_text(
        tx, kit, kit.book.as_sent(text, locale), now,
        line=text_line(kit), priority=Priority.NOTICE, staff_id=to,
    )  # fmt: skip


def leader(tx: Session, kit: Kit) -> str | None:
    """Who is told: the first leader who can be reached by text, else who keeps the rota."""
    leaders = select(Staff.id).where(Staff.active, Staff.role == Role.LEADER)
    found = tx.scalars(leaders.order_by(Staff.added_at, Staff.id)).all()
    return next((one for one in found if page_phone(tx, one)), None) or coordinator(tx, kit)
