"""Alerts, their pages, their log, and the rota. Ids, codes, states and times only: no word of a report, no name, no number."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hotline.alerts import helper_tables as helper_tables  # who was asked to help belongs to this room
from hotline.db import Base, UtcDateTime

Id = String(16)


class AlertState(StrEnum):
    OPEN = "open"  # being paged
    TAKEN = "taken"
    CLOSED = "closed"


class PageState(StrEnum):
    OPEN = "open"  # a key or a reply takes it
    CANNOT = "cannot"
    TAKEN = "taken"
    OVER = "over"  # somebody else took it, or the alert was closed


class Asked(StrEnum):
    """What a person asks of another for an alert that is taken."""

    HELP = "help"  # to stand by whoever has it
    TRANSFER = "transfer"  # to have it instead


class CallState(StrEnum):
    NONE = "none"
    WAITING = "waiting"  # for the phone to be free
    ORDERED = "ordered"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"


class Alert(Base):
    """One alert of a thread; at most one that is not closed. It ends with an outcome, given by a person.

    `code` is what people say and type ("4821"). `round` counts from 1, `step` is the place in the round's plan. `next_at`
    is when the clock looks again: the end of the step while open, the reminder or the reopening while taken.
    `live_call` is the carrier's id of a caller who is waiting. `also` is somebody paged together with the first step: who
    had taken it before it opened again.
    """

    __tablename__ = "alerts"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("threads.id", ondelete="SET NULL"), index=True)
    code: Mapped[str] = mapped_column(String(4), index=True)
    grade: Mapped[str] = mapped_column(String(12))
    rule: Mapped[str] = mapped_column(String(80))
    language: Mapped[str | None] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8), default=AlertState.OPEN)
    live_call: Mapped[str | None] = mapped_column(String(64))
    bridged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # caller and taker were brought together
    manager: Mapped[bool] = mapped_column(default=False)
    also: Mapped[str | None] = mapped_column(Id)
    round: Mapped[int] = mapped_column(default=1)
    step: Mapped[int] = mapped_column(default=-1)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a person let it rest till then
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[str | None] = mapped_column(Id)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    promised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # taken, or last said "still on it"
    reminded: Mapped[bool] = mapped_column(default=False)
    told_again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last notice of new words is due
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the outcome menu was sent by text
    outcome: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        Index(
            "uq_alerts_one_open_per_thread",
            "thread_id",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_alerts_state_next_at", "state", "next_at"),
    )


class Page(Base):
    """Reaching one person for one alert, by text and call, as often as it takes; the log tells each try.

    `round` and `step` are those of the last try. `ring_at` is when a call is due that was put off, or is made again. `rings`
    counts the calls ordered: the deed's key is `ring:<page>:<rings>`. `followed_up` is the text (a message's id) whose failure
    or missing receipt led to a call already. Since `text_over_at` that phone takes no text of ours, and is only rung. `asked`
    (an `Asked`) and `asked_by` (a staff id): a person asked for this one, for an alert that somebody has already; `asked_calls` went in vain.
    """

    __tablename__ = "pages"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"))
    staff_id: Mapped[str] = mapped_column(Id)
    phone_id: Mapped[str] = mapped_column(Id, index=True)
    state: Mapped[str] = mapped_column(String(8), default=PageState.OPEN)
    round: Mapped[int] = mapped_column(default=1)
    step: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[str | None] = mapped_column(Id)
    texted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    followed_up: Mapped[str | None] = mapped_column(Id)
    text_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    call_state: Mapped[str] = mapped_column(String(8), default=CallState.NONE, index=True)
    call_sid: Mapped[str | None] = mapped_column(String(64), index=True)
    rings: Mapped[int] = mapped_column(default=0)
    ring_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ring_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked: Mapped[str | None] = mapped_column(String(8))
    asked_by: Mapped[str | None] = mapped_column(Id)
    asked_calls: Mapped[int | None]
    tree_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # where its calls stand (`call_places`)
    __table_args__ = (UniqueConstraint("alert_id", "staff_id"),)


class AlertEvent(Base):
    """One line of an alert's log; only ever added. `detail` is a code (a rule, a way, a carrier's status), never content."""

    __tablename__ = "alert_events"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(16))
    staff_id: Mapped[str | None] = mapped_column(Id)
    page_id: Mapped[str | None] = mapped_column(Id)
    detail: Mapped[str] = mapped_column(String(80), default="")


class ReadOut(Base):
    """What was told in an alert's thread, made ready by the worker for one call of who took it; gone when that call ends.

    `parts_sealed` (in flight) is null until the worker has made it; `failed` says that it could not. `reply_sealed` is the
    last document of the call, for a repeat of its turn: it holds what is read, so it is kept here and goes with it.
    """

    __tablename__ = "read_outs"
    call_sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(52), unique=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[str] = mapped_column(Id)
    parts_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reply_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    failed: Mapped[bool] = mapped_column(default=False)
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReadOutSound(Base):
    """A recording of a contact in a read-out (MP3, in flight): `id` is a secret that only the call's document names."""

    __tablename__ = "read_out_sounds"
    id: Mapped[str] = mapped_column(String(52), primary_key=True)
    call_sid: Mapped[str] = mapped_column(ForeignKey("read_outs.call_sid", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class RingBackState(StrEnum):
    ORDERED = "ordered"
    RINGING = "ringing"
    JOINED = "joined"  # the person pressed the key
    ENDED = "ended"  # nobody did, or it could not be placed


class RingBack(Base):
    """A call of ours to the contact of an alert, asked for by who took it and waits in the call `call_sid`; `sid` is the
    carrier's id of the call to the contact."""

    __tablename__ = "ring_backs"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[str] = mapped_column(Id)
    call_sid: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(8), default=RingBackState.ORDERED)
    sid: Mapped[str | None] = mapped_column(String(64))
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffReplies(Base):
    """How many useless texts in a row came from a staff phone: after a few the machine stops explaining itself."""

    __tablename__ = "staff_replies"
    phone_id: Mapped[str] = mapped_column(Id, primary_key=True)
    useless: Mapped[int] = mapped_column(default=0)


class RotationRow(Base):
    """A rotation; the newest one counts, the older ones say who was on call then."""

    __tablename__ = "rotations"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    handover: Mapped[time]
    weekday: Mapped[int]
    zone: Mapped[str] = mapped_column(String(40))
    first_week: Mapped[date]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class RotationMember(Base):
    """One person's place in a rotation, from 0."""

    __tablename__ = "rotation_members"
    rotation_id: Mapped[str] = mapped_column(ForeignKey("rotations.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(Id)


class OverrideRow(Base):
    """Somebody instead of another for a time (`replaces` null: instead of whoever is first)."""

    __tablename__ = "overrides"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    start: Mapped[datetime] = mapped_column(UtcDateTime)
    end: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[str] = mapped_column(Id)
    replaces: Mapped[str | None] = mapped_column(Id)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
