"""Time, ids and chance, as they are passed in."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from hotline.now import REFERENCE_DIGITS, REFERENCE_LETTERS, CountedIds, Ids, RandomIds, SetClock, SystemClock


def test_the_systems_clock_tells_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_set_clock_moves_only_when_told() -> None:
    clock = SetClock(datetime(2026, 11, 20, 8, 0, tzinfo=timezone(timedelta(hours=-4))))
    assert clock.now() == clock.now() == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert clock.advance(minutes=15) == datetime(2026, 11, 20, 12, 15, tzinfo=UTC)
    clock.advance(timedelta(days=1))
    assert clock.now() == datetime(2026, 11, 21, 12, 15, tzinfo=UTC)
    clock.set(datetime(2026, 1, 1, tzinfo=UTC))
    assert clock.now().year == 2026


def test_a_clock_is_not_set_to_a_time_without_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        SetClock(datetime(2026, 11, 20))  # noqa: DTZ001  # that is the point


@pytest.mark.parametrize("ids", [RandomIds(), CountedIds()], ids=["random", "counted"])
def test_every_id_has_its_shape(ids: Ids) -> None:
    for _ in range(500):
        assert re.fullmatch(r"[a-z2-7]{16}", ids.new())
        reference = ids.reference()
        assert len(reference) == 3
        assert set(reference) <= set(REFERENCE_LETTERS + REFERENCE_DIGITS)
        assert any(c.isdigit() for c in reference)
        assert any(c.isalpha() for c in reference)
        assert re.fullmatch(r"[1-9]\d{3}", ids.page_code())
        assert re.fullmatch(r"[a-z2-7]{52}", ids.token())


def test_no_character_of_a_reference_looks_like_another() -> None:
    assert not set("01258BIOSZ") & set(REFERENCE_LETTERS + REFERENCE_DIGITS)


def test_random_ids_differ() -> None:
    ids = RandomIds()
    assert len({ids.new() for _ in range(10_000)}) == 10_000


def test_counted_ids_are_the_same_in_every_run() -> None:
    first, second = CountedIds(), CountedIds()
    assert [first.new() for _ in range(3)] == [second.new() for _ in range(3)]
    assert [first.reference() for _ in range(2)] == ["A3C", "A3D"]
    assert len({second.reference() for _ in range(2000)}) == 2000
