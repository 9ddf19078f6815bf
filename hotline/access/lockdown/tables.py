"""When the house was locked down, and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base, UtcDateTime


class Lockdown(Base):
    """One time of being locked down; no `ended_at`: it is locked now."""

    __tablename__ = "lockdowns"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
