"""Each carrier's id is handled once; a repeat gets the same reply for 48 hours, then an empty one, and never a second deed."""

from datetime import timedelta

from sqlalchemy import Engine, func, select

from hotline.db import read, write
from hotline.now import SetClock
from hotline.threads.kit import Kit
from hotline.threads.seen import Seen, claim, forget_replies, remember
from hotline.threads.tables import SeenKey


def first(engine: Engine, kit: Kit, clock: SetClock, key: str = "SM1", reply: bytes = b"Yes?") -> None:
    with write(engine) as tx:
        assert claim(tx, kit, key, clock.now()) is None
        remember(tx, kit, key, reply)


def again(engine: Engine, kit: Kit, clock: SetClock, key: str = "SM1") -> Seen | None:
    with write(engine) as tx:
        return claim(tx, kit, key, clock.now())


def test_a_repeat_gets_the_same_reply_for_48_hours_then_an_empty_one(
    engine: Engine, kit: Kit, clock: SetClock
) -> None:
    first(engine, kit, clock)
    assert again(engine, kit, clock) == Seen(b"Yes?")
    clock.advance(hours=48)
    assert again(engine, kit, clock) == Seen(b"Yes?")
    clock.advance(seconds=1)
    assert again(engine, kit, clock) == Seen(None)
    clock.advance(timedelta(days=400))
    assert again(engine, kit, clock) == Seen(None)


def test_another_key_is_new(engine: Engine, kit: Kit, clock: SetClock) -> None:
    first(engine, kit, clock)
    assert again(engine, kit, clock, "SM2") is None


def test_after_purging_the_key_is_still_known_and_nothing_of_the_reply_is_left(
    engine: Engine, kit: Kit, clock: SetClock
) -> None:
    first(engine, kit, clock)
    clock.advance(hours=48, minutes=1)
    with write(engine) as tx:
        forget_replies(tx, kit, clock.now())
    with read(engine) as tx:
        assert tx.scalars(select(SeenKey.reply_sealed)).all() == [None]
    assert again(engine, kit, clock) == Seen(None)


def test_what_failed_before_the_commit_was_not_handled(engine: Engine, kit: Kit, clock: SetClock) -> None:
    try:
        with write(engine) as tx:
            assert claim(tx, kit, "SM1", clock.now()) is None
            raise RuntimeError("the process dies here")
    except RuntimeError:
        pass
    assert again(engine, kit, clock) is None


def test_neither_id_nor_reply_lies_open(engine: Engine, kit: Kit, clock: SetClock) -> None:
    first(engine, kit, clock, "SM-canary", b"canary reply")
    with read(engine) as tx:
        row = tx.scalars(select(SeenKey)).one()
        assert tx.scalar(select(func.count()).select_from(SeenKey)) == 1
    assert b"canary" not in row.key_hash + (row.reply_sealed or b"")
