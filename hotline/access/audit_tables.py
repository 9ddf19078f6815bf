"""The audit: what people, commands and jobs did, one row an act, each chained to the one before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime


class AuditRow(Base):
    """One act. `hash` is over all the other columns and the hash of row `seq` - 1 (`hotline.access.audit_chain`).

    Rows are only ever added: a trigger of the migration refuses the rest. They bear ids and codes, never content, and
    point to nothing by a foreign key, so that they outlive what they are about.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_about_by", "about", "by"), Index("ix_audit_at", "at"))
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(60), default="")
    detail: Mapped[str] = mapped_column(String(200), default="")
    salt: Mapped[str] = mapped_column(String(16))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
