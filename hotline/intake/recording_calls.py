"""A member of staff records by phone what callers hear: the tree `recording` is played, and its `do` nodes act here.

Only from a verified phone of theirs, and with their PIN. This process writes no clip: what is kept becomes one by a deed of
the worker. A page that opens meanwhile comes first (`hotline.alerts.page_calls`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.access.pins import Tried, has_pin
from hotline.access.tables import StaffPhone
from hotline.alerts.phones import language_of
from hotline.alerts.pin_locked import order_pin_locked
from hotline.calltree import player
from hotline.calltree.actions import Action, Document, Gather, Hangup, Next, Pause, Record
from hotline.calltree.heard import Heard
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.conversation.inbound import Inbound
from hotline.forms.lacking import Lack, lacking
from hotline.intake.desk import Desk
from hotline.intake.prompts_to_record import spoken_first, take_prompt
from hotline.threads import outbox
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.tables import Call, PromptTake, TakeState

TREE = "recording"
# What a `do` node may ask for, and the branches that the tree must have for what comes of it.
ACTS = {
    "anybody": {"done"},
    "check": {"right", "wrong", "locked"},
    "which": {"one", "none"},
    "take": {"spoken", "nothing", "over"},
    "ready": {"heard", "not_heard"},
    "keep": {"done"},
    "again": {"done"},
    "leave_out": {"done"},
}
_WAIT, _MOST_WAITS = 2, 15  # seconds, and how often: the carrier makes the file, the worker fetches it
_MOST_NOTHING = 3  # so often silence after the tone
_BRANCH = {Tried.RIGHT: "right", Tried.LOCKED: "locked", Tried.LOCKED_NOW: "locked"}


def recording_call(
    tx: Session,
    desk: Desk,
    inbound: Inbound,
    turn: CallTurn,
    phone: StaffPhone,
    call: Call | None,
    pin: Tried | None,
) -> Document | None:
    """One turn. None when it is a call like any other: who has no PIN, or wants to call like anybody (then nothing is left
    of this call)."""
    book = desk.shelf.newest
    if call is None:
        if phone.verified_at is None or not has_pin(tx, phone.staff_id):
            return None
        call = Call(
            sid=turn.call_sid, staff_id=phone.staff_id, line=inbound.line, begun_at=inbound.at, status="in-progress"
        )  # fmt: skip
        tx.add(call)
        own = language_of(tx, desk.kit, phone.staff_id)
        heard = player.begin(book, TREE, desk.setting(inbound.at, own), locale=own)
    else:
        state = _load(desk, call)
        if state is None or turn.ended:
            return Document((Hangup(),), turn.step + 1)
        heard = player.hear(book, state, desk.setting(inbound.at, state.locale), turn)
    return _Recording(tx, desk, call, turn, pin, inbound.at).goes_on(heard)


class _Recording:
    """One turn: what the tree asks for is done until it has something to say."""

    def __init__(
        self, tx: Session, desk: Desk, call: Call, turn: CallTurn, pin: Tried | None, now: datetime
    ) -> None:
        self.tx, self.desk, self.call, self.turn, self.pin, self.now = tx, desk, call, turn, pin, now

    def goes_on(self, heard: Heard) -> Document | None:
        actions = list(heard.document.actions)
        while heard.does:
            if heard.does == "anybody":
                self.tx.delete(self.call)
                self.tx.flush()
                return None
            branch = self._do(heard.does, heard.state)
            if not branch:  # not yet: the same is asked again a little later
                actions += (Pause(_WAIT), Next())
                break
            setting = self.desk.setting(self.now, heard.state.locale)
            heard = player.result(self.desk.shelf.newest, heard.state, setting, branch)
            actions += heard.document.actions
        self.call.state_sealed = self.desk.kit.sealer.seal_flight(self.call.sid, heard.state.encode())
        if heard.over:
            self.call.ended_at, self.call.status = self.now, "completed"
        said = tuple(self._with_prompt(action, heard.state) for action in actions)
        return Document(said, self.turn.step + 1)

    def _do(self, act: str, state: CallState) -> str:
        """Do what the tree asks for; gives the branch it goes on with, "" to be asked again."""
        match act:
            case "check":
                if self.pin is Tried.LOCKED_NOW and self.call.staff_id is not None:
                    order_pin_locked(self.tx, self.desk.kit, self.call.staff_id, self.now)
                return _BRANCH.get(self.pin, "wrong") if self.pin is not None else "wrong"
            case "which":
                lack = self._next(state)
                state.params["clip"] = lack.key if lack is not None else ""
                return "one" if lack is not None else "none"
            case "take":
                return self._take(state)
            case "ready":
                return self._ready(state)
            case "keep":
                take = self._current(state)
                if take is not None and take.state == TakeState.READY:
                    take.state = TakeState.KEPT
                    note(self.tx, self.desk.kit.ids, Act.PROMPT, self.now, by=take.staff_id, about=take.id)
                    self._order(DeedKind.KEEP, take)
                state.params["take"] = ""
                return "done"
            case "again" | "leave_out":
                self._drop(state)
                if act == "leave_out":
                    state.params["left_out"] = f"{state.params.get('left_out', '')},{state.params['clip']}"
                return "done"
        raise LookupError(f"the tree '{TREE}' asks for '{act}', which nothing here does")

    def _take(self, state: CallState) -> str:
        """What was said after the tone: the worker is to fetch it."""
        self._drop(state)
        lack = self._lack(state)
        if not self.turn.recording or self.turn.recording_seconds < 1 or lack is None:
            nothing = int(state.params.get("nothing", "0")) + 1
            state.params["nothing"] = str(nothing)
            return "nothing" if nothing < _MOST_NOTHING else "over"
        take = PromptTake(
            id=self.desk.kit.ids.new(), staff_id=self.call.staff_id, line=self.call.line,
            recording=self.turn.recording, folder=self._folder(state), key=lack.key, text_hash=lack.text_hash,
            state=TakeState.SPOKEN, at=self.now,
        )  # fmt: skip
        self.tx.add(take)
        self.tx.flush()
        self._order(DeedKind.TAKE, take)
        state.params |= {"take": take.id, "waits": "0", "nothing": "0"}
        return "spoken"

    def _ready(self, state: CallState) -> str:
        take = self._current(state)
        waits = int(state.params.get("waits", "0"))
        if take is not None and take.state == TakeState.READY:
            return "heard"
        if take is None or take.state != TakeState.SPOKEN or waits >= _MOST_WAITS:
            self._drop(state)
            return "not_heard"
        state.params["waits"] = str(waits + 1)
        return ""

    def _order(self, kind: DeedKind, take: PromptTake) -> None:
        outbox.order(
            self.tx, self.desk.kit.ids, kind, f"{kind}:{take.id}", {"take": take.id}, self.now,
            priority=Priority.ANSWER,
        )  # fmt: skip

    def _current(self, state: CallState) -> PromptTake | None:
        return self.tx.get(PromptTake, state.params.get("take") or "")

    def _drop(self, state: CallState) -> None:
        """What was spoken before for this sentence is not wanted."""
        take = self._current(state)
        if take is not None and take.state in (TakeState.SPOKEN, TakeState.READY):
            take.state, take.media = TakeState.DROPPED, None
        state.params["take"] = ""

    def _locale(self, state: CallState) -> str:
        return str(state.sheet["record_language"].value)

    def _folder(self, state: CallState) -> str:
        """Where the clips of this language go: those of the voice variant that is chosen."""
        return self.desk.clips.folders(self._locale(state))[0]

    def _lacking(self, state: CallState) -> tuple[Lack, ...]:
        locale, languages = self._locale(state), self.desk.settings.deployment.languages
        clips = self.desk.clips.of(self._folder(state))
        return lacking(self.desk.shelf.newest, locale, languages, clips)

    def _lack(self, state: CallState) -> Lack | None:
        return next((lack for lack in self._lacking(state) if lack.key == state.params.get("clip")), None)

    def _next(self, state: CallState) -> Lack | None:
        """The first that lacks, was not left out in this call, and is not kept already."""
        rows = self.tx.execute(
            select(PromptTake.key, PromptTake.text_hash).where(
                PromptTake.folder == self._folder(state), PromptTake.state == TakeState.KEPT
            )
        )
        kept = {(row.key, row.text_hash) for row in rows}
        left_out = set(state.params.get("left_out", "").split(","))
        return next(
            (
                lack
                for lack in self._lacking(state)
                if lack.key not in left_out and (lack.key, lack.text_hash) not in kept
            ),
            None,
        )

    def _with_prompt(self, action: Action, state: CallState) -> Action:
        """The sentence is said before the tone, and what was spoken before it is asked whether to keep it."""
        if isinstance(action, Record) and (lack := self._lack(state)) is not None:
            first = spoken_first(self.desk, lack, self._locale(state), state.locale)
            return replace(action, prompts=(*action.prompts, *first))
        if isinstance(action, Gather) and action.prompts and state.params.get("take"):
            return replace(action, prompts=(take_prompt(state.params["take"], state.locale), *action.prompts))
        return action


def _load(desk: Desk, call: Call) -> CallState | None:
    if call.state_sealed is None:
        return None
    kept = desk.kit.sealer.flying(call.sid, call.state_sealed)
    if kept is None:
        return None
    state = CallState.decode(kept)
    return state if state.tree == TREE and state.node in desk.shelf.newest.trees[TREE].nodes else None
