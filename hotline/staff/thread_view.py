"""A thread as it is shown: what was said, its records, the log of its alerts. Opened with the key to records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.sight import Seen, Sight
from hotline.alerts.log import timeline
from hotline.alerts.tables import Alert, AlertEvent
from hotline.queue.listing import one_thread
from hotline.queue.order import Waiting
from hotline.staff import labels
from hotline.staff.desk import StaffDesk
from hotline.staff.record_view import Sheet, fields_of, sheets_of
from hotline.staff.told_view import AlertTold, told_of
from hotline.staff.words import Words
from hotline.threads.sending import MACHINE
from hotline.threads.tables import Message


@dataclass(frozen=True, slots=True)
class Said:
    """One message: `text` is None where it cannot be opened (no key here, or it was altered), and "" where it is hidden."""

    id: str
    text: str | None
    ours: bool
    who: str
    channel: str
    at: str
    delivery: str
    undelivered: bool
    recording: bool
    danger: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an alert's log."""

    at: str
    what: str
    who: str
    detail: str


@dataclass(frozen=True, slots=True)
class View:
    """All of it, as one person sees it. `wanting` says what stands before what is hidden."""

    thread: Waiting
    said: tuple[Said, ...]
    sheets: tuple[Sheet, ...]
    told: tuple[AlertTold, ...]
    log: tuple[Line, ...]
    sight: Sight
    wanting: frozenset[Seen]


def view_of(
    tx: Session, desk: StaffDesk, words: Words, known: Mapping[str, str], thread_id: str, sight: Sight
) -> View | None:
    """The thread as it stands now before a person; None when there is none. `known` are the names of staff by id."""
    thread = one_thread(tx, thread_id)
    if thread is None:
        return None
    logs = _logs(tx, thread_id) if sight.may("alerts") else []
    told = tuple(told_of(words, known, code, lines) for code, lines in logs)
    log = tuple(_line(words, known, event) for _, lines in logs for event in lines)
    said = _said(tx, desk, words, known, thread_id, sight)
    sheets = sheets_of(tx, desk, words, thread_id, sight)
    return View(thread, said, sheets, told, log, sight, wanting_of(tx, thread_id, sight))


def wanting_of(tx: Session, thread_id: str, sight: Sight) -> frozenset[Seen]:
    """What stands between the person and what the thread holds."""
    said = tx.scalar(select(Message.id).where(Message.thread_id == thread_id).limit(1))
    return sight.wanting((*fields_of(tx, thread_id), *(("words",) if said else ())))


def _said(
    tx: Session, desk: StaffDesk, words: Words, known: Mapping[str, str], thread_id: str, sight: Sight
) -> tuple[Said, ...]:
    seen = sight.of("words")
    if seen is Seen.NEVER:
        return ()
    # A reply in the webhook's answer bears the instant of the message that it answers: "in" stands before "out".
    rows = tx.scalars(
        select(Message)
        .where(Message.thread_id == thread_id)
        .order_by(Message.at, Message.direction, Message.id)
    )
    hidden = seen is not Seen.SHOWN
    return tuple(_one_said(desk, words, known, message, hidden) for message in rows)


def _one_said(
    desk: StaffDesk, words: Words, known: Mapping[str, str], message: Message, hidden: bool
) -> Said:
    _ = words
    who = {
        "contact": _("staff_page.thread.contact", "Contact"),
        MACHINE: _("staff_page.thread.machine", "Automatic"),
    }.get(message.by) or known.get(message.by, "?")
    return Said(
        id=message.id,
        text="" if hidden else desk.opened(message.id, message.body_sealed),
        ours=message.direction == "out",
        who=who,
        channel=labels.channel(_, message.channel),
        at=words.clock(message.at),
        delivery=labels.delivery(_, message.status),
        undelivered=message.status in ("undelivered", "failed"),
        recording=message.recording is not None,
        danger=message.danger,
        hidden=hidden,
    )


def _logs(tx: Session, thread_id: str) -> list[tuple[str, tuple[AlertEvent, ...]]]:
    """The code and the log of each alert of the thread, oldest first."""
    alerts = tx.execute(
        select(Alert.id, Alert.code).where(Alert.thread_id == thread_id).order_by(Alert.opened_at, Alert.id)
    ).all()
    return [(code, timeline(tx, alert_id)) for alert_id, code in alerts]


def _line(words: Words, known: Mapping[str, str], event: AlertEvent) -> Line:
    return Line(
        at=words.clock(event.at),
        what=labels.happened(words, event.kind),
        who=known.get(event.staff_id, "?") if event.staff_id else "",
        detail=_detail(words, event.kind, event.detail),
    )


def _detail(words: Words, kind: str, detail: str) -> str:
    _ = words
    if kind in ("opened", "worsened", "again"):
        return ", ".join(labels.rule(_, rule) for rule in detail.split(",") if rule)
    if kind == "outcome":
        return words.outcome(detail)
    if kind in ("step", "empty"):  # "round.step kind"
        return labels.step(_, detail.rpartition(" ")[2])
    if kind == "asked":
        return ""
    if kind == "snoozed":  # "minutes reason"
        minutes, _space, reason = detail.partition(" ")
        return f"{minutes} min, {words.snooze(reason)}"
    if kind in ("taken", "late"):
        return labels.way(_, detail)
    return detail
