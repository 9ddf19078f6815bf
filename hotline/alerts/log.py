"""The log of an alert: what happened when, and to whom, rebuilt from these lines alone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.tables import AlertEvent


class Happened(StrEnum):
    """What a line of the log says."""

    OPENED = "opened"  # detail: the rules
    AGAIN = "again"  # the same danger once more
    WORSENED = "worsened"
    CALLER = "caller"  # a live caller is waiting
    CALLER_GONE = "caller_gone"
    BRIDGED = "bridged"  # caller and responder are brought together
    STEP = "step"  # detail: "round.step kind"
    EMPTY = "empty"  # nobody reachable at that step
    NOBODY = "nobody"  # nobody reachable at all
    TEXTED = "texted"
    RECEIPT = "receipt"  # detail: what the carrier says of the text
    TEXT_FAILED = "text_failed"
    RING = "ring"  # a call was ordered
    RING_WAITS = "ring_waits"  # that phone is in another call
    RINGING = "ringing"
    ANSWERED = "answered"
    RING_ENDED = "ring_ended"  # detail: the carrier's status
    KEY = "key"
    CANNOT = "cannot"
    TAKEN = "taken"  # detail: the way
    LATE = "late"
    TOLD = "told"
    REMINDED = "reminded"
    EXTENDED = "extended"
    REOPENED = "reopened"
    OUTCOME = "outcome"
    STOPPED = "stopped"  # that phone sent STOP
    # Somebody of the directory; detail: the kind of help. `staff_id` is who asked.
    HELP_ASKED = "help_asked"
    HELP_TOLD = "help_told"  # picked up
    HELP_ACCEPTED = "help_accepted"
    HELP_ON_WAY = "help_on_way"
    HELP_THERE = "help_there"
    HELP_DONE = "help_done"
    HELP_NO = "help_no"  # detail: the kind, and why
    HELP_NOBODY = "help_nobody"  # nobody is left to be asked
    HELP_LEAD = "help_lead"  # detail: the kind of agency that leads
    HEARD = "heard"  # who took it heard what was told, after the PIN
    RANG_BACK = "rang_back"  # who took it had the contact rung
    WROTE = "wrote"  # who took it wrote to the contact; detail: why not, where it was refused


def note(
    tx: Session,
    alert_id: str,
    kind: Happened,
    now: datetime,
    *,
    staff_id: str | None = None,
    page_id: str | None = None,
    detail: str = "",
) -> None:
    """Add a line to the log of an alert."""
    tx.add(
        AlertEvent(
            alert_id=alert_id, at=now, kind=kind, staff_id=staff_id, page_id=page_id, detail=detail[:80]
        )
    )
    tx.flush()


def timeline(tx: Session, alert_id: str) -> tuple[AlertEvent, ...]:
    """The log of an alert, oldest first."""
    lines = select(AlertEvent).where(AlertEvent.alert_id == alert_id).order_by(AlertEvent.number)
    return tuple(tx.scalars(lines))
