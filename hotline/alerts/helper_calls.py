"""A call to (or from) somebody of the directory, turn by turn: the tree `helper` in their language. It says what is wanted and no
word of the report; only a key says yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.directory_tables import DirectoryEntry
from hotline.alerts.helper_tables import Helper, HelperState
from hotline.alerts.helpers import HELPING, call_ended, declines, helpers_of_phone, moves, names_lead
from hotline.alerts.page_setting import setting_for
from hotline.alerts.tables import Alert, AlertState
from hotline.calltree import player
from hotline.calltree.actions import Conference, Document, Hangup
from hotline.calltree.heard import Heard
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.oncall.directory import Kind
from hotline.threads.kit import Kit

TREE = "helper"
JOIN = "join"
LEAD = "lead_agency"
ACTS = {
    "which": {"interpreter", "responder", "come", "tip", "mine", "over"},
    "accept": {"join", "lead", "come", "over"},
    JOIN: {"left"},
    "cannot": {"done"},
    "on_way": {"done", "over"},
    "there": {"done", "over"},
    "done": {"done", "over"},
    "lead": {"done", "over"},
}
_SAYS = {"on_way": HelperState.ON_WAY, "there": HelperState.THERE, "done": HelperState.DONE}


def helper_call(tx: Session, kit: Kit, helper_id: str, turn: CallTurn, now: datetime) -> Document:
    """One turn of a call to (or from) a helper; what is played now."""
    helper = tx.get(Helper, helper_id)
    if helper is None or turn.ended:
        if helper is not None and helper.call_sid in (None, turn.call_sid):
            call_ended(tx, kit, helper.id, "completed", now)
        return Document((Hangup(),), turn.step + 1)
    helper.call_sid = turn.call_sid
    moves(tx, kit, helper, HelperState.TOLD, now)
    return replace(_Call(tx, kit, helper, now).turn(turn), next_step=turn.step + 1)


def helper_calls_in(
    tx: Session, kit: Kit, number_index: bytes, turn: CallTurn, now: datetime
) -> Document | None:
    """A call to the hotline from a phone of the directory whose owner is asked or helps: what they may say. None when
    nothing is theirs: then it is a call like any other."""
    theirs = helpers_of_phone(tx, number_index, now)
    helper = next((one for one in theirs if one.call_sid == turn.call_sid), next(iter(theirs), None))
    return helper_call(tx, kit, helper.id, turn, now) if helper is not None else None


class _Call:
    def __init__(self, tx: Session, kit: Kit, helper: Helper, now: datetime) -> None:
        self.tx, self.kit, self.helper, self.now = tx, kit, helper, now
        entry = tx.get(DirectoryEntry, helper.entry_id)
        locale = entry.language if entry is not None else kit.settings.deployment.languages[0]
        self.setting = setting_for(kit, locale, now)

    def turn(self, turn: CallTurn) -> Document:
        book, helper = self.kit.book, self.helper
        state = self._stored() if turn.step > 0 else None
        if state is None:
            heard = player.begin(book, TREE, self.setting, locale=self.setting.here.locale)
        elif book.trees[TREE].nodes[state.node].does == JOIN:
            heard = player.result(book, state, self.setting, "left")
        else:
            heard = player.hear(book, state, self.setting, turn)
        actions = list(heard.document.actions)
        while heard.does and heard.does != JOIN:
            heard = player.result(book, heard.state, self.setting, self._do(heard))
            actions += heard.document.actions
        if heard.does == JOIN:
            actions.append(Conference(helper.alert_id or helper.id))
        helper.tree_sealed = self.kit.sealer.seal_flight(helper.id, heard.state.encode())
        self.tx.flush()
        return Document(tuple(actions))

    def _stored(self) -> CallState | None:
        if self.helper.tree_sealed is None:
            return None
        kept = self.kit.sealer.flying(self.helper.id, self.helper.tree_sealed)
        if kept is None:
            return None
        state = CallState.decode(kept)
        return state if state.node in self.kit.book.trees[TREE].nodes else None

    def _do(self, heard: Heard) -> str:
        helper = self.helper
        match heard.does:
            case "which":
                return self._which()
            case "accept":
                return self._accept()
            case "cannot":
                declines(self.tx, self.kit, helper, "key", self.now)
                return "done"
            case "lead":
                return self._lead(heard.state)
            case says if says in _SAYS:
                return "done" if moves(self.tx, self.kit, helper, _SAYS[says], self.now) else "over"
        raise LookupError(f"the tree '{TREE}' asks for '{heard.does}', which nothing here does")

    def _which(self) -> str:
        helper = self.helper
        if helper.state in HELPING:
            return "mine"
        if helper.state == HelperState.DONE or not self._wanted():
            return "over"
        if helper.kind == Kind.INTERPRETER:
            return "interpreter"
        if helper.kind == Kind.TIPS:
            return "tip"
        return "responder" if helper.joins else "come"

    def _wanted(self) -> bool:
        """Whether the alert is still somebody's; a tip always is."""
        alert = self.tx.get(Alert, self.helper.alert_id) if self.helper.alert_id else None
        return self.helper.alert_id is None or (alert is not None and alert.state != AlertState.CLOSED)

    def _accept(self) -> str:
        helper = self.helper
        if not self._wanted() or not moves(self.tx, self.kit, helper, HelperState.ACCEPTED, self.now):
            return "over"
        if helper.joins:
            return "join"
        return "lead" if helper.kind == Kind.TIPS else "come"

    def _lead(self, state: CallState) -> str:
        given = state.sheet.get(LEAD)
        if given is None or self.helper.state not in HELPING:
            return "over"
        names_lead(self.tx, self.kit, self.helper, Kind(str(given.value)), self.now)
        return "done"
