"""A shift is coming: its code is asked back, and the coordinator learns of who has not answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.phones import page_phone
from hotline.alerts.pin_locked import coordinator
from hotline.alerts.rota.notices import RotaNotice, order_rota_text, tell_coordinator
from hotline.alerts.rota.questions import answered, ask, open_questions
from hotline.alerts.rota.tables import QuestionKind, QuestionState, RotaQuestion
from hotline.oncall import Rota, Turn, turns, who_is_on_call
from hotline.threads.kit import Kit

_WHOLE = timedelta(days=15)  # so far beyond is looked, to tell the end of a shift


def watch_shifts(tx: Session, kit: Kit, rota: Rota, now: datetime) -> None:
    """Ask who comes on call in the next day, and tell the coordinator who has not answered in time."""
    times = kit.settings.deployment.rota
    remind, confirm = timedelta(hours=times.reminder_hours), timedelta(hours=times.confirm_hours)
    for turn in turns(rota, now - timedelta(minutes=1), now + remind + _WHOLE):
        if confirm < turn.start - now <= remind:
            _remind(tx, kit, turn, now)
    for question in open_questions(tx, QuestionKind.SHIFT):
        _look_after(tx, kit, rota, question, confirm, now)


def _remind(tx: Session, kit: Kit, turn: Turn, now: datetime) -> None:
    """Once for each shift and person. Who cannot be texted is a gap, or the second is reached."""
    asked = select(RotaQuestion.id).where(
        RotaQuestion.kind == QuestionKind.SHIFT,
        RotaQuestion.staff_id == turn.person,
        RotaQuestion.start == turn.start,
    )
    if tx.scalar(asked.limit(1)) is not None or page_phone(tx, turn.person) is None:
        return
    question = ask(tx, kit, QuestionKind.SHIFT, turn.person, now, turn=turn)
    order_rota_text(
        tx, kit, RotaNotice.SHIFT, turn.person, now,
        key=question.id, code=question.code, start=turn.start, end=turn.end,
    )  # fmt: skip


def _look_after(
    tx: Session, kit: Kit, rota: Rota, question: RotaQuestion, confirm: timedelta, now: datetime
) -> None:
    start, end = question.start, question.end
    if start is None or end is None or end <= now or who_is_on_call(rota, start)[:1] != (question.staff_id,):
        answered(question, QuestionState.OVER, now)  # past, or somebody else's by now
    elif not question.told and start - now <= confirm:
        if coordinator(tx, kit) == question.staff_id:
            question.told = True
        else:
            question.told = tell_coordinator(
                tx, kit, RotaNotice.UNCONFIRMED, now, key=question.id, who=question.staff_id, start=start
            )


def promised(tx: Session, kit: Kit, turn: Turn, now: datetime) -> None:
    """Who has just agreed to take a shift is not asked again whether they come."""
    question = ask(tx, kit, QuestionKind.SHIFT, turn.person, now, turn=turn)
    answered(question, QuestionState.AGREED, now)
