"""Times as the carrier writes them: RFC 2822 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime


def rfc2822(instant: datetime | None) -> str | None:
    """E.g. `Mon, 05 Jan 2026 22:15:00 +0000`; None stays None."""
    return format_datetime(instant.astimezone(UTC)) if instant else None
