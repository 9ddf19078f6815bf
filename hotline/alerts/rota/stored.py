"""The stored rota: who is on call, as the pure room answers it from what stands in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.rota.calendars import calendar_shifts, turn_off
from hotline.alerts.tables import OverrideRow, RotationMember, RotationRow
from hotline.oncall import Kind, Override, Rota, Rotation, who_is_on_call
from hotline.threads.kit import Kit


class NoShift(ValueError):
    """A rotation or an override that cannot be; the text says why."""


def set_rotation(
    tx: Session,
    kit: Kit,
    staff_ids: Sequence[str],
    now: datetime,
    *,
    handover: time | None = None,
    weekday: int | None = None,
    zone: str | None = None,
    kind: Kind = Kind.WEEKLY,
) -> None:
    """A rotation of these people, the first on call from now on until the next handover; it replaces the one before, and a
    calendar or a feed that stood for it.

    Handover, weekday (Monday is 0) and zone are those of `hotline.toml` unless given. Raises `NoShift` without people.
    """
    if not staff_ids:
        raise NoShift("a rotation needs somebody")
    turn_off(tx, now)
    times = kit.settings.deployment.rota
    row = RotationRow(
        id=kit.ids.new(),
        kind=kind,
        handover=handover or times.handover_time,
        weekday=times.handover_weekday.number if weekday is None else weekday,
        zone=zone or times.time_zone,
        first_week=date.min,
        set_at=now,
    )
    row.first_week = _first_week(row, now)
    tx.add(row)
    tx.flush()
    for position, staff_id in enumerate(dict.fromkeys(staff_ids)):
        tx.add(RotationMember(rotation_id=row.id, position=position, staff_id=staff_id))
    tx.flush()


def _first_week(row: RotationRow, now: datetime) -> date:
    """The date of the newest handover that is past, so that the shift of the first person goes on now."""
    near = now.astimezone(ZoneInfo(row.zone)).date() - timedelta(days=7)
    draft = Rotation(("first",), row.handover, row.weekday, row.zone, near, Kind(row.kind))
    return draft.handover_date(draft.shift_at(now))


def add_override(
    tx: Session,
    kit: Kit,
    *,
    staff_id: str,
    start: datetime,
    end: datetime,
    now: datetime,
    replaces: str | None = None,
) -> str:
    """`staff_id` instead of `replaces` (None: of whoever is first) for a time; gives its id. Raises `NoShift`."""
    if end <= start:
        raise NoShift("an override ends after it begins")
    row = OverrideRow(
        id=kit.ids.new(), start=start, end=end, staff_id=staff_id, replaces=replaces, added_at=now
    )
    tx.add(row)
    tx.flush()
    return row.id


def stored_rota(tx: Session) -> Rota:
    """The rota as it stands: the newest rotation, the calendar that stands for it, and all overrides in the order in which
    they were added."""
    row = tx.scalar(select(RotationRow).order_by(RotationRow.set_at.desc(), RotationRow.id.desc()).limit(1))
    rotation = None
    if row is not None:
        people = tx.scalars(
            select(RotationMember.staff_id)
            .where(RotationMember.rotation_id == row.id)
            .order_by(RotationMember.position)
        )
        rotation = Rotation(
            tuple(people), row.handover, row.weekday, row.zone, row.first_week, Kind(row.kind)
        )
    overrides = tx.scalars(select(OverrideRow).order_by(OverrideRow.added_at, OverrideRow.id))
    return Rota(
        rotation,
        tuple(Override(one.start, one.end, one.staff_id, one.replaces) for one in overrides),
        calendar_shifts(tx),
    )


def on_call(tx: Session, kit: Kit, at: datetime) -> tuple[str, ...]:
    """The ids of who is on call at `at`: first, then second; () when nobody is."""
    return who_is_on_call(stored_rota(tx), at)
