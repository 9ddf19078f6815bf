"""What a contact hears who is rung back: the tree `ring_back`. Nothing in it says who calls; a key joins them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.alerts.page_setting import setting_for
from hotline.alerts.ring_backs import joins, ring_back_ended
from hotline.alerts.tables import Alert, RingBack, RingBackState
from hotline.calltree import player
from hotline.calltree.actions import Conference, Document, Hangup
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread

TREE = "ring_back"
JOIN = "join"
ACTS = {JOIN: {"left", "over"}}


def ring_back_call(tx: Session, kit: Kit, back_id: str, turn: CallTurn, now: datetime) -> Document:
    """One turn. The step number tells where the call stands: nothing is kept of it."""
    back = tx.get(RingBack, back_id)
    if back is None or turn.ended:
        if back is not None:
            ring_back_ended(tx, back.id)
        return Document((Hangup(),), turn.step + 1)
    back.sid = back.sid or turn.call_sid  # the answer to our order may be lost
    locale = _language(tx, kit, back)
    setting = setting_for(kit, locale, now)
    tree = kit.book.trees[TREE]
    state = CallState(TREE, tree.start, locale, tries=max(0, turn.step - 1))
    if turn.step == 0:
        heard = player.begin(kit.book, TREE, setting, locale=locale)
    elif back.state == RingBackState.JOINED:  # the conference is over
        ring_back_ended(tx, back.id)
        heard = player.result(kit.book, CallState(TREE, JOIN, locale), setting, "left")
    else:
        heard = player.hear(kit.book, state, setting, turn)
    actions = list(heard.document.actions)
    if heard.does == JOIN:
        alert = joins(tx, back.id, now)
        if alert is not None:
            return Document((*actions, Conference(alert.id, ends=True)), turn.step + 1)
        heard = player.result(kit.book, heard.state, setting, "over")
        actions += heard.document.actions
    return Document(tuple(actions), turn.step + 1)


def _language(tx: Session, kit: Kit, back: RingBack) -> str:
    alert = tx.get(Alert, back.alert_id)
    thread = tx.get(Thread, alert.thread_id) if alert is not None and alert.thread_id else None
    spoken = thread.language if thread is not None else None
    return spoken or kit.settings.deployment.languages[0]
