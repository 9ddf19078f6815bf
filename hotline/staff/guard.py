"""Who is let in: everything is refused to who is not logged in, except what stands in `OPEN`, and, to who is halfway
through a log-in, what belongs to its next step; and no form is taken without the token that was given with it. One place
for the whole app.
"""

from __future__ import annotations

import hmac
import re

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from hotline.access.sessions import Stage, Visitor, holder_of, needs_touch, touch, visitor_of
from hotline.db import read, write
from hotline.staff import cookies
from hotline.staff.desk import StaffDesk
from hotline.staff.in_hand import in_a_call
from hotline.staff.kept import GOOD, keep

OPEN = frozenset(
    ("login.page", "login.enter", "first.page", "first.choose", "health.healthz", "health.readyz", "static")
)
# Logging out is open to who has come halfway, whatever comes next.
_OUT = "login.leave"
HALFWAY = {
    Stage.SECOND: frozenset(("second.page", "second.give", "passkey.challenge", "passkey.proof", _OUT)),
    Stage.ENROL: frozenset(("enrol.page", "enrol.add", "enrol.skip", "passkey.new", "passkey.add", _OUT)),
    Stage.FORM: frozenset(("confidentiality.page", "confidentiality.agree", _OUT)),
}
# Forms in which passwords and codes are typed are asked for again as a whole.
_NEVER_KEPT = frozenset(("login", "account", "enrol", "passkey"))
_NEXT = {Stage.SECOND: "second.page", Stage.ENROL: "enrol.page", Stage.FORM: "confidentiality.page"}
# A page that looks again by itself is no sign that somebody is there.
POLLS = frozenset(("queue.live", "threads.live"))
CSRF_FIELD = "csrf"
LEFT = "X-Session-Left"  # whole seconds until the session runs out, told to the script of living pages
_PATH_BACK = re.compile(r"/(?:threads/[a-z2-7]{16}|account)?")


def set_guard(app: Flask, desk: StaffDesk) -> None:
    """Every request passes here first."""
    timings = desk.settings.deployment.timings

    @app.before_request
    def guard() -> Response | None:
        g.visitor = g.halfway = None
        g.session_id = ""
        endpoint = request.endpoint
        if endpoint in ("static", "health.healthz", "health.readyz"):
            return None
        now = desk.clock.now()
        token = cookies.get(desk, request, cookies.SESSION)
        found = None
        if token:
            g.session_id = token
            with read(desk.engine) as tx:
                found = visitor_of(tx, timings, token, now, in_a_call)
        if found is not None and found.stage is Stage.IN:
            g.visitor = found
        else:
            g.halfway = found
        if g.visitor is None and endpoint not in OPEN and not _may_halfway(endpoint):
            return _refuse(desk, endpoint, token)
        if request.method == "POST":
            _check_form(desk)
        busy = found is not None and now >= found.ends_at(timings)  # a call goes on
        if found is not None and needs_touch(found, now) and (busy or not _looks_by_itself(endpoint)):
            with write(desk.engine) as tx:
                touch(tx, found, now)
        return None

    @app.after_request
    def tell_time_left(response: Response) -> Response:
        found: Visitor | None = g.get("visitor")
        if found is not None and request.endpoint in POLLS:
            left = (found.ends_at(timings) - desk.clock.now()).total_seconds()
            response.headers[LEFT] = str(max(0, int(left)))
        return response


def visitor() -> Visitor:
    """Who is logged in; only behind the guard."""
    found: Visitor | None = g.visitor
    if found is None:
        abort(403)
    return found


def halfway() -> Visitor:
    """Who is in the middle of a log-in; only in what `HALFWAY` names."""
    found: Visitor | None = g.halfway
    if found is None:
        abort(403)
    return found


def holder() -> Visitor:
    """Who is logged in, or in the middle of it."""
    return g.visitor or halfway()


def way_back(path: str) -> str:
    """Where to go after the log-in: the queue or one thread, never another site."""
    return path if _PATH_BACK.fullmatch(path) else "/"


def _looks_by_itself(endpoint: str | None) -> bool:
    return endpoint in POLLS or "again" in request.args


def _may_halfway(endpoint: str | None) -> bool:
    found: Visitor | None = g.halfway
    return found is not None and endpoint in HALFWAY[found.stage]


def _refuse(desk: StaffDesk, endpoint: str | None, token: str) -> Response:
    if request.method != "GET" and (kept := _kept(desk, endpoint, token)):
        return kept
    if request.method != "GET" or endpoint in POLLS:
        abort(401)
    back = way_back(request.path)
    to = _NEXT[g.halfway.stage] if g.halfway is not None else "login.page"
    return redirect(url_for(to, back=back) if back != "/" else url_for(to), 303)


def _kept(desk: StaffDesk, endpoint: str | None, token: str) -> Response | None:
    """The log-in, with what was just sent kept for behind it; None for who never was logged in, or logged out."""
    from hotline.staff.login import form  # it stands behind the guard itself

    if endpoint is None or endpoint.partition(".")[0] in _NEVER_KEPT:
        return None
    with read(desk.engine) as tx:
        was = holder_of(tx, token)
    if was is None or was.stage is not Stage.IN or desk.clock.now() - was.active_at > GOOD:
        return None
    if not _is(request.form.get(CSRF_FIELD, ""), was.csrf):
        return None
    name = desk.house.open(was.staff_id, was.name_sealed)
    kept = keep(desk, request, was.staff_id, desk.clock.now())
    return form("login.html", 401, back="/", kept=kept, name=name, refused="again")


def _check_form(desk: StaffDesk) -> None:
    """The form's token must be the session's; before there is a session, that of the form cookie."""
    found: Visitor | None = g.visitor or g.halfway
    before_login = request.endpoint in OPEN
    wanted = cookies.get(desk, request, cookies.FORM) if before_login or found is None else found.csrf
    if not _is(request.form.get(CSRF_FIELD, ""), wanted):
        abort(403)


def _is(given: str, wanted: str) -> bool:
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
