"""Which questions a conversation was asked, by their names alone: for the drop-off by question."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from hotline.threads.tables import AskedQuestion, Conversation


def note_asked(tx: Session, conversation: Conversation, form: str, question: str | None) -> None:
    """`question` (a field name; "" for none, None for the same as before) of `form` waits for an answer now."""
    if question is None or (conversation.question or "") == question:
        return
    conversation.question = question or None
    if question:
        insert = sqlite_insert if tx.get_bind().dialect.name == "sqlite" else postgres_insert
        row = insert(AskedQuestion).values(conversation_id=conversation.id, form=form, question=question)
        tx.execute(row.on_conflict_do_nothing())
