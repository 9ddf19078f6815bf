"""Contacts, threads, messages, conversations, calls, and the outbox of deeds to be done.

What a person said or wrote, and every number, is sealed bytes; ids, times, states and grades are clear (DESIGN 9).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class ThreadState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class MessageStatus(StrEnum):
    """Where an outbound message is; it only moves forward (`hotline.threads.receipts`). An inbound is RECEIVED."""

    RECEIVED = "received"
    QUEUED = "queued"
    ANSWERED = "answered"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


class DeedState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class Contact(Base):
    """One number that reaches us; a hidden number is one contact per call (`number_index` is then null)."""

    __tablename__ = "contacts"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    number_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str | None] = mapped_column(String(8))
    stopped: Mapped[bool] = mapped_column(default=False)  # a STOP word: cannot be answered by text
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Thread(Base):
    """All texts and calls with a contact; at most one open at a time."""

    __tablename__ = "threads"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    reference: Mapped[str] = mapped_column(String(8))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(8), default=ThreadState.OPEN)
    grade: Mapped[str] = mapped_column(String(12), default="routine", index=True)
    language: Mapped[str | None] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(8))
    line: Mapped[str] = mapped_column(String(32))
    speaker: Mapped[str] = mapped_column(String(8), default="public")  # public or officer
    unsafe: Mapped[bool] = mapped_column(default=False)  # "not safe" or unclear: machines are silent
    unanswered_safety: Mapped[bool] = mapped_column(
        default=False
    )  # no answer to the safety question for 15 minutes
    wants_person: Mapped[bool] = mapped_column(default=False)
    asked_to_forget: Mapped[bool] = mapped_column(default=False)
    taken_by: Mapped[str | None] = mapped_column(Id)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime | None] = mapped_column(
        UtcDateTime
    )  # oldest word that no person has looked at
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    outcome: Mapped[str | None] = mapped_column(String(32))
    fell_silent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # first time the loop guard held
    __table_args__ = (
        Index(
            "uq_threads_one_open_per_contact",
            "contact_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )


class Message(Base):
    """One text, or one recording's place in the thread; `body_sealed` is sealed to the readers of records.

    `outgoing_sealed` holds the words, in flight, until they are sent. `by` says who spoke: contact, machine or a
    member of staff's id.
    """

    __tablename__ = "messages"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    staff_id: Mapped[str | None] = mapped_column(
        Id
    )  # a text to a member of staff (a page, a notice): no thread
    page_id: Mapped[str | None] = mapped_column(Id, index=True)
    direction: Mapped[str] = mapped_column(String(4))
    channel: Mapped[str] = mapped_column(String(8))
    line: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(16), default="contact")
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    outgoing_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(12))
    error_code: Mapped[str] = mapped_column(String(8), default="")
    sid: Mapped[str | None] = mapped_column(String(64), index=True)
    segments: Mapped[int] = mapped_column(default=0)
    danger: Mapped[bool] = mapped_column(default=False)
    recording: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    text_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(32)
    )  # to the public: `hotline.threads.repeats`
    __table_args__ = (Index("ix_messages_contact_id_text_index", "contact_id", "text_index"),)


class Recording(Base):
    """The audio of a recording (MP3), sealed to the readers of records; its message holds its place in the thread."""

    __tablename__ = "recordings"
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    media_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WorkerCopy(Base):
    """What a contact wrote, or the sound of a recording (MP3), sealed to the worker besides, so that who takes an alert can
    hear it by phone (`hotline.threads.copies`): gone with the outcome, and after two days where nothing alarmed."""

    __tablename__ = "worker_copies"
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sound: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class TakeState(StrEnum):
    """Where a prompt that staff spoke by phone is."""

    SPOKEN = "spoken"  # at the carrier
    READY = "ready"  # fetched, levelled and trimmed: can be listened to
    KEPT = "kept"  # to be written among the clips
    DONE = "done"
    DROPPED = "dropped"  # said again, silent, or not to be had


class PromptTake(Base):
    """A sentence of the hotline, spoken by staff by phone. `media` is the sound (WAV) until it is a clip; it is no secret: it
    is what everybody who calls hears. `folder` is below ivr_flows/audio ("fr" or "fr/deep"), `key` the clip's."""

    __tablename__ = "prompt_takes"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    staff_id: Mapped[str] = mapped_column(Id)
    line: Mapped[str] = mapped_column(String(32))
    recording: Mapped[str] = mapped_column(String(64))
    folder: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120))
    text_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(8), index=True)
    media: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SeenKey(Base):
    """A carrier's message id or call step that was handled, as a keyed hash that outlives purging.

    `reply_sealed` is the webhook's answer, replayed to a repeat for 48 h; afterwards a repeat gets an empty answer.
    """

    __tablename__ = "seen_keys"
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    reply_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class StoredBook(Base):
    """The packed content of a book (`hotline.forms.book.pack`), by its hash."""

    __tablename__ = "books"
    hash: Mapped[str] = mapped_column(String(24), primary_key=True)
    packed: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Conversation(Base):
    """One run of one form within a thread, by any channel. The state is sealed in flight and erased once its record
    stands; `disposition` is null while it runs."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True)
    book_hash: Mapped[str] = mapped_column(String(24))
    channel: Mapped[str] = mapped_column(String(8))
    state_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    disposition: Mapped[str | None] = mapped_column(String(12), index=True)
    form: Mapped[str] = mapped_column(String(24), default="opening", server_default="opening")
    question: Mapped[str | None] = mapped_column(String(48))  # that waits for an answer
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AskedQuestion(Base):
    """A question that a conversation was asked; never the answer."""

    __tablename__ = "asked_questions"
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    form: Mapped[str] = mapped_column(String(24), primary_key=True)
    question: Mapped[str] = mapped_column(String(48), primary_key=True)


class Call(Base):
    """One call with a contact or to a member of staff. `state_sealed` is where it stands in its call tree.

    A call in which nobody pressed a key or spoke has no thread: it is counted (`status` silent, or at_once when it ended
    before the first words were over), by `caller_index`, the keyed hash of the number.
    """

    __tablename__ = "calls"
    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True)
    page_id: Mapped[str | None] = mapped_column(Id, index=True)
    staff_id: Mapped[str | None] = mapped_column(Id)
    line: Mapped[str] = mapped_column(String(32))
    inbound: Mapped[bool] = mapped_column(default=True)
    status: Mapped[str] = mapped_column(String(12), default="in-progress")
    sequence: Mapped[int] = mapped_column(default=-1)
    queue: Mapped[str | None] = mapped_column(String(32))
    caller_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    state_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Deed(Base):
    """Something to be done after the transaction that ordered it (the outbox): send, ring, normalise ...

    `payload` holds ids only. `key` is unique: the same deed is ordered once however often its cause repeats.
    `priority` orders what is due: lower first (0 first pages, 1 further pages, 2 answers, 5 the rest).
    `leased_until` keeps a second worker off while one is at it; a lease that ran out is taken up again.
    """

    __tablename__ = "deeds"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(String(400), default="{}")
    priority: Mapped[int] = mapped_column(default=5)
    state: Mapped[str] = mapped_column(String(8), default=DeedState.PENDING)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(120), default="")
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        UniqueConstraint("key", name="uq_deeds_key"),
        Index("ix_deeds_state_priority_due_at", "state", "priority", "due_at"),
    )


class LineTrouble(Base):
    """A line whose carrier fails: since when without a success in between, and when last. No row: all is well."""

    __tablename__ = "line_troubles"
    line: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinePace(Base):
    """Until when a line's carrier is busy with the texts and calls that we gave it (`hotline.threads.line_pace`)."""

    __tablename__ = "line_paces"
    line: Mapped[str] = mapped_column(String(32), primary_key=True)
    texts_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    calls_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Heartbeat(Base):
    """When the worker and the clock last finished a full cycle (`/readyz`)."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
