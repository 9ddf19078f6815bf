"""What a turn of a caller's call leaves behind: where the call stands, answers, recordings, the alert.

A call in which nobody presses a key or speaks is counted, and makes no thread and no record: it says nothing about a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.alerts.live import nobody_on_call
from hotline.alerts.new_words import tell_new_words
from hotline.answers.sheet import Given, Status
from hotline.calltree import player
from hotline.calltree.actions import Document, Enqueue, Next
from hotline.calltree.heard import Heard
from hotline.calltree.turn import CallTurn
from hotline.conversation.child import tells_of_child
from hotline.conversation.effects import Disposition
from hotline.conversation.inbound import Channel, Inbound
from hotline.conversation.state import Stage, State
from hotline.forms.tree import Node, Tree
from hotline.intake.applying import order_submit, raise_for
from hotline.intake.desk import Desk
from hotline.standards.crosswalk import Sensitivity
from hotline.threads import conversations, outbox
from hotline.threads.asked import note_asked
from hotline.threads.contacts import contact_of, free_reference, thread_of
from hotline.threads.tables import Call, Contact, Conversation, Direction, Message, MessageStatus, Thread
from hotline.triage.grade import Grade

SILENT, AT_ONCE = "silent", "at_once"
NOBODY = "nobody"
"""The node of the tree for who asks for a person while nobody is on call; in a call's params: was there already."""
_VOICE = Channel.VOICE.value
_NARRATIVES = ("own_words", "incident_narrative")


def keep(
    tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn, call: Call, thread: Thread | None, heard: Heard
) -> Document:
    """Store where the call stands and do what the turn asks for; the document with its queue named."""
    now = inbound.at
    tree = desk.shelf.newest.trees[heard.state.tree]
    if heard.silent:
        thread = _count_silence(tx, desk, thread, call, inbound)
    if heard.state.keyed or heard.recorded is not None or heard.connect is not None:
        thread = _thread(tx, desk, call, thread, inbound)
        if turn.digits or turn.recording:
            thread.last_in_at = now
            thread.waiting_since = thread.waiting_since or now
    actions = heard.document.actions
    if thread is not None:
        contact = tx.get(Contact, thread.contact_id) if thread.contact_id else None
        if heard.language:
            thread.language = heard.language
            if contact is not None:
                contact.language = heard.language
        if heard.connect is not None:
            grade = Grade(heard.connect.grade)
            if grade is Grade.EMERGENCY:
                heard.state.sheet["danger_now"] = Given(
                    Status.ANSWERED, "yes", "", int(now.timestamp()), _VOICE
                )
                heard.answered.append("danger_now")
            alert_id = raise_for(tx, desk, thread, grade, (heard.connect.rule,), now, live_call=call.sid)
            call.queue = alert_id
            thread.wants_person = True
            if (
                alert_id
                and not heard.state.params.get(NOBODY)
                and nobody_on_call(tx, desk.kit, alert_id, now)
            ):
                _to_message(desk, heard, inbound)
            actions = tuple(
                Enqueue(alert_id or call.sid) if isinstance(action, Enqueue) else action
                for action in heard.document.actions
            )
        if heard.recorded is not None:
            _keep_recording(tx, desk, inbound, thread, contact, heard.recorded.sid, heard.recorded.seconds)
        if heard.answered or heard.recorded is not None:
            _keep_answers(tx, desk, inbound, turn, thread, heard, tree)
    call.state_sealed = desk.kit.sealer.seal_flight(call.sid, heard.state.encode())
    if heard.over:
        call.ended_at = now
    return replace(heard.document, actions=actions or (Next(),), next_step=turn.step + 1)


def _to_message(desk: Desk, heard: Heard, inbound: Inbound) -> None:
    """Nobody is on call: once in a call, a message is asked for at once, before the queue."""
    heard.state.params[NOBODY] = "1"
    asked = player.enter(desk.shelf.newest, heard.state, desk.setting(inbound.at, heard.state.locale), NOBODY)
    heard.state, heard.document = asked.state, asked.document


def _thread(tx: Session, desk: Desk, call: Call, thread: Thread | None, inbound: Inbound) -> Thread:
    """The thread of a call in which somebody pressed a key or spoke; a new one at the first."""
    if thread is None:
        contact = contact_of(tx, desk.kit, inbound.sender, inbound.at)
        thread = thread_of(tx, desk.kit, contact, _VOICE, inbound.line, inbound.at)
    call.thread_id = thread.id
    if call.status == SILENT:
        call.status = "in-progress"
    tx.flush()
    return thread


