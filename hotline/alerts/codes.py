"""The four digits that people say, type and text: of alerts and of questions of the rota, never the same for two."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hotline.alerts.rota.tables import QuestionState, RotaQuestion
from hotline.alerts.tables import Alert, AlertState
from hotline.now import Ids

CODE_REST = timedelta(hours=24)


def free_code(tx: Session, ids: Ids, now: datetime) -> str:
    """Four digits that nothing open has and nothing had in the last 24 hours: a late reply never hits something else."""
    used = set(
        tx.scalars(
            select(Alert.code).where(
                or_(
                    Alert.state != AlertState.CLOSED,
                    Alert.opened_at > now - CODE_REST,
                    Alert.closed_at > now - CODE_REST,
                )
            )
        )
    )
    used |= set(
        tx.scalars(
            select(RotaQuestion.code).where(
                or_(
                    RotaQuestion.state == QuestionState.OPEN,
                    RotaQuestion.asked_at > now - CODE_REST,
                    RotaQuestion.answered_at > now - CODE_REST,
                )
            )
        )
    )
    for _ in range(200):
        if (code := ids.page_code()) not in used:
            return code
    return next((code for number in range(1000, 10000) if (code := str(number)) not in used), ids.page_code())
