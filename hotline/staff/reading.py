"""That somebody read a thread: written in the audit before the page leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hotline.access.audit import Act, note, noted_since
from hotline.db import read, write
from hotline.staff.desk import StaffDesk

AGAIN = timedelta(minutes=10)
"""An open page looks again every few seconds, and shows itself after each deed: the same person with the same thread within
this time is one reading."""


def reads(desk: StaffDesk, staff_id: str, thread_id: str, records: Iterable[str]) -> None:
    """`staff_id` is shown the words of a thread, and its records (their ids)."""
    now = desk.clock.now()
    shown = [(Act.THREAD_READ, thread_id), *((Act.RECORD_READ, record) for record in records)]
    with read(desk.engine) as tx:
        new = [
            (act, about)
            for act, about in shown
            if not noted_since(tx, act, now - AGAIN, by=staff_id, about=about)
        ]
    if new:
        with write(desk.engine) as tx:
            for act, about in new:
                note(tx, desk.kit.ids, act, now, by=staff_id, about=about)
