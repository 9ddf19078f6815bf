"""Showing what is hidden in a thread; and what waits for somebody else: a second yes, and cases read in an emergency."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from hotline.access.audit import Act, note
from hotline.access.people import names
from hotline.access.reveals import answer, ask, may_answer, waiting
from hotline.access.sight import Seen
from hotline.alerts.glass import confirm, may_confirm, unconfirmed
from hotline.alerts.tables import Alert
from hotline.db import read, write
from hotline.staff.desk import StaffDesk, the_desk
from hotline.staff.guard import visitor
from hotline.staff.sights import look_at
from hotline.staff.step_up import is_fresh
from hotline.staff.thread_view import wanting_of
from hotline.staff.words import words
from hotline.threads.tables import Thread

reveals = Blueprint("reveals", __name__)
REVEALED, ASKED, NO_CODE = "revealed", "asked", "no_code"


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody waits for a second yes."""

    id: str
    reference: str
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class Glass:
    """A case that was read in an emergency and is to be confirmed."""

    id: str
    code: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class ToDecide:
    """What waits for the word of who is logged in."""

    wishes: tuple[Wish, ...]
    glasses: tuple[Glass, ...]

    @property
    def count(self) -> int:
        return len(self.wishes) + len(self.glasses)


def to_decide(tx: Session, desk: StaffDesk) -> ToDecide:
    """Everything of it, the oldest first."""
    me, now, access = visitor(), desk.clock.now(), desk.settings.deployment.access
    wishes = [row for row in waiting(tx, now) if may_answer(tx, access, row, me.staff_id, me.role, now)]
    glasses = [row for row in unconfirmed(tx) if may_confirm(tx, access, row, me.staff_id, me.role)]
    known = names(tx, desk.house) if wishes or glasses else {}
    _ = words()
    return ToDecide(
        tuple(
            Wish(
                row.id,
                thread.reference if (thread := tx.get(Thread, row.thread_id)) is not None else "?",
                known.get(row.staff_id, "?"),
                _.reveal(row.reason),
                _.clock(row.asked_at),
            )
            for row in wishes
        ),
        tuple(
            Glass(
                row.id,
                alert.code if (alert := tx.get(Alert, row.alert_id)) is not None else "?",
                known.get(row.staff_id, "?"),
                _.clock(row.at),
            )
            for row in glasses
        ),
    )


@reveals.post("/threads/<thread_id>/reveal")
def reveal(thread_id: str) -> AnyResponse:
    """Show what is hidden for a while, or ask for a second person's yes."""
    desk, me = the_desk(), visitor()
    look, second = look_at(desk, me, thread_id), "second" in request.form
    reason = request.form.get("reason", "")
    if reason not in desk.settings.deployment.access.reveal_reasons:
        abort(422)
    with read(desk.engine) as tx:
        wanted = wanting_of(tx, thread_id, look.sight)
    if (Seen.SECOND if second else Seen.HIDDEN) not in wanted:
        return redirect(f"/threads/{thread_id}", 303)
    with write(desk.engine) as tx:
        now = desk.clock.now()
        if not is_fresh(tx, desk, me.staff_id, request.form.get("code", ""), now):
            done = NO_CODE
            note(tx, desk.kit.ids, Act.CODE_WRONG, now, by=me.staff_id)
        else:
            access = desk.settings.deployment.access
            ask(tx, desk.kit.ids, access, thread_id, me.staff_id, reason, now, second=second)
            done = ASKED if second else REVEALED
    return redirect(f"/threads/{thread_id}?done={done}", 303)


@reveals.get("/to-decide")
def page() -> str:
    """What waits for the word of who is logged in."""
    desk = the_desk()
    with read(desk.engine) as tx:
        return render_template("to_decide.html", decide=to_decide(tx, desk))


@reveals.post("/to-decide/reveals/<reveal_id>")
def say(reveal_id: str) -> AnyResponse:
    """A second person's yes or no."""
    desk, me = the_desk(), visitor()
    with write(desk.engine) as tx:
        yes = request.form.get("answer") == "yes"
        access, now = desk.settings.deployment.access, desk.clock.now()
        if not answer(tx, desk.kit.ids, access, reveal_id, me.staff_id, me.role, yes, now):
            abort(403)
    return redirect("/to-decide", 303)


@reveals.post("/to-decide/glasses/<glass_id>")
def right(glass_id: str) -> AnyResponse:
    """It was right to read the case at once."""
    desk, me = the_desk(), visitor()
    with write(desk.engine) as tx:
        if not confirm(tx, desk.settings.deployment.access, glass_id, me.staff_id, me.role, desk.clock.now()):
            abort(403)
        note(tx, desk.kit.ids, Act.GLASS_CONFIRMED, desk.clock.now(), by=me.staff_id, about=glass_id)
    return redirect("/to-decide", 303)
