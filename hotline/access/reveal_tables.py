"""What was hidden and shown all the same: reveals, what became of them, and glasses that were broken. Ids, codes and times."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class RevealRow(Base):
    """One wish of one person to see what is hidden in a thread, for a reason (a code of `hotline.toml`).

    `second` says that another person's yes is wanted. It is open until it was granted or refused; what was granted is
    hidden again at `expires_at`. The ids of threads are no keys: the row outlives what was purged.
    """

    __tablename__ = "reveals"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[str] = mapped_column(Id, index=True)
    staff_id: Mapped[str] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(String(24))
    second: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(Id)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    over: Mapped[bool] = mapped_column(default=False)  # its end was written down


class RevealEvent(Base):
    """What happened to a reveal: asked, granted, refused, used or expired, by whom and when."""

    __tablename__ = "reveal_events"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    reveal_id: Mapped[str] = mapped_column(ForeignKey("reveals.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    staff_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BrokenGlass(Base):
    """Who had taken an emergency read its case at once. Somebody else is told, and confirms that it was right.

    `told_to` was told last at `told_at`; None while nobody could be.
    """

    __tablename__ = "broken_glasses"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    alert_id: Mapped[str] = mapped_column(Id)
    thread_id: Mapped[str] = mapped_column(Id)
    staff_id: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_to: Mapped[str | None] = mapped_column(Id)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(Id)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    __table_args__ = (UniqueConstraint("alert_id", "staff_id"),)
