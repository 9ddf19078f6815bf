"""The directory: interpreters, and the one point of contact of each kind of help; and codes that prove a phone.

Names and numbers are sealed with the house key; phones are found by keyed hash.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class DirectoryEntry(Base):
    """Who is asked for one kind of help (`hotline.oncall.directory.Kind`), after those of a lower `position`.

    `language` is what they hear; `languages` a comma list of what an interpreter speaks; `districts` one of LC-nn, ""
    everywhere; `hours` as `hotline.oncall.hours` reads them, "" always.
    """

    __tablename__ = "directory_entries"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    name_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    language: Mapped[str] = mapped_column(String(8))
    languages: Mapped[str] = mapped_column(String(80), default="")
    districts: Mapped[str] = mapped_column(String(200), default="")
    hours: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DirectoryPhone(Base):
    """A phone of an entry, in the order in which it is used. Only a verified one is rung; a landline gets no text."""

    __tablename__ = "directory_phones"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("directory_entries.id", ondelete="CASCADE"), index=True)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    landline: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PhoneOf(StrEnum):
    """Whose phone a code proves."""

    STAFF = "staff"
    DIRECTORY = "directory"


class PhoneCheck(Base):
    """A code on its way to a phone (a staff phone's or a directory phone's id): in flight until it came back or expired.

    `wrong` counts wrong codes; after the fifth it is worth nothing.
    """

    __tablename__ = "phone_checks"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    of: Mapped[str] = mapped_column(String(12))
    phone_id: Mapped[str] = mapped_column(Id, unique=True)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(8))
    by_call: Mapped[bool] = mapped_column(default=False)
    wrong: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
