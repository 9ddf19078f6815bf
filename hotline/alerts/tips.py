"""What was told goes on to the one point of contact of the directory, who names the agency that leads.

A tip about others goes to the contact for tips. A victim's own contact goes to an advocate and never by itself to the police.
Nothing of what was told is said or sent: who says yes hears it from the task force.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.helper_tables import Helper
from hotline.alerts.helpers import ask
from hotline.alerts.known_place import district_told
from hotline.alerts.tables import Alert, AlertState
from hotline.conversation.effects import Disposition
from hotline.oncall.directory import Kind
from hotline.threads import conversations
from hotline.threads.kit import Kit
from hotline.threads.tables import Conversation, Thread

PASSED_ON = (Disposition.COMPLETED, Disposition.PARTIAL)
WHO = {"other": Kind.TIPS, "self": Kind.ADVOCATE}
"""The contact kind of a conversation, and who of the directory is asked."""


def pass_on(tx: Session, kit: Kit, conversation: Conversation, now: datetime) -> Helper | None:
    """Ask for somebody where a conversation has told something, once for a thread; None where nobody is to be asked, or is
    there at this hour: then it waits in the queue as before."""
    thread = tx.get(Thread, conversation.thread_id)
    if thread is None or thread.speaker == "officer" or conversation.state_sealed is None:
        return None
    state = conversations.in_flight(kit, conversation)
    if state is None:
        return None
    kind = WHO.get(state.kind)
    if kind is None or _asked(tx, thread.id, kind) or (kind is Kind.ADVOCATE and _has_alert(tx, thread.id)):
        return None
    return ask(
        tx, kit, kind, now,
        thread=thread, language=thread.language or "", district=district_told(kit.book, state),
    )  # fmt: skip


def _asked(tx: Session, thread_id: str, kind: Kind) -> bool:
    asked = select(Helper.id).where(Helper.thread_id == thread_id, Helper.kind == kind.value)
    return tx.scalar(asked.limit(1)) is not None


def _has_alert(tx: Session, thread_id: str) -> bool:
    """Who has it calls an advocate by a key, when it is time for one."""
    there = select(Alert.id).where(Alert.thread_id == thread_id, Alert.state != AlertState.CLOSED)
    return tx.scalar(there.limit(1)) is not None
