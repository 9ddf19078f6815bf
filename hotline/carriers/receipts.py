"""How far a message or a call has come. Receipts may be lost, repeated and out of order: they only move forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryStatus(StrEnum):
    """The status of a message we sent, with a rank that never goes back.

    `delivered` outranks the failures: a handset's receipt that arrives late is the better knowledge.
    """

    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CANCELED = "canceled"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    PARTIALLY_DELIVERED = "partially_delivered"
    DELIVERED = "delivered"
    READ = "read"

    @property
    def rank(self) -> int:
        """A higher rank replaces a lower one, an equal one changes nothing."""
        return _DELIVERY_RANK[self]

    @property
    def failed(self) -> bool:
        """The message will not arrive."""
        return self in (DeliveryStatus.CANCELED, DeliveryStatus.UNDELIVERED, DeliveryStatus.FAILED)

    @property
    def final(self) -> bool:
        """Nothing more is expected; only now may the carrier's copy be deleted."""
        return self.rank >= DeliveryStatus.CANCELED.rank

    def then(self, new: DeliveryStatus) -> DeliveryStatus:
        """The status after a receipt saying `new`: never a step back."""
        return new if new.rank > self.rank else self


_DELIVERY_RANK = {
    DeliveryStatus.UNKNOWN: -1,
    DeliveryStatus.ACCEPTED: 0,
    DeliveryStatus.SCHEDULED: 0,
    DeliveryStatus.QUEUED: 1,
    DeliveryStatus.SENDING: 2,
    DeliveryStatus.SENT: 3,
    DeliveryStatus.CANCELED: 4,
    DeliveryStatus.UNDELIVERED: 4,
    DeliveryStatus.FAILED: 4,
    DeliveryStatus.PARTIALLY_DELIVERED: 5,
    DeliveryStatus.DELIVERED: 6,
    DeliveryStatus.READ: 7,
}


class CallStatus(StrEnum):
    """The status of a call, with a rank for carriers and requests that bring no sequence number."""

    UNKNOWN = "unknown"
    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"

    @property
    def rank(self) -> int:
        """A higher rank replaces a lower one; all ends are equal, so the first end stays."""
        return _CALL_RANK.get(self, 4)

    @property
    def ended(self) -> bool:
        """The call is over."""
        return self.rank == 4

    def then(self, new: CallStatus) -> CallStatus:
        """The status after a receipt saying `new`: never a step back."""
        return new if new.rank > self.rank else self


_CALL_RANK = {
    CallStatus.UNKNOWN: -1,
    CallStatus.QUEUED: 0,
    CallStatus.INITIATED: 1,
    CallStatus.RINGING: 2,
    CallStatus.IN_PROGRESS: 3,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt for a message: the carrier's id, the status, the carrier's error code ("" for none), when it reached us."""

    sid: str
    status: DeliveryStatus
    error_code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CallReceipt:
    """One event of a call.

    `sequence` orders the events of a call (from 0; None when not given: use the rank). `answered_by` is "human", "machine_…",
    "fax", "unknown" or "". `duration` is in seconds, given with the end alone.
    """

    sid: str
    status: CallStatus
    sequence: int | None
    answered_by: str
    duration: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordingReceipt:
    """A recording is there (`ready`), or will never be. `call_sid` is the call it belongs to, `seconds` its length."""

    sid: str
    call_sid: str
    ready: bool
    seconds: int
    at: datetime
