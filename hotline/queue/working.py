"""Working a thread off: take it, put it back, close it with an outcome."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from hotline.access.audit import Act, as_code, note
from hotline.alerts.raising import open_alert_of
from hotline.alerts.taking import TakeResult, Way, close, extend, take
from hotline.db import lock_row
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread, ThreadState


class Done(StrEnum):
    """What came of it."""

    DONE = "done"
    ANOTHER = "another"  # somebody else has it
    OVER = "over"  # the thread is closed, or there is none
    NO_SUCH_OUTCOME = "no_such_outcome"
    PROMISED = "promised"  # an alert that was taken ends with an outcome, it is not put back


def take_thread(
    tx: Session, kit: Kit, thread_id: str, staff_id: str, now: datetime, *, over: bool = False
) -> Done:
    """`staff_id` takes the thread, and with it the alert that is open; everybody else's page ends. Twice is once.

    `over` takes it from a colleague too (who went home without putting it back), but never an alert that somebody took:
    that is a promise, and opens again by itself when it is not kept.
    """
    thread = lock_row(tx, Thread, thread_id)
    if thread is None or thread.state != ThreadState.OPEN:
        return Done.OVER
    alert = open_alert_of(tx, thread_id)
    if alert is not None:
        taken = take(tx, kit, alert.id, staff_id, Way.WEB, now)
        if taken.result is TakeResult.LATE:
            return Done.ANOTHER
    thread = lock_row(tx, Thread, thread_id)
    if thread is None or (thread.taken_by not in (None, staff_id) and not over):
        return Done.ANOTHER
    if thread.taken_by != staff_id:  # an alert that was taken is noted there
        note(
            tx, kit.ids, Act.TAKE, now, by=staff_id, about=thread_id, detail="over" if thread.taken_by else ""
        )
        thread.taken_by, thread.taken_at = staff_id, now
    thread.waiting_since = None
    return Done.DONE


def still_on_it(tx: Session, kit: Kit, thread_id: str, staff_id: str, now: datetime) -> Done:
    """The promise for the alert runs from now again."""
    alert = open_alert_of(tx, thread_id)
    if alert is None:
        return Done.OVER
    return Done.DONE if extend(tx, kit, alert.id, staff_id, now) else Done.ANOTHER


def put_back(tx: Session, kit: Kit, thread_id: str, staff_id: str, now: datetime) -> Done:
    """Back into the queue for others; not while an alert that one took has no outcome: that was a promise."""
    thread = lock_row(tx, Thread, thread_id)
    if thread is None or thread.state != ThreadState.OPEN:
        return Done.OVER
    if thread.taken_by != staff_id:
        return Done.ANOTHER
    if open_alert_of(tx, thread_id) is not None:
        return Done.PROMISED
    note(tx, kit.ids, Act.RELEASE, now, by=staff_id, about=thread_id)
    thread.taken_by = thread.taken_at = None
    thread.waiting_since = now
    return Done.DONE


def close_thread(tx: Session, kit: Kit, thread_id: str, staff_id: str, outcome: str, now: datetime) -> Done:
    """The thread ends with an outcome (a code of `hotline.toml`), and with it its alert. What nobody has taken may be
    closed too: who closes it has taken it. A new word of the contact opens a new thread."""
    if outcome not in kit.settings.deployment.alerts.outcomes:
        return Done.NO_SUCH_OUTCOME
    thread = lock_row(tx, Thread, thread_id)
    if thread is None or thread.state != ThreadState.OPEN:
        return Done.OVER
    if thread.taken_by not in (None, staff_id):
        return Done.ANOTHER
    alert = open_alert_of(tx, thread_id)
    if alert is not None:
        close(tx, kit, alert.id, staff_id, outcome, now)
    else:
        note(tx, kit.ids, Act.CLOSE, now, by=staff_id, about=thread_id, detail=as_code(outcome))
    thread.state, thread.outcome, thread.closed_at = ThreadState.CLOSED.value, outcome, now
    if thread.taken_by is None:
        thread.taken_by, thread.taken_at = staff_id, now
    thread.waiting_since = None
    return Done.DONE


def seen(tx: Session, thread_id: str, staff_id: str) -> None:
    """Who has the thread has it open before them: nothing of it waits for a person any more."""
    thread = lock_row(tx, Thread, thread_id)
    if thread is not None and thread.taken_by == staff_id:
        thread.waiting_since = None
