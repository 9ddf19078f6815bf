"""What is closed to who has passed the guard: the whole page while the house is locked down, but for the Leader, and to the
Leader what is hidden; and ways that only the router would take."""

from __future__ import annotations

from flask import Flask, abort, g, request
from werkzeug.routing import RequestRedirect

from hotline.access.lockdown.locking import is_locked, is_shut_out
from hotline.access.sessions import Visitor
from hotline.db import read
from hotline.staff.desk import StaffDesk
from hotline.staff.guard import OPEN

REVEALS = frozenset(("reveals.reveal", "reveals.say"))  # asking for what is hidden, and giving the second yes


def set_closed(app: Flask, desk: StaffDesk) -> None:
    """Every request that the guard let pass is looked at here."""

    @app.before_request
    def closed() -> None:
        if isinstance(request.routing_exception, RequestRedirect):
            abort(404)  # the router tidies an address by sending to whatever host the asker named
        found: Visitor | None = g.get("visitor")
        if found is None:
            return
        with read(desk.engine) as tx:
            shut_out = is_shut_out(tx, found.role)
            no_reveals = request.endpoint in REVEALS and is_locked(tx)
        if no_reveals:
            abort(423)
        if shut_out:
            g.visitor = None  # and at the log-in this browser is nobody's
            if request.endpoint not in OPEN:
                abort(423)
