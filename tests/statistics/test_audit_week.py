"""The weekly review: counts by person and kind, what is unusual, and a signature that is kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from hotline.access.audit import NOBODY, Act, note
from hotline.access.audit_acts import Kind
from hotline.db import read, write
from hotline.now import CountedIds
from hotline.oncall import Override, Rota
from hotline.statistics.audit_week import Review, Unusual, Week, last_week, review, sign

ZONE = ZoneInfo("America/St_Lucia")
FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WEDNESDAY_NIGHT = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)  # 22:00 of Wednesday in Saint Lucia
ONE, TWO = "aaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaac"
WEEK = last_week(FRIDAY, ZONE)
ON_CALL = Rota(None, overrides=(Override(WEDNESDAY_NIGHT, WEDNESDAY_NIGHT + timedelta(hours=8), ONE, None),))


def looked_at(engine: Engine, *, office: bool = False) -> Review:
    with read(engine) as tx:
        return review(tx, WEEK, ON_CALL, lambda _at: office)


def test_the_last_week_that_is_over_on_the_clocks_of_the_country() -> None:
    start = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
    assert (WEEK.monday, WEEK.sunday, WEEK.name) == (date(2026, 11, 9), date(2026, 11, 15), "2026-w46")
    assert (WEEK.start, WEEK.end) == (start, start + timedelta(days=7))
    monday_evening = datetime(2026, 11, 16, 3, 59, tzinfo=UTC)  # still Sunday there
    assert last_week(monday_evening, ZONE).monday == date(2026, 11, 2)


def test_acts_are_counted_by_person_and_kind(engine: Engine, ids: CountedIds) -> None:
    with write(engine) as tx:
        for at in (WEEK.start - timedelta(seconds=1), WEEK.start, WEEK.end - timedelta(seconds=1), WEEK.end):
            note(tx, ids, Act.TAKE, at, by=ONE)
        note(tx, ids, Act.CLOSE, WEDNESDAY_NIGHT, by=ONE)
        note(tx, ids, Act.CONNECTED, WEDNESDAY_NIGHT, by="command:connect")
    found = looked_at(engine)
    assert found.counts == ((ONE, {Kind.CHANGE: 3}), ("command:connect", {Kind.CONFIG: 1}))
    assert found.unusual == ()


def test_reading_outside_of_shift_and_office_is_unusual(engine: Engine, ids: CountedIds) -> None:
    with write(engine) as tx:
        note(tx, ids, Act.THREAD_READ, WEDNESDAY_NIGHT, by=ONE)
        note(tx, ids, Act.THREAD_READ, WEDNESDAY_NIGHT, by=TWO)
        note(tx, ids, Act.THREAD_READ, WEDNESDAY_NIGHT + timedelta(hours=9), by=ONE)
        note(tx, ids, Act.NUMBER_READ, WEDNESDAY_NIGHT, by="command:officers.list")
    assert looked_at(engine).unusual == ((Unusual.OUTSIDE, ONE, 1), (Unusual.OUTSIDE, TWO, 1))
    assert looked_at(engine, office=True).unusual == ()


def test_many_reveals_exports_and_locks_are_unusual(engine: Engine, ids: CountedIds) -> None:
    with write(engine) as tx:
        note(tx, ids, Act.EXPORT, WEDNESDAY_NIGHT, by="command:export", detail="jsonl")
        for _ in range(5):
            note(tx, ids, Act.LOGIN_FAILED, WEDNESDAY_NIGHT, by=NOBODY, about=ONE)
        note(tx, ids, Act.LOGIN_LOCKED, WEDNESDAY_NIGHT, by=NOBODY, about=ONE)
    assert looked_at(engine).unusual == (
        (Unusual.EXPORTS, "command:export", 1),
        (Unusual.FAILED, "", 5),
        (Unusual.LOCKED, "", 1),
    )


def test_a_signature_is_kept_once_for_each_reviewer_and_week(engine: Engine, ids: CountedIds) -> None:
    signing: list[bool] = []
    for by in (ONE, ONE, TWO):
        with write(engine) as tx:
            signing.append(sign(tx, ids, WEEK, by, FRIDAY))
    assert signing == [True, False, True]
    assert looked_at(engine).signed == ((ONE, FRIDAY), (TWO, FRIDAY))
    other = Week(WEEK.monday - timedelta(days=7), WEEK.start - timedelta(days=7), WEEK.start)
    with read(engine) as tx:
        assert review(tx, other, ON_CALL, lambda _at: True).signed == ()