def _count_silence(
    tx: Session, desk: Desk, thread: Thread | None, call: Call, inbound: Inbound
) -> Thread | None:
    """Calls without any key are counted; three in an hour from one number are urgent (issue: by voice)."""
    call.status = SILENT
    tx.flush()
    timings = desk.settings.deployment.timings
    since = inbound.at - timedelta(minutes=timings.silent_calls_minutes)
    silent = (
        tx.scalar(
            select(func.count()).where(
                Call.caller_index == call.caller_index, Call.status == SILENT, Call.begun_at >= since
            )
        )
        if call.caller_index is not None
        else 1
    )
    if (silent or 0) < timings.silent_calls:
        return thread
    if thread is None:
        contact = contact_of(tx, desk.kit, inbound.sender, inbound.at)
        thread = thread_of(tx, desk.kit, contact, _VOICE, inbound.line, inbound.at)
    raise_for(tx, desk, thread, Grade.URGENT, ("silent_calls",), inbound.at)
    return thread


def _keep_recording(
    tx: Session,
    desk: Desk,
    inbound: Inbound,
    thread: Thread,
    contact: Contact | None,
    sid: str,
    seconds: int,
) -> None:
    """A recording has its place in the thread; the worker fetches it from the carrier."""
    message_id = desk.kit.ids.new()
    tx.add(
        Message(
            id=message_id,
            thread_id=thread.id,
            contact_id=contact.id if contact else None,
            direction=Direction.IN.value,
            channel="voice",
            line=inbound.line,
            by="contact",
            body_sealed=desk.kit.sealer.seal(
                tx, thread.id, message_id, Sensitivity.VICTIM_IDENTITY, f"[{seconds} s]".encode()
            ),
            status=MessageStatus.RECEIVED.value,
            recording=sid,
            sid=inbound.key[:64],
            at=inbound.at,
        )
    )
    outbox.order(tx, desk.kit.ids, outbox.DeedKind.FETCH, f"fetch:{sid}", {"message": message_id}, inbound.at)
    tx.flush()
    tell_new_words(tx, desk.kit, thread, None, inbound.at)


def _keep_answers(
    tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn, thread: Thread, heard: Heard, tree: Tree
) -> None:
    """Answers by keys go on the conversation's sheet, as those by text do; an older answer is kept beside the new one."""
    conversation, state = _conversation(tx, desk, thread, heard, inbound)
    for name in heard.answered:
        older = state.sheet.get(name)
        if older is not None and older.row()[:2] != heard.state.sheet[name].row()[:2]:
            state.older.append([name, *older.row()])
        state.sheet[name] = heard.state.sheet[name]
    state.locale = heard.state.locale or state.locale
    state.stage, state.open = Stage.CALL, ""
    node = tree.nodes.get(heard.state.node)
    if state.form == "opening" and (heard.state.done or (node is not None and node.form)):
        state.form = desk.shelf.newest.forms["hotline"].name
    if state.form == "hotline":
        for narrative in _NARRATIVES:
            if narrative in state.sheet:
                state.sheet.setdefault("exploitation_narrative", state.sheet[narrative])
    state.grade = Grade.worst(Grade(state.grade), Grade(thread.grade)).value
    state.last = int(inbound.at.timestamp())
    _look_for_child(tx, desk, thread, state, inbound)
    conversations.save(desk.kit, conversation, state, inbound.at)
    _note_asked(tx, conversation, heard, node)
    over = heard.over or (node is not None and node.name in ("callback", "goodbye"))
    person = heard.connect is not None
    ended = Disposition.TO_PERSON if person else Disposition.COMPLETED if over else None
    if heard.answered != ["contact_language"]:
        order_submit(tx, desk, conversation, ended, f"{turn.call_sid}:{turn.step}"[:40], inbound.at)


def _note_asked(tx: Session, conversation: Conversation, heard: Heard, node: Node | None) -> None:
    """The question that the caller hears now: an item of the form, or a menu or recording that stores an answer."""
    question = "" if heard.over else heard.state.item or (node.stores if node is not None else "")
    note_asked(tx, conversation, conversation.form, question)


def _conversation(
    tx: Session, desk: Desk, thread: Thread, heard: Heard, inbound: Inbound
) -> tuple[Conversation, State]:
    """The conversation that the call's answers belong to. A new one begins with what the call was told at its start: what
    the person had answered by text is on it too, and is not asked again."""
    known = tx.get(Conversation, heard.state.about) if heard.state.about else None
    before = conversations.in_flight(desk.kit, known) if known is not None else None
    if known is not None and before is not None:
        return known, before
    first = conversations.running(tx, thread.id) is None
    fresh = conversations.begin(tx, desk.kit, thread.id, _VOICE, desk.shelf.newest.hash, inbound.at)
    heard.state.about = fresh.id
    reference = thread.reference if first else free_reference(tx, desk.kit)
    state = State(desk.shelf.newest.hash, reference, last=int(inbound.at.timestamp()))
    state.sheet = dict(heard.state.sheet)
    kind = state.sheet.get("contact_kind")
    state.kind = str(kind.value) if kind is not None and kind.status is Status.ANSWERED else ""
    return fresh, state


def _look_for_child(tx: Session, desk: Desk, thread: Thread, state: State, inbound: Inbound) -> None:
    if not state.child and tells_of_child(state.sheet):
        state.child = True
        raise_for(tx, desk, thread, Grade.URGENT, ("child_in_report",), inbound.at)
