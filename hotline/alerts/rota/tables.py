"""The rota beside its rotation: calendars and their shifts, the feed, gaps that were told, questions to staff.

Ids, codes and times; what a calendar says, the names in it that fit nobody, and a feed's address are sealed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class CalendarState(StrEnum):
    GOOD = "good"  # its shifts are the plan
    WAITING = "waiting"  # it takes cover away: for a person's yes
    OVER = "over"


class QuestionKind(StrEnum):
    SHIFT = "shift"  # a shift is coming: will you be there?
    SWAP = "swap"
    CALENDAR = "calendar"  # shall this calendar count?


class QuestionState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    OVER = "over"


class RotaFeed(Base):
    """A calendar's address, a secret, and how it went. At most one has no `off_at`.

    `good_at` is when it last gave a calendar that counts or waits; `failing_since` when it first failed after that.
    """

    __tablename__ = "rota_feeds"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    url_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # for the worker
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    good_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(String(20), default="")  # a code
    stale_told: Mapped[bool] = mapped_column(default=False)


class RotaCalendar(Base):
    """A copy of a calendar, from a file (`feed_id` null) or the feed. `zones` are those that its times are told in."""

    __tablename__ = "rota_calendars"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    feed_id: Mapped[str | None] = mapped_column(ForeignKey("rota_feeds.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(8), index=True)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # for the worker
    zones: Mapped[str] = mapped_column(String(400), default="")
    unknown: Mapped[int] = mapped_column(default=0)  # how many names fit nobody
    unknown_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # with the house key
    unknown_told: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when its shifts were last worked out
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RotaShift(Base):
    """One person of a shift of a calendar; `position` 0 comes first."""

    __tablename__ = "rota_shifts"
    calendar_id: Mapped[str] = mapped_column(
        ForeignKey("rota_calendars.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[datetime] = mapped_column(UtcDateTime)
    end: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[str] = mapped_column(Id)


class RotaGap(Base):
    """A gap that was seen, and what of it the coordinator was told: that it is there, a day before, an hour before."""

    __tablename__ = "rota_gaps"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    start: Mapped[datetime] = mapped_column(UtcDateTime)
    end: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    why: Mapped[str] = mapped_column(String(12))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    day_told: Mapped[bool] = mapped_column(default=False)
    hour_told: Mapped[bool] = mapped_column(default=False)


class RotaQuestion(Base):
    """A question of the rota to one member of staff, answered by its code.

    SHIFT: `start` to `end` is the shift of `staff_id`. SWAP: it is the shift of `by`, which `staff_id` shall take, and
    `other_start` to `other_end` that of `staff_id`, which `by` takes for it (null: none). CALENDAR: `calendar_id` waits.
    """

    __tablename__ = "rota_questions"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    code: Mapped[str] = mapped_column(String(4), index=True)
    staff_id: Mapped[str] = mapped_column(Id, index=True)
    by: Mapped[str | None] = mapped_column(Id)
    calendar_id: Mapped[str | None] = mapped_column(ForeignKey("rota_calendars.id", ondelete="CASCADE"))
    start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    other_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    other_end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8), default=QuestionState.OPEN)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told: Mapped[bool] = mapped_column(default=False)  # the coordinator, that nobody answered
    __table_args__ = (Index("ix_rota_questions_kind_state", "kind", "state"),)
