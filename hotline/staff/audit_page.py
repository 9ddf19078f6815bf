"""The weekly review of the audit: who did how much of what, what is unusual, and the signature of who has looked at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from hotline.access.audit import NOBODY, Act, note
from hotline.access.audit_acts import Kind
from hotline.access.audit_heads import SHORT, newest_head
from hotline.access.people import names
from hotline.alerts.rota.stored import stored_rota
from hotline.db import read, write
from hotline.staff.allowed import need
from hotline.staff.desk import the_desk
from hotline.staff.guard import visitor
from hotline.staff.words import Words, words
from hotline.statistics.audit_week import Unusual, last_week, review, sign

audit_pages = Blueprint("audit", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """What one person, command or job did: a number for each kind that the week knows."""

    who: str
    numbers: tuple[int, ...]


@audit_pages.before_request
def who_may() -> None:
    """Whom the matrix lets read the audit."""
    need("audit")


@audit_pages.get("/audit")
def page() -> str:
    """The last week that is over. Looking at it is noted."""
    desk, me, _ = the_desk(), visitor(), words()
    now, deployment = desk.clock.now(), desk.settings.deployment
    week = last_week(now, deployment.zone)
    with write(desk.engine) as tx:
        note(tx, desk.kit.ids, Act.AUDIT_READ, now, by=me.staff_id, detail=f"week.{week.name}")
    with read(desk.engine) as tx:
        known = names(tx, desk.house)
        found = review(tx, week, stored_rota(tx), _office(deployment.office.open_at))
        head = newest_head(tx, now)
    kinds = [kind for kind in Kind if any(kind in counts for _who, counts in found.counts)]
    return render_template(
        "audit.html",
        first=_.languages.dates.word(week.monday, _.locale),
        last=_.languages.dates.word(week.sunday, _.locale),
        week=week.name,
        kinds=[_kind(_, kind) for kind in kinds],
        lines=[
            Line(_who(_, known, by), tuple(counts.get(kind, 0) for kind in kinds))
            for by, counts in found.counts
        ],
        unusual=[_unusual(_, what, _who(_, known, by), number) for what, by, number in found.unusual],
        signed=[(_who(_, known, by), _.clock(at)) for by, at in found.signed],
        mine=any(by == me.staff_id for by, _at in found.signed),
        head=(head.seq, head.hash[:SHORT]) if head is not None else None,
    )


@audit_pages.post("/audit/sign")
def signs() -> Response:
    """ "I have looked at it": only for the week that was shown."""
    desk, now = the_desk(), the_desk().clock.now()
    week = last_week(now, desk.settings.deployment.zone)
    if request.form.get("week", "") == week.name:
        with write(desk.engine) as tx:
            sign(tx, desk.kit.ids, week, visitor().staff_id, now)
    return redirect("/audit", 303)


def _office(open_at: Callable[[datetime], bool]) -> Callable[[datetime], bool]:
    zone = the_desk().settings.deployment.zone
    return lambda at: open_at(at.astimezone(zone))


def _who(_: Words, known: dict[str, str], by: str) -> str:
    """A name; a command or job as the audit calls it."""
    if by == NOBODY:
        return _("staff_page.audit.nobody", "Not known")
    return known.get(by, by if ":" in by else "?")


def _kind(_: Words, kind: Kind) -> str:
    return {
        Kind.LOGIN: _("staff_page.audit.login", "Log-ins"),
        Kind.READ: _("staff_page.audit.read", "Read"),
        Kind.REVEAL: _("staff_page.audit.reveal", "Revealed"),
        Kind.CHANGE: _("staff_page.audit.change", "Changed"),
        Kind.EXPORT: _("staff_page.audit.export", "Exported"),
        Kind.KEY: _("staff_page.audit.key", "Keys"),
        Kind.CONFIG: _("staff_page.audit.config", "Settings"),
        Kind.AUDIT: _("staff_page.audit.audit", "Audit"),
    }[kind]


def _unusual(_: Words, what: Unusual, who: str, number: int) -> str:
    return {
        Unusual.OUTSIDE: _(
            "staff_page.audit.outside", "{who}: read outside of shift and office hours: {number}",
            who=who, number=number,
        ),
        Unusual.REVEALS: _("staff_page.audit.reveals", "{who}: revealed often: {number}", who=who, number=number),
        Unusual.EXPORTS: _("staff_page.audit.exports", "{who}: exports: {number}", who=who, number=number),
        Unusual.FAILED: _("staff_page.audit.failed", "Wrong log-ins: {number}", number=number),
        Unusual.LOCKED: _("staff_page.audit.locked", "Log-ins that were locked: {number}", number=number),
    }[what]  # fmt: skip
