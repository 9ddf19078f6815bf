"""A call that reached us: each turn is one transaction that stores where the call stands, what was pressed, and opens the
alert. A repeated turn gets the same document.

    /twilio/voice?step=3              a caller's turn
    /twilio/voice?step=1&page=ID      a page call to a member of staff
    /twilio/voice?step=1&back=ID      a contact is rung back
    /twilio/voice?join=ALERT          a caller is brought into the conference of their alert
    /twilio/voice?left=1              and goes on in their own call when nobody is in it any more
    /twilio/voice?step=1&help=ID      somebody of the directory is asked to help
    /twilio/voice?step=1&check=ID     a code is said to a phone that is to be proven
    /twilio/voice?step=1&drill=ID     a practice call to a member of staff
    /twilio/voice?alarm=ID            a probe did not come back: the coordinator is told
    /twilio/wait                      what a caller hears in the queue, over and over
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.people import NUMBER, staff_of_phone
from hotline.access.pins import Tried
from hotline.alerts.helper_calls import helper_call, helper_calls_in
from hotline.alerts.joining import caller_left
from hotline.alerts.live import Waits, waits
from hotline.alerts.page_calls import TREE as PAGE
from hotline.alerts.page_calls import page_call, staff_calls_in
from hotline.alerts.phone_check_calls import phone_check_call
from hotline.alerts.read_outs import keep_reply, reply_of
from hotline.alerts.ring_back_calls import ring_back_call
from hotline.alerts.tables import Alert, Page
from hotline.calltree import player
from hotline.calltree.actions import Conference, Document, Hangup
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.conversation.inbound import Inbound
from hotline.db import write
from hotline.intake import elsewhere_calls
from hotline.intake.call_keeping import AT_ONCE, SILENT, keep
from hotline.intake.calling_again import called_again, emergency_is_open, emergency_node
from hotline.intake.desk import Desk
from hotline.intake.pins_in_calls import PinTry, look_at_pin
from hotline.intake.recording_calls import TREE as RECORDING
from hotline.intake.recording_calls import recording_call
from hotline.threads import seen
from hotline.threads.contacts import known_contact, open_thread
from hotline.threads.tables import Call, Thread
from hotline.watch.alarm_calls import alarm_call
from hotline.watch.drill_calls import drill_call

CALLER = "caller"
QUEUE_OVER = {"emergency", "person"}
WAITING_LONG = "waiting_long"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the URL of a call request says besides the carrier's form."""

    page: str = ""
    join: str = ""
    help: str = ""
    check: str = ""
    back: str = ""
    drill: str = ""
    alarm: str = ""
    joined: bool | None = None  # after a queue or a conference: whether the caller spoke with somebody


def receive_call(desk: Desk, inbound: Inbound, asked: Asked, render: Callable[[Document], str]) -> str:
    """Take one turn of a call; the rendered document to play. A repeat of the turn gets the same one and changes
    nothing."""
    assert inbound.call is not None  # noqa: S101  # the carriers make it so
    turn = inbound.call
    own = "".join(f":{one}" for one in (asked.help, asked.check, asked.back, asked.drill, asked.alarm) if one)
    key = f"call:{inbound.key}:{asked.page}:{asked.join}{own}"
    pin = None if own else look_at_pin(desk, inbound, asked.page, key)
    with write(desk.engine) as tx:
        repeat = seen.claim(tx, desk.kit, key, inbound.at)
        if repeat is not None:
            kept = repeat.reply.decode() if repeat.reply else reply_of(tx, desk.kit, turn.call_sid, key)
            return kept or render(Document((Hangup(),)))
        body = render(_turn(tx, desk, inbound, turn, asked, pin))
        if not keep_reply(tx, desk.kit, turn.call_sid, key, body):
            seen.remember(tx, desk.kit, key, body.encode())
    desk.bell.ring()
    return body


