"""What log-ins need besides the password: second factors, recovery codes, the signed forms and reviews."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime

_Id = String(16)


class FactorKind(StrEnum):
    """What somebody has besides the password."""

    TOTP = "totp"  # an app that shows a code every half minute (RFC 6238)
    PASSKEY = "passkey"  # a phone, computer or security key (WebAuthn)


class SecondFactor(Base):
    """One second factor of a member of staff. `secret_sealed` is the shared secret of an app, or the id and public key of a
    passkey, with the house key. `counted` only grows: the newest time step of which a code counted, or the passkey's own
    count of its uses."""

    __tablename__ = "second_factors"
    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    counted: Mapped[int] = mapped_column(BigInteger, default=0)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """One of ten codes for who has lost everything else; only its hash is kept (it is 80 random bits), and it counts once."""

    __tablename__ = "recovery_codes"
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SecondTries(Base):
    """Wrong codes of a member of staff since a time; wiped by a right one."""

    __tablename__ = "second_tries"
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondToken(Base):
    """Something that counts once, within minutes: what a passkey is asked to sign, or the proof that it did; by its hash."""

    __tablename__ = "second_tokens"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Acceptance(Base):
    """Somebody accepted the confidentiality form, whose words had this hash."""

    __tablename__ = "confidentiality_acceptances"
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccessReview(Base):
    """Somebody looked through who has access, and signed. `seen_hash` is that of the list as it stood."""

    __tablename__ = "access_reviews"
    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    by_staff_id: Mapped[str] = mapped_column(_Id)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
