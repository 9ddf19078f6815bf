"""Receipts move a message's status forward, never backward (DESIGN, the way of a message, 5)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.carriers.receipts import DeliveryStatus, Receipt
from hotline.threads.tables import Message, MessageStatus

_OURS = {
    DeliveryStatus.SENT: MessageStatus.SENT,
    DeliveryStatus.CANCELED: MessageStatus.UNDELIVERED,
    DeliveryStatus.UNDELIVERED: MessageStatus.UNDELIVERED,
    DeliveryStatus.FAILED: MessageStatus.FAILED,
    DeliveryStatus.PARTIALLY_DELIVERED: MessageStatus.DELIVERED,
    DeliveryStatus.DELIVERED: MessageStatus.DELIVERED,
    DeliveryStatus.READ: MessageStatus.DELIVERED,
}
_RANK = {
    MessageStatus.QUEUED: 0,
    MessageStatus.ANSWERED: 0,
    MessageStatus.SENT: 1,
    MessageStatus.UNDELIVERED: 2,
    MessageStatus.FAILED: 2,
    MessageStatus.DELIVERED: 3,
}
FAILED = (MessageStatus.UNDELIVERED, MessageStatus.FAILED)


def take_receipt(tx: Session, receipt: Receipt, message_id: str) -> Message | None:
    """Note a receipt for the message it names (by our id, else by the carrier's sid); gives the message when its status
    moved forward, else None. An unknown message is no error: receipts outlive purging."""
    message = tx.get(Message, message_id) if message_id else None
    if message is None:
        message = tx.scalar(select(Message).where(Message.sid == receipt.sid))
    if message is None or message.status == MessageStatus.RECEIVED:
        return None
    if message.sid is None:
        message.sid = receipt.sid  # a reply in the webhook's answer: now we learn its id
    new = _OURS.get(receipt.status)
    if new is None or _RANK[new] <= _RANK[MessageStatus(message.status)]:
        return None
    message.status, message.error_code = new.value, receipt.error_code[:8]
    message.outgoing_sealed = None
    return message
