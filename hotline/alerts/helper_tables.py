"""Who of the directory was asked to help, and how far they are. Ids, codes, states and times only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class HelperState(StrEnum):
    """How far somebody of the directory is."""

    ASKED = "asked"  # the phone is rung
    NO = "no"  # did not answer, could not be rung, or said no
    TOLD = "told"  # somebody listens
    ACCEPTED = "accepted"
    ON_WAY = "on_way"
    THERE = "there"
    DONE = "done"


class Helper(Base):
    """One entry of the directory, asked once; who is asked next for the same has the same `request_id`.

    `joins`: they are wanted in the conference of the alert. `asked_by` is the member of staff who pressed the key, None for
    a tip, which has no alert. `code` is what they type in a text. `next_at` is when somebody else is asked.
    `lead` is the kind of the agency that leads, named by the point of contact for tips.
    """

    __tablename__ = "helpers"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    request_id: Mapped[str] = mapped_column(Id, index=True)
    alert_id: Mapped[str | None] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[str] = mapped_column(Id)
    phone_id: Mapped[str] = mapped_column(Id)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8), default="")  # that of the person to be helped
    district: Mapped[str] = mapped_column(String(8), default="")
    joins: Mapped[bool] = mapped_column(default=False)
    asked_by: Mapped[str | None] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(4), index=True)
    state: Mapped[str] = mapped_column(String(10), default=HelperState.ASKED)
    lead: Mapped[str | None] = mapped_column(String(20))
    call_sid: Mapped[str | None] = mapped_column(String(64), index=True)
    tree_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    on_way_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    there_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
