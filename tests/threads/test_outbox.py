"""The outbox: what is ordered is done in its order, by one worker at a time, and again when that worker dies."""

from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from hotline.db import read, write
from hotline.now import CountedIds, SetClock
from hotline.threads.outbox import (
    DeedKind,
    Priority,
    drop,
    finish,
    give_up,
    hold,
    lease,
    order,
    postpone,
    waits,
)
from hotline.threads.tables import Deed


def ask(tx: Session, ids: CountedIds, key: str, clock: SetClock, priority: int = 5, later: int = 0) -> None:
    due = clock.now() + timedelta(seconds=later)
    order(tx, ids, DeedKind.SEND, key, {"message": key}, clock.now(), due_at=due, priority=priority)


def taken(engine: Engine, clock: SetClock, limit: int = 20) -> list[str]:
    """A worker takes what is due; the keys in its order."""
    with write(engine) as tx:
        return [deed.payload["message"] for deed in lease(tx, clock.now(), limit)]


def state(engine: Engine, key: str) -> Deed:
    with read(engine) as tx:
        return tx.scalars(select(Deed).where(Deed.key == key)).one()


def test_first_pages_go_before_answers_and_answers_before_the_rest(
    engine: Engine, ids: CountedIds, clock: SetClock
) -> None:
    with write(engine) as tx:
        ask(tx, ids, "record", clock, Priority.LATER)
        ask(tx, ids, "answer", clock, Priority.ANSWER)
        ask(tx, ids, "soon", clock, Priority.FIRST_PAGE, later=10)
        ask(tx, ids, "second page", clock, Priority.PAGE)
        ask(tx, ids, "page", clock, Priority.FIRST_PAGE)
    assert taken(engine, clock, limit=2) == ["page", "second page"]
    assert taken(engine, clock) == ["answer", "record"]
    clock.advance(seconds=10)
    assert taken(engine, clock) == ["soon"]


def test_the_same_deed_is_ordered_once(engine: Engine, ids: CountedIds, clock: SetClock) -> None:
    for _ in range(3):
        with write(engine) as tx:
            ask(tx, ids, "send:1", clock)
            ask(tx, ids, "send:1", clock)
    assert taken(engine, clock) == ["send:1"]
    with write(engine) as tx:
        finish(tx, state(engine, "send:1").id, clock.now())
        ask(tx, ids, "send:1", clock)
    clock.advance(hours=1)
    assert taken(engine, clock) == [], "also when it was done long ago"


def test_a_deed_in_hand_is_nobody_elses_until_the_lease_runs_out(
    engine: Engine, ids: CountedIds, clock: SetClock
) -> None:
    with write(engine) as tx:
        ask(tx, ids, "send:1", clock)
    assert taken(engine, clock) == ["send:1"]
    clock.advance(seconds=19)
    assert taken(engine, clock) == []
    clock.advance(seconds=1)
    with write(engine) as tx:
        (deed,) = lease(tx, clock.now())
    assert (deed.attempts, deed.ordered_at) == (2, clock.now() - timedelta(seconds=20))
    assert deed.doubts == 1, "nobody knows whether the first worker did it"


def test_two_workers_in_the_middle_of_it_hold_different_deeds(
    postgres_url: str, ids: CountedIds, clock: SetClock
) -> None:
    """On SQLite the second waits for the first; PostgreSQL lets both go on."""
    from hotline.db import make_engine

    engine = make_engine(postgres_url)
    with write(engine) as tx:
        for number in range(4):
            ask(tx, ids, f"send:{number}", clock)
    with write(engine) as one, write(engine) as two:
        first = {deed.id for deed in lease(one, clock.now(), 2)}
        second = {deed.id for deed in lease(two, clock.now(), 20)}
    engine.dispose()
    assert len(first) == len(second) == 2
    assert not first & second


