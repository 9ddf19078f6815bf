"""A page call, turn by turn: the tree `page` is played in the person's language, and its `do` nodes act here.

Only a key acts. Where the call stands lies sealed in the page's row; the house key is not needed for any of it. What is
done after taking, by PIN, is in `case_calls`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.pins import Tried
from hotline.access.tables import StaffPhone
from hotline.alerts import adding_people, case_calls
from hotline.alerts.call_places import keep_place, place_of
from hotline.alerts.case_calls import CaseCall
from hotline.alerts.declining import cannot
from hotline.alerts.joining import person_is_in
from hotline.alerts.log import Happened, note
from hotline.alerts.page_setting import setting_for
from hotline.alerts.paged import is_paged
from hotline.alerts.phones import language_of
from hotline.alerts.read_outs import destroy_for_call
from hotline.alerts.ring_backs import waiter_left
from hotline.alerts.rings import answered, ring_ended
from hotline.alerts.standing import open_pages, own_alerts
from hotline.alerts.tables import Alert, AlertState, Asked, CallState, Page
from hotline.alerts.taking import TakeResult, Way, close, extend, take
from hotline.calltree import player
from hotline.calltree.actions import Conference, Document, Hangup, Next, Pause
from hotline.calltree.heard import Heard
from hotline.calltree.state import CallState as TreeState
from hotline.calltree.turn import CallTurn
from hotline.forms.tree import NodeType
from hotline.threads.kit import Kit
from hotline.triage.kinds import Grade

TREE = "page"
JOIN = "join"
# What a `do` node may ask for, and the branches that the tree must have for what comes of it.
ACTS = {
    "which": {"emergency", "urgent", "caller", "bridge", "mine", "help", "offer", "late", "over"},
    "take": {"done", "caller", "helps", "late", "over"},
    JOIN: {"left"},
    "cannot": {"done", "over"},
    "still": {"done", "over"},
    "settle": {"done", "over"},
    **adding_people.ACTS,
    **case_calls.ACTS,
}
_WAIT = 2  # seconds until the same is asked again: the worker, or another phone, is at it


def page_call(
    tx: Session,
    kit: Kit,
    page_id: str,
    turn: CallTurn,
    now: datetime,
    pin: Tried | None = None,
    start: str = "",
) -> Document:
    """One turn of a call to (or from) the person of a page; what is played now.

    `pin` is what came of the PIN that was typed in this turn (None: none was). `start` is the node at which a call begins
    that was let in by its PIN already (`hotline.intake.elsewhere_calls`).
    """
    page = tx.get(Page, page_id)
    if page is None or turn.ended:
        call_is_over(tx, kit, turn.call_sid, now)
        if page is not None:
            ring_ended(tx, kit, page.id, "completed", now, call_sid=turn.call_sid)
        return Document((Hangup(),), turn.step + 1)
    if turn.step == 0 or start or page.call_sid == turn.call_sid:
        answered(tx, kit, page.id, turn.call_sid, now)
    return replace(_Call(tx, kit, page, pin, now).turn(turn, start), next_step=turn.step + 1)


def call_is_over(tx: Session, kit: Kit, call_sid: str, now: datetime) -> None:
    """What was made ready for this call is destroyed, and nobody is rung for it any more."""
    destroy_for_call(tx, call_sid)
    waiter_left(tx, kit, call_sid, now)


def staff_calls_in(
    tx: Session, kit: Kit, phone: StaffPhone, turn: CallTurn, now: datetime, pin: Tried | None = None
) -> Document | None:
    """A call to the hotline from a staff phone: the gravest page that is open for its owner, or what they took, is played
    and takes the key. None when nothing is theirs to answer: then it is a call like any other."""
    if phone.verified_at is None:
        return None
    page = tx.scalar(select(Page).where(Page.staff_id == phone.staff_id, Page.call_sid == turn.call_sid))
    if page is None:
        alerts = (*open_pages(tx, phone.staff_id), *own_alerts(tx, phone.staff_id))
        if not alerts:
            return None
        page = tx.scalar(
            select(Page).where(Page.alert_id == alerts[0].id, Page.staff_id == phone.staff_id)
        ) or page_of(tx, kit, alerts[0], phone, now)
    return page_call(tx, kit, page.id, turn, now, pin)


def page_of(tx: Session, kit: Kit, alert: Alert, phone: StaffPhone, now: datetime) -> Page:
    """A page for somebody who took the alert without being paged."""
    page = Page(
        id=kit.ids.new(), alert_id=alert.id, staff_id=phone.staff_id, phone_id=phone.id, state="taken",
        round=alert.round, step=alert.step, opened_at=now, rings=0, call_state=CallState.NONE,
    )  # fmt: skip
    tx.add(page)
    tx.flush()
    return page


class _Call:
    """One turn: what the tree asks for is done until it has something to say."""

    def __init__(self, tx: Session, kit: Kit, page: Page, pin: Tried | None, now: datetime) -> None:
        self.tx, self.kit, self.page, self.now = tx, kit, page, now
        self.setting = setting_for(kit, language_of(tx, kit, page.staff_id), now)
        self.pin = pin

    def turn(self, turn: CallTurn, start: str) -> Document:
        book, page = self.kit.book, self.page
        case = CaseCall(self.tx, self.kit, page, turn.call_sid, self.pin, self.now)
        state = place_of(self.kit, page, turn.call_sid) if turn.step > 0 and not start else None
        state = state if state is not None and state.node in book.trees[TREE].nodes else None
        self._note_key(turn, state)
        if start:
            began = TreeState(TREE, book.trees[TREE].start, self.setting.here.locale)
            case.prove(began)
            heard = player.enter(book, began, self.setting, start)
        elif state is None:
            heard = player.begin(book, TREE, self.setting, locale=self.setting.here.locale)
        elif book.trees[TREE].nodes[state.node].does == JOIN:
            heard = player.result(book, state, self.setting, "left")
        else:
            heard = player.hear(book, state, self.setting, turn)
        actions = list(heard.document.actions)
        while heard.does and heard.does != JOIN:
            branch = case.do(heard) if heard.does in case_calls.ACTS else self._do(heard)
            if not branch:  # not yet: the same is asked again a little later
                actions += (Pause(_WAIT), Next())
                break
            heard = player.result(book, heard.state, self.setting, branch)
            actions += heard.document.actions
        if heard.does == JOIN:
            # The star key leads to more keys; then the caller must stay in, and is let go when this call is over.
            alert = self._alert()
            stays = alert is not None and person_is_in(self.tx, alert)
            actions.append(Conference(page.alert_id, ends=not stays, star=True))
        keep_place(self.kit, page, turn.call_sid, heard.state)
        self.tx.flush()
        return Document(case.with_part(tuple(actions), heard.state))

    def _note_key(self, turn: CallTurn, state: TreeState | None) -> None:
        """A key goes into the log; what is typed where a PIN is asked for does not."""
        node = self.kit.book.trees[TREE].nodes[state.node] if state is not None else None
        if not turn.digits or self.pin is not None or (node is not None and node.type is NodeType.TYPED):
            return
        note(
            self.tx, self.page.alert_id, Happened.KEY, self.now,
            staff_id=self.page.staff_id, page_id=self.page.id, detail=turn.digits[:4],
        )  # fmt: skip

    def _do(self, heard: Heard) -> str:
        """Do what the tree asks for; gives the branch it goes on with."""
        tx, kit, now = self.tx, self.kit, self.now
        alert_id, staff_id = self.page.alert_id, self.page.staff_id
        if heard.does in adding_people.ACTS:
            return adding_people.add_person(tx, kit, self.page, heard, now)
        if heard.does == "which":
            return self._which()
        if heard.does == "take":
            return self._take()
        if heard.does == "cannot":
            return "done" if cannot(tx, kit, alert_id, staff_id, now) else "over"
        if heard.does == "still":
            return "done" if extend(tx, kit, alert_id, staff_id, now) else "over"
        if heard.does == "settle":
            return self._settle(heard.state)
        raise LookupError(f"the tree '{TREE}' asks for '{heard.does}', which nothing here does")

    def _alert(self) -> Alert | None:
        return self.tx.get(Alert, self.page.alert_id)

    def _which(self) -> str:
        alert = self._alert()
        if alert is None or alert.state == AlertState.CLOSED:
            return "over"
        if alert.state == AlertState.TAKEN:
            if alert.taken_by != self.page.staff_id:
                if not is_paged(self.page, alert):
                    return "late"
                return "help" if self.page.asked == Asked.HELP else "offer"
            return "bridge" if alert.live_call else "mine"
        if alert.live_call:
            return "caller"
        return "emergency" if alert.grade == Grade.EMERGENCY else "urgent"

    def _take(self) -> str:
        taken = take(self.tx, self.kit, self.page.alert_id, self.page.staff_id, Way.CALL, self.now)
        alert = self._alert()
        if taken.result is TakeResult.DONE:
            return "caller" if alert is not None and alert.live_call else "done"
        return {TakeResult.HELPS: "helps", TakeResult.LATE: "late"}.get(taken.result, "over")

    def _settle(self, state: TreeState) -> str:
        """The outcome by its place in the list of `hotline.toml`."""
        alert = self._alert()
        given = state.sheet.get("outcome")
        outcomes = self.kit.settings.deployment.alerts.outcomes
        number = int(str(given.value)) if given is not None else 0
        if alert is None or alert.taken_by != self.page.staff_id or not 1 <= number <= len(outcomes):
            return "over"
        done = close(self.tx, self.kit, alert.id, self.page.staff_id, outcomes[number - 1], self.now)
        return "done" if done else "over"
