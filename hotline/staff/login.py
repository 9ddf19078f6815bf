"""Logging in and out."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from hotline.access.audit import Act, note
from hotline.access.key_grants import forget_session
from hotline.access.logging_in import Refused, log_in
from hotline.access.sessions import end
from hotline.db import write
from hotline.staff import cookies
from hotline.staff.desk import the_desk
from hotline.staff.guard import holder, way_back
from hotline.staff.headers import FORGET
from hotline.staff.onward import asked, enter_with

login = Blueprint("login", __name__)
STATUS = {
    Refused.WRONG: 403, Refused.WRONG_CODE: 403, Refused.NO_SECOND: 403, Refused.LOCKED: 429, Refused.BUSY: 503,
}  # fmt: skip


@login.get("/login")
def page() -> Response:
    """The form; who is logged in already goes on."""
    if g.visitor is not None:
        return redirect("/", 303)
    return form("login.html", back=way_back(request.args.get("back", "")), kept="", name="", refused="")


@login.post("/login")
def enter() -> Response:
    """Name and password. What is wrong with them is not told."""
    desk, onward = the_desk(), asked(request.form)
    name, password = request.form.get("name", "")[:200], request.form.get("password", "")[:1000]
    result = log_in(
        desk.engine, desk.kit.sealer, desk.kit.ids, desk.passwords, name, password, desk.clock.now(),
        without_second=desk.may_skip_second,
    )  # fmt: skip
    if isinstance(result, Refused):
        return form(
            "login.html", STATUS[result], back=onward.back, kept=onward.kept, name="", refused=result.value
        )
    return enter_with(result.token, onward)


@login.post("/logout")
def leave() -> Response:
    """The session is over, and the browser forgets what it keeps of us."""
    desk = the_desk()
    with write(desk.engine) as tx:
        end(tx, holder().session, desk.clock.now())
        forget_session(tx, holder().session)
        note(tx, desk.kit.ids, Act.LOGOUT, desk.clock.now(), by=holder().staff_id)
    answer = redirect("/login", 303)
    cookies.drop(desk, answer, cookies.SESSION)
    answer.headers["Clear-Site-Data"] = FORGET
    return answer


def form(template: str, status: int = 200, **shown: object) -> Response:
    """A form before there is a session: its token lies in a cookie of its own."""
    desk = the_desk()
    g.form_token = cookies.get(desk, request, cookies.FORM) or desk.kit.ids.token()
    g.visitor = g.halfway = None
    answer = make_response(render_template(template, **shown), status)
    cookies.put(desk, answer, cookies.FORM, g.form_token)
    return answer
