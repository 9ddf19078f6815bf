"""Who has access, looked through and signed by leader and administrator."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from hotline.access.audit import Act, note
from hotline.access.people import names
from hotline.access.reviewing import UNUSED_DAYS, accounts, hash_of_list, reviews, sign
from hotline.db import read, write
from hotline.staff import labels
from hotline.staff.allowed import need
from hotline.staff.desk import the_desk
from hotline.staff.guard import visitor
from hotline.staff.words import words

review = Blueprint("review", __name__, url_prefix="/review")


@review.before_request
def who_may() -> None:
    """Not for everybody."""
    need("people")


@review.get("")
def page() -> Response:
    """The list, and who signed it when."""
    return _show(told=request.args.get("done", ""))


@review.post("")
def sign_it() -> Response:
    """Signed, if it is still what was shown."""
    desk, me = the_desk(), visitor()
    try:
        seen = bytes.fromhex(request.form.get("seen", ""))
    except ValueError:
        abort(403)
    with write(desk.engine) as tx:
        if signed := sign(tx, desk.kit.ids, me.staff_id, seen, desk.clock.now()):
            note(tx, desk.kit.ids, Act.ACCESS_REVIEWED, desk.clock.now(), by=me.staff_id)
    return redirect("/review?done=signed", 303) if signed else _show(told="changed", status=409)


def _show(*, told: str = "", status: int = 200) -> Response:
    desk, _ = the_desk(), words()
    with read(desk.engine) as tx:
        listed = accounts(tx, desk.clock.now())
        signed = reviews(tx)
        known = names(tx, desk.house)
    now = hash_of_list(listed)
    rows = [
        {
            "name": known.get(one.staff_id, "?"),
            "role": labels.role(_, one.role),
            "used": _.clock(one.used_at) if one.used_at else "",
            "factors": [labels.factor(_, kind) for kind in one.factors],
            "unused": one.unused,
        }
        for one in listed
    ]
    shown = {
        "rows": rows,
        "signed": [(known.get(one.by_staff_id, "?"), _.clock(one.signed_at), one.seen_hash == now) for one in signed],
        "seen": now.hex(),
        "days": UNUSED_DAYS,
        "told": told,
    }  # fmt: skip
    return make_response(render_template("review.html", **shown), status)
