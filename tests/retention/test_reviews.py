"""What is known of suspects is looked at within a year, and goes after five unless somebody confirms it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from hotline.db import read, write
from hotline.now import CountedIds, SetClock
from hotline.records.tables import Record, RecordField
from hotline.retention.holds import place
from hotline.retention.reviews import confirm, due_reviews, expired, let_end, open_reviews, reviews_of
from hotline.retention.tables import SuspectReview, Tombstone
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread
from tests.retention.shelf import a_kit, a_record


@pytest.fixture
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    return a_kit(tmp_path_factory.mktemp("var"), CountedIds())


def look(engine: Engine, kit: Kit, clock: SetClock) -> None:
    """What the keeper does about it."""
    with write(engine) as tx:
        open_reviews(tx, kit, 50)
        for record_id in expired(tx, clock.now(), 50):
            let_end(tx, kit, record_id, clock.now(), by="job:retention")


def fields(engine: Engine) -> list[str]:
    with read(engine) as tx:
        return sorted(field.field for field in tx.query(RecordField))


def due(engine: Engine, clock: SetClock) -> list[str]:
    with read(engine) as tx:
        return [record.id for _, record in due_reviews(tx, clock.now())]


def test_unconfirmed_it_goes_after_five_years_and_the_rest_of_the_record_stays(
    engine: Engine, kit: Kit, clock: SetClock
) -> None:
    record_id = a_record(engine, kit, clock.now(), "trafficker_narrative", "incident_period")
    look(engine, kit, clock)
    assert due(engine, clock) == []
    clock.advance(days=365)
    assert due(engine, clock) == [record_id]
    clock.advance(days=1459)
    look(engine, kit, clock)
    assert len(fields(engine)) == 2
    clock.advance(days=1)
    look(engine, kit, clock)
    assert fields(engine) == ["incident_period"]
    with read(engine) as tx:
        (stone,) = tx.query(Tombstone)
        assert (stone.what, stone.row_id, stone.why) == ("suspect", record_id, "unconfirmed")
        assert tx.query(SuspectReview).count() == 0


def test_confirmed_with_a_reason_its_dates_run_anew(engine: Engine, kit: Kit, clock: SetClock) -> None:
    record_id = a_record(engine, kit, clock.now(), "trafficker_narrative")
    look(engine, kit, clock)
    clock.advance(days=400)
    with write(engine) as tx:
        assert not confirm(tx, kit, record_id, "because", "a" * 16, clock.now())
        assert confirm(tx, kit, record_id, "open_investigation", "a" * 16, clock.now())
    assert due(engine, clock) == []
    clock.advance(days=1800)
    look(engine, kit, clock)
    assert fields(engine) == ["trafficker_narrative"]
    with read(engine) as tx:
        thread = tx.query(Thread).one()
        (review,) = reviews_of(tx, thread.id)
        assert review.expires_at - clock.now() == timedelta(days=25)
        assert (review.reason, review.confirmed_by) == ("open_investigation", "a" * 16)


def test_a_hold_keeps_it(engine: Engine, kit: Kit, clock: SetClock) -> None:
    a_record(engine, kit, clock.now(), "trafficker_narrative")
    look(engine, kit, clock)
    with write(engine) as tx:
        place(tx, kit, tx.query(Thread).one().id, "investigation", "a" * 16, clock.now())
    clock.advance(days=2000)
    look(engine, kit, clock)
    assert fields(engine) == ["trafficker_narrative"]


def test_a_record_without_suspects_has_no_review(engine: Engine, kit: Kit, clock: SetClock) -> None:
    a_record(engine, kit, clock.now(), "incident_period")
    look(engine, kit, clock)
    with read(engine) as tx:
        assert tx.query(SuspectReview).count() == 0
        assert tx.query(Record).count() == 1
