"""Conversations in flight: their state, sealed, and the book each began with."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from hotline.conversation.state import State
from hotline.forms.book import Book, pack, unpack
from hotline.threads.kit import Kit
from hotline.threads.tables import Conversation, StoredBook


class Shelf:
    """The newest book, and those that conversations in flight began with, opened once per process."""

    def __init__(self, newest: Book) -> None:
        self.newest = newest
        self._open = {newest.hash: newest}

    def put(self, tx: Session, now: datetime) -> None:
        """Store the newest book, once."""
        book_hash, packed = _packed(self.newest.root, self.newest.hash)
        insert = sqlite_insert if tx.get_bind().dialect.name == "sqlite" else postgres_insert
        tx.execute(
            insert(StoredBook).values(hash=book_hash, packed=packed, stored_at=now).on_conflict_do_nothing()
        )

    def book(self, tx: Session, book_hash: str) -> Book:
        """The book of that hash; the newest when it was lost (better the new words than none)."""
        if book_hash not in self._open:
            stored = tx.get(StoredBook, book_hash)
            if stored is None:
                return self.newest
            folder = Path(tempfile.mkdtemp(prefix="hotline-book-"))
            try:
                self._open[book_hash] = unpack(stored.packed, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        return self._open[book_hash]


@cache
def _packed(root: Path, _book_hash: str) -> tuple[str, bytes]:
    """The packed content below `root`, made once per process for a book (an eighth of a second)."""
    return pack(root)


def running(tx: Session, thread_id: str) -> Conversation | None:
    """The thread's latest conversation that still has a state."""
    return tx.scalar(
        select(Conversation)
        .where(Conversation.thread_id == thread_id, Conversation.state_sealed.is_not(None))
        .order_by(Conversation.begun_at.desc(), Conversation.id.desc())
        .limit(1)
    )


def all_running(tx: Session, thread_id: str) -> Sequence[Conversation]:
    """The thread's conversations that still have a state, the latest first."""
    return tx.scalars(
        select(Conversation)
        .where(Conversation.thread_id == thread_id, Conversation.state_sealed.is_not(None))
        .order_by(Conversation.begun_at.desc(), Conversation.id.desc())
    ).all()


def begin(tx: Session, kit: Kit, thread_id: str, channel: str, book_hash: str, now: datetime) -> Conversation:
    """A new conversation of a thread."""
    conversation = Conversation(
        id=kit.ids.new(),
        thread_id=thread_id,
        book_hash=book_hash,
        channel=channel,
        begun_at=now,
        moved_at=now,
    )
    tx.add(conversation)
    tx.flush()
    return conversation


def load(kit: Kit, conversation: Conversation) -> State:
    """The state of a conversation in flight. Raises ValueError where there is none any more, or it opens no more
    (`Unsealable`)."""
    if conversation.state_sealed is None:
        raise ValueError("this conversation has no state any more")
    return State.decode(kit.sealer.open_flight(conversation.id, conversation.state_sealed))


def in_flight(kit: Kit, conversation: Conversation) -> State | None:
    """The same; None where it is gone, or opens no more."""
    try:
        return load(kit, conversation)
    except ValueError:  # `Unsealable` too
        return None


def save(kit: Kit, conversation: Conversation, state: State, now: datetime) -> None:
    """Keep the new state."""
    conversation.state_sealed = kit.sealer.seal_flight(conversation.id, state.encode())
    conversation.form, conversation.moved_at = state.form, now
