"""Logging in and out."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from hotline.access.audit import Act, note
from hotline.access.logging_in import Refused, log_in
from hotline.access.sessions import end
from hotline.db import write
from hotline.staff import cookies
from hotline.staff.desk import the_desk
from hotline.staff.guard import visitor, way_back
from hotline.staff.headers import FORGET

login = Blueprint("login", __name__)
_STATUS = {Refused.WRONG: 403, Refused.LOCKED: 429, Refused.BUSY: 503}


@login.get("/login")
def page() -> Response:
    """The form; who is logged in already goes on."""
    if g.visitor is not None:
        return redirect("/", 303)
    return form("login.html", back=way_back(request.args.get("back", "")), refused="")


@login.post("/login")
def enter() -> Response:
    """Name and password. What is wrong with them is not told."""
    desk = the_desk()
    back = way_back(request.form.get("back", ""))
    name, password = request.form.get("name", "")[:200], request.form.get("password", "")[:1000]
    result = log_in(
        desk.engine, desk.kit.sealer, desk.kit.ids, desk.passwords, name, password, desk.clock.now()
    )
    if isinstance(result, Refused):
        return form("login.html", _STATUS[result], back=back, refused=result.value)
    return enter_with(result.token, back)


@login.post("/logout")
def leave() -> Response:
    """The session is over, and the browser forgets what it keeps of us."""
    desk = the_desk()
    with write(desk.engine) as tx:
        end(tx, visitor().session, desk.clock.now())
        note(tx, desk.kit.ids, Act.LOGOUT, desk.clock.now(), by=visitor().staff_id)
    answer = redirect("/login", 303)
    cookies.drop(desk, answer, cookies.SESSION)
    answer.headers["Clear-Site-Data"] = FORGET
    return answer


def enter_with(token: str, back: str) -> Response:
    """On to the page with a fresh session; an older one of this browser ends."""
    desk = the_desk()
    if g.visitor is not None:
        with write(desk.engine) as tx:
            end(tx, g.visitor.session, desk.clock.now())
            note(tx, desk.kit.ids, Act.LOGOUT, desk.clock.now(), by=g.visitor.staff_id)
    answer = redirect(back, 303)
    cookies.put(desk, answer, cookies.SESSION, token)
    cookies.drop(desk, answer, cookies.FORM)
    return answer


def form(template: str, status: int = 200, **shown: object) -> Response:
    """A form before there is a session: its token lies in a cookie of its own."""
    desk = the_desk()
    g.form_token = cookies.get(desk, request, cookies.FORM) or desk.kit.ids.token()
    g.visitor = None
    answer = make_response(render_template(template, **shown), status)
    cookies.put(desk, answer, cookies.FORM, g.form_token)
    return answer
