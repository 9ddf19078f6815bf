"""Probes: what is kept of each, and when one is late.

A loop probe goes in at our own door as a text of danger, is graded, and the alert with its first page is made and undone in
one transaction (`hotline.intake.probes`); the worker has it in hand as it has a page (`worker.probe_deeds`); a reply goes in
at the door and closes it. A carrier probe is a text to the test number, closed by the carrier's receipt. Neither ever makes
a contact, thread, message, record or alert, so there is nothing to keep out of queue, export and figures.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.access.people import NUMBER, officer_of_phone
from hotline.access.tables import StaffPhone
from hotline.carriers.receipts import DeliveryStatus
from hotline.db import lock_name
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.watch.tables import Probe, ProbeKind

KEPT = timedelta(days=90)
TOLD_AGAIN = timedelta(hours=1)


def due(tx: Session, kit: Kit, now: datetime) -> Probe | None:
    """A new loop probe when it is time for one; None otherwise, also when another clock was faster."""
    lock_name(tx, "probes")
    minutes = kit.settings.deployment.watch.probe_minutes
    last = _newest(tx, ProbeKind.LOOP)
    if last is not None and now - last.begun_at < timedelta(minutes=minutes):
        return None
    tx.execute(delete(Probe).where(Probe.begun_at < now - KEPT))
    return _begin(tx, kit, ProbeKind.LOOP, now)


def due_through_carrier(tx: Session, kit: Kit, now: datetime) -> Probe | None:
    """The probe of the day through the real carrier, ordered for the worker; None when it was done, it is too early, no
    test number is set, or it is the number of somebody of ours."""
    watch = kit.settings.deployment.watch
    if not watch.test_number:
        return None
    lock_name(tx, "probes")
    zone = kit.settings.deployment.zone
    local = now.astimezone(zone)
    if local.time() < watch.test_time or whose_number(tx, kit, watch.test_number):
        return None
    last = _newest(tx, ProbeKind.CARRIER)
    if last is not None and last.begun_at.astimezone(zone).date() == local.date():
        return None
    probe = _begin(tx, kit, ProbeKind.CARRIER, now)
    order(tx, kit, probe, now)
    return probe


def whose_number(tx: Session, kit: Kit, number: str) -> str:
    """Whose number it is that must never be a test number: "a member of staff", "an officer", "one of our own lines"; ""
    for nobody's that we know."""
    if any(line.number == number for line in kit.settings.deployment.lines):
        return "one of our own lines"
    index = kit.sealer.index(number, NUMBER)
    # Also of who left, and a phone that is not verified: it is a person's.
    if tx.scalar(select(StaffPhone.id).where(StaffPhone.number_index == index)):
        return "a member of staff"
    return "an officer" if officer_of_phone(tx, kit.sealer, number) else ""


def order(tx: Session, kit: Kit, probe: Probe, now: datetime) -> None:
    """The worker's turn: it waits where a first page would."""
    outbox.order(
        tx, kit.ids, DeedKind.PROBE, f"probe:{probe.id}", {"probe": probe.id}, now, priority=Priority.FIRST_PAGE
    )  # fmt: skip


def open_probe(tx: Session, probe_id: str) -> Probe | None:
    """A probe that is not closed yet."""
    probe = tx.get(Probe, probe_id)
    return probe if probe is not None and probe.closed_at is None else None


def receipt(tx: Session, probe_id: str, status: DeliveryStatus, now: datetime) -> None:
    """What the carrier says of the text to the test number. Sent is enough: on many routes nothing more ever comes."""
    probe = open_probe(tx, probe_id)
    if probe is None or probe.kind != ProbeKind.CARRIER:
        return
    probe.status = status.value
    if not status.failed and status.rank >= DeliveryStatus.SENT.rank:
        probe.closed_at = now


def late(tx: Session, kit: Kit, now: datetime) -> Probe | None:
    """A probe that should be back and is not, to be told of now; it counts as told from then on.

    As long as none comes back it is told once an hour, so that who mends is not rung every quarter of an hour.
    """
    lock_name(tx, "probes")
    limit = now - timedelta(seconds=kit.settings.deployment.watch.probe_seconds)
    overdue = tx.scalars(
        select(Probe)
        .where(
            Probe.closed_at.is_(None),
            Probe.alarmed_at.is_(None),
            Probe.status != "late",
            Probe.begun_at <= limit,
        )
        .order_by(Probe.begun_at, Probe.id)
    ).all()
    found = None
    for probe in overdue:
        if found is None and not _told_lately(tx, probe.kind, now):
            found, probe.alarmed_at = probe, now
        else:
            probe.status = "late"
    tx.flush()
    return found


def _told_lately(tx: Session, kind: str, now: datetime) -> bool:
    """Whether it was told within the hour, and nothing came back since."""
    newest = select(Probe.alarmed_at, Probe.begun_at).where(Probe.kind == kind, Probe.alarmed_at.is_not(None))
    row = tx.execute(newest.order_by(Probe.alarmed_at.desc()).limit(1)).first()
    if row is None or now - row.alarmed_at >= TOLD_AGAIN:
        return False
    back = select(Probe.id).where(
        Probe.kind == kind, Probe.closed_at.is_not(None), Probe.begun_at > row.begun_at
    )
    return tx.scalar(back.limit(1)) is None


def unheard(tx: Session, kit: Kit, now: datetime) -> list[str]:
    """The ids of loop probes that the door has not taken yet, and that may still be in time: a door that is just opening
    (everything was started again) does not raise an alarm."""
    limit = now - timedelta(seconds=kit.settings.deployment.watch.probe_seconds)
    return list(
        tx.scalars(
            select(Probe.id).where(
                Probe.kind == ProbeKind.LOOP,
                Probe.heard_at.is_(None),
                Probe.closed_at.is_(None),
                Probe.begun_at > limit,
            )
        )
    )


def waiting_for_reply(tx: Session) -> list[str]:
    """The ids of loop probes that the worker has done and whose reply has not come in."""
    return list(
        tx.scalars(
            select(Probe.id).where(
                Probe.kind == ProbeKind.LOOP, Probe.paged_at.is_not(None), Probe.closed_at.is_(None)
            )
        )
    )


def last_probe(tx: Session, kind: ProbeKind) -> Probe | None:
    """The newest of its kind, for `hotline doctor`."""
    return _newest(tx, kind)


def _newest(tx: Session, kind: ProbeKind) -> Probe | None:
    return tx.scalar(select(Probe).where(Probe.kind == kind).order_by(Probe.begun_at.desc()).limit(1))


def _begin(tx: Session, kit: Kit, kind: ProbeKind, now: datetime) -> Probe:
    probe = Probe(id=kit.ids.new(), kind=kind, begun_at=now)
    tx.add(probe)
    tx.flush()
    return probe
