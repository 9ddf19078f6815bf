"""What who is logged in sees of a thread: their role, what they had revealed, and the emergency that they have taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort
from sqlalchemy.orm import Session

from hotline.access.lockdown.locking import is_locked
from hotline.access.matrix import Action
from hotline.access.reveal_tables import RevealRow
from hotline.access.reveals import of_thread, shown, used
from hotline.access.sessions import Visitor
from hotline.access.sight import Sight
from hotline.access.tables import Staff
from hotline.alerts.glass import break_glass, emergency_of, is_broken
from hotline.db import read, write
from hotline.records.of_agency import threads_of_agency
from hotline.staff.allowed import the_matrix
from hotline.staff.desk import StaffDesk


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a thread: what is seen, and the reveals that are open or shown."""

    sight: Sight
    reveals: Sequence[RevealRow]


def near_threads(tx: Session, desk: StaffDesk, me: Visitor) -> frozenset[str] | None:
    """The threads that the person's role may see: None for all, else those of their own agency."""
    if the_matrix(desk).sees_all(me.role):
        return None
    staff = tx.get(Staff, me.staff_id)
    return threads_of_agency(tx, (staff.agency or "") if staff is not None else "")


def look_at(desk: StaffDesk, me: Visitor, thread_id: str, *, note: bool = False) -> Look:
    """What the person sees of the thread now. The first look of who has taken an emergency is written down, and told, before
    anything is shown; `note` says that what was revealed is looked at. 403 where the role sees no thread, 404 for one that
    is not theirs to see."""
    now = desk.clock.now()
    with read(desk.engine) as tx:
        look, unwritten = _look(tx, desk, me, thread_id, now)
    if not look.sight.near:
        abort(404)
    if not look.sight.may("thread"):
        abort(403)
    if unwritten or (note and any(row.granted_at for row in look.reveals)):
        with write(desk.engine) as tx:
            alert = emergency_of(tx, thread_id, me.staff_id)
            if alert is not None and unwritten:
                break_glass(tx, desk.kit, alert, me.staff_id, now)
            if note:
                used(tx, desk.kit.ids, look.reveals, now)
            look, _ = _look(tx, desk, me, thread_id, now)
        desk.bell.ring()
    return look


def _look(tx: Session, desk: StaffDesk, me: Visitor, thread_id: str, now: datetime) -> tuple[Look, bool]:
    """The look, and whether a glass is to be broken first."""
    matrix, near = the_matrix(desk), near_threads(tx, desk, me)
    reveals = () if is_locked(tx) else of_thread(tx, thread_id, me.staff_id, now)
    alert = (
        emergency_of(tx, thread_id, me.staff_id) if matrix.on_page(me.role, "thread", Action.WRITE) else None
    )
    sight = Sight(
        matrix,
        me.role,
        revealed=shown(reveals, second=False) is not None,
        second=shown(reveals, second=True) is not None,
        glass=alert is not None,
        near=near is None or thread_id in near,
    )
    return Look(sight, reveals), alert is not None and not is_broken(tx, alert.id, me.staff_id)
