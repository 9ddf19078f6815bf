"""Words to staff that name a colleague. The process that takes an alert has no key to names, so it orders a NOTICE deed
with ids; the worker, who has one, writes the text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from hotline.access.people import name_of
from hotline.alerts.log import Happened, note
from hotline.alerts.phones import language_of, page_phone, text_line
from hotline.alerts.tables import Alert, AlertState
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.sending import queue_text
from hotline.vault.sealing import House


class Notice(StrEnum):
    """What is told; each has a wording `staff.notice_<name>`."""

    TAKEN = "taken"  # to who was paged: somebody has it
    LATE = "late"  # to who replied too late: somebody has it already
    OVER = "over"  # to who replied after the outcome
    AGAIN = "again"  # to who has it: danger was told of once more
    REMINDER = "reminder"  # to who has it: how did it end?
    WORDS = "words"  # to who has it: the contact told something more
    SILENCE = "silence"  # the same, after 15 minutes of silence


def order_notice(
    tx: Session,
    kit: Kit,
    alert: Alert,
    staff_id: str,
    what: Notice,
    now: datetime,
    *,
    due_at: datetime | None = None,
    minutes: int = 0,
) -> None:
    """Order the words to one member of staff, now or when they are due. The same words of the same instant are ordered once.
    `minutes` is how long it was silent before."""
    due = due_at or now
    payload = {"alert": alert.id, "staff": staff_id, "what": what.value, "since": now.isoformat()}
    if minutes:
        payload["minutes"] = str(minutes)
    key = f"notice:{what}:{alert.id}:{staff_id}:{int(due.timestamp())}"
    outbox.order(tx, kit.ids, DeedKind.NOTICE, key, payload, now, due_at=due, priority=Priority.NOTICE)


def write_notice(
    tx: Session, kit: Kit, house: House, payload: Mapping[str, str], now: datetime
) -> str | None:
    """What the worker does with a NOTICE deed: write and queue the text; gives the message's id.

    None when it is not true any more (it opened again meanwhile) or the person cannot be reached by text.
    """
    alert = tx.get(Alert, payload["alert"])
    staff_id, what = payload["staff"], Notice(payload["what"])
    if alert is None or page_phone(tx, staff_id) is None or _outdated(alert, staff_id, what):
        return None
    locale = language_of(tx, kit, staff_id)
    text = kit.book.say(
        f"staff.notice_{what}",
        locale,
        code=alert.code,
        name=name_of(tx, house, alert.taken_by) if alert.taken_by else "",
        time=clock_time(kit, alert.taken_at or now),
        minutes=payload.get("minutes", ""),
    )
    text = kit.book.as_sent(text, locale)
    note(tx, alert.id, Happened.TOLD, now, staff_id=staff_id, detail=what)
    return queue_text(tx, kit, text, now, line=text_line(kit), priority=Priority.NOTICE, staff_id=staff_id)


def _outdated(alert: Alert, staff_id: str, what: Notice) -> bool:
    if what in (Notice.TAKEN, Notice.LATE):
        return alert.taken_by in (None, staff_id)
    if what in (Notice.AGAIN, Notice.REMINDER, Notice.WORDS, Notice.SILENCE):
        return alert.state != AlertState.TAKEN or alert.taken_by != staff_id
    return False


def clock_time(kit: Kit, at: datetime) -> str:
    """ "12:04" on the clocks of the country."""
    return f"{at.astimezone(kit.settings.deployment.zone):%H:%M}"
