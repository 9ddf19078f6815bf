"""Somebody's PIN is locked after five wrong tries: the coordinator is told. Names are the worker's to open, so the process
that saw it orders a deed with ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.people import name_of, staff_named
from hotline.access.tables import Role, Staff
from hotline.alerts.phones import language_of, page_phone, text_line
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.sending import queue_text
from hotline.vault.sealing import House


def coordinator(tx: Session, kit: Kit) -> str | None:
    """The id of who keeps the rota: the person `hotline.toml` names, else the first leader, else the first Data Manager; who
    can be reached by text comes first."""
    if name := kit.settings.deployment.people.coordinator:
        staff = staff_named(tx, kit.sealer, name)
        if staff is not None:
            return staff.id
    found: list[str] = []
    for role in (Role.LEADER, Role.DATA_MANAGER):
        people = select(Staff.id).where(Staff.active, Staff.role == role).order_by(Staff.added_at, Staff.id)
        found += tx.scalars(people)
    return next((person for person in found if page_phone(tx, person)), next(iter(found), None))


def order_pin_locked(tx: Session, kit: Kit, staff_id: str, now: datetime) -> None:
    """Order the words to the coordinator."""
    key = f"pin_locked:{staff_id}:{int(now.timestamp())}"
    outbox.order(tx, kit.ids, DeedKind.PIN_LOCKED, key, {"staff": staff_id}, now, priority=Priority.NOTICE)


def write_pin_locked(
    tx: Session, kit: Kit, house: House, payload: Mapping[str, str], now: datetime
) -> str | None:
    """What the worker does with it: write and queue the text; its id, None when nobody can be told by text."""
    to = coordinator(tx, kit)
    if to is None or page_phone(tx, to) is None:
        return None
    text = kit.book.say(
        "staff.pin_locked", language_of(tx, kit, to), name=name_of(tx, house, payload["staff"])
    )
    return queue_text(tx, kit, text, now, line=text_line(kit), priority=Priority.NOTICE, staff_id=to)
