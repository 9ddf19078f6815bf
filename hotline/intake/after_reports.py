"""What follows a registered officer's report: the agency's supervisor is told, and once a year the officer is asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.officers import has_supervisor, is_due
from hotline.access.tables import Officer
from hotline.conversation.effects import Submit
from hotline.conversation.state import Road, Stage
from hotline.conversation.step import Step
from hotline.intake.desk import Desk
from hotline.threads import outbox


def is_report(outcome: Step) -> bool:
    """Whether a report was read back: it is there, whole or with something to mend."""
    state = outcome.state
    read_back = state.road is Road.OFFICER and state.stage is Stage.REVIEW and state.verified
    return read_back and bool(state.sheet) and any(isinstance(effect, Submit) for effect in outcome.effects)


def tell_supervisor(tx: Session, desk: Desk, officer: Officer, conversation_id: str, now: datetime) -> None:
    """Order the text to the agency's supervisor, once per report."""
    if has_supervisor(tx, officer.agency):
        outbox.order(
            tx,
            desk.kit.ids,
            outbox.DeedKind.SUPERVISOR,
            f"supervisor:{conversation_id}",
            {"conversation": conversation_id, "officer": officer.id},
            now,
        )


def with_yearly_question(desk: Desk, officer: Officer, say: str | None, now: datetime) -> str | None:
    """The answer with the question whether the officer is still in post, when a year has passed; asked once."""
    days = desk.settings.deployment.timings.officer_confirm_days
    if say is None or officer.asked_at is not None or not is_due(officer, now, days):
        return say
    officer.asked_at = now
    word = desk.officer_words.shown(officer.language, "still")
    return f"{say} {desk.kit.book.say('officer.still', officer.language, agency=officer.agency, word=word)}"
