"""Adding a second factor: right after the first password, and later from "My account"."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from datetime import datetime

import segno
from flask import Blueprint, abort, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from hotline.access.audit import Act, note
from hotline.access.login_tables import FactorKind
from hotline.access.passkeys import place_of
from hotline.access.second_factor import (
    add_app,
    app_address,
    factors_of,
    fresh,
    has_second,
    new_recovery_codes,
    new_secret,
)
from hotline.access.sessions import Stage, Visitor, advance
from hotline.db import read, write
from hotline.staff.desk import the_desk
from hotline.staff.guard import holder
from hotline.staff.onward import Onward, go_on
from hotline.vault.sealing import Unsealable

enrol = Blueprint("enrol", __name__, url_prefix="/enrol")


@enrol.get("")
def page() -> Response:
    """A secret for an app, as a picture and to be typed; nothing is kept until a code of it came back."""
    return _show(new_secret(the_desk().kit.ids))


@enrol.post("")
def add() -> Response:
    """The first code of the app: the app counts from now on. Who has one already has to give that too."""
    desk, me = the_desk(), holder()
    try:
        secret = desk.house.open(_owner(me), base64.urlsafe_b64decode(request.form.get("secret", "")))
    except (Unsealable, ValueError, IndexError):
        return redirect("/enrol", 303)
    code, now = request.form.get("code", "")[:100], desk.clock.now()
    with write(desk.engine) as tx:
        had = may_add(tx, me, now)
        done = had is not None and add_app(tx, desk.house, desk.kit.ids, me.staff_id, secret, code, now)
        codes = added(tx, me, "app", had=bool(had)) if done else ()
        if had is None:
            note(tx, desk.kit.ids, Act.CODE_WRONG, now, by=me.staff_id)
    return after_adding(codes) if done else _show(secret, wrong="code")


@enrol.post("/skip")
def skip() -> Response:
    """Without a second factor: only while nothing real can come in."""
    desk, me = the_desk(), holder()
    if not desk.may_skip_second or me.stage is not Stage.ENROL:
        abort(403)
    with write(desk.engine) as tx:
        advance(tx, me.session, Stage.FORM)
    return go_on(replace(me, stage=Stage.FORM), Onward())


def page_again(wrong: str) -> Response:
    """The page once more, with what was wrong."""
    return _show(new_secret(the_desk().kit.ids), wrong=wrong)


def may_add(tx: Session, me: Visitor, now: datetime) -> bool | None:
    """Whether this person has a second factor already; None when they have, and did not give it with the form: who sits at a
    page that somebody left open adds nothing."""
    had = has_second(tx, me.staff_id)
    if had and (me.stage is not Stage.IN or not fresh(tx, the_desk().house, me.staff_id, _mine(), now)):
        return None
    return had


def added(tx: Session, me: Visitor, kind: str, *, had: bool) -> tuple[str, ...]:
    """A second factor was added: with the first one come recovery codes, and the log-in goes on."""
    desk = the_desk()
    note(tx, desk.kit.ids, Act.FACTOR_ADDED, desk.clock.now(), by=me.staff_id, detail=kind)
    if me.stage is Stage.ENROL:
        advance(tx, me.session, Stage.FORM)
    return () if had else new_recovery_codes(tx, desk.kit.ids, me.staff_id)


def after_adding(codes: tuple[str, ...]) -> Response:
    """The recovery codes, which are never shown again; the account where there are no new ones."""
    if not codes:
        return redirect("/account?done=added", 303)
    return make_response(render_template("recovery.html", codes=codes))


def _mine() -> str:
    return request.form.get("mine", "")[:100]


def _show(secret: str, *, wrong: str = "") -> Response:
    desk, me = the_desk(), holder()
    with read(desk.engine) as tx:
        had = has_second(tx, me.staff_id)
        passkey = bool(factors_of(tx, me.staff_id, FactorKind.PASSKEY))
    name = desk.house.open(me.staff_id, me.name_sealed)
    picture = io.BytesIO()
    address = app_address(secret, name, desk.settings.staff_url.partition("//")[2])
    segno.make(address, error="m").save(
        picture, kind="svg", xmldecl=False, svgns=True, dark="#000", light="#fff", border=4, omitsize=True
    )
    shown = {
        "picture": picture.getvalue().decode(),
        "groups": [secret[start : start + 4] for start in range(0, len(secret), 4)],
        "secret": base64.urlsafe_b64encode(desk.house.seal(_owner(me), secret)).decode(),
        "wrong": wrong,
        "had": had,
        "passkey": passkey,
        "place": place_of(desk.settings.staff_url),
        "may_skip": desk.may_skip_second and me.stage is Stage.ENROL,
    }
    return make_response(render_template("enrol.html", **shown), 422 if wrong else 200)


def _owner(me: Visitor) -> str:
    return f"enrol.{me.staff_id}"
