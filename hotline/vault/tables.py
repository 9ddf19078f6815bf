"""What the main database knows of keys: the public half of each compartment, and keys that are to be destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

Id = String(16)


class Compartment(Base):
    """The public half (X25519) of the newest key of an owner (a thread, record, contact, alert or member of staff) for one kind of
    data (`hotline.vault.roles.KINDS`, "w" for the worker's). The private half lies in the key store alone, wrapped for
    each role that may read it."""

    __tablename__ = "compartments"
    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(1), primary_key=True)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    public: Mapped[bytes] = mapped_column(LargeBinary(32))


class DoomedKey(Base):
    """A key that nobody may need any more since the transaction that wrote this row: the clock process destroys it in the key
    store, however often it is interrupted."""

    __tablename__ = "doomed_keys"
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class SessionKey(Base):
    """A role's private key for one session of the staff page, sealed under a key made of the session's token, of which only the
    hash is kept: without the browser's cookie it opens nothing."""

    __tablename__ = "session_keys"
    session_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
