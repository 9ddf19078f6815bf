"""The tables of the key store (`VAULT_URL`), a database of its own: never in the migrations of the main one, made when it is
opened. All that lies here is sealed to a role, a member of staff or the recovery card, but for epoch keys, which are worth
nothing without `flight.key`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from hotline.db import UtcDateTime

Id = String(16)
RoleName = String(32)


class StoreBase(DeclarativeBase):
    """The parent of the key store's tables."""


class Wrap(StoreBase):
    """The private half of a compartment's key (32 bytes), sealed to one role's public key of that generation."""

    __tablename__ = "wraps"
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    role: Mapped[str] = mapped_column(RoleName, primary_key=True)
    generation: Mapped[int] = mapped_column(default=1)
    owner: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(1))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (Index("ix_wraps_owner", "owner"), Index("ix_wraps_role", "role"))


class RoleKey(StoreBase):
    """The public half of a role's key pair. `recovery_sealed` is the private half, sealed to the recovery card's public key
    (null until a ceremony was held)."""

    __tablename__ = "role_keys"
    role: Mapped[str] = mapped_column(RoleName, primary_key=True)
    generation: Mapped[int] = mapped_column(default=1)
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    recovery_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class Epoch(StoreBase):
    """What the key of some hours is made of, for what is in flight in them."""

    __tablename__ = "epochs"
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seed: Mapped[bytes] = mapped_column(LargeBinary(32))


class StaffKey(StoreBase):
    """The key pair of a member of staff: the private half is sealed under a key that Argon2id makes of the password."""

    __tablename__ = "staff_keys"
    staff_id: Mapped[str] = mapped_column(Id, primary_key=True)
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoleGrant(StoreBase):
    """A role's private key, sealed to a member of staff; `granted_by` is who did it."""

    __tablename__ = "role_grants"
    role: Mapped[str] = mapped_column(RoleName, primary_key=True)
    staff_id: Mapped[str] = mapped_column(Id, primary_key=True)
    generation: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    granted_by: Mapped[str] = mapped_column(String(32))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Recovery(StoreBase):
    """The public half of the recovery card's key pair; one row, once a ceremony was held."""

    __tablename__ = "recovery"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    held_at: Mapped[datetime] = mapped_column(UtcDateTime)
