"""How long a thread is kept, as its page shows it; and what the leader does about it: hold it, lift the hold, confirm what is
known of suspects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from hotline.access.audit import Act, as_code, note
from hotline.access.matrix import Action
from hotline.db import write
from hotline.records.tables import Record
from hotline.retention.classes import standing
from hotline.retention.holds import hold_of, lift, place
from hotline.retention.reviews import confirm, reviews_of
from hotline.retention.tables import Stone, Tombstone
from hotline.staff.allowed import may, need
from hotline.staff.desk import StaffDesk, the_desk
from hotline.staff.guard import visitor
from hotline.staff.words import Translate, Words
from hotline.threads.tables import Thread

keeping = Blueprint("keeping", __name__, url_prefix="/threads")


@dataclass(frozen=True, slots=True)
class Review:
    """What one record tells of suspects: when it is looked at again, when it goes."""

    record_id: str
    review: str
    ends: str
    due: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a thread is kept, in words; "" where there is no date. `decides` says that the reader may change it."""

    kept_as: str
    ends: str
    words_end: str
    words_went: str
    held: str
    reviews: tuple[Review, ...]
    decides: bool
    hold_reasons: tuple[tuple[str, str], ...]
    suspect_reasons: tuple[tuple[str, str], ...]


def kept_of(tx: Session, desk: StaffDesk, words: Words, thread_id: str) -> Kept | None:
    """How this thread is kept now; None when there is none."""
    thread = tx.get(Thread, thread_id)
    if thread is None:
        return None
    days, now = desk.settings.deployment.retention, desk.clock.now()
    how, hold = standing(tx, days, thread), hold_of(tx, thread_id)
    went = tx.scalar(
        select(Tombstone.purged_at).where(Tombstone.row_id == thread_id, Tombstone.what == Stone.WORDS)
    )
    reviews = tuple(
        Review(one.record_id, day(words, one.review_at), day(words, one.expires_at), one.review_at <= now)
        for one in reviews_of(tx, thread_id)
    )
    return Kept(
        kept_as=class_name(words, how.kept_as),
        ends=day(words, how.ends_at),
        words_end="" if went else day(words, how.words_end_at),
        words_went=day(words, went),
        held=reason_name(words, hold.reason) if hold else "",
        reviews=reviews,
        decides=may("holds", Action.WRITE),
        hold_reasons=tuple((code, reason_name(words, code)) for code in days.hold_reasons),
        suspect_reasons=tuple((code, reason_name(words, code)) for code in days.suspect_reasons),
    )


@keeping.before_request
def who_may() -> None:
    """The leader decides what must not be deleted."""
    need("thread", Action.WRITE)
    need("holds", Action.WRITE)


@keeping.post("/<thread_id>/hold")
def hold(thread_id: str) -> AnyResponse:
    """Nothing of it is deleted, for a reason from the list."""
    reason = request.form.get("reason", "")
    return _done(
        thread_id,
        Act.HELD,
        lambda tx, desk, now: place(tx, desk.kit, thread_id, reason, visitor().staff_id, now),
        as_code(reason),
    )


@keeping.post("/<thread_id>/lift")
def lift_hold(thread_id: str) -> AnyResponse:
    """It may be deleted again."""
    return _done(
        thread_id, Act.HOLD_LIFTED, lambda tx, desk, now: lift(tx, thread_id, visitor().staff_id, now)
    )


@keeping.post("/<thread_id>/confirm/<record_id>")
def confirm_suspects(thread_id: str, record_id: str) -> AnyResponse:
    """What its record tells of suspects still holds."""
    reason = request.form.get("reason", "")

    def act(tx: Session, desk: StaffDesk, now: datetime) -> bool:
        record = tx.get(Record, record_id)
        ours = record is not None and record.thread_id == thread_id
        return ours and confirm(tx, desk.kit, record_id, reason, visitor().staff_id, now)

    return _done(thread_id, Act.SUSPECTS_CONFIRMED, act, as_code(reason))


def day(words: Words, at: datetime | None) -> str:
    """ "19 Nov 2026", on the clocks of the country."""
    if at is None:
        return ""
    return words.languages.dates.word(at.astimezone(words.zone).date(), words.locale)


def class_name(_: Translate, code: str) -> str:
    """What a class is called."""
    return {
        "silent": _("staff_page.kept.silent", "Nothing told"),
        "tip": _("staff_page.kept.tip", "Tip"),
        "service": _("staff_page.kept.service", "Help for a victim"),
        "consent": _("staff_page.kept.consent", "Consent"),
    }.get(code, code)


def reason_name(_: Translate, code: str) -> str:
    """What a reason is called; one that a task force added is shown as it is."""
    return {
        "court_order": _("staff_page.kept.court_order", "Court order"),
        "investigation": _("staff_page.kept.investigation", "Investigation"),
        "complaint": _("staff_page.kept.complaint", "Complaint"),
        "new_report": _("staff_page.kept.new_report", "A new report says the same"),
        "open_investigation": _("staff_page.kept.open_investigation", "The investigation is open"),
        "court_case": _("staff_page.kept.court_case", "A court case"),
    }.get(code, code.replace("_", " "))


def _done(
    thread_id: str, what: Act, act: Callable[[Session, StaffDesk, datetime], bool], reason: str = ""
) -> AnyResponse:
    desk, now = the_desk(), the_desk().clock.now()
    with write(desk.engine) as tx:
        done = act(tx, desk, now)
        if done:
            note(tx, desk.kit.ids, what, now, by=visitor().staff_id, about=thread_id, detail=reason)
    return redirect(f"/threads/{thread_id}?done={'kept' if done else 'not_now'}", 303)
