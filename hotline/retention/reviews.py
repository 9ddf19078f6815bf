"""What reports tell of suspects: looked at again within a year, gone after five unless somebody confirms it with a reason.

28 CFR 23.20(h): criminal intelligence is reviewed, and purged after five years where it is not validated. The days are content.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.answers.sheet import Status
from hotline.db import lock_row
from hotline.records.tables import Record, RecordField
from hotline.retention.holds import is_held
from hotline.retention.notices import Told, tell
from hotline.retention.purging import bury
from hotline.retention.tables import LegalHold, Stone, SuspectReview
from hotline.standards.crosswalk import Sensitivity
from hotline.threads.kit import Kit
from hotline.vault.compartments import doom
from hotline.vault.roles import KINDS

UNCONFIRMED = "unconfirmed"
"""Why: nobody confirmed it in all its days."""
_SUSPECT = Sensitivity.SUSPECT_IDENTITY.value


def open_reviews(tx: Session, kit: Kit, limit: int) -> int:
    """Give each record that tells of suspects its dates; gives how many there were."""
    days = kit.settings.deployment.retention
    told = exists().where(
        RecordField.record_id == Record.id,
        RecordField.sensitivity == _SUSPECT,
        RecordField.status.in_((Status.ANSWERED.value, Status.PENDING.value)),
    )
    known = exists().where(SuspectReview.record_id == Record.id)
    found = tx.execute(select(Record.id, Record.created_at).where(told, ~known).limit(limit)).all()
    for record_id, created_at in found:
        tx.add(
            SuspectReview(
                record_id=record_id,
                review_at=created_at + timedelta(days=days.suspect_review_days),
                expires_at=created_at + timedelta(days=days.suspect_days),
            )
        )
    tx.flush()
    return len(found)


def confirm(tx: Session, kit: Kit, record_id: str, reason: str, by: str, now: datetime) -> bool:
    """Somebody says that it still holds, for a reason of `hotline.toml`: both dates run from now. False where there is no such
    reason or nothing to confirm."""
    days = kit.settings.deployment.retention
    review = lock_row(tx, SuspectReview, record_id)
    if review is None or reason not in days.suspect_reasons:
        return False
    review.review_at = now + timedelta(days=days.suspect_review_days)
    review.expires_at = now + timedelta(days=days.suspect_days)
    review.reason, review.confirmed_by, review.confirmed_at = reason, by, now
    return True


def reviews_of(tx: Session, thread_id: str) -> Sequence[SuspectReview]:
    """The reviews of a thread's records."""
    return tx.scalars(
        select(SuspectReview)
        .join(Record, Record.id == SuspectReview.record_id)
        .where(Record.thread_id == thread_id)
        .order_by(SuspectReview.review_at)
    ).all()


def due_reviews(tx: Session, now: datetime) -> Sequence[tuple[SuspectReview, Record]]:
    """Those that somebody is to look at now, the most overdue first."""
    rows = tx.execute(
        select(SuspectReview, Record)
        .join(Record, Record.id == SuspectReview.record_id)
        .where(SuspectReview.review_at <= now)
        .order_by(SuspectReview.review_at, Record.id)
    )
    return [(review, record) for review, record in rows]


def tell_due(tx: Session, kit: Kit, now: datetime) -> int:
    """Tell the leader how many are due, and the first one's reference: each day, until somebody has looked."""
    due = due_reviews(tx, now)
    if due:
        tell(tx, kit, Told.REVIEW, len(due), now, about=due[0][1].reference)
    return len(due)


def expired(tx: Session, now: datetime, limit: int) -> Sequence[str]:
    """The records whose word on suspects has come to its end; what is held waits."""
    held = (
        select(LegalHold.id)
        .where(LegalHold.thread_id == Record.thread_id, LegalHold.lifted_at.is_(None))
        .exists()
    )
    return tx.scalars(
        select(SuspectReview.record_id)
        .join(Record, Record.id == SuspectReview.record_id)
        .where(SuspectReview.expires_at <= now, ~held)
        .order_by(SuspectReview.expires_at)
        .limit(limit)
    ).all()


def let_end(tx: Session, kit: Kit, record_id: str, now: datetime, *, by: str) -> bool:
    """What one record tells of suspects goes, and a tombstone remains; not when it was confirmed or held meanwhile."""
    review, record = lock_row(tx, SuspectReview, record_id), tx.get(Record, record_id)
    if review is None or record is None or review.expires_at > now:
        return False
    if record.thread_id is not None and is_held(tx, record.thread_id):
        return False
    tx.execute(
        delete(RecordField).where(RecordField.record_id == record_id, RecordField.sensitivity == _SUSPECT)
    )
    bury(
        tx, kit, Stone.SUSPECT, record_id, Stone.SUSPECT.value, UNCONFIRMED, now,
        begun_at=record.created_at, ended_at=review.expires_at, forms=record.form,
    )  # fmt: skip
    doom(tx, record_id, now, KINDS[Sensitivity.SUSPECT_IDENTITY])
    note(tx, kit.ids, Act.PURGED, now, by=by, about=record_id, detail="suspects")
    tx.delete(review)
    return True