def test_a_dropped_deed_is_not_done_and_a_done_one_cannot_be_dropped(
    engine: Engine, ids: CountedIds, clock: SetClock
) -> None:
    with write(engine) as tx:
        ask(tx, ids, "ring:1", clock)
        ask(tx, ids, "ring:2", clock)
        drop(tx, "ring:1", clock.now())
        drop(tx, "no such deed", clock.now())
    assert taken(engine, clock) == ["ring:2"]
    with write(engine) as tx:
        finish(tx, state(engine, "ring:2").id, clock.now())
        drop(tx, "ring:2", clock.now())
    assert (state(engine, "ring:1").state, state(engine, "ring:2").state) == ("dropped", "done")


def test_a_deed_dropped_while_a_worker_has_it_is_not_taken_up_again(
    engine: Engine, ids: CountedIds, clock: SetClock
) -> None:
    with write(engine) as tx:
        ask(tx, ids, "ring:1", clock)
    taken(engine, clock)
    with write(engine) as tx:
        drop(tx, "ring:1", clock.now())
        postpone(tx, state(engine, "ring:1").id, clock.now(), "later 20429")
    clock.advance(hours=1)
    assert taken(engine, clock) == []


def test_a_postponed_deed_comes_back_at_its_time(engine: Engine, ids: CountedIds, clock: SetClock) -> None:
    with write(engine) as tx:
        ask(tx, ids, "send:1", clock)
    taken(engine, clock)
    with write(engine) as tx:
        postpone(tx, state(engine, "send:1").id, clock.now() + timedelta(seconds=90), "later " + "x" * 300)
    clock.advance(seconds=89)
    assert taken(engine, clock) == []
    clock.advance(seconds=1)
    assert taken(engine, clock) == ["send:1"]


def test_what_was_given_up_stays_given_up_and_says_why(
    engine: Engine, ids: CountedIds, clock: SetClock
) -> None:
    with write(engine) as tx:
        ask(tx, ids, "send:1", clock)
    taken(engine, clock)
    with write(engine) as tx:
        give_up(tx, state(engine, "send:1").id, clock.now(), "21211")
    clock.advance(hours=1)
    assert taken(engine, clock) == []
    assert (state(engine, "send:1").state, state(engine, "send:1").error) == ("failed", "21211")


def test_a_worker_that_was_too_slow_holds_its_deed_no_more(
    engine: Engine, ids: CountedIds, clock: SetClock
) -> None:
    with write(engine) as tx:
        ask(tx, ids, "send:1", clock)
    with write(engine) as tx:
        (slow,) = lease(tx, clock.now())
    clock.advance(seconds=15)
    with write(engine) as tx:
        assert hold(tx, slow, clock.now())
    clock.advance(seconds=15)
    assert taken(engine, clock) == [], "it was held for another lease"
    clock.advance(seconds=5)
    with write(engine) as tx:
        (other,) = lease(tx, clock.now())
    with write(engine) as tx:
        assert not hold(tx, slow, clock.now())
        assert hold(tx, other, clock.now())


def test_only_lost_tries_are_doubts(engine: Engine, ids: CountedIds, clock: SetClock) -> None:
    with write(engine) as tx:
        ask(tx, ids, "send:1", clock)
    for doubt, so_far in ((False, 0), (True, 0), (False, 1), (True, 1)):
        with write(engine) as tx:
            (deed,) = lease(tx, clock.now())
            assert deed.doubts == so_far
            postpone(tx, deed.id, clock.now(), "later", doubt=doubt)
    with write(engine) as tx:
        (deed,) = lease(tx, clock.now())
    assert deed.doubts == 2
    assert deed.payload["message"] == "send:1"


def test_what_is_more_urgent_can_be_asked_for_alone(engine: Engine, ids: CountedIds, clock: SetClock) -> None:
    with write(engine) as tx:
        ask(tx, ids, "answer", clock, Priority.ANSWER)
        assert not waits(tx, clock.now(), Priority.ANSWER)
        ask(tx, ids, "page", clock, Priority.PAGE)
        assert waits(tx, clock.now(), Priority.ANSWER)
        (page,) = lease(tx, clock.now(), before=Priority.ANSWER)
    assert page.payload["message"] == "page"
    assert taken(engine, clock) == ["answer"]
