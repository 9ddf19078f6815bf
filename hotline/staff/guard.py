"""Who is let in: everything is refused to who is not logged in, except what stands in `OPEN`; and no form is taken
without the token that was given with it. One place for the whole app.
"""

from __future__ import annotations

import hmac
import re

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from hotline.access.sessions import Visitor, needs_touch, touch, visitor_of
from hotline.db import read, write
from hotline.staff import cookies
from hotline.staff.desk import StaffDesk

OPEN = frozenset(
    ("login.page", "login.enter", "first.page", "first.choose", "health.healthz", "health.readyz", "static")
)
# A page that looks again by itself is no sign that somebody is there.
POLLS = frozenset(("queue.live", "threads.live"))
CSRF_FIELD = "csrf"
_PATH_BACK = re.compile(r"/(?:threads/[a-z2-7]{16})?")


def set_guard(app: Flask, desk: StaffDesk) -> None:
    """Every request passes here first."""

    @app.before_request
    def guard() -> Response | None:
        g.visitor, g.session_id = None, ""
        endpoint = request.endpoint
        if endpoint in ("static", "health.healthz", "health.readyz"):
            return None
        now = desk.clock.now()
        token = cookies.get(desk, request, cookies.SESSION)
        if token:
            g.session_id = token
            with read(desk.engine) as tx:
                g.visitor = visitor_of(tx, desk.settings.deployment.timings, token, now)
        if g.visitor is None and endpoint not in OPEN:
            return _refuse(endpoint)
        if request.method == "POST":
            _check_form(desk)
        if g.visitor is not None and not _looks_by_itself(endpoint) and needs_touch(g.visitor, now):
            with write(desk.engine) as tx:
                touch(tx, g.visitor, now)
        return None


def visitor() -> Visitor:
    """Who is logged in; only behind the guard."""
    found: Visitor | None = g.visitor
    if found is None:
        abort(403)
    return found


def way_back(path: str) -> str:
    """Where to go after the log-in: the queue or one thread, never another site."""
    return path if _PATH_BACK.fullmatch(path) else "/"


def _looks_by_itself(endpoint: str | None) -> bool:
    return endpoint in POLLS or "again" in request.args


def _refuse(endpoint: str | None) -> Response:
    if request.method != "GET" or endpoint in POLLS:
        abort(401)
    back = way_back(request.path)
    return redirect(url_for("login.page", back=back) if back != "/" else url_for("login.page"), 303)


def _check_form(desk: StaffDesk) -> None:
    """The form's token must be the session's; before there is a session, that of the form cookie."""
    given = request.form.get(CSRF_FIELD, "")
    found: Visitor | None = g.visitor
    before_login = request.endpoint in OPEN
    wanted = cookies.get(desk, request, cookies.FORM) if before_login or found is None else found.csrf
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        abort(403)
