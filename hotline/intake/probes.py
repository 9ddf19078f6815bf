"""A probe at the door: a text from our own number that names an open probe by its id.

No carrier delivers a text of a number to itself, and the id is known to the clock alone, so nobody outside can send one, and
what anybody else sends is never taken for one.

    help, he has a knife aaaaaaaaaaaaaaab      in: all that a text of danger does is done, looked at, and undone
    1 aaaaaaaaaaaaaaab                         the reply: closes it
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.tables import Alert, Page
from hotline.conversation.inbound import Inbound
from hotline.intake.desk import Desk
from hotline.triage.kinds import Grade
from hotline.watch.probes import open_probe, order
from hotline.watch.tables import Probe, ProbeKind

REPLY = "1"


def is_probe(tx: Session, desk: Desk, inbound: Inbound) -> bool:
    """Whether this text is a probe of ours."""
    return _probe(tx, desk, inbound) is not None


def take_probe(tx: Session, desk: Desk, inbound: Inbound, rehearse: Callable[[], None]) -> None:
    """Take a probe's text, or its reply. `rehearse` does all that a text does; what it did is looked at and undone."""
    probe = _probe(tx, desk, inbound)
    if probe is None:
        return
    words, _, _ = inbound.text.rpartition(" ")
    if words == REPLY:
        if probe.paged_at is not None:
            probe.closed_at = inbound.at
        return
    if probe.heard_at is None and _would_page(tx, rehearse):
        probe.heard_at = inbound.at
        order(tx, desk.kit, probe, inbound.at)


def _would_page(tx: Session, rehearse: Callable[[], None]) -> bool:
    """Whether the text opens an alert of an emergency that pages somebody; nothing of it stays."""
    tx.flush()
    before = set(tx.scalars(select(Alert.id)))
    undone = tx.begin_nested()
    try:
        rehearse()
        tx.flush()
        alert = tx.scalar(
            select(Alert).where(Alert.grade == Grade.EMERGENCY, Alert.id.not_in(before)).limit(1)
        )
        pages = (
            select(Page.id).where(Page.alert_id == alert.id, Page.message_id.is_not(None)) if alert else None
        )
        return pages is not None and tx.scalar(pages.limit(1)) is not None
    finally:
        undone.rollback()


def _probe(tx: Session, desk: Desk, inbound: Inbound) -> Probe | None:
    numbers = {line.number for line in desk.settings.deployment.lines}
    if inbound.sender not in numbers:
        return None
    probe = open_probe(tx, inbound.text.rpartition(" ")[2])
    return probe if probe is not None and probe.kind == ProbeKind.LOOP else None
