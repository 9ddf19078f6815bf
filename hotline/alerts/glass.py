"""Breaking the glass: who has taken an emergency reads its case at once, without a reveal, for that alert's thread alone.

Somebody else (the Leader; a stand-in where there is none) is told at once by text, without a word of it, and confirms within
a day that it was right; what is not confirmed is told again. It is over with the alert's outcome.

    03:00:00  taken    03:00:20  read: a row, and the text    09:15  confirmed (or 03:00:20 the next night: told again)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.access.people import name_of
from hotline.access.reveal_tables import BrokenGlass
from hotline.access.reveals import others_of
from hotline.alerts.phones import language_of, page_phone, text_line
from hotline.alerts.tables import Alert, AlertState
from hotline.db import lock_row
from hotline.deployment_access import Access
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.sending import queue_text
from hotline.triage.kinds import Grade
from hotline.vault.sealing import House

_AGAIN = timedelta(minutes=5)
"""Nobody could be told: somebody is looked for again after this."""


def emergency_of(tx: Session, thread_id: str, staff_id: str) -> Alert | None:
    """The emergency of this thread that this person has taken and not settled yet."""
    return tx.scalar(
        select(Alert).where(
            Alert.thread_id == thread_id,
            Alert.state == AlertState.TAKEN,
            Alert.taken_by == staff_id,
            Alert.grade == Grade.EMERGENCY.value,
        )
    )


def is_broken(tx: Session, alert_id: str, staff_id: str) -> bool:
    """Whether this person's reading of the case was written down before."""
    there = select(BrokenGlass.id).where(BrokenGlass.alert_id == alert_id, BrokenGlass.staff_id == staff_id)
    return tx.scalar(there) is not None


def break_glass(tx: Session, kit: Kit, alert: Alert, staff_id: str, now: datetime) -> None:
    """Write down that who has taken the emergency reads its case, and order the words to somebody else. Once per alert."""
    if lock_row(tx, Alert, alert.id) is None or is_broken(tx, alert.id, staff_id) or alert.thread_id is None:
        return
    glass = BrokenGlass(
        id=kit.ids.new(), alert_id=alert.id, thread_id=alert.thread_id, staff_id=staff_id, at=now
    )
    tx.add(glass)
    tx.flush()
    note(tx, kit.ids, Act.GLASS_BROKEN, now, by=staff_id, about=alert.thread_id)
    _order(tx, kit, glass, now)


def write_glass(tx: Session, kit: Kit, house: House, payload: Mapping[str, str], now: datetime) -> str | None:
    """What the worker does with a GLASS deed: write and queue the text; its id, None when it is confirmed already or
    nobody can be told by text."""
    glass = tx.get(BrokenGlass, payload["glass"])
    alert = tx.get(Alert, glass.alert_id) if glass is not None else None
    if glass is None or alert is None or glass.confirmed_at is not None:
        return None
    told = _to_tell(tx, kit.settings.deployment.access, glass.staff_id)
    glass.told_at = now
    if told is None:
        return None
    glass.told_to = told
    text = kit.book.say(
        "staff.glass",
        locale := language_of(tx, kit, told),
        name=name_of(tx, house, glass.staff_id),
        code=alert.code,
        hours=kit.settings.deployment.access.confirm_hours,
    )
    text = kit.book.as_sent(text, locale)
    return queue_text(tx, kit, text, now, line=text_line(kit), priority=Priority.NOTICE, staff_id=told)


def watch_glasses(tx: Session, kit: Kit, now: datetime) -> None:
    """What was not confirmed in time is told again; where nobody could be told, somebody is looked for again."""
    hours = timedelta(hours=kit.settings.deployment.access.confirm_hours)
    for glass in unconfirmed(tx):
        wait = hours if glass.told_to is not None else _AGAIN
        if glass.told_at is not None and now - glass.told_at >= wait:
            _order(tx, kit, glass, now)


def unconfirmed(tx: Session) -> Sequence[BrokenGlass]:
    """Every broken glass that nobody has confirmed, the oldest first."""
    return tx.scalars(
        select(BrokenGlass).where(BrokenGlass.confirmed_at.is_(None)).order_by(BrokenGlass.at, BrokenGlass.id)
    ).all()


def may_confirm(tx: Session, access: Access, glass: BrokenGlass, staff_id: str, role: str) -> bool:
    """Whether this person may confirm it: never who broke it. A stand-in where no other of the first-named is there."""
    if staff_id == glass.staff_id:
        return False
    if role in access.glass_told or staff_id == glass.told_to:
        return True
    return role in access.glass_stand_in and not others_of(tx, access.glass_told, glass.staff_id)


def confirm(tx: Session, access: Access, glass_id: str, staff_id: str, role: str, now: datetime) -> bool:
    """It was right. False where it is not theirs to say, or was said before."""
    glass = lock_row(tx, BrokenGlass, glass_id)
    if glass is None or glass.confirmed_at is not None or not may_confirm(tx, access, glass, staff_id, role):
        return False
    glass.confirmed_by, glass.confirmed_at = staff_id, now
    return True


def _to_tell(tx: Session, access: Access, without: str) -> str | None:
    """Who is told: the first of those roles who can be reached by text, else a stand-in."""
    people = others_of(tx, (*access.glass_told, *access.glass_stand_in), without)
    return next((person for person in people if page_phone(tx, person)), None)


def _order(tx: Session, kit: Kit, glass: BrokenGlass, now: datetime) -> None:
    glass.told_at = now
    key = f"glass:{glass.id}:{int(now.timestamp())}"
    outbox.order(tx, kit.ids, DeedKind.GLASS, key, {"glass": glass.id}, now, priority=Priority.NOTICE)
