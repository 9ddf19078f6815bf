"""Questions of the rota, each with a code that answers it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hotline.alerts.codes import free_code
from hotline.alerts.rota.tables import QuestionKind, QuestionState, RotaQuestion
from hotline.oncall import Turn
from hotline.threads.kit import Kit

CODE_KNOWN = timedelta(hours=24)
SWAP_STANDS = timedelta(hours=48)


def ask(
    tx: Session,
    kit: Kit,
    kind: QuestionKind,
    staff_id: str,
    now: datetime,
    *,
    turn: Turn | None = None,
    other: Turn | None = None,
    by: str | None = None,
    calendar_id: str | None = None,
) -> RotaQuestion:
    """A new question to `staff_id`, with a code of its own."""
    question = RotaQuestion(
        id=kit.ids.new(),
        kind=kind,
        code=free_code(tx, kit.ids, now),
        staff_id=staff_id,
        by=by,
        calendar_id=calendar_id,
        start=turn.start if turn else None,
        end=turn.end if turn else None,
        other_start=other.start if other else None,
        other_end=other.end if other else None,
        state=QuestionState.OPEN,
        asked_at=now,
        told=False,
    )
    tx.add(question)
    tx.flush()
    return question


def question_coded(tx: Session, staff_id: str, code: str, now: datetime) -> RotaQuestion | None:
    """The question to this person that the code names, open or answered within a day."""
    return tx.scalar(
        select(RotaQuestion)
        .where(
            RotaQuestion.staff_id == staff_id,
            RotaQuestion.code == code,
            or_(RotaQuestion.state == QuestionState.OPEN, RotaQuestion.answered_at > now - CODE_KNOWN),
        )
        .order_by(RotaQuestion.asked_at.desc())
        .limit(1)
    )


def open_questions(tx: Session, kind: QuestionKind) -> tuple[RotaQuestion, ...]:
    """The questions of a kind that wait for an answer, the oldest first."""
    query = select(RotaQuestion).where(RotaQuestion.kind == kind, RotaQuestion.state == QuestionState.OPEN)
    return tuple(tx.scalars(query.order_by(RotaQuestion.asked_at, RotaQuestion.id)))


def answered(question: RotaQuestion, state: QuestionState, now: datetime) -> None:
    """The question has its answer."""
    question.state, question.answered_at = state, now
