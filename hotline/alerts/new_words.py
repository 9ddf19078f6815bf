"""New words in a thread that somebody took: who has it is told, so that they can hear them; no word of a report goes by SMS
unless the task force allows it (`hotline.toml`, `forward_words`).

At most one notice a minute: what comes meanwhile is told with the next, and nothing is left out, since hearing it plays all.

    12:00:00  words      told at once
    12:00:10  words      told at 12:01:00
    12:00:40  words      told by the same at 12:01:00
    12:20:00  words      told at once, with the silence before (DESIGN 3)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from hotline.alerts.notices import Notice, order_notice, write_notice
from hotline.alerts.phones import language_of, text_line
from hotline.alerts.raising import open_alert_of
from hotline.alerts.read_aloud import may_hear
from hotline.alerts.tables import Alert, AlertState
from hotline.threads import copies
from hotline.threads.kit import Kit
from hotline.threads.outbox import Priority
from hotline.threads.sending import queue_text
from hotline.threads.tables import Thread
from hotline.vault.sealing import House, Unsealable, WorkerReader

BUNDLED = timedelta(minutes=1)
_LONGEST = 420  # characters of a message that travel; the rest is heard
_OF_WORDS = (Notice.WORDS, Notice.SILENCE)


def tell_new_words(tx: Session, kit: Kit, thread: Thread, before: datetime | None, now: datetime) -> None:
    """The contact told something now; `before` is when they did last (None: never). Nothing where nobody has an alert of
    the thread, or danger was told of once more, which its own notice says."""
    alert = open_alert_of(tx, thread.id)
    if alert is None or alert.state != AlertState.TAKEN or alert.taken_by is None:
        return
    taken_by_this = alert.taken_at == now
    if taken_by_this or alert.told_again_at == now:
        return
    silence = timedelta(minutes=kit.settings.deployment.timings.silence_minutes)
    if before is not None and now - before > silence:
        alert.words_told_at = now
        minutes = int((now - before).total_seconds() // 60)
        order_notice(tx, kit, alert, alert.taken_by, Notice.SILENCE, now, minutes=minutes)
        return
    if alert.words_told_at is not None and alert.words_told_at > now:
        return  # the notice that is on its way tells of these too
    due = now if alert.words_told_at is None else max(now, alert.words_told_at + BUNDLED)
    alert.words_told_at = due
    order_notice(tx, kit, alert, alert.taken_by, Notice.WORDS, now, due_at=due)


def write_any_notice(
    tx: Session, kit: Kit, house: House, reader: WorkerReader, payload: Mapping[str, str], now: datetime
) -> None:
    """What the worker does with a NOTICE deed. Where the task force allows it, new words themselves follow."""
    written = write_notice(tx, kit, house, payload, now)
    if (
        written is None
        or Notice(payload["what"]) not in _OF_WORDS
        or not kit.settings.deployment.alerts.forward_words
    ):
        return
    alert = tx.get(Alert, payload["alert"])
    if alert is None or alert.thread_id is None or not may_hear(tx, kit, payload["staff"], "words"):
        return
    locale = language_of(tx, kit, payload["staff"])
    since = datetime.fromisoformat(payload["since"])
    for message, copy in copies.copies_of(tx, alert.thread_id):
        if message.at < since or copy is None or copy.sound:
            continue
        try:
            words = reader.open(copies.owner(message.id), copy.sealed).decode(errors="replace")[:_LONGEST]
        except Unsealable:
            continue
        text = kit.book.say("staff.notice_forwarded", locale, code=alert.code, words=words)
        queue_text(
            tx, kit, text, now, line=text_line(kit), priority=Priority.NOTICE, staff_id=payload["staff"]
        )
