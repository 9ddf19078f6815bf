"""One thread: reading it, taking it, answering by text, closing it with an outcome."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from hotline.access.audit import Act, note
from hotline.access.matrix import Action, Purpose
from hotline.access.people import names
from hotline.access.reveals import of_thread, shown
from hotline.access.sight import Seen
from hotline.db import lock_row, read, write
from hotline.queue.order import Waiting
from hotline.queue.working import Done, close_thread, put_back, seen, still_on_it, take_thread
from hotline.staff import labels
from hotline.staff.allowed import may, need, the_matrix
from hotline.staff.desk import the_desk
from hotline.staff.fragments import fragment
from hotline.staff.guard import visitor
from hotline.staff.helpers_view import helping
from hotline.staff.keeping_page import kept_of
from hotline.staff.manual_page import colleagues
from hotline.staff.marks import marks_of
from hotline.staff.reading import reads
from hotline.staff.record_view import names_in
from hotline.staff.sights import look_at
from hotline.staff.step_up import has_passkey, wants_code
from hotline.staff.thread_view import View, view_of
from hotline.staff.words import words
from hotline.threads.outreach import Decision, decide, write_to_contact
from hotline.threads.sending import MACHINE
from hotline.threads.tables import Direction, Message, Recording, Thread
from hotline.vault.sealing import Unsealable

threads = Blueprint("threads", __name__, url_prefix="/threads")
# What a page says after a deed.
_TAKEN, _STILL, _SENT, _BACK, _CLOSED = "taken", "still", "sent", "back", "closed"
_MEANWHILE = "meanwhile"


@threads.before_request
def who_may() -> None:
    """A thread is for roles that the matrix lets see it; what changes it, for those that may."""
    need("thread", Action.READ if request.method == "GET" else Action.WRITE)


@threads.get("/<thread_id>")
def page(thread_id: str) -> AnyResponse:
    """The whole page. Who has the thread has seen by this what waited in it."""
    view = _view(thread_id, note=True)
    if view.thread.taken_by == visitor().staff_id and view.thread.waiting_since is not None:
        with write(the_desk().engine) as tx:
            seen(tx, thread_id, visitor().staff_id)
    return _show(view, told=request.args.get("done", ""))


@threads.get("/<thread_id>/live")
def live(thread_id: str) -> AnyResponse:
    """Its living part alone, for the script; 304 when nothing changed."""
    shown = _shown(_view(thread_id))
    return fragment(request, make_response(render_template("thread_live.html", **shown)))


@threads.post("/<thread_id>/take")
def take(thread_id: str) -> AnyResponse:
    """ "Mine": the thread, and its alert with it."""
    desk, me = the_desk(), visitor()
    with write(desk.engine) as tx:
        over = _may_take_over() and "over" in request.form
        done = take_thread(tx, desk.kit, thread_id, me.staff_id, desk.clock.now(), over=over)
    desk.bell.ring()
    return _after(thread_id, done, _TAKEN)


@threads.post("/<thread_id>/still")
def still(thread_id: str) -> AnyResponse:
    """ "Still on it": the alert does not open again yet."""
    desk, me = the_desk(), visitor()
    with write(desk.engine) as tx:
        done = still_on_it(tx, desk.kit, thread_id, me.staff_id, desk.clock.now())
    return _after(thread_id, done, _STILL)


@threads.post("/<thread_id>/put-back")
def give_back(thread_id: str) -> AnyResponse:
    """Back into the queue, for others."""
    desk, me = the_desk(), visitor()
    with write(desk.engine) as tx:
        done = put_back(tx, desk.kit, thread_id, me.staff_id, desk.clock.now())
    return _after(thread_id, done, _BACK)


@threads.post("/<thread_id>/close")
def close(thread_id: str) -> AnyResponse:
    """The thread ends with an outcome."""
    desk, me = the_desk(), visitor()
    with write(desk.engine) as tx:
        done = close_thread(
            tx, desk.kit, thread_id, me.staff_id, request.form.get("outcome", ""), desk.clock.now()
        )
    desk.bell.ring()
    return _after(thread_id, done, _CLOSED)


@threads.post("/<thread_id>/answer")
def answer(thread_id: str) -> AnyResponse:
    """A text to the contact, where the rules let it go; what was typed is never lost by a refusal."""
    desk, me = the_desk(), visitor()
    text = request.form.get("text", "").replace("\r\n", "\n")
    view = _view(thread_id)
    with write(desk.engine) as tx:
        lock_row(tx, Thread, thread_id)
        # The same form sent twice, or a colleague's line meanwhile: the person should see it first.
        meanwhile = _last_line(tx, thread_id) != request.form.get("last", "")
        decision = None
        if not meanwhile:
            decision = write_to_contact(
                tx, desk.kit, desk.discretion, thread_id, me.staff_id, text, desk.clock.now(),
                names=(*names_in(tx, desk, thread_id), *names(tx, desk.house).values()),
            )  # fmt: skip
    if decision is None:
        return _show(view, 409, told=_MEANWHILE, text=text)
    if not decision.allowed:
        return _show(view, 422, text=text, decision=decision)
    desk.bell.ring()
    return redirect(f"/threads/{thread_id}?done={_SENT}", 303)


@threads.get("/<thread_id>/recordings/<message_id>")
def recording(thread_id: str, message_id: str) -> Response:
    """The audio of a recording."""
    desk = the_desk()
    if not look_at(desk, visitor(), thread_id, note=True).sight.shows("words"):
        abort(403)
    with read(desk.engine) as tx:
        message, audio = tx.get(Message, message_id), tx.get(Recording, message_id)
    if message is None or message.thread_id != thread_id or audio is None or desk.reader is None:
        abort(404)
    try:
        media = desk.reader.open(message_id, audio.media_sealed)
    except Unsealable:
        abort(404)
    with write(desk.engine) as tx:
        now = desk.clock.now()
        note(tx, desk.kit.ids, Act.RECORDING_HEARD, now, by=visitor().staff_id, about=message_id)
    return Response(media, mimetype="audio/mpeg")


def _view(thread_id: str, *, note: bool = False) -> View:
    desk = the_desk()
    sight = look_at(desk, visitor(), thread_id, note=note).sight
    with read(desk.engine) as tx:
        view = view_of(tx, desk, words(), names(tx, desk.house), thread_id, sight)
    if view is None:
        abort(404)
    reads(desk, visitor().staff_id, thread_id, [sheet.id for sheet in view.sheets])
    return view


def _may_take_over() -> bool:
    """Whether this role may take a thread from a colleague who has no open promise for it."""
    return the_matrix(the_desk()).may(visitor().role, Purpose.SUPERVISION, "thread", Action.WRITE)


def _last_line(tx: Session, thread_id: str) -> str:
    """The id of the last text that a person of ours wrote in the thread; "" when there is none."""
    last = tx.scalar(
        select(Message.id)
        .where(
            Message.thread_id == thread_id,
            Message.direction == Direction.OUT,
            Message.by != MACHINE,
        )
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(1)
    )
    return last or ""


def _after(thread_id: str, done: Done, told: str) -> AnyResponse:
    if done is not Done.DONE:
        return _show(_view(thread_id), 409, told=done.value)
    return redirect("/?done=closed" if told == _CLOSED else f"/threads/{thread_id}?done={told}", 303)


def _show(
    view: View, status: int = 200, *, told: str = "", text: str = "", decision: Decision | None = None
) -> AnyResponse:
    return make_response(
        render_template("thread.html", told=told, text=text, refused=decision, **_shown(view)), status
    )


def _shown(view: View) -> dict[str, object]:
    """What both the page and its living part are made of."""
    desk, me, _ = the_desk(), visitor(), words()
    thread = view.thread
    with read(desk.engine) as tx:
        may_write = decide(tx, desk.kit, desk.discretion, thread.thread_id, me.staff_id, desk.clock.now())
        last = _last_line(tx, thread.thread_id)
        row = tx.get(Thread, thread.thread_id)
        known = names(tx, desk.house)
        others = colleagues(tx, thread.taken_by)
        helpers = helping(tx, desk, words(), thread.thread_id) if may("alerts") else ()
        kept = kept_of(tx, desk, words(), thread.thread_id)
        reveals = of_thread(tx, thread.thread_id, me.staff_id, desk.clock.now())
        code_wanted, passkey = wants_code(tx, desk, me.staff_id), has_passkey(tx, me.staff_id)
    plain = shown(reveals, second=False) or shown(reveals, second=True)
    return {
        "kept": kept,
        "view": view,
        "helpers": helpers,
        "take_over": _may_take_over(),
        "may_work": may("thread", Action.WRITE),
        "hidden": Seen.HIDDEN in view.wanting,
        "second": Seen.SECOND in view.wanting,
        "asked": any(row.second and row.granted_at is None for row in reveals),
        "shown_until": words().clock(plain.expires_at) if plain else "",
        "wants_code": code_wanted,
        "passkey": passkey,
        "reasons": [(code, words().reveal(code)) for code in desk.settings.deployment.access.reveal_reasons],
        "minutes": desk.settings.deployment.access.reveal_minutes,
        "thread": thread,
        "closed": row is None or row.closed_at is not None,
        "outcome": words().outcome(row.outcome) if row is not None and row.outcome else "",
        "who": known.get(thread.taken_by, "?") if thread.taken_by else "",
        "mine": thread.taken_by == me.staff_id,
        "marks": marks_of(thread),
        "reopens": words().clock(reopens) if (reopens := _reopens(thread)) else "",
        "may_write": may_write,
        "last": last,
        "grade": labels.grade(_, thread.grade),
        "channel": labels.channel(_, thread.channel),
        "language": words().language(thread.language),
        "rules": tuple(labels.rule(_, rule) for rule in thread.alert.rules) if thread.alert else (),
        "outcomes": [(code, words().outcome(code)) for code in desk.settings.deployment.alerts.outcomes],
        "colleagues": [(one, known.get(one, "?")) for one in others],
        "snooze_most": desk.settings.deployment.alerts.snooze_minutes,
        "snooze_reasons": [
            (code, words().snooze(code)) for code in desk.settings.deployment.alerts.snooze_reasons
        ],
        "refusal_words": lambda code: labels.refusal(_, code),
        "finding_words": lambda kind: labels.finding(_, kind),
    }


def _reopens(thread: Waiting) -> datetime | None:
    """When the alert that somebody took opens again without an outcome."""
    alert = thread.alert
    if alert is None or alert.closed or alert.taken_by is None or alert.promised_at is None:
        return None
    return alert.promised_at + timedelta(minutes=the_desk().settings.deployment.timings.outcome_minutes)
