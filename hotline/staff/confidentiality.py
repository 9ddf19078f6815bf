"""The confidentiality form: accepted before anything is open, and again when its words have changed."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from hotline.access.confidentiality import accept
from hotline.access.sessions import Stage, let_in
from hotline.db import write
from hotline.staff.desk import the_desk
from hotline.staff.guard import halfway
from hotline.staff.onward import asked, go_on
from hotline.staff.pledge import hash_for

confidentiality = Blueprint("confidentiality", __name__, url_prefix="/confidentiality")


@confidentiality.get("")
def page() -> Response:
    """The form."""
    return go_on(halfway(), asked(request.args))


@confidentiality.post("")
def agree() -> Response:
    """It is accepted, and everything that the role may see is open."""
    desk, me = the_desk(), halfway()
    shown = hash_for(desk, me.language)
    if request.form.get("read") != "yes" or request.form.get("shown") != shown.hex():
        return go_on(me, asked(request.form))
    with write(desk.engine) as tx:
        accept(tx, me.staff_id, shown, desk.clock.now())
        let_in(tx, desk.kit.ids, me, desk.clock.now())
    return go_on(replace(me, stage=Stage.IN), asked(request.form))
