""" "My account": sessions, password, second factors, recovery codes. Whatever makes a way in asks for a second factor anew."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from hotline.access import key_grants
from hotline.access.account import Changed, change_password, end_own, given, mark_of
from hotline.access.audit import Act, note
from hotline.access.confidentiality import last_accepted
from hotline.access.login_tables import FactorKind
from hotline.access.passwords import LONGEST, SHORTEST, Busy, weakness
from hotline.access.second_factor import factors_of, new_recovery_codes, recovery_codes_left, remove_factor
from hotline.access.sessions import end_others, open_sessions, touch
from hotline.db import read, write
from hotline.staff import labels
from hotline.staff.allowed import may
from hotline.staff.desk import the_desk
from hotline.staff.enrol import after_adding
from hotline.staff.guard import visitor
from hotline.staff.words import words

account = Blueprint("account", __name__)
_STATUS = {"wrong": 403, "locked": 429, "busy": 503}


@account.get("/account")
def page() -> Response:
    """Everything about the own log-in."""
    return _show(told=request.args.get("done", ""))


@account.post("/here")
def here() -> Response:
    """Somebody is still there: the living pages say so when a key was pressed."""
    desk = the_desk()
    with write(desk.engine) as tx:
        touch(tx, visitor(), desk.clock.now())
    return make_response("", 204)


@account.post("/account/sessions/end")
def end_one() -> Response:
    """End one session of the own."""
    desk = the_desk()
    with write(desk.engine) as tx:
        if end_own(tx, visitor(), request.form.get("session", ""), desk.clock.now()):
            _note(tx, Act.SESSION_ENDED)
    return redirect("/account?done=ended", 303)


@account.post("/account/sessions/end-others")
def end_all_others() -> Response:
    """End all but this one."""
    desk = the_desk()
    with write(desk.engine) as tx:
        end_others(tx, visitor(), desk.clock.now())
        _note(tx, Act.SESSION_ENDED, "others")
    return redirect("/account?done=ended", 303)


@account.post("/account/password")
def password() -> Response:
    """Another password."""
    desk, me = the_desk(), visitor()
    new, old = request.form.get("password", ""), request.form.get("old", "")[:1000]
    weak = weakness(new, desk.house.open(me.staff_id, me.name_sealed), desk.own_words)
    if weak is not None or new != request.form.get("again", ""):
        return _show(wrong=weak.value if weak else "other", status=422)
    changed = change_password(
        desk.engine, desk.house, desk.kit.ids, desk.passwords, me, old, new, _mine(), desk.clock.now()
    )
    if changed is not Changed.DONE:
        return _show(wrong=changed.value, status=_STATUS[changed.value])
    with suppress(Busy):  # else the role's key is to be granted anew
        key_grants.change(desk.kit.sealer.store, desk.passwords, me.staff_id, old, new, desk.clock.now())
    return redirect("/account?done=password", 303)


@account.post("/account/factors/remove")
def remove() -> Response:
    """Take a second factor away; the last one stays."""
    desk, me, now = the_desk(), visitor(), the_desk().clock.now()
    with write(desk.engine) as tx:
        right = given(tx, desk.house, me.staff_id, _mine(), now)
        done = right and remove_factor(tx, me.staff_id, request.form.get("factor", ""))
        if done or not right:
            _note(tx, Act.FACTOR_REMOVED if done else Act.CODE_WRONG)
    if not done:
        return _show(wrong="last" if right else "code", status=403)
    return redirect("/account?done=removed", 303)


@account.post("/account/recovery")
def recovery() -> Response:
    """Ten new recovery codes; those before are worth nothing any more."""
    desk, me = the_desk(), visitor()
    with write(desk.engine) as tx:
        right = given(tx, desk.house, me.staff_id, _mine(), desk.clock.now())
        codes = new_recovery_codes(tx, desk.kit.ids, me.staff_id) if right else ()
        _note(tx, Act.RECOVERY if right else Act.CODE_WRONG)
    return after_adding(codes) if right else _show(wrong="code", status=403)


def _note(tx: Session, act: Act, detail: str = "") -> None:
    desk, me = the_desk(), visitor()
    note(tx, desk.kit.ids, act, desk.clock.now(), by=me.staff_id, about=me.staff_id, detail=detail)


def _mine() -> str:
    return request.form.get("mine", "")[:100]


def _show(*, told: str = "", wrong: str = "", status: int = 200) -> Response:
    desk, me, _ = the_desk(), visitor(), words()
    with read(desk.engine) as tx:
        sessions = open_sessions(tx, desk.settings.deployment.timings, me.staff_id, desk.clock.now())
        factors = factors_of(tx, me.staff_id)
        left = recovery_codes_left(tx, me.staff_id)
        signed = last_accepted(tx, me.staff_id)
    shown = {
        "sessions": [
            (mark_of(one.id_hash), _.clock(one.begun_at), _.clock(one.active_at), one.id_hash == me.session)
            for one in sessions
        ],
        "factors": [
            (one.id, labels.factor(_, one.kind), _.clock(one.added_at), _.clock(one.used_at) if one.used_at else "")
            for one in factors
        ],
        "passkey": any(one.kind == FactorKind.PASSKEY for one in factors),
        "left": left,
        "signed": _.clock(signed) if signed else "",
        "told": told,
        "wrong": wrong,
        "shortest": SHORTEST,
        "longest": LONGEST,
        "reviews": may("people"),
    }  # fmt: skip
    return make_response(render_template("account.html", **shown), status)
