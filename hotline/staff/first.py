"""The one-time link: the first password of a member of staff."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, request
from werkzeug.wrappers import Response

from hotline.access import key_grants
from hotline.access.first_login import invited, set_first_password
from hotline.access.passwords import LONGEST, SHORTEST, Busy, weakness
from hotline.db import read, write
from hotline.staff.desk import the_desk
from hotline.staff.login import form
from hotline.staff.onward import Onward, enter_with

first = Blueprint("first", __name__)
_OTHER, _BUSY = "other", "busy"


@first.get("/first/<token>")
def page(token: str) -> Response:
    """Looking at the link does not use it up."""
    name = _name(token)
    if name is None:
        return _worthless()
    return _choose(token, name, "")


@first.post("/first/<token>")
def choose(token: str) -> Response:
    """Set the password and go in."""
    desk = the_desk()
    name = _name(token)
    if name is None:
        return _worthless()
    password = request.form.get("password", "")
    weak = weakness(password, name, desk.own_words)
    if weak is not None or password != request.form.get("again", ""):
        return _choose(token, name, weak.value if weak else _OTHER, 422)
    try:
        hashed = desk.passwords.hash(password)
    except Busy:
        return _choose(token, name, _BUSY, 503)
    with write(desk.engine) as tx:
        done = set_first_password(tx, desk.kit.ids, token, hashed, desk.clock.now())
    if done is None:
        return _worthless()
    staff_id, session = done
    with suppress(Busy):  # else the next log-in makes it
        key_grants.renew(desk.kit.sealer.store, desk.passwords, staff_id, password, desk.clock.now())
    return enter_with(session, Onward())


def _name(token: str) -> str | None:
    """Whose link it is."""
    desk = the_desk()
    with read(desk.engine) as tx:
        staff = invited(tx, token, desk.clock.now())
        if staff is None:
            return None
        return desk.house.open(staff.id, staff.name_sealed)


def _choose(token: str, name: str, wrong: str, status: int = 200) -> Response:
    return form("first.html", status, token=token, name=name, wrong=wrong, shortest=SHORTEST, longest=LONGEST)


def _worthless() -> Response:
    return form("first_over.html", 403)
