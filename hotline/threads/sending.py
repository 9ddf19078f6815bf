"""Texts that leave: one way to write the row and order the deed. Who may be written to at all is decided in
`hotline.threads.outreach`, before anything comes here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.standards.crosswalk import Sensitivity
from hotline.threads import outbox, repeats
from hotline.threads.kit import Kit
from hotline.threads.tables import Direction, Message, MessageStatus
from hotline.wording.segments import size

MACHINE = "machine"


def queue_text(
    tx: Session,
    kit: Kit,
    text: str,
    now: datetime,
    *,
    line: str,
    priority: int,
    thread_id: str | None = None,
    contact_id: str | None = None,
    staff_id: str | None = None,
    page_id: str | None = None,
    by: str = MACHINE,
    due_at: datetime | None = None,
    public: bool = False,
) -> str:
    """Write a text to a contact (`thread_id` and `contact_id`) or to a member of staff (`staff_id`) and order its
    sending; gives the message's id. The words are in flight until they are sent. A text to the `public` is
    counted by the loop guard."""
    message = write_text(
        tx, kit, text, now, line=line, thread_id=thread_id, contact_id=contact_id, staff_id=staff_id, page_id=page_id, by=by,
        public=public,
    )  # fmt: skip
    message.status = MessageStatus.QUEUED
    message.outgoing_sealed = kit.sealer.seal_flight(message.id, text.encode())
    tx.add(message)
    tx.flush()
    outbox.order(
        tx,
        kit.ids,
        outbox.DeedKind.SEND,
        f"send:{message.id}",
        {"message": message.id},
        now,
        due_at=due_at,
        priority=priority,
    )
    return message.id


def compartment_of(
    message_id: str, thread_id: str | None, staff_id: str | None, contact_id: str | None
) -> str:
    """In whose compartment the words of a message are sealed: its thread's; of a text to or from a member of staff, theirs;
    of an officer who joins, the contact's."""
    return thread_id or staff_id or contact_id or message_id


def write_text(
    tx: Session,
    kit: Kit,
    text: str,
    now: datetime,
    *,
    line: str,
    thread_id: str | None = None,
    contact_id: str | None = None,
    staff_id: str | None = None,
    page_id: str | None = None,
    by: str = MACHINE,
    public: bool = False,
) -> Message:
    """The row of an outbound text that travels in the webhook's answer (status ANSWERED); the caller adds it."""
    message_id = kit.ids.new()
    message = Message(
        id=message_id,
        thread_id=thread_id,
        contact_id=contact_id,
        staff_id=staff_id,
        page_id=page_id,
        direction=Direction.OUT,
        channel="sms",
        line=line,
        by=by,
        body_sealed=kit.sealer.seal(
            tx,
            compartment_of(message_id, thread_id, staff_id, contact_id),
            message_id,
            Sensitivity.VICTIM_IDENTITY,
            text.encode(),
        ),
        status=MessageStatus.ANSWERED,
        segments=size(text).segments,
        at=now,
    )
    if public:
        repeats.mark(kit, message, text)
    return message
