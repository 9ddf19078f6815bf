"""What is counted of records: how many there are of each value of the aggregate class. No row leads back to a record."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.db import Base


class AggregateCount(Base):
    """So many records of a month (YYYY-MM, the country's clocks), a form and a channel have this value of this field."""

    __tablename__ = "aggregate_counts"
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    form: Mapped[str] = mapped_column(String(24), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    field: Mapped[str] = mapped_column(String(48), primary_key=True)
    value: Mapped[str] = mapped_column(String(48), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class Counted(Base):
    """What was counted of a record that may still change, sealed for the worker, which takes it back before it counts anew.
    Gone once the conversation is no more in flight."""

    __tablename__ = "counted_records"
    record_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
