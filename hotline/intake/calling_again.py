"""Who calls again within a day of a call that was cut goes on where they stood.

The phone may be in other hands, so the first words are those that every line says; what was asked before is asked again
after one key, and what was answered is neither repeated nor shown. A hidden number is a new caller each time.

    cut at a question of the form       that question (or the next one, when it was answered by text since)
    cut in a menu                       that menu
    an emergency is open                a person, after one key or after silence
    nothing but texts before            the question of danger; what was answered by text is not asked again
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.raising import open_alert_of
from hotline.answers.sheet import Sheet
from hotline.calltree import player
from hotline.calltree.heard import Heard
from hotline.calltree.resuming import goes_on_at
from hotline.calltree.state import CallState
from hotline.conversation.state import Road, State
from hotline.forms.tree import NodeType, Tree
from hotline.intake.desk import Desk
from hotline.threads import conversations
from hotline.threads.tables import Call, Thread
from hotline.triage.grade import Grade


def called_again(tx: Session, desk: Desk, thread: Thread, tree: Tree, now: datetime) -> Heard | None:
    """The first words to a returning caller; None for a caller with nothing to go on with."""
    since = now - timedelta(hours=desk.settings.deployment.timings.conversation_hours)
    before = _cut_call(tx, desk, thread, since)
    running = _running(tx, desk, thread, since)
    if before is None:
        if running is None or not running.locale:
            return None
        # By voice a person is asked about danger first, as by text about safety.
        after_language = tree.nodes[tree.start].next
        before = CallState(tree.name, after_language, running.locale)
    if before.locale not in desk.settings.deployment.languages:
        return None
    at = emergency_node(tree) if emergency_is_open(tx, thread) else goes_on_at(desk.shelf.newest, before)
    if at is None:
        return None
    sheet: Sheet = dict(running.sheet) if running is not None else {}
    return player.begin_again(desk.shelf.newest, desk.setting(now, before.locale), before, sheet, at)


def emergency_is_open(tx: Session, thread: Thread) -> bool:
    """Whether danger was told of and nobody has settled it yet."""
    alert = open_alert_of(tx, thread.id)
    return alert is not None and alert.grade == Grade.EMERGENCY


def emergency_node(tree: Tree) -> str:
    """The node that puts a caller in danger through to a person."""
    return next(
        node.name
        for node in tree.nodes.values()
        if node.type is NodeType.CONNECT and node.raises == Grade.EMERGENCY
    )


def _cut_call(tx: Session, desk: Desk, thread: Thread, since: datetime) -> CallState | None:
    """Where the thread's last call stood, if anybody spoke or pressed a key in it."""
    call = tx.scalar(
        select(Call)
        .where(Call.thread_id == thread.id, Call.state_sealed.is_not(None), Call.begun_at >= since)
        .where(Call.inbound, Call.status != "silent")
        .order_by(Call.begun_at.desc(), Call.sid)
        .limit(1)
    )
    if call is None or call.state_sealed is None:
        return None
    kept = desk.kit.sealer.flying(call.sid, call.state_sealed)
    return CallState.decode(kept) if kept is not None else None


def _running(tx: Session, desk: Desk, thread: Thread, since: datetime) -> State | None:
    """Where the person's latest conversation by text or voice stands; None where there is none of today, or it is
    an officer's."""
    conversation = conversations.running(tx, thread.id)
    if conversation is None or conversation.moved_at < since:
        return None
    state = conversations.in_flight(desk.kit, conversation)
    return state if state is not None and state.road is Road.PUBLIC else None
