"""What people do by hand with the alert of a thread: page a colleague, hand it over, page the next now, let it rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from hotline.access.matrix import Action
from hotline.alerts.manual import Came, ask, next_now, snooze
from hotline.alerts.phones import everyone
from hotline.alerts.raising import open_alert_of
from hotline.alerts.tables import Asked
from hotline.db import write
from hotline.staff.allowed import need
from hotline.staff.desk import StaffDesk, the_desk
from hotline.staff.guard import visitor

manual = Blueprint("manual", __name__, url_prefix="/threads")
BY_HAND, NOT_NOW = "by_hand", "not_now"


@manual.before_request
def who_may() -> None:
    """As for the thread itself."""
    need("thread", Action.WRITE)


@manual.post("/<thread_id>/ask")
def page_somebody(thread_id: str) -> AnyResponse:
    """Page the colleague who was chosen, or hand the alert over to them."""
    what = Asked.TRANSFER if "over" in request.form else Asked.HELP
    colleague = request.form.get("colleague", "")
    return _done(
        thread_id,
        lambda tx, desk, alert, now: ask(tx, desk.kit, alert, colleague, what, now, by=visitor().staff_id),
    )


@manual.post("/<thread_id>/next")
def page_the_next(thread_id: str) -> AnyResponse:
    """Page the next person now."""
    return _done(
        thread_id, lambda tx, desk, alert, now: next_now(tx, desk.kit, alert, now, by=visitor().staff_id)
    )


@manual.post("/<thread_id>/rest")
def rest(thread_id: str) -> AnyResponse:
    """Let it rest, for some minutes and a reason."""
    minutes, reason = request.form.get("minutes", ""), request.form.get("reason", "")
    number = int(minutes) if minutes.isdecimal() and len(minutes) <= 3 else 0
    return _done(
        thread_id,
        lambda tx, desk, alert, now: snooze(tx, desk.kit, alert, number, reason, now, by=visitor().staff_id),
    )


def colleagues(tx: Session, taken_by: str | None) -> list[str]:
    """The ids of who can be paged, whoever has the alert left out."""
    return [one for one in everyone(tx) if one != taken_by]


def _done(thread_id: str, act: Callable[[Session, StaffDesk, str, datetime], Came]) -> AnyResponse:
    desk = the_desk()
    with write(desk.engine) as tx:
        alert = open_alert_of(tx, thread_id)
        came = act(tx, desk, alert.id, desk.clock.now()) if alert is not None else Came.OVER
    desk.bell.ring()
    return redirect(f"/threads/{thread_id}?done={BY_HAND if came is Came.DONE else NOT_NOW}", 303)
