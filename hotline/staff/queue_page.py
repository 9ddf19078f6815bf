"""The queue: what waits for a person, most pressing first; who is on call."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from hotline.access.people import names
from hotline.db import read
from hotline.queue.listing import open_threads
from hotline.queue.order import Waiting
from hotline.staff import labels
from hotline.staff.allowed import may, need
from hotline.staff.desk import the_desk
from hotline.staff.fragments import fragment
from hotline.staff.guard import visitor
from hotline.staff.marks import marks_of
from hotline.staff.on_call import OnCall, on_call
from hotline.staff.reveal_page import to_decide
from hotline.staff.sights import near_threads
from hotline.staff.words import words

queue = Blueprint("queue", __name__)
_ELSEWHERE = {"report": "/reports", "figures": "/figures"}
MOST_ROWS = 40  # keeps the page under 50 kB, in languages of long words too


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the queue, in the reader's words."""

    thread: Waiting
    grade: str
    channel: str
    language: str
    rules: tuple[str, ...]
    marks: tuple[str, ...]
    waits: str
    who: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All that the page shows: the rows from the one of number `first` (from 0) on, how many threads are open in all, and
    the rota."""

    rows: tuple[Row, ...]
    first: int
    open: int
    rota: OnCall | None
    decide: int
    """How much waits for the word of who is logged in."""

    @property
    def next(self) -> int:
        """Where the next page begins; 0 when there is none."""
        after = self.first + len(self.rows)
        return after if after < self.open else 0


@queue.get("/")
def page() -> AnyResponse | str:
    """The whole page; who may see no queue is led to what they may see."""
    if may("queue"):
        return render_template("queue.html", board=_board())
    elsewhere = next((path for what, path in _ELSEWHERE.items() if may(what)), None)
    return redirect(elsewhere, 303) if elsewhere else abort(403)


@queue.get("/live")
def live() -> Response:
    """Its living part alone, for the script; 304 when nothing changed."""
    need("queue")
    return fragment(request, make_response(render_template("queue_live.html", board=_board())))


def _board() -> Board:
    desk = the_desk()
    first = max(0, request.args.get("from", 0, type=int))
    with read(desk.engine) as tx:
        known = names(tx, desk.house)
        near = near_threads(tx, desk, visitor())
        waiting = [one for one in open_threads(tx) if near is None or one.thread_id in near]
        rows = tuple(_row(one, known) for one in waiting[first : first + MOST_ROWS])
        rota = on_call(tx, known, desk.clock.now()) if may("rota") else None
        return Board(rows, first, len(waiting), rota, to_decide(tx, desk).count)


def _row(thread: Waiting, known: dict[str, str]) -> Row:
    _ = words()
    waited = thread.waited(the_desk().clock.now())
    return Row(
        thread=thread,
        grade=labels.grade(_, thread.grade),
        channel=labels.channel(_, thread.channel),
        language=words().language(thread.language),
        rules=tuple(labels.rule(_, rule) for rule in thread.alert.rules[:3]) if thread.alert else (),
        marks=marks_of(thread),
        waits=_.span(waited) if waited is not None else "",
        who=known.get(thread.taken_by, "?") if thread.taken_by else "",
        mine=thread.taken_by == visitor().staff_id,
    )
