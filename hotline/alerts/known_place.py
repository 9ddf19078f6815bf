"""Where the person of a thread is, as far as somebody answered it: for who is nearest."""

from __future__ import annotations

from sqlalchemy.orm import Session

from hotline.answers.sheet import Status
from hotline.conversation.state import State
from hotline.forms.book import Book
from hotline.forms.definition import Kind
from hotline.threads import conversations
from hotline.threads.kit import Kit
from hotline.vault.sealing import Unsealable


def district_of(tx: Session, kit: Kit, thread_id: str) -> str:
    """The district (LC-nn) of a thread's conversations in flight, the latest first; "" where none was told."""
    for conversation in conversations.all_running(tx, thread_id):
        try:
            state = conversations.load(kit, conversation)
        except (Unsealable, ValueError):
            continue
        if district := district_told(kit.book, state):
            return district
    return ""


def district_told(book: Book, state: State) -> str:
    """The district in a conversation's answers; "" where none was told."""
    places = {item.name for form in book.forms.values() for item in form.items if item.kind is Kind.PLACE}
    for name, given in state.sheet.items():
        value = given.value if name in places and given.status is Status.ANSWERED else None
        if isinstance(value, dict) and value.get("district"):
            return str(value["district"])
    return ""
