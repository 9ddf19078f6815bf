"""What somebody sent when the session had run out: carried, sealed, through the new log-in, and shown again to be sent.

Only the same person gets it back. Nothing of it is stored here, and nothing is done with it before they press the button.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Request

from hotline.staff.desk import StaffDesk
from hotline.vault.sealing import Unsealable

GOOD = timedelta(hours=12)
_NOT_KEPT = frozenset(("csrf",))


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent: where to, and its fields in their order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The fields that the page itself had filled in."""
        return tuple(field for field in self.fields if not _typed(field[1]))

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """What was typed, as far as it can be told."""
        return tuple(field for field in self.fields if _typed(field[1]))


def keep(desk: StaffDesk, request: Request, staff_id: str, now: datetime) -> str:
    """The form of this request, sealed for this person."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_KEPT]
    said = json.dumps({"path": request.path, "fields": fields, "at": now.timestamp()})
    return base64.urlsafe_b64encode(desk.house.seal(_owner(staff_id), said)).decode()


def unpack(desk: StaffDesk, kept: str, staff_id: str, now: datetime) -> Kept | None:
    """What was kept for this person; None when it is somebody else's, too old, or nothing at all."""
    try:
        said = json.loads(desk.house.open(_owner(staff_id), base64.urlsafe_b64decode(kept)))
    except (Unsealable, ValueError, IndexError):
        return None
    if now.timestamp() - said["at"] > GOOD.total_seconds():
        return None
    return Kept(said["path"], tuple((name, value) for name, value in said["fields"]))


def _owner(staff_id: str) -> str:
    return f"kept.{staff_id}"


def _typed(value: str) -> bool:
    return any(character.isspace() for character in value.strip())
