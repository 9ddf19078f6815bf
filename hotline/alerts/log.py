"""The log of an alert: what happened when, and to whom, rebuilt from these lines alone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access import audit
from hotline.access.audit import Act, as_code
from hotline.alerts.tables import Alert, AlertEvent
from hotline.now import Ids


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
    ASKED = "asked"  # this one had somebody paged, told in the next line; detail: page, help or transfer
    HELPS = "helps"  # who was asked comes
    NEXT = "next"  # a person had the next one paged
    SNOOZED = "snoozed"  # a person let it rest; detail: minutes and reason
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


# What a person did by themself stands in the audit too.
_BY_A_PERSON = {
    Happened.TAKEN: Act.TAKE,
    Happened.CANNOT: Act.CANNOT,
    Happened.HELPS: Act.HELPS,
    Happened.OUTCOME: Act.CLOSE,
    Happened.ASKED: Act.ASK,
    Happened.NEXT: Act.NEXT,
    Happened.SNOOZED: Act.SNOOZE,
    Happened.HEARD: Act.READ_OUT,
    Happened.RANG_BACK: Act.RING_BACK,
}


def note(
    tx: Session,
    alert_id: str,
    kind: Happened,
    now: datetime,
    *,
    staff_id: str | None = None,
    page_id: str | None = None,
    detail: str = "",
    ids: Ids | None = None,
) -> None:
    """Add a line to the log of an alert; with `ids` where a person acted, for that goes into the audit as well, about the
    thread. Without a person the caller (a command) notes itself. ValueError where an act of a person came without ids."""
    if staff_id is not None and (act := _BY_A_PERSON.get(kind)) is not None:
        if ids is None:
            raise ValueError(f"'{kind.value}' is an act of a person: it needs ids for the audit")
        alert = tx.get(Alert, alert_id)
        about = (alert.thread_id if alert is not None else None) or alert_id
        audit.note(tx, ids, act, now, by=staff_id, about=about, detail=as_code(detail))
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
