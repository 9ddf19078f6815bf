"""From one step of a log-in to the next: second factor, confidentiality form, and where one wanted to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import g, make_response, redirect, render_template
from werkzeug.wrappers import Response

from hotline.access.audit import Act, note
from hotline.access.login_tables import FactorKind
from hotline.access.second_factor import factors_of
from hotline.access.sessions import Stage, Visitor, end, let_in, visitor_of
from hotline.db import read, write
from hotline.staff import cookies
from hotline.staff.desk import the_desk
from hotline.staff.guard import way_back
from hotline.staff.kept import unpack
from hotline.staff.pledge import has_accepted, hash_for, sentences


@dataclass(frozen=True, slots=True)
class Onward:
    """Where somebody wanted to go: a page, or a form that they sent when the session had run out (sealed)."""

    back: str = "/"
    kept: str = ""


def asked(given: Mapping[str, str]) -> Onward:
    """As it stands in a form or an address."""
    return Onward(way_back(given.get("back", "")), given.get("kept", ""))


def enter_with(token: str, onward: Onward) -> Response:
    """On with the session that has just begun: its cookie, and its next step. An older one of this browser ends."""
    desk, now = the_desk(), the_desk().clock.now()
    with write(desk.engine) as tx:
        if older := g.visitor or g.halfway:
            end(tx, older.session, now)
            note(tx, desk.kit.ids, Act.LOGOUT, now, by=older.staff_id)
        found = visitor_of(tx, desk.settings.deployment.timings, token, now)
    answer = go_on(found, onward) if found else redirect("/login", 303)
    cookies.put(desk, answer, cookies.SESSION, token)
    cookies.drop(desk, answer, cookies.FORM)
    return answer


def go_on(me: Visitor, onward: Onward, *, wrong: str = "", status: int = 200) -> Response:
    """The page of the next step of this log-in; behind the last, what was wanted."""
    desk = the_desk()
    if me.stage is Stage.FORM and has_accepted(desk, me):
        with write(desk.engine) as tx:
            let_in(tx, desk.kit.ids, me, desk.clock.now())
        me = replace(me, stage=Stage.IN)
    g.visitor, g.halfway = (me, None) if me.stage is Stage.IN else (None, me)
    g.pop("words", None)  # from here on in the person's own language
    shown: dict[str, object] = {"back": onward.back, "kept": onward.kept, "wrong": wrong}
    if me.stage is Stage.SECOND:
        with read(desk.engine) as tx:
            kinds = {factor.kind for factor in factors_of(tx, me.staff_id)}
        shown |= {"app": FactorKind.TOTP in kinds, "passkey": FactorKind.PASSKEY in kinds}
        return make_response(render_template("second.html", **shown), status)
    if me.stage is Stage.FORM:
        shown |= {"sentences": sentences(desk, me.language), "hash": hash_for(desk, me.language).hex()}
        return make_response(render_template("confidentiality.html", **shown), status)
    if me.stage is Stage.ENROL:
        return redirect("/enrol", 303)
    form = unpack(desk, onward.kept, me.staff_id, desk.clock.now()) if onward.kept else None
    if form is None:
        return redirect(onward.back, 303)
    return make_response(render_template("kept.html", form=form, back=onward.back))
