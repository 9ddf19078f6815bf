"""The standard record: one table design for all forms (DESIGN, "standard record").

A field's answer (value, what was said, when, by which channel) is sealed under the field's class.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class Record(Base):
    """What a conversation gave. `verified` says that it came from a registered officer, `anonymous` that the form asks whether
    to stay unnamed, and nobody said no (DESIGN 5)."""

    __tablename__ = "records"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), index=True)
    conversation_id: Mapped[str] = mapped_column(Id, unique=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("threads.id", ondelete="SET NULL"), index=True)
    form: Mapped[str] = mapped_column(String(24))
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8))
    contact_kind: Mapped[str | None] = mapped_column(String(8))
    danger: Mapped[str] = mapped_column(String(12), default="routine")
    disposition: Mapped[str] = mapped_column(String(12))
    verified: Mapped[bool] = mapped_column(default=False)
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecordField(Base):
    """One field of a record. `status` is one of the answer states; `sealed` is JSON {value, said, at, channel, older}."""

    __tablename__ = "record_fields"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(48))
    status: Mapped[str] = mapped_column(String(12))
    sensitivity: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (UniqueConstraint("record_id", "field"),)


class IdentityHash(Base):
    """A keyed hash of who a record tells of, made at hand-over (`hotline.records.doubles`), so that two reports of one person can
    be suggested as doubles without anybody opening either."""

    __tablename__ = "identity_hashes"
    record_id: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, index=True)