def _turn(
    tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn, asked: Asked, pin: PinTry | None
) -> Document:
    if asked.page:
        return page_call(tx, desk.kit, asked.page, turn, inbound.at, _tried(pin, PAGE))
    if asked.back:
        return ring_back_call(tx, desk.kit, asked.back, turn, inbound.at)
    if asked.alarm:
        return alarm_call(tx, desk.kit, turn)
    if asked.drill:
        return drill_call(tx, desk.kit, asked.drill, turn, inbound.at)
    if asked.join:
        if tx.get(Alert, asked.join) is None:
            return Document((Hangup(),), turn.step + 1)
        return Document((Conference(asked.join, ends=True),), turn.step + 1)
    if asked.help:
        return helper_call(tx, desk.kit, asked.help, turn, inbound.at)
    if asked.check:
        return phone_check_call(tx, desk.kit, asked.check, turn, inbound.at)
    call = tx.get(Call, turn.call_sid)
    if call is not None and call.page_id:
        return page_call(tx, desk.kit, call.page_id, turn, inbound.at, _tried(pin, PAGE))
    phone = staff_of_phone(tx, desk.kit.sealer, inbound.sender) if inbound.sender else None
    if phone is not None and (call is None or call.staff_id):
        # A page may open while a PIN is typed: it is no key of the page, and is written down nowhere.
        keys = turn if pin is None or pin.tree == PAGE else replace(turn, digits="")
        document = staff_calls_in(tx, desk.kit, phone, keys, inbound.at, _tried(pin, PAGE))
        if document is None:
            document = recording_call(tx, desk, inbound, turn, phone, call, _tried(pin, RECORDING))
            if document is not None:
                return document
            call = tx.get(Call, turn.call_sid)
        else:
            if call is None:
                page = tx.scalar(select(Page.id).where(Page.call_sid == turn.call_sid))
                tx.add(
                    Call(
                        sid=turn.call_sid, staff_id=phone.staff_id, page_id=page, line=inbound.line,
                        begun_at=inbound.at,
                    )
                )  # fmt: skip
            return document
    if call is None and inbound.sender:
        index = desk.kit.sealer.index(inbound.sender, NUMBER)
        helping = helper_calls_in(tx, desk.kit, index, turn, inbound.at)
        if helping is not None:
            return helping
    if call is None:
        return _first(tx, desk, inbound, turn)
    return _further(tx, desk, inbound, turn, asked, call, pin)


def _tried(pin: PinTry | None, tree: str) -> Tried | None:
    """What came of a PIN that this tree asked for."""
    return pin.tried if pin is not None and pin.tree == tree else None


def _first(tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn) -> Document:
    """The first words. No contact and no thread is made of a call as such: they are once somebody presses a key or speaks."""
    contact = known_contact(tx, desk.kit, inbound.sender)
    thread = open_thread(tx, contact) if contact is not None else None
    call = Call(
        sid=turn.call_sid,
        thread_id=thread.id if thread is not None else None,
        line=inbound.line,
        begun_at=inbound.at,
        status="in-progress",
        caller_index=desk.kit.sealer.index(inbound.sender, NUMBER) if inbound.sender else None,
    )
    book = desk.shelf.newest
    # Who calls again is asked for before this call is one of theirs.
    heard = called_again(tx, desk, thread, book.trees[CALLER], inbound.at) if thread is not None else None
    tx.add(call)
    tx.flush()
    return keep(
        tx, desk, inbound, turn, call, thread, heard or player.begin(book, CALLER, desk.setting(inbound.at))
    )


def _further(
    tx: Session, desk: Desk, inbound: Inbound, turn: CallTurn, asked: Asked, call: Call, pin: PinTry | None
) -> Document:
    thread = tx.get(Thread, call.thread_id) if call.thread_id else None
    if call.state_sealed is None:
        return Document((Hangup(),), turn.step + 1)
    state = _load(desk, call)
    if state.tree == elsewhere_calls.TREE:
        tried, whose = (pin.tried, pin.staff_id) if pin is not None else (None, "")
        return elsewhere_calls.elsewhere_call(tx, desk, inbound, turn, call, state, tried, whose)
    if elsewhere_calls.asks_for_it(desk, state, turn):
        return elsewhere_calls.begins(desk, inbound, turn, call)
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
    if heard.silent and state.locale and thread is not None and emergency_is_open(tx, thread):
        # Who was in danger and calls again may not be able to press a key.
        heard = player.enter(book, state, setting, emergency_node(book.trees[CALLER]))
    return keep(tx, desk, inbound, turn, call, thread, heard)


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
        long = call.queue is not None and waits(tx, call.queue, inbound.at) is Waits.LONG
        at = WAITING_LONG if long else player.WAITING
        heard = player.wait(desk.shelf.newest, state, desk.setting(inbound.at, state.locale), turn, at)
        return keep(tx, desk, inbound, turn, call, thread, heard)


def caller_hung_up(tx: Session, desk: Desk, call: Call, now: datetime) -> None:
    """A caller's call is over: the alert stays open with what is known. Without any key it is counted, no more."""
    if call.ended_at is None:
        call.ended_at = now
        if call.status != SILENT:
            call.status = "completed" if call.thread_id or call.staff_id else AT_ONCE
        caller_left(tx, desk.kit, call.sid, now)


def _load(desk: Desk, call: Call) -> CallState:
    assert call.state_sealed is not None  # noqa: S101  # the callers looked
    kept = desk.kit.sealer.flying(call.sid, call.state_sealed)
    if kept is None:  # nobody is hung up on for a lost key: it goes on as if the call began
        return player.begin(desk.shelf.newest, CALLER, desk.setting(desk.clock.now())).state
    return CallState.decode(kept)
