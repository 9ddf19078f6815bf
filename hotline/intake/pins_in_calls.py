"""Whether the keys of a turn are the PIN of who calls. Looking takes its time, so it is done before the turn's transaction.

A PIN is asked for where somebody records prompts (`recording_calls`), where who took an alert wants to hear it (`page_calls`),
and where they call from another phone (`elsewhere_calls`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit import NOBODY, Act, note
from hotline.access.passwords import Busy, Passwords
from hotline.access.people import staff_of_phone
from hotline.access.pins import LENGTH, Tried, try_pin
from hotline.alerts import page_calls
from hotline.alerts.call_places import place_of
from hotline.alerts.standing import coded
from hotline.alerts.tables import AlertState, Page
from hotline.calltree.state import CallState
from hotline.conversation.inbound import Inbound
from hotline.db import read, write
from hotline.forms.tree import NodeType
from hotline.intake import elsewhere_calls, recording_calls
from hotline.intake.desk import Desk
from hotline.threads.seen import was_seen
from hotline.threads.tables import Call


@dataclass(frozen=True, slots=True)
class PinTry:
    """What came of it, and in which tree it was asked for. `staff_id` is whose PIN it was, "" where nobody is meant."""

    tree: str
    tried: Tried
    staff_id: str


def look_at_pin(desk: Desk, inbound: Inbound, page_id: str, key: str) -> PinTry | None:
    """None when none was asked for. A repeat of the turn (`key`) is no second try."""
    turn = inbound.call
    if turn is None or not turn.digits.isdigit() or not turn.digits.isascii():
        return None
    with read(desk.engine) as tx:
        if was_seen(tx, desk.kit, key):
            return None
        asked = _asked(tx, desk, inbound, page_id, inbound.at)
    if asked is None:
        return None
    tree, staff_id = asked
    if not staff_id:
        with write(desk.engine) as tx:
            note(tx, desk.kit.ids, Act.PIN_WRONG, inbound.at, by=NOBODY)
        return PinTry(tree, _nobody(turn.digits), "")
    tried = try_pin(desk.engine, passwords(), desk.kit.ids, staff_id, turn.digits[-LENGTH:], inbound.at)
    return PinTry(tree, tried, staff_id)


def _asked(tx: Session, desk: Desk, inbound: Inbound, page_id: str, now: datetime) -> tuple[str, str] | None:
    """The tree that waits for a PIN now, and whose."""
    turn = inbound.call
    assert turn is not None  # noqa: S101  # the caller looked
    call = tx.get(Call, turn.call_sid)
    page = _page(tx, desk, inbound, page_id, call)
    if page is not None:
        state = place_of(desk.kit, page, turn.call_sid)
        typed = len(turn.digits) == LENGTH and _waits_for_keys(desk, state, page_calls.TREE)
        return (page_calls.TREE, page.staff_id) if typed else None
    state = _state(desk, call) if call is not None else None
    if call is None or state is None:
        return None
    if call.staff_id and len(turn.digits) == LENGTH and _waits_for_keys(desk, state, recording_calls.TREE):
        return recording_calls.TREE, call.staff_id
    if _waits_for_keys(desk, state, elsewhere_calls.TREE):
        code, rest = turn.digits[:-LENGTH], turn.digits[-LENGTH:]
        alert = coded(tx, code, now) if len(rest) == LENGTH else None
        taken = alert is not None and alert.state == AlertState.TAKEN
        return elsewhere_calls.TREE, (alert.taken_by or "") if taken and alert is not None else ""
    return None


def _page(tx: Session, desk: Desk, inbound: Inbound, page_id: str, call: Call | None) -> Page | None:
    """The page that this call is about: ours to somebody, theirs from their own phone, or one let in from another."""
    if page_id or (call is not None and call.page_id):
        return tx.get(Page, page_id or (call.page_id if call is not None else None))
    phone = staff_of_phone(tx, desk.kit.sealer, inbound.sender) if inbound.sender else None
    if phone is None or phone.verified_at is None or inbound.call is None:
        return None
    return tx.scalar(
        select(Page).where(Page.staff_id == phone.staff_id, Page.call_sid == inbound.call.call_sid)
    )


def _state(desk: Desk, call: Call) -> CallState | None:
    if call.state_sealed is None:
        return None
    kept = desk.kit.sealer.flying(call.sid, call.state_sealed)
    return CallState.decode(kept) if kept is not None else None


def _waits_for_keys(desk: Desk, state: CallState | None, name: str) -> bool:
    tree = desk.shelf.newest.trees.get(name)
    node = (
        tree.nodes.get(state.node) if tree is not None and state is not None and state.tree == name else None
    )
    return node is not None and node.type is NodeType.TYPED


def _nobody(typed: str) -> Tried:
    """Nobody's: as wrong as any, after the same time."""
    try:
        passwords().check(None, typed)
    except Busy:
        return Tried.BUSY
    return Tried.WRONG


@cache
def passwords() -> Passwords:
    """The hashing of this process."""
    return Passwords()
