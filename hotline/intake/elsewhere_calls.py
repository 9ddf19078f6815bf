"""Who took an alert calls from another phone (a colleague's, a neighbour's, a hidden number): # at the first menu, then the
four digits of the page and the PIN in one. From then on it is a call about that page, as from their own phone.

Nobody is told of that key. The page's digits say whose PIN it is, and only who has taken an alert is let in; three wrong ones
end the call, and the PIN locks as everywhere.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.pins import Tried
from hotline.access.tables import StaffPhone
from hotline.alerts.page_calls import page_call, page_of
from hotline.alerts.phones import page_phone
from hotline.alerts.pin_locked import order_pin_locked
from hotline.alerts.standing import coded
from hotline.alerts.tables import Alert, AlertState, Page
from hotline.calltree import player
from hotline.calltree.actions import Document, Hangup
from hotline.calltree.heard import Heard
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.conversation.inbound import Inbound
from hotline.intake.desk import Desk
from hotline.threads.tables import Call

TREE = "elsewhere"
KEY = "#"
ACTS = {"check": {"wrong", "over"}}
LET_IN = "moment"
"""The node of the tree `page` at which a call goes on that was let in."""

_MOST_WRONG = 3
_WRONG = "wrong"


def asks_for_it(desk: Desk, state: CallState, turn: CallTurn) -> bool:
    """Whether this is the key at the first menu."""
    tree = desk.shelf.newest.trees.get(state.tree)
    return turn.digits == KEY and tree is not None and state.tree == "caller" and state.node == tree.start


def begins(desk: Desk, inbound: Inbound, turn: CallTurn, call: Call) -> Document:
    """The call is no caller's any more."""
    locale = desk.settings.deployment.languages[0]
    heard = player.begin(desk.shelf.newest, TREE, desk.setting(inbound.at, locale), locale=locale)
    return _keep(desk, call, heard, turn)


def elsewhere_call(
    tx: Session,
    desk: Desk,
    inbound: Inbound,
    turn: CallTurn,
    call: Call,
    state: CallState,
    pin: Tried | None,
    staff_id: str,
) -> Document:
    """One turn, until they are let in. `pin` is what came of what was typed, `staff_id` whose PIN that was."""
    if turn.ended:
        return Document((Hangup(),), turn.step + 1)
    if pin is Tried.LOCKED_NOW:
        order_pin_locked(tx, desk.kit, staff_id, inbound.at)
    if pin is Tried.RIGHT and (page := _page(tx, desk, turn, staff_id, inbound)) is not None:
        call.staff_id, call.page_id, call.state_sealed = staff_id, page.id, None
        return page_call(tx, desk.kit, page.id, _without_keys(turn), inbound.at, start=LET_IN)
    book, setting = desk.shelf.newest, desk.setting(inbound.at, state.locale)
    heard = player.hear(book, state, setting, turn)
    actions = list(heard.document.actions)
    while heard.does:
        wrong = int(heard.state.params.get(_WRONG, "0")) + 1
        heard.state.params[_WRONG] = str(wrong)
        heard = player.result(book, heard.state, setting, "wrong" if wrong < _MOST_WRONG else "over")
        actions += heard.document.actions
    heard.document = Document(tuple(actions))
    return _keep(desk, call, heard, turn)


def _page(tx: Session, desk: Desk, turn: CallTurn, staff_id: str, inbound: Inbound) -> Page | None:
    alert = coded(tx, turn.digits[:4], inbound.at)
    if alert is None or alert.state != AlertState.TAKEN or alert.taken_by != staff_id:
        return None
    page = tx.scalar(select(Page).where(Page.alert_id == alert.id, Page.staff_id == staff_id))
    return page or _new_page(tx, desk, alert, staff_id, inbound)


def _new_page(tx: Session, desk: Desk, alert: Alert, staff_id: str, inbound: Inbound) -> Page | None:
    """Who took it on the staff page was never paged."""
    phone: StaffPhone | None = page_phone(tx, staff_id)
    return page_of(tx, desk.kit, alert, phone, inbound.at) if phone is not None else None


def _without_keys(turn: CallTurn) -> CallTurn:
    return CallTurn(turn.call_sid, turn.step)


def _keep(desk: Desk, call: Call, heard: Heard, turn: CallTurn) -> Document:
    call.state_sealed = desk.kit.sealer.seal_flight(call.sid, heard.state.encode())
    return Document(heard.document.actions, turn.step + 1)
