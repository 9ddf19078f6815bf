"""`hotline doctor`: what is wrong, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import click
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from hotline.access.audit_heads import Head, HeadFile
from hotline.access.reviewing import UNUSED_DAYS, unused_accounts
from hotline.access.tables import Staff, StaffPhone, StaffPin
from hotline.alerts.rota.calendars import the_feed
from hotline.alerts.rota.gaps import coming_gaps
from hotline.alerts.rota.stored import on_call, stored_rota
from hotline.commands import check_access
from hotline.commands.backups import PUBLIC
from hotline.commands.drill import next_drill
from hotline.commands.house import Means, means
from hotline.config import Settings
from hotline.db import make_engine, read
from hotline.db_migrate import is_current
from hotline.retention.backups import newest_backup
from hotline.retention.reconciling import last_checks
from hotline.retention.tables import CarrierCheck
from hotline.threads.tables import Call, Deed, DeedState, Heartbeat
from hotline.watch.drills import newest
from hotline.watch.probes import last_probe
from hotline.watch.tables import Probe, ProbeKind

LATE = timedelta(seconds=60)
HEAD_LATE = timedelta(days=2)  # one goes out each day


@click.command()
def doctor() -> None:
    """Explain in one page what is wrong and what to do; exits 1 when something is."""
    house = means()
    wrong = 0
    for ok, line in findings(house):
        click.echo(f"{'ok  ' if ok else 'BAD '} {line}")
        wrong += not ok
    if wrong:
        sys.exit(1)


def findings(house: Means) -> Iterator[tuple[bool, str]]:
    """Each thing looked at: whether it is well, and a line for who can act."""
    settings = house.settings
    try:
        current = is_current(settings.database_url)
    except SQLAlchemyError:
        yield False, "database: cannot be reached; is DATABASE_URL right and the server running?"
        return
    yield (
        current,
        "database: " + ("reached, migrations done" if current else "not migrated; `hotline up` migrates"),
    )
    if not current:
        return
    yield from _redis(settings.redis_url)
    now = house.clock.now()
    with read(make_engine(settings.database_url)) as tx:
        beats = {beat.name: beat.at for beat in tx.scalars(select(Heartbeat))}
        for name in ("worker", "clock"):
            fresh = name in beats and now - beats[name] < LATE
            yield (
                fresh,
                f"{name}: "
                + ("went round lately" if fresh else "not seen for a minute; is `hotline up` running?"),
            )
        failed = tx.scalar(select(func.count()).where(Deed.state == DeedState.FAILED)) or 0
        yield failed == 0, f"outbox: {failed} failed" + (" (see the log for their ids)" if failed else "")
        verified = (
            tx.scalar(select(func.count()).where(StaffPhone.verified_at.is_not(None), ~StaffPhone.stopped))
            or 0
        )
        yield (
            verified > 0,
            f"staff phones: {verified} verified" + ("" if verified else "; `hotline staff add --verified`"),
        )
        without = _without_pin(tx)
        yield (
            without == 0,
            "PINs: "
            + (
                f"{without} of who can be paged have none and cannot hear a case by phone; `hotline staff pin NAME`"
                if without
                else "everybody who can be paged has one"
            ),
        )
        unused = unused_accounts(tx, now)
        yield (
            unused == 0,
            f"accounts: {unused} not used for {UNUSED_DAYS} days"
            + ("; look through them on the staff page, `hotline staff remove NAME`" if unused else ""),
        )
        yield from check_access.findings(tx, house)
        last = newest(tx)
        yield next_drill(last.begun_at if last else None, settings.deployment.watch.drill_days, now)
        yield _probe(last_probe(tx, ProbeKind.LOOP), now)
        yield _audit(HeadFile(settings.data_dir).newest(), now)
        yield _backup(newest_backup(tx), (settings.data_dir / PUBLIC).exists(), settings, now)
        yield from _carriers(last_checks(tx), now)
        yield True, f"calls of the last 24 hours: {_calls(tx, now)}"
        people = on_call(tx, house.kit, now)
        yield (
            bool(people),
            "rota: "
            + ("somebody is on call" if people else "nobody is on call; `hotline rota set NAME ...`"),
        )
        holes = coming_gaps(tx, house.kit, stored_rota(tx), now)
        days = settings.deployment.rota.gap_days
        yield (
            not holes,
            f"rota: {len(holes)} gaps in the next {days} days"
            + ("; `hotline rota` shows them" if holes else ""),
        )
        feed = the_feed(tx)
        if feed is not None:
            yield (
                feed.failing_since is None,
                "calendar: "
                + (f"cannot be read ({feed.error}); the last copy counts" if feed.error else "read"),
            )
    yield (
        True,
        "dead-man ping: "
        + (
            "every minute"
            if settings.dead_man_url
            else "off; set DEAD_MAN_URL, so that somebody outside notices"
        ),
    )
    real = settings.has_twilio
    yield (
        True,
        "carrier: Twilio credentials are set" if real else "carrier: simulated (no Twilio credentials)",
    )
    problems = [problem for problem in house.book.problems if problem.serious]
    yield not problems, f"content: {len(problems)} problems" + ("; run `hotline check`" if problems else "")


def _backup(newest: datetime | None, has_key: bool, settings: Settings, now: datetime) -> tuple[bool, str]:
    """How old the newest backup is."""
    if newest is None:
        if not has_key:
            return True, "backup: none; `hotline backup key` makes the key, then `hotline backup FILE`"
        return False, "backup: there is a key and none was ever written; `hotline backup FILE`"
    days = settings.deployment.retention.backup_days
    return (
        now - newest <= timedelta(days=days),
        f"backup: the newest of {newest:%Y-%m-%d %H:%M} UTC"
        + (
            "" if now - newest <= timedelta(days=days) else f", older than {days} days; `hotline backup FILE`"
        ),
    )


def _carriers(checks: Iterable[CarrierCheck], now: datetime) -> Iterator[tuple[bool, str]]:
    """What the newest look at each carrier gave."""
    for check in checks:
        well = not check.left and not check.missed and now - check.at < timedelta(days=2)
        yield (
            well,
            f"copies at the carrier of {check.line}: {check.left} left, {check.missed} never reached us, "
            f"looked at {check.at:%Y-%m-%d %H:%M} UTC" + ("" if well else "; `hotline retention check`"),
        )


def _without_pin(tx: Session) -> int:
    """How many active people with a verified phone never got a PIN."""
    paged = select(StaffPhone.staff_id).where(StaffPhone.verified_at.is_not(None), ~StaffPhone.stopped)
    having = select(StaffPin.staff_id)
    people = select(func.count()).where(Staff.active, Staff.id.in_(paged), Staff.id.not_in(having))
    return tx.scalar(people) or 0


def _calls(tx: Session, now: datetime) -> str:
    """How many there were, and how many in which nobody pressed a key or spoke: these are counted, and kept nowhere else."""
    rows = tx.execute(
        select(Call.status, func.count())
        .where(Call.inbound, Call.staff_id.is_(None), Call.begun_at > now - timedelta(hours=24))
        .group_by(Call.status)
    )
    counts: dict[str, int] = {str(row[0]): int(row[1]) for row in rows}
    return f"{sum(counts.values())}, of them {counts.get('silent', 0)} silent and {counts.get('at_once', 0)} over at once"


def _probe(last: Probe | None, now: datetime) -> tuple[bool, str]:
    """The newest probe: whether it came back, or still may."""
    if last is None:
        return True, "probe: none yet; the clock sends one every quarter of an hour"
    if last.closed_at is not None:
        seconds = (last.closed_at - last.begun_at).total_seconds()
        return True, f"probe: the last of {last.begun_at:%Y-%m-%d %H:%M} UTC came back after {seconds:.0f} s"
    stuck = (
        "the intake" if last.heard_at is None else "the worker" if last.paged_at is None else "the way back"
    )
    waiting = now - last.begun_at < LATE
    return waiting, f"probe: the last of {last.begun_at:%Y-%m-%d %H:%M} UTC has not come back" + (
        " yet" if waiting else f"; it went as far as {stuck}: pages may not go out"
    )


def _audit(last: Head | None, now: datetime) -> tuple[bool, str]:
    """The newest head that left the database."""
    if last is None:
        return True, "audit: no head went out yet; the clock gives one away each day"
    late = now - last.at > HEAD_LATE
    return not late, f"audit: the newest head went out on {last.at:%Y-%m-%d}" + (
        "; does the clock run, and may it write audit-heads.jsonl?" if late else ""
    )


def _redis(url: str | None) -> Iterator[tuple[bool, str]]:
    if url is None:
        yield True, "Redis: private, started by `hotline up`"
        return
    try:
        Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1).ping()
        yield True, "Redis: answers"
    except (RedisError, OSError):
        yield False, "Redis: does not answer; work goes on every two seconds without it, but mend it"
