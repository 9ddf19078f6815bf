"""The words of the confidentiality form, and who has accepted them as they stand today."""

from __future__ import annotations

from hotline.access.confidentiality import accepted, hash_of
from hotline.access.sessions import Visitor
from hotline.db import read
from hotline.staff.desk import StaffDesk

_AUDIENCE = "confidentiality."


def sentences(desk: StaffDesk, language: str) -> tuple[str, ...]:
    """The form in a language: the wordings of that name in `sms_forms/wordings.yaml`, in their order."""
    book = desk.kit.book
    wordings = [wording for key, wording in book.wordings.items() if key.startswith(_AUDIENCE)]
    return tuple(book.text(wording, desk.locale(language)) for wording in wordings)


def hash_for(desk: StaffDesk, language: str) -> bytes:
    """The hash of the form as somebody of this language reads it."""
    return hash_of(sentences(desk, language))


def has_accepted(desk: StaffDesk, visitor: Visitor) -> bool:
    """Whether this person accepted the form as it stands today."""
    with read(desk.engine) as tx:
        return accepted(tx, visitor.staff_id, hash_for(desk, visitor.language))
