"""Staff, field officers, their phones, and log-ins.

Names and numbers are sealed with the house key; phones are found by keyed hash.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.access import audit_tables as audit_tables  # the audit's and
from hotline.access import directory_tables as directory_tables  # the directory's belong to this room
from hotline.access import login_tables as login_tables  # and those of second factors
from hotline.access import reveal_tables as reveal_tables  # and those of what was revealed
from hotline.db import Base, UtcDateTime

Id = String(16)


class Role(StrEnum):
    """Who somebody is. What a role may do is in the matrix (`hotline.access.matrix`)."""

    DATA_MANAGER = "data_manager"
    LEADER = "leader"
    RESPONDER = "responder"
    ADMINISTRATOR = "administrator"
    # Ready to be switched on by `[access] roles` in hotline.toml.
    AGENCY_SUPERVISOR = "agency_supervisor"
    CASE_COORDINATOR = "case_coordinator"
    LAW_ENFORCEMENT = "law_enforcement"
    VICTIM_SERVICES = "victim_services"
    AUDITOR = "auditor"


PRESET_ROLES = (Role.DATA_MANAGER, Role.LEADER, Role.RESPONDER, Role.ADMINISTRATOR)


class Staff(Base):
    """A member of staff. `languages` is a comma list of locales, the own first."""

    __tablename__ = "staff"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    name_index: Mapped[bytes] = mapped_column(
        LargeBinary(32), unique=True
    )  # lower-cased name, for commands and log-in
    role: Mapped[str] = mapped_column(String(20), default=Role.RESPONDER)
    agency: Mapped[str | None] = mapped_column(String(120))  # None: of the task force itself
    languages: Mapped[str] = mapped_column(String(40), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffPhone(Base):
    """A phone of a member of staff, in the order in which it is used. Only a verified one is paged."""

    __tablename__ = "staff_phones"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    position: Mapped[int] = mapped_column(default=0)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped: Mapped[bool] = mapped_column(default=False)


class StaffPin(Base):
    """The PIN of a member of staff, for what they do by phone; only its Argon2 hash is kept.

    `wrong` counts wrong tries in a row; after the fifth it is locked (`locked_at`) until a new one is set.
    """

    __tablename__ = "staff_pins"
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    wrong: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Officer(Base):
    """A registered field officer."""

    __tablename__ = "officers"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    post_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    agency: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime
    )  # last said to be in post; None: when added
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # asked to confirm since then


class Agency(Base):
    """An agency whose supervisor is told of its reports: reference and date. Found by its name, capitals aside."""

    __tablename__ = "agencies"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    folded: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    supervisor_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the number, with the house key
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TrainingSession(Base):
    """One training, whose code registers phones while it lasts. `agency` is empty where people of several are trained."""

    __tablename__ = "training_sessions"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    code_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    agency: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Training(Base):
    """Somebody was trained: counted once per session and phone, and still counted when the officer is removed."""

    __tablename__ = "trainings"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("training_sessions.id", ondelete="CASCADE"), index=True
    )
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("officers.id", ondelete="SET NULL"), index=True)
    agency: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Joining(Base):
    """A phone that is being registered: what it has told so far is in flight until the worker makes the officer of it."""

    __tablename__ = "joinings"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    contact_id: Mapped[str] = mapped_column(Id)
    session_id: Mapped[str] = mapped_column(ForeignKey("training_sessions.id", ondelete="CASCADE"))
    told_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(8), default="en")
    complete: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class JoinTry(Base):
    """A wrong training code from a phone, by the number's keyed hash."""

    __tablename__ = "join_tries"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FirstLogin(Base):
    """A one-time link with which a member of staff sets the first password; only its hash is kept."""

    __tablename__ = "first_logins"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LoginTry(Base):
    """One try to log in under a name, known or not, by the name's keyed hash; wiped when a log-in succeeds."""

    __tablename__ = "login_tries"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """A log-in session; only the hash of its id is kept. Idle and absolute ends come from the settings. `stage` says what is
    still to be done before anything is open (`hotline.access.sessions.Stage`)."""

    __tablename__ = "staff_sessions"
    id_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(60))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    active_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Sessions from before there were stages have given no second factor.
    stage: Mapped[str] = mapped_column(String(8), server_default="second")
