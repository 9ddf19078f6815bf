"""What the clock looks at for the rota, three times a minute: gaps, shifts that are coming, the calendar and its feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.alone import rota_alone
from hotline.alerts.phones import everyone, page_phone
from hotline.alerts.pin_locked import coordinator
from hotline.alerts.rota.calendars import shifts_of, the_calendar, the_feed, waits_for_yes
from hotline.alerts.rota.gaps import watch_gaps
from hotline.alerts.rota.notices import RotaNotice, tell_coordinator
from hotline.alerts.rota.questions import answered, ask, open_questions
from hotline.alerts.rota.reminders import watch_shifts
from hotline.alerts.rota.stored import stored_rota
from hotline.alerts.rota.swaps import over
from hotline.alerts.rota.tables import CalendarState, QuestionKind, QuestionState, RotaFeed
from hotline.oncall import Rota, loses_cover
from hotline.threads.heartbeats import beat
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, order
from hotline.threads.tables import Deed, DeedState, Heartbeat

EVERY = timedelta(seconds=20)
_BEAT = "rota"


def watch_rota(tx: Session, kit: Kit, now: datetime) -> None:
    """Look, unless it was looked a moment ago."""
    if _just_looked(tx, now):
        return
    rota_alone(tx)
    if _just_looked(tx, now):  # another clock did, while this one waited
        return
    beat(tx, _BEAT, now)
    for question in open_questions(tx, QuestionKind.SWAP):
        if over(question, now):
            answered(question, QuestionState.OVER, now)
    rota = stored_rota(tx)
    watch_gaps(tx, kit, rota, now)
    watch_shifts(tx, kit, rota, now)
    _calendar(tx, kit, rota, now)
    feed = the_feed(tx)
    if feed is not None:
        _feed(tx, kit, feed, now)


def _just_looked(tx: Session, now: datetime) -> bool:
    last = tx.scalar(select(Heartbeat.at).where(Heartbeat.name == _BEAT))
    return last is not None and timedelta(0) <= now - last < EVERY


def _calendar(tx: Session, kit: Kit, rota: Rota, now: datetime) -> None:
    """Ask about a calendar that waits; tell of names in it that fit nobody."""
    good = the_calendar(tx, CalendarState.GOOD)
    if good is not None and good.unknown and not good.unknown_told:
        key = f"{good.id}:{int(now.timestamp())}"
        good.unknown_told = tell_coordinator(
            tx, kit, RotaNotice.UNKNOWN, now, key=key, more=str(good.unknown)
        )
    waiting = waits_for_yes(tx)
    to = coordinator(tx, kit)
    if waiting is None or to is None or page_phone(tx, to) is None:
        return
    until = now + timedelta(days=kit.settings.deployment.rota.gap_days)
    first = loses_cover(rota, replace(rota, calendar=shifts_of(tx, waiting.id)), now, until, everyone(tx))
    question = ask(tx, kit, QuestionKind.CALENDAR, to, now, calendar_id=waiting.id)
    what, start = (RotaNotice.COVER, {"start": first}) if first else (RotaNotice.ZONE, {})
    tell_coordinator(tx, kit, what, now, key=question.id, code=question.code, **start)


def _feed(tx: Session, kit: Kit, feed: RotaFeed, now: datetime) -> None:
    """Order the next reading when it is due, and tell when there was none for too long."""
    times = kit.settings.deployment.rota
    if feed.next_at <= now:
        pending = select(Deed.id).where(Deed.kind == DeedKind.FEED, Deed.state == DeedState.PENDING)
        if tx.scalar(pending.limit(1)) is None:
            key = f"feed:{feed.id}:{int(now.timestamp())}"
            order(tx, kit.ids, DeedKind.FEED, key, {"feed": feed.id}, now)
        feed.next_at = now + timedelta(minutes=times.feed_minutes)
    since = feed.good_at or feed.added_at
    if not feed.stale_told and now - since >= timedelta(minutes=times.feed_stale_minutes):
        key = f"{feed.id}:{int(since.timestamp())}"
        feed.stale_told = tell_coordinator(tx, kit, RotaNotice.STALE, now, key=key, start=since)
