"""The second step of a log-in: a code of the app, a recovery code, or the passkey."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from hotline.access.logging_in import give_second
from hotline.access.sessions import Stage
from hotline.staff.desk import the_desk
from hotline.staff.guard import halfway
from hotline.staff.login import STATUS
from hotline.staff.onward import asked, go_on

second = Blueprint("second", __name__, url_prefix="/login/second")


@second.get("")
def page() -> Response:
    """What is asked for depends on what this person has."""
    return go_on(halfway(), asked(request.args))


@second.post("")
def give() -> Response:
    """A code."""
    desk, me, onward = the_desk(), halfway(), asked(request.form)
    code = request.form.get("code", "")[:100]
    refused = give_second(desk.engine, desk.house, desk.kit.ids, me, code, desk.clock.now())
    if refused is not None:
        return go_on(me, onward, wrong=refused.value, status=STATUS[refused])
    return go_on(replace(me, stage=Stage.FORM), onward)
