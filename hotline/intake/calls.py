"""A call that reached us: each turn is one transaction that stores where the call stands, what was pressed, and opens the
alert. A repeated turn gets the same document.

    /twilio/voice?step=3              a caller's turn
    /twilio/voice?step=1&page=ID      a page call to a member of staff
    /twilio/voice?join=ALERT          a caller is brought into the conference of their alert
    /twilio/wait                      what a caller hears in the queue, over and over
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.access.people import staff_of_phone
from hotline.alerts.joining import caller_left
from hotline.alerts.page_calls import page_call, staff_calls_in
from hotline.alerts.tables import Alert
from hotline.answers.sheet import Given, Status
from hotline.calltree import player
from hotline.calltree.actions import Conference, Document, Enqueue, Hangup, Next
from hotline.calltree.player import Heard
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.conversation.child import tells_of_child
from hotline.conversation.effects import Disposition
from hotline.conversation.inbound import Inbound
from hotline.conversation.state import State
from hotline.db import write
from hotline.intake.applying import order_submit, raise_for
from hotline.intake.desk import Desk
from hotline.standards.crosswalk import Sensitivity
from hotline.threads import conversations, outbox, seen
from hotline.threads.contacts import contact_of, thread_of
from hotline.threads.tables import Call, Contact, Conversation, Direction, Message, MessageStatus, Thread
from hotline.triage.grade import Grade

CALLER = "caller"
QUEUE_OVER = {"emergency", "person"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the URL of a call request says besides the carrier's form."""

    page: str = ""
    join: str = ""
    joined: bool | None = None  # after a queue or a conference: whether the caller spoke with somebody


def receive_call(desk: Desk, inbound: Inbound, asked: Asked, render: Callable[[Document], str]) -> str:
    """Take one turn of a call; the rendered document to play. A repeat of the turn gets the same one and changes
    nothing."""
    assert inbound.call is not None  # noqa: S101  # the carriers make it so
    turn = inbound.call
    key = f"call:{inbound.key}:{asked.page}:{asked.join}"
    with write(desk.engine) as tx:
        repeat = seen.claim(tx, desk.kit, key, inbound.at)
        if repeat is not None:
            return repeat.reply.decode() if repeat.reply else render(Document((Hangup(),)))
        body = render(_turn(tx, desk, inbound, turn, asked))
        seen.remember(tx, desk.kit, key, body.encode())
    desk.bell.ring()
    return body


def _turn(tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn, asked: Asked) -> Document:
    if asked.page:
        return page_call(tx, desk.kit, asked.page, turn, inbound.at)
    if asked.join:
        if tx.get(Alert, asked.join) is None:
            return Document((Hangup(),), turn.step + 1)
        return Document((Conference(asked.join, ends=True),), turn.step + 1)
    call = tx.get(Call, turn.call_sid)
    phone = staff_of_phone(tx, desk.kit.sealer, inbound.sender) if inbound.sender else None
    if phone is not None and (call is None or call.staff_id):
        document = staff_calls_in(tx, desk.kit, phone, turn, inbound.at)
        if document is not None:
            if call is None:
                tx.add(
                    Call(sid=turn.call_sid, staff_id=phone.staff_id, line=inbound.line, begun_at=inbound.at)
                )
            return document
    if call is None:
        return _first(tx, desk, inbound, turn)
    return _further(tx, desk, inbound, turn, asked, call)


def _first(tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn) -> Document:
    contact = contact_of(tx, desk.kit, inbound.sender, inbound.at)
    thread = thread_of(tx, desk.kit, contact, "voice", inbound.line, inbound.at)
    thread.last_in_at = inbound.at
    call = Call(sid=turn.call_sid, thread_id=thread.id, line=inbound.line, begun_at=inbound.at)
    tx.add(call)
    tx.flush()
    heard = player.begin(desk.shelf.newest, CALLER, desk.setting(inbound.at))
    return _keep(tx, desk, inbound, turn, call, thread, heard)


def _further(tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn, asked: Asked, call: Call) -> Document:
    thread = tx.get(Thread, call.thread_id) if call.thread_id else None
    if call.state_sealed is None or thread is None:
        return Document((Hangup(),), turn.step + 1)
    state = _load(desk, call)
    setting = desk.setting(inbound.at, state.locale)
    book = desk.shelf.newest
    if asked.joined is not None:
        if turn.ended:
            caller_hung_up(tx, desk, call, inbound.at)
            return Document((Hangup(),), turn.step + 1)
        back = state.node if asked.joined is False and state.node not in QUEUE_OVER else "after_bridge"
        heard = player.enter(book, state, setting, back)
    elif turn.ended and not turn.recording:
        caller_hung_up(tx, desk, call, inbound.at)
        return Document((Hangup(),), turn.step + 1)
    else:
        heard = player.hear(book, state, setting, turn)
    return _keep(tx, desk, inbound, turn, call, thread, heard)


def wait_in_queue(desk: Desk, inbound: Inbound) -> Document:
    """What a caller hears in the queue; a key leaves it for a message, or says whether a call back is safe."""
    assert inbound.call is not None  # noqa: S101
    turn = inbound.call
    with write(desk.engine) as tx:
        call = tx.get(Call, turn.call_sid)
        thread = tx.get(Thread, call.thread_id) if call and call.thread_id else None
        if call is None or call.state_sealed is None or thread is None:
            return Document((Hangup(),))
        state = _load(desk, call)
        heard = player.wait(desk.shelf.newest, state, desk.setting(inbound.at, state.locale), turn)
        return _keep(tx, desk, inbound, turn, call, thread, heard)


