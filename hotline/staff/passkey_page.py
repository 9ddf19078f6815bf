"""Passkeys, as the page's script uses them: asked for, made, and turned into a proof that goes where a code would."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from hotline.access.audit import Act, note
from hotline.access.passkeys import Place, add_passkey, ask_for_new, ask_to_sign, place_of, signed
from hotline.access.second_factor import give_proof
from hotline.db import write
from hotline.staff.desk import the_desk
from hotline.staff.enrol import added, after_adding, may_add, page_again
from hotline.staff.guard import holder

passkey = Blueprint("passkey", __name__, url_prefix="/passkey")


@passkey.post("/challenge")
def challenge() -> Response:
    """What is to be signed."""
    desk, me = the_desk(), holder()
    with write(desk.engine) as tx:
        asked = ask_to_sign(tx, desk.kit.ids, desk.house, _place(), me.staff_id, desk.clock.now())
    return _json(asked) if asked else abort(404)


@passkey.post("/proof")
def proof() -> Response:
    """It was signed: a proof for the field of the code."""
    desk, me, now = the_desk(), holder(), the_desk().clock.now()
    with write(desk.engine) as tx:
        right = signed(tx, desk.house, _place(), me.staff_id, _credential(), now)
        given = give_proof(tx, desk.kit.ids, me.staff_id, now) if right else ""
        if not right:
            note(tx, desk.kit.ids, Act.CODE_WRONG, now, by=me.staff_id, detail="passkey")
    return Response(given, mimetype="text/plain") if right else abort(403)


@passkey.post("/new")
def new() -> Response:
    """What the browser makes a passkey from."""
    desk, me = the_desk(), holder()
    name = desk.house.open(me.staff_id, me.name_sealed)
    with write(desk.engine) as tx:
        return _json(ask_for_new(tx, desk.kit.ids, desk.house, _place(), me.staff_id, name, desk.clock.now()))


@passkey.post("/add")
def add() -> AnyResponse:
    """The passkey that was made counts from now on. Who has a second factor already has to give that too."""
    desk, me, now = the_desk(), holder(), the_desk().clock.now()
    with write(desk.engine) as tx:
        had = may_add(tx, me, now)
        done = had is not None and add_passkey(
            tx, desk.house, desk.kit.ids, _place(), me.staff_id, _credential(), now
        )
        codes = added(tx, me, "passkey", had=bool(had)) if done else ()
        if had is None:
            note(tx, desk.kit.ids, Act.CODE_WRONG, now, by=me.staff_id)
    return after_adding(codes) if done else page_again("passkey")


def _credential() -> str:
    return request.form.get("credential", "")[:20_000]


def _place() -> Place:
    return place_of(the_desk().settings.staff_url) or abort(404)


def _json(text: str) -> Response:
    return make_response(text, 200, {"Content-Type": "application/json"})
