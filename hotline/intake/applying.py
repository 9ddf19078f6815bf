"""Effects become rows, in the transaction of the message that caused them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.alerts.raising import raise_alert
from hotline.alerts.tips import PASSED_ON, pass_on
from hotline.conversation.effects import (
    Disposition,
    Effect,
    Forget,
    Language,
    Notice,
    Raise,
    Stopped,
    Submit,
    Unsafe,
    WantsPerson,
)
from hotline.intake.desk import Desk
from hotline.threads import outbox
from hotline.threads.tables import Contact, Conversation, Thread
from hotline.triage.grade import Grade


def apply_effects(
    tx: Session,
    desk: Desk,
    effects: Iterable[Effect],
    contact: Contact,
    thread: Thread,
    conversation: Conversation,
    cause: str,
    now: datetime,
) -> None:
    """Carry out what a step asked for. `cause` is the id of the message or call turn: the same cause orders a deed
    once."""
    submit, disposition = False, None
    for effect in effects:
        match effect:
            case Raise(grade=grade, rules=rules):
                raise_for(tx, desk, thread, grade, rules, now)
            case Unsafe():
                thread.unsafe = True
            case WantsPerson():
                thread.wants_person = True
            case Stopped(stopped=stopped):
                contact.stopped = stopped
            case Language(locale=locale):
                contact.language = thread.language = locale
            case Submit(disposition=ended):
                submit, disposition = True, ended or disposition
            case Notice():
                thread.wants_person = True
            case Forget():
                pass  # done before: `intake.forgetting`
    if submit:
        order_submit(tx, desk, conversation, disposition, cause, now)


def raise_for(
    tx: Session,
    desk: Desk,
    thread: Thread,
    grade: Grade,
    rules: Iterable[str],
    now: datetime,
    live_call: str | None = None,
) -> str | None:
    """Worsen the thread's grade and open or worsen its alert; gives the alert's id, None for routine."""
    thread.grade = Grade.worst(Grade(thread.grade), grade).value
    if grade is Grade.ROUTINE:
        return None
    tx.flush()
    return raise_alert(
        tx,
        desk.kit,
        thread_id=thread.id,
        grade=grade,
        rules=tuple(rules),
        language=thread.language,
        now=now,
        live_call=live_call,
    )


def order_submit(
    tx: Session,
    desk: Desk,
    conversation: Conversation,
    disposition: Disposition | None,
    cause: str,
    now: datetime,
) -> None:
    """Order the record to be made or renewed by the worker."""
    if disposition is not None:
        conversation.disposition = disposition.value
        conversation.submitted_at = now
        if disposition in PASSED_ON:
            pass_on(tx, desk.kit, conversation, now)
    outbox.order(
        tx,
        desk.kit.ids,
        outbox.DeedKind.SUBMIT,
        f"submit:{conversation.id}:{cause}",
        {"conversation": conversation.id},
        now,
    )
