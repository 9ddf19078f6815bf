"""Who of the directory was asked for a thread, and how far they are: always clear who is responding."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from hotline.access.directory import entry_name
from hotline.alerts.helpers import helpers_of
from hotline.staff import labels
from hotline.staff.desk import StaffDesk
from hotline.staff.words import Words


@dataclass(frozen=True, slots=True)
class Helping:
    """One who was asked: `lead` is the agency that leads by their word, "" where none was named."""

    name: str
    kind: str
    state: str
    at: str
    lead: str


def helping(tx: Session, desk: StaffDesk, words: Words, thread_id: str) -> tuple[Helping, ...]:
    """Everybody who was asked for a thread, the oldest first."""
    _ = words
    return tuple(
        Helping(
            entry_name(tx, desk.house, one.entry_id),
            labels.help_kind(_, one.kind),
            labels.help_state(_, one.state),
            words.clock(one.done_at or one.there_at or one.on_way_at or one.accepted_at or one.asked_at),
            labels.help_kind(_, one.lead) if one.lead else "",
        )
        for one in helpers_of(tx, thread_id)
    )
