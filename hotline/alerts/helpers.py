"""Somebody of the directory is asked to help: an interpreter or a responder for a person on the line, the point of contact for a
tip. One after the other is rung until one says yes by a key or a reply; nothing else does, no voicemail and no silence.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access import audit
from hotline.access.audit import Act
from hotline.access.directory import entry_phones, rung_entries
from hotline.access.directory_tables import DirectoryPhone
from hotline.alerts.helper_tables import Helper, HelperState
from hotline.alerts.log import Happened, note
from hotline.alerts.paging import hang_up
from hotline.alerts.tables import Alert
from hotline.now import Ids
from hotline.oncall.directory import Kind, who_to_ask
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.tables import Thread

LISTENING = timedelta(seconds=40)
"""How long who picked up may listen before the next one is rung."""
LASTS = timedelta(hours=24)

OPEN = (HelperState.ASKED, HelperState.TOLD)
HELPING = (HelperState.ACCEPTED, HelperState.ON_WAY, HelperState.THERE)
_TIMES = {
    HelperState.TOLD: "told_at",
    HelperState.ACCEPTED: "accepted_at",
    HelperState.ON_WAY: "on_way_at",
    HelperState.THERE: "there_at",
    HelperState.DONE: "done_at",
}
_ORDER = (HelperState.ASKED, HelperState.TOLD, *HELPING, HelperState.DONE)


def ask(
    tx: Session,
    kit: Kit,
    kind: Kind,
    now: datetime,
    *,
    alert: Alert | None = None,
    thread: Thread | None = None,
    asked_by: str | None = None,
    language: str = "",
    district: str = "",
    joins: bool = False,
) -> Helper | None:
    """Ask the first of the directory for this help; None where nobody is there for it at this hour."""
    first = Helper(
        id="", request_id=kit.ids.new(), alert_id=alert.id if alert else None,
        thread_id=thread.id if thread else alert.thread_id if alert else None,
        kind=kind.value, language=language, district=district, joins=joins, asked_by=asked_by,
    )  # fmt: skip
    if asked_by is not None:
        about = first.thread_id or first.alert_id or ""
        audit.note(tx, kit.ids, Act.HELPER, now, by=asked_by, about=about, detail=kind.value)
    return _ask_next(tx, kit, first, now)


def _ask_next(tx: Session, kit: Kit, before: Helper, now: datetime) -> Helper | None:
    """The next phone in the order of the directory that was not rung for this request yet."""
    deployment = kit.settings.deployment
    kind = Kind(before.kind)
    rung = set(tx.scalars(select(Helper.phone_id).where(Helper.request_id == before.request_id)))
    order = who_to_ask(
        rung_entries(tx),
        kind,
        district=before.district,
        language=before.language,
        local=now.astimezone(deployment.zone),
        office=deployment.office.open_at,
    )
    phones = ((entry, phone) for entry in order for phone in entry_phones(tx, entry))
    found = next(((entry, phone) for entry, phone in phones if phone.id not in rung), None)
    if found is None:
        if before.alert_id:
            note(tx, before.alert_id, Happened.HELP_NOBODY, now, staff_id=before.asked_by, detail=before.kind)
        return None
    entry_id, phone = found
    helper = Helper(
        id=kit.ids.new(), request_id=before.request_id, alert_id=before.alert_id, thread_id=before.thread_id,
        entry_id=entry_id, phone_id=phone.id, number_index=phone.number_index, kind=before.kind,
        language=before.language, district=before.district, joins=before.joins, asked_by=before.asked_by,
        code=_free_code(tx, kit.ids, now), state=HelperState.ASKED, asked_at=now,
        next_at=now + timedelta(seconds=deployment.timings.ring_seconds) + LISTENING,
    )  # fmt: skip
    tx.add(helper)
    tx.flush()
    outbox.order(
        tx, kit.ids, DeedKind.RING_HELPER, f"ring_helper:{helper.id}", {"helper": helper.id}, now,
        priority=Priority.PAGE,
    )  # fmt: skip
    if kind is Kind.TIPS and not phone.landline:
        payload = {"helper": helper.id, "asked": "yes"}
        outbox.order(tx, kit.ids, DeedKind.HELPER_TEXT, f"helper_text:{helper.id}:asked", payload, now)
    _note(tx, helper, Happened.HELP_ASKED, now)
    return helper


def ring_wanted(tx: Session, helper_id: str) -> DirectoryPhone | None:
    """The phone that the worker, with the deed in hand, is still to ring."""
    helper = tx.get(Helper, helper_id)
    if helper is None or helper.state != HelperState.ASKED or helper.call_sid is not None:
        return None
    return tx.get(DirectoryPhone, helper.phone_id)


def rings(tx: Session, kit: Kit, helper_id: str, sid: str, now: datetime) -> None:
    """The carrier took the call; where nobody is waited for any more it ends at once."""
    helper = tx.get(Helper, helper_id)
    if helper is None or helper.state not in (*OPEN, *HELPING):
        hang_up(tx, kit, sid, now)
        return
    helper.call_sid = helper.call_sid or sid


def moves(tx: Session, kit: Kit, helper: Helper, state: HelperState, now: datetime) -> bool:
    """They said how far they are: only forward. The first yes is told to who asked, and nobody else is rung for it; it may
    come after the next one was asked already. False where it changes nothing, or somebody else said yes before."""
    late = helper.state == HelperState.NO
    if late and (state in OPEN or _taken(tx, helper)):
        return False
    if not late and _ORDER.index(state) <= _ORDER.index(HelperState(helper.state)):
        return False
    yes = state not in OPEN and helper.state in (*OPEN, HelperState.NO)
    if yes and _taken(tx, helper):
        return False
    helper.state = state.value
    setattr(helper, _TIMES[state], now)
    if state not in OPEN:
        helper.next_at = None
    _note(tx, helper, _HAPPENED[state], now)
    if (yes and not helper.joins) or state in (HelperState.ON_WAY, HelperState.THERE, HelperState.DONE):
        _tell(tx, kit, helper, now)
    if yes:
        _ask_nobody_else(tx, kit, helper, now)
        payload = {"helper": helper.id}
        outbox.order(tx, kit.ids, DeedKind.HELPER_TEXT, f"helper_text:{helper.id}", payload, now)
    tx.flush()
    return True


def declines(tx: Session, kit: Kit, helper: Helper, why: str, now: datetime) -> None:
    """No, or no answer: the next one is asked at once. Who said yes before and cannot go on is followed by the next too."""
    if helper.state in (HelperState.NO, HelperState.DONE):
        return
    helper.state, helper.next_at = HelperState.NO.value, None
    _note(tx, helper, Happened.HELP_NO, now, why)
    tx.flush()
    if not _taken(tx, helper) and _ask_next(tx, kit, helper, now) is None:
        _tell(tx, kit, helper, now)
    tx.flush()


def call_ended(tx: Session, kit: Kit, helper_id: str, status: str, now: datetime) -> None:
    """The call is over or could not be placed: without a yes the next one is rung."""
    helper = tx.get(Helper, helper_id)
    if helper is not None and helper.state in OPEN:
        declines(tx, kit, helper, status, now)


def sweep_helpers(tx: Session, kit: Kit, now: datetime) -> int:
    """Who did not answer in their time is followed by the next."""
    due = tx.scalars(
        select(Helper)
        .where(Helper.next_at <= now, Helper.state.in_(OPEN))
        .order_by(Helper.next_at, Helper.id)
    ).all()
    for helper in due:
        if helper.call_sid:
            hang_up(tx, kit, helper.call_sid, now)
        declines(tx, kit, helper, "no_answer", now)
    return len(due)


def names_lead(tx: Session, kit: Kit, helper: Helper, lead: Kind, now: datetime) -> None:
    """The point of contact for a tip says who leads; it can be said again."""
    helper.lead = lead.value
    _note(tx, helper, Happened.HELP_LEAD, now, lead.value)
    tx.flush()


def helpers_of_phone(tx: Session, number_index: bytes, now: datetime) -> tuple[Helper, ...]:
    """What the owner of a number is asked or does now, the newest first, also where they did not answer and nobody else said
    yes. What nobody ended is theirs for a day: then the phone is one like any other."""
    query = select(Helper).where(
        Helper.number_index == number_index,
        Helper.state.in_((*OPEN, *HELPING, HelperState.NO)),
        Helper.asked_at > now - LASTS,
    )
    found = tx.scalars(query.order_by(Helper.asked_at.desc(), Helper.id))
    return tuple(one for one in found if one.state != HelperState.NO or not _taken(tx, one))


def helpers_of(tx: Session, thread_id: str) -> tuple[Helper, ...]:
    """Everybody of the directory who was asked for a thread, the oldest first."""
    return tuple(
        tx.scalars(select(Helper).where(Helper.thread_id == thread_id).order_by(Helper.asked_at, Helper.id))
    )


def _taken(tx: Session, helper: Helper) -> bool:
    """Whether somebody else said yes to the same."""
    others = select(Helper.id).where(
        Helper.request_id == helper.request_id,
        Helper.id != helper.id,
        Helper.state.in_((*HELPING, HelperState.DONE)),
    )
    return tx.scalar(others.limit(1)) is not None


def _ask_nobody_else(tx: Session, kit: Kit, helper: Helper, now: datetime) -> None:
    """Who is rung for the same besides is let alone."""
    others = select(Helper).where(
        Helper.request_id == helper.request_id, Helper.id != helper.id, Helper.state.in_(OPEN)
    )
    for other in tx.scalars(others):
        other.state, other.next_at = HelperState.NO.value, None
        _note(tx, other, Happened.HELP_NO, now, "taken")
        if other.call_sid:
            hang_up(tx, kit, other.call_sid, now)


def _tell(tx: Session, kit: Kit, helper: Helper, now: datetime) -> None:
    """Who asked learns what came of it, by a text of the worker's."""
    if helper.asked_by is None:
        return
    payload = {"helper": helper.id, "staff": helper.asked_by}
    key = f"helper_told:{helper.id}:{helper.state}"
    outbox.order(tx, kit.ids, DeedKind.HELPER_TOLD, key, payload, now, priority=Priority.NOTICE)


_HAPPENED = {
    HelperState.TOLD: Happened.HELP_TOLD,
    HelperState.ACCEPTED: Happened.HELP_ACCEPTED,
    HelperState.ON_WAY: Happened.HELP_ON_WAY,
    HelperState.THERE: Happened.HELP_THERE,
    HelperState.DONE: Happened.HELP_DONE,
}


def _note(tx: Session, helper: Helper, what: Happened, now: datetime, detail: str = "") -> None:
    if helper.alert_id:
        told = f"{helper.kind} {detail}".strip()
        note(tx, helper.alert_id, what, now, staff_id=helper.asked_by, detail=told)


def _free_code(tx: Session, ids: Ids, now: datetime) -> str:
    """Four digits that nobody was given within a day. A page may have the same: its replies come from other phones."""
    used = set(tx.scalars(select(Helper.code).where(Helper.asked_at > now - LASTS)))
    for _ in range(200):
        if (code := ids.page_code()) not in used:
            return code
    return next(code for number in range(1000, 10000) if (code := str(number)) not in used)