def caller_hung_up(tx: Session, desk: Desk, call: Call, now: datetime) -> None:
    """A caller's call is over: the alert stays open with what is known."""
    if call.ended_at is None:
        call.ended_at = now
        if call.status != "silent":
            call.status = "completed"
        caller_left(tx, desk.kit, call.sid, now)


def _keep(
    tx: Session,
    desk: Desk,
    inbound: Inbound,
    turn: CallTurn,
    call: Call,
    thread: Thread,
    heard: Heard,
) -> Document:
    """Store where the call stands and do what the turn asks for; the document with its queue named."""
    now = inbound.at
    contact = tx.get(Contact, thread.contact_id) if thread.contact_id else None
    if heard.language:
        thread.language = heard.language
        if contact is not None:
            contact.language = heard.language
    if heard.silent:
        _count_silence(tx, desk, thread, call, inbound)
    actions = heard.document.actions
    if heard.connect is not None:
        grade = Grade(heard.connect.grade)
        if grade is Grade.EMERGENCY:
            heard.state.sheet["danger_now"] = Given(Status.ANSWERED, "yes", "", int(now.timestamp()), "voice")
            heard.answered.append("danger_now")
        alert_id = raise_for(tx, desk, thread, grade, (heard.connect.rule,), now, live_call=call.sid)
        call.queue = alert_id
        thread.wants_person = True
        actions = tuple(
            Enqueue(alert_id or call.sid) if isinstance(action, Enqueue) else action for action in actions
        )
    if heard.recorded is not None:
        _keep_recording(tx, desk, inbound, thread, contact, heard.recorded.sid, heard.recorded.seconds)
    if heard.answered or heard.recorded is not None:
        _keep_answers(tx, desk, inbound, turn, thread, heard)
    call.state_sealed = desk.kit.sealer.seal_flight(call.sid, heard.state.encode())
    if heard.over:
        call.ended_at = now
    thread.waiting_since = thread.waiting_since or now
    return replace(heard.document, actions=actions or (Next(),), next_step=turn.step + 1)


def _count_silence(tx: Session, desk: Desk, thread: Thread, call: Call, inbound: Inbound) -> None:
    """Calls without any key are counted; three in an hour from one number are urgent (issue: by voice)."""
    call.status = "silent"
    tx.flush()
    timings = desk.settings.deployment.timings
    since = inbound.at - timedelta(minutes=timings.silent_calls_minutes)
    silent = tx.scalar(
        select(func.count()).where(
            Call.thread_id == thread.id, Call.status == "silent", Call.begun_at >= since
        )
    )
    if (silent or 0) >= timings.silent_calls:
        raise_for(tx, desk, thread, Grade.URGENT, ("silent_calls",), inbound.at)


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
                message_id, Sensitivity.VICTIM_IDENTITY, f"[{seconds} s]".encode()
            ),
            status=MessageStatus.RECEIVED.value,
            recording=sid,
            sid=inbound.key[:64],
            at=inbound.at,
        )
    )
    outbox.order(tx, desk.kit.ids, outbox.DeedKind.FETCH, f"fetch:{sid}", {"message": message_id}, inbound.at)


def _keep_answers(
    tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn, thread: Thread, heard: Heard
) -> None:
    """Answers by keys go on the conversation's sheet, as those by text do."""
    conversation, state = _conversation(tx, desk, thread, inbound)
    state.sheet.update(heard.state.sheet)
    state.locale = heard.state.locale or state.locale
    node = desk.shelf.newest.trees[CALLER].nodes.get(heard.state.node)
    if state.form == "opening" and (heard.state.done or (node is not None and node.form)):
        state.form = desk.shelf.newest.forms["hotline"].name
    if state.form == "hotline" and "own_words" in state.sheet:
        state.sheet.setdefault("exploitation_narrative", state.sheet["own_words"])
    state.grade = Grade.worst(Grade(state.grade), Grade(thread.grade)).value
    state.last = int(inbound.at.timestamp())
    _look_for_child(tx, desk, thread, state, inbound)
    conversations.save(desk.kit, conversation, state, inbound.at)
    over = heard.over or (node is not None and node.name in ("callback", "goodbye"))
    person = heard.connect is not None
    ended = Disposition.TO_PERSON if person else Disposition.COMPLETED if over else None
    if heard.answered != ["contact_language"]:
        order_submit(tx, desk, conversation, ended, f"{turn.call_sid}:{turn.step}"[:40], inbound.at)


def _conversation(tx: Session, desk: Desk, thread: Thread, inbound: Inbound) -> tuple[Conversation, State]:
    conversation = conversations.running(tx, thread.id)
    if conversation is not None and conversation.channel == "voice":
        return conversation, conversations.load(desk.kit, conversation)
    fresh = conversations.begin(tx, desk.kit, thread.id, "voice", desk.shelf.newest.hash, inbound.at)
    return fresh, State(desk.shelf.newest.hash, thread.reference, last=int(inbound.at.timestamp()))


def _look_for_child(tx: Session, desk: Desk, thread: Thread, state: State, inbound: Inbound) -> None:
    if not state.child and tells_of_child(state.sheet):
        state.child = True
        raise_for(tx, desk, thread, Grade.URGENT, ("child_in_report",), inbound.at)


def _load(desk: Desk, call: Call) -> CallState:
    assert call.state_sealed is not None  # noqa: S101  # the callers looked
    return CallState.decode(desk.kit.sealer.open_flight(call.sid, call.state_sealed))
