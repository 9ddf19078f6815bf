"""Swaps, and taking the shift now. Each is one or two overrides over the rota, whatever the rota comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from hotline.alerts.alone import rota_alone
from hotline.alerts.rota.notices import RotaNotice, order_rota_text
from hotline.alerts.rota.questions import SWAP_STANDS, answered, ask, open_questions
from hotline.alerts.rota.reminders import promised
from hotline.alerts.rota.stored import add_override, on_call, stored_rota
from hotline.alerts.rota.tables import QuestionKind, QuestionState, RotaQuestion
from hotline.oncall import Turn, coming_turn, turns
from hotline.threads.kit import Kit

AHEAD = timedelta(days=28)
LONGEST = timedelta(hours=24)  # where nobody is on call, taking the shift fills so much of the gap


class Asked(StrEnum):
    """What became of the wish to swap."""

    ASKED = "asked"
    NO_SHIFT = "no_shift"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class TakenNow:
    """On call until `until`; `replaced` was first before (None: nobody). `already`: the person was it themself."""

    until: datetime
    replaced: str | None = None
    already: bool = False


def ask_swap(tx: Session, kit: Kit, by: str, to: str, now: datetime) -> Asked:
    """`by` wants `to` to take their next shift (the one that runs, when there is no other) for the next one of `to`. The one
    who is asked gets a text with a code; nothing changes before the reply."""
    if by == to:
        return Asked.SELF
    turn, other = _both(tx, by, to, now)
    if turn is None:
        return Asked.NO_SHIFT
    for before in open_questions(tx, QuestionKind.SWAP):
        if before.by == by:
            answered(before, QuestionState.OVER, now)
    question = ask(tx, kit, QuestionKind.SWAP, to, now, turn=turn, other=other, by=by)
    what = RotaNotice.ASKS_SWAP if other else RotaNotice.ASKS_TAKE
    second = {"other": other.start} if other else {}
    order_rota_text(
        tx,
        kit,
        what,
        to,
        now,
        key=question.id,
        who=by,
        code=question.code,
        start=turn.start,
        end=turn.end,
        **second,
    )
    return Asked.ASKED


def swap_now(tx: Session, kit: Kit, one: str, other: str, now: datetime) -> tuple[Turn, Turn | None] | None:
    """The coordinator swaps the next shifts of two without asking, and both are told; None when `one` has no shift."""
    rota_alone(tx)
    turn, back = _both(tx, one, other, now)
    if turn is None:
        return None
    _exchange(tx, kit, turn, other, back, now)
    _tell(tx, kit, other, one, turn, now)
    if back is not None:
        _tell(tx, kit, one, other, back, now)
    else:
        _tell_given(tx, kit, one, other, turn, now)
    return turn, back


def _both(tx: Session, one: str, other: str, now: datetime) -> tuple[Turn | None, Turn | None]:
    rota = stored_rota(tx)
    turn = coming_turn(rota, one, now, AHEAD) or next(
        (Turn(now, turn.end, one) for turn in turns(rota, now, now + AHEAD)[:1] if turn.person == one and turn.start == now),
        None,
    )  # fmt: skip
    return turn, coming_turn(rota, other, now, AHEAD) if turn else None


def agree(tx: Session, kit: Kit, question: RotaQuestion, now: datetime) -> Turn | None:
    """The one who was asked agrees: both shifts change hands. The shift that they take; None when it is not the asker's to
    give any more."""
    turn, other = _asked_turns(question)
    if turn is None or turn.end <= now or question.by is None:
        return None
    if on_call(tx, kit, max(turn.start, now))[:1] != (question.by,):
        return None
    if other is not None and on_call(tx, kit, max(other.start, now))[:1] != (question.staff_id,):
        return None
    _exchange(tx, kit, turn, question.staff_id, other, now)
    if other is not None:
        _tell(tx, kit, question.by, question.staff_id, other, now)
    else:
        _tell_given(tx, kit, question.by, question.staff_id, turn, now)
    return Turn(max(turn.start, now), turn.end, question.staff_id)


def over(question: RotaQuestion, now: datetime) -> bool:
    """Whether a swap that was asked for stands open no more: two days are past, or the shift is."""
    return now - question.asked_at > SWAP_STANDS or (question.end is not None and question.end <= now)


def _asked_turns(question: RotaQuestion) -> tuple[Turn | None, Turn | None]:
    if question.start is None or question.end is None or question.by is None:
        return None, None
    turn = Turn(question.start, question.end, question.by)
    if question.other_start is None or question.other_end is None:
        return turn, None
    return turn, Turn(question.other_start, question.other_end, question.staff_id)


def _exchange(tx: Session, kit: Kit, turn: Turn, taker: str, other: Turn | None, now: datetime) -> None:
    start = max(turn.start, now)
    add_override(tx, kit, staff_id=taker, start=start, end=turn.end, now=now, replaces=turn.person)
    promised(tx, kit, Turn(start, turn.end, taker), now)
    if other is not None:
        add_override(
            tx, kit, staff_id=turn.person, start=other.start, end=other.end, now=now, replaces=other.person
        )


def _tell(tx: Session, kit: Kit, to: str, who: str, turn: Turn, now: datetime) -> None:
    key = f"{to}:{int(now.timestamp())}"
    order_rota_text(tx, kit, RotaNotice.SWAPPED, to, now, key=key, who=who, start=turn.start, end=turn.end)


def _tell_given(tx: Session, kit: Kit, to: str, who: str, turn: Turn, now: datetime) -> None:
    key = f"{to}:{int(now.timestamp())}"
    order_rota_text(tx, kit, RotaNotice.GIVEN, to, now, key=key, who=who, start=turn.start, end=turn.end)


def take_now(tx: Session, kit: Kit, staff_id: str, now: datetime, until: datetime | None = None) -> TakenNow:
    """Somebody is on call from now to the end of the shift that runs (or `until`); who was it is told."""
    rota_alone(tx)
    ahead = turns(stored_rota(tx), now, now + AHEAD)
    runs = ahead[0] if ahead and ahead[0].start == now else None
    if runs and runs.person == staff_id and until is None:
        return TakenNow(runs.end, already=True)
    if until is not None:
        end = until
    elif runs:
        end = runs.end
    else:
        end = min([now + LONGEST, *(turn.start for turn in ahead[:1])])
    add_override(tx, kit, staff_id=staff_id, start=now, end=end, now=now)
    replaced = runs.person if runs and runs.person != staff_id else None
    if replaced:
        key = f"{replaced}:{int(now.timestamp())}"
        order_rota_text(tx, kit, RotaNotice.REPLACED, replaced, now, key=key, who=staff_id, end=end)
    return TakenNow(end, replaced)
