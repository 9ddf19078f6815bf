"""Holds, tombstones, what lies at the carrier, reviews of what is known of suspects, and backups. Ids, codes and times only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class CopyKind(StrEnum):
    """What the carrier keeps of us."""

    TEXT = "text"
    RECORDING = "recording"
    CALL = "call"


class CopyState(StrEnum):
    """Where a copy at the carrier is."""

    DUE = "due"  # to be deleted
    GONE = "gone"  # the carrier says that it is deleted
    KEPT = "kept"  # not deleted, because what we sealed does not account for it
    STUCK = "stuck"  # the carrier did not delete it in all the days it was asked


class CarrierCopy(Base):
    """A text, recording or call of ours that lies at the carrier, until it is proven that it does not.

    `size` (bytes) and `digest` (keyed hash) are of the recording that we sealed: what lies there is compared with them
    before it is deleted. The row goes with the proof, and the carrier's id with it.
    """

    __tablename__ = "carrier_copies"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    sid: Mapped[str] = mapped_column(String(64))
    line: Mapped[str] = mapped_column(String(32))
    message_id: Mapped[str | None] = mapped_column(Id, index=True)
    size: Mapped[int | None]
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    state: Mapped[str] = mapped_column(String(8), default=CopyState.DUE, index=True)
    error: Mapped[str] = mapped_column(String(40), default="")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (UniqueConstraint("kind", "sid"),)


class CarrierCheck(Base):
    """One look at what a line's carrier still holds: `left` of ours that should be gone, `missed` that never reached us and is
    left there on purpose. `whole` says that all was listed."""

    __tablename__ = "carrier_checks"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    line: Mapped[str] = mapped_column(String(32), index=True)
    left: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)
    proven: Mapped[int] = mapped_column(default=0)
    whole: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LegalHold(Base):
    """Nothing of a thread is deleted while a hold on it is not lifted. `reason` is a code of `hotline.toml`; `placed_by` and
    `lifted_by` a staff id or `command:hold`."""

    __tablename__ = "legal_holds"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    placed_by: Mapped[str] = mapped_column(String(32))
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_by: Mapped[str | None] = mapped_column(String(32))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Stone(StrEnum):
    """What a tombstone stands for."""

    THREAD = "thread"
    WORDS = "words"  # messages and recordings of a thread whose record stays
    RECORD = "record"
    SUSPECT = "suspect"  # what a record told of suspects
    CALLS = "calls"  # silent calls of one day


class Tombstone(Base):
    """What is left of what was purged: which row, of what class and form, its dates, and why it went. Never a word of it."""

    __tablename__ = "tombstones"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    what: Mapped[str] = mapped_column(String(8))
    row_id: Mapped[str] = mapped_column(Id, index=True)
    kept_as: Mapped[str] = mapped_column(String(12))
    forms: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(String(24))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    purged_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SuspectReview(Base):
    """When what a record tells of suspects is looked at again, and when it goes. `confirmed_by` (a staff id or
    `command:retention`) said with a `reason` that it still holds."""

    __tablename__ = "suspect_reviews"
    record_id: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    review_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(32))
    confirmed_by: Mapped[str | None] = mapped_column(String(32))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BackupMade(Base):
    """A backup that was written whole."""

    __tablename__ = "backups_made"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    size: Mapped[int]
