"""What who took an alert does in a call after the PIN: hear what was told, part by part, and have the contact rung back.

The PIN counts for the call it was typed in: the same page, called from another phone, asks for it anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.pins import Tried, has_pin
from hotline.alerts.joining import bridge
from hotline.alerts.known import MayRing
from hotline.alerts.log import Happened, note
from hotline.alerts.pin_locked import order_pin_locked
from hotline.alerts.read_outs import Part, Piece, order_read_out, parts_of, read_out_of
from hotline.alerts.ring_backs import order_ring_back, standing
from hotline.alerts.tables import Alert, AlertState, Page, ReadOut, RingBackState
from hotline.calltree.actions import Action, Gather, Prompt
from hotline.calltree.heard import Heard
from hotline.calltree.state import CallState
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread

# What a `do` node may ask for, and the branches that the tree must have for what comes of it.
ACTS = {
    "proven": {"yes", "no", "no_pin", "not_yours"},
    "check": {"right", "wrong", "locked"},
    "prepare": {"ready", "late", "over"},
    "next": {"more", "end"},
    "ring": {
        "ringing",
        "live",
        "not_proven",
        "not_yours",
        *(why for why in MayRing if why is not MayRing.YES),
    },
    "ringing": {"joined", "nobody"},
}
PART = "part"
"""The node that says a part of the read-out."""

SOUND = "sound."
"""The key of a prompt that is a recording of the contact: what follows is its id (`hotline.intake.audio`)."""

_MOST_WAITS = 10  # times two seconds, then who listens is told to try again
_BRANCH = {Tried.RIGHT: "right", Tried.LOCKED: "locked", Tried.LOCKED_NOW: "locked"}
_PROVEN, _PART, _WAITS, _BACK = "proven", "part", "waits", "back"


class CaseCall:
    """One turn of the call of who took the alert of `page`."""

    def __init__(
        self, tx: Session, kit: Kit, page: Page, call_sid: str, pin: Tried | None, now: datetime
    ) -> None:
        self.tx, self.kit, self.page, self.call_sid, self.pin, self.now = tx, kit, page, call_sid, pin, now

    def prove(self, state: CallState) -> None:
        """The PIN was right in this call."""
        state.params[_PROVEN] = self.call_sid

    def do(self, heard: Heard) -> str:
        """Do what the tree asks for; gives the branch it goes on with, "" to be asked again a little later."""
        state = heard.state
        match heard.does:
            case "proven":
                return self._proven(state)
            case "check":
                return self._check(state)
            case "prepare":
                return self._prepare(state)
            case "next":
                return self._next(state)
            case "ring":
                return self._ring(state)
            case "ringing":
                return self._ringing(state)
        raise LookupError(f"nothing here does '{heard.does}'")

    def with_part(self, actions: tuple[Action, ...], state: CallState) -> tuple[Action, ...]:
        """The part of the read-out is heard where the tree waits at its node; the keys are told with the first alone."""
        if state.node != PART or not self._is_proven(state):
            return actions
        read_out = read_out_of(self.tx, self.call_sid)
        parts = parts_of(self.kit, read_out) if read_out is not None else ()
        at = int(state.params.get(_PART, "0"))
        if at >= len(parts):
            return actions
        return tuple(
            _with(action, parts[at], keys=at == 0) if isinstance(action, Gather) else action
            for action in actions
        )

    def _is_proven(self, state: CallState) -> bool:
        return state.params.get(_PROVEN) == self.call_sid

    def _alert(self) -> Alert | None:
        """The alert, while it is theirs."""
        alert = self.tx.get(Alert, self.page.alert_id)
        taken = alert is not None and alert.state == AlertState.TAKEN
        return alert if taken and alert is not None and alert.taken_by == self.page.staff_id else None

    def _proven(self, state: CallState) -> str:
        if self._alert() is None:
            return "not_yours"
        if self._is_proven(state):
            return "yes"
        return "no" if has_pin(self.tx, self.page.staff_id) else "no_pin"

    def _check(self, state: CallState) -> str:
        if self.pin is Tried.LOCKED_NOW:
            order_pin_locked(self.tx, self.kit, self.page.staff_id, self.now)
        branch = _BRANCH.get(self.pin, "wrong") if self.pin is not None else "wrong"
        if branch == "right":
            self.prove(state)
        return branch

    def _prepare(self, state: CallState) -> str:
        """The first time it is ordered; then it is looked for until it is there."""
        if not self._is_proven(state) or self._alert() is None:
            return "over"
        waits = int(state.params.get(_WAITS) or "0")
        if waits == 0:
            order_read_out(self.tx, self.kit, self.page.alert_id, self.page.staff_id, self.call_sid, self.now)
        read_out = read_out_of(self.tx, self.call_sid)
        if read_out is not None and read_out.parts_sealed is not None:
            state.params |= {_WAITS: "0", _PART: "0"}
            self._heard(read_out)
            return "ready"
        if waits >= _MOST_WAITS or read_out is None or read_out.failed:
            state.params[_WAITS] = "0"
            return "late"
        state.params[_WAITS] = str(waits + 1)
        return ""

    def _next(self, state: CallState) -> str:
        read_out = read_out_of(self.tx, self.call_sid)
        parts = parts_of(self.kit, read_out) if read_out is not None and self._is_proven(state) else ()
        at = int(state.params.get(_PART, "0")) + 1
        if at >= len(parts):
            return "end"
        state.params[_PART] = str(at)
        return "more"

    def _ring(self, state: CallState) -> str:
        alert = self._alert()
        if alert is None:
            return "not_yours"
        if not self._is_proven(state):
            return "not_proven"
        if alert.live_call:
            bridge(self.tx, self.kit, alert, self.now)
            return "live"
        back, why = order_ring_back(self.tx, self.kit, alert, self.call_sid, self.now)
        state.params[_BACK] = back
        return "ringing" if back else why.value

    def _ringing(self, state: CallState) -> str:
        match standing(self.tx, self.kit, state.params.get(_BACK, ""), self.now):
            case RingBackState.JOINED:
                return "joined"
            case RingBackState.ENDED:
                return "nobody"
        return ""

    def _heard(self, read_out: ReadOut) -> None:
        """A person hears it: nothing that came before waits any more."""
        alert = self._alert()
        thread = self.tx.get(Thread, alert.thread_id) if alert is not None and alert.thread_id else None
        if thread is not None and thread.last_in_at <= read_out.ordered_at:
            thread.waiting_since = None
        note(
            self.tx, self.page.alert_id, Happened.HEARD, self.now,
            staff_id=self.page.staff_id, page_id=self.page.id, ids=self.kit.ids,
        )  # fmt: skip


def _with(action: Gather, part: Part, *, keys: bool) -> Gather:
    said = tuple(_prompt(piece) for piece in part)
    return replace(action, prompts=(*said, *action.prompts) if keys else said)


def _prompt(piece: Piece) -> Prompt:
    return Prompt(f"{SOUND}{piece.sound}" if piece.sound else "", piece.locale, piece.text)
