"""Drills and probes. Ids, codes, states and times only; no thread, message of the public or record belongs to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class DrillCall(StrEnum):
    """Where the practice call to one person stands."""

    NONE = "none"
    ORDERED = "ordered"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"
    MADE_WAY = "made_way"  # something real came up: not dialled, or hung up


class Drill(Base):
    """One practice of the rota. It is open from `begun_at` to `ends_at`; an answer after that is none."""

    __tablename__ = "drills"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(4))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DrillPerson(Base):
    """One person of a drill; `phone_id` is None for who has no verified phone. `said_at` is when the key or the reply came,
    `way` how (call, text). `call_status` is the carrier's last word on the call."""

    __tablename__ = "drill_people"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    drill_id: Mapped[str] = mapped_column(ForeignKey("drills.id", ondelete="CASCADE"))
    staff_id: Mapped[str] = mapped_column(Id)
    phone_id: Mapped[str | None] = mapped_column(Id, index=True)
    position: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str | None] = mapped_column(Id)
    call_state: Mapped[str] = mapped_column(String(8), default=DrillCall.NONE, index=True)
    call_status: Mapped[str] = mapped_column(String(16), default="")
    call_sid: Mapped[str | None] = mapped_column(String(64))
    said_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    way: Mapped[str] = mapped_column(String(8), default="")
    __table_args__ = (UniqueConstraint("drill_id", "staff_id"),)


class ProbeKind(StrEnum):
    """Which way a probe goes."""

    LOOP = "loop"  # in at our own door, through the outbox, and back in
    CARRIER = "carrier"  # out through the real carrier to the test number; its receipt comes back in


class Probe(Base):
    """One try of the whole way: heard at the door, done by the worker, closed by what came back. `alarmed_at` is when its
    failure was told by other ways. `sid` is the carrier's id of the text, `status` its newest receipt."""

    __tablename__ = "probes"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alarmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sid: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20), default="")
