"""What was said in a conversation and is not a record yet, when the worker was away for too long.

The key of its epoch is destroyed after 48 hours all the same. Before that the clock process seals the state anew, to a key of
the conversation that the worker alone can open; once the record stands that key is destroyed too. So nothing that was
acknowledged is lost, and the intake can open nothing of it any more.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hotline.conversation.state import State
from hotline.threads.conversations import in_flight
from hotline.threads.kit import Kit
from hotline.threads.tables import Conversation, Deed, DeedState
from hotline.vault.compartments import doom
from hotline.vault.roles import FOR_WORKER
from hotline.vault.sealing import Unsealable, WorkerReader

_OWNER = "state:"


def not_handed_over() -> ColumnElement[bool]:
    """Whether the record of a conversation (the row asked about) is still to be made or renewed."""
    return (
        select(Deed.id)
        .where(Deed.state == DeedState.PENDING, Deed.key.like("submit:" + Conversation.id + ":%"))
        .exists()
    )


def keep_for_worker(tx: Session, kit: Kit, epoch: bytes) -> int:
    """Seal anew what an epoch that ends for good still holds (`epoch`: what its blobs begin with); gives how many."""
    waiting = tx.scalars(
        select(Conversation).where(
            Conversation.state_sealed.is_not(None),
            func.substr(Conversation.state_sealed, 1, len(epoch)) == epoch,
            not_handed_over(),
        )
    ).all()
    kept = 0
    for conversation in waiting:
        state = in_flight(kit, conversation)
        if state is not None:
            conversation.state_sealed = kit.sealer.seal_to_worker(
                tx, conversation.id, _OWNER + conversation.id, state.encode()
            )
            kept += 1
    tx.flush()
    return kept


def state_for_worker(kit: Kit, reader: WorkerReader, conversation: Conversation) -> State | None:
    """The state of a conversation, in flight or kept for the worker; None where it opens no more."""
    state = in_flight(kit, conversation)
    if state is not None or conversation.state_sealed is None:
        return state
    try:
        return State.decode(reader.open(_OWNER + conversation.id, conversation.state_sealed))
    except Unsealable:
        return None


def erase(tx: Session, conversation: Conversation, now: datetime) -> None:
    """Nothing of it is needed any more."""
    conversation.state_sealed = None
    doom(tx, conversation.id, now, FOR_WORKER)
