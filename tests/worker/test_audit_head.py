"""The head of the audit leaves the database once a day."""

from __future__ import annotations

from hotline.access.audit_heads import HeadFile
from hotline.access.audit_tables import AuditRow
from hotline.access.audit_verify import verify
from hotline.db import read
from tests.house import Home
from worker.audit_head import give_head_away


def heads(house: Home) -> list[tuple[str, int]]:
    return [(f"{one.at:%d}", one.seq) for one in HeadFile(house.shop.settings.data_dir).heads()]


def test_the_first_cycle_of_a_day_gives_it_away(house: Home) -> None:
    house.tick()
    house.tick()
    assert heads(house) == [("20", 1)], "once a day, however often the clock looks"
    assert [(row.act, row.by) for row in house.all(AuditRow)] == [("audit.head", "job:clock")]
    house.pass_time(hours=24)
    house.tick()
    assert heads(house) == [("20", 1), ("21", 2)]
    with read(house.shop.engine) as tx:
        verdict = verify(tx, HeadFile(house.shop.settings.data_dir).heads())
    assert (verdict.broken, verdict.sure) == (None, 2)


def test_a_file_that_cannot_be_written_stops_nothing_and_leaves_no_rows(house: Home) -> None:
    file = HeadFile(house.shop.settings.data_dir).path
    file.mkdir(parents=True)
    for _ in range(3):
        give_head_away(house.shop, house.clock.now())
    assert house.all(AuditRow) == []
    file.rmdir()
    give_head_away(house.shop, house.clock.now())
    assert heads(house) == [("20", 1)]


def test_what_the_public_writes_leaves_no_row(house: Home) -> None:
    """The way of a message goes through no lock of the audit."""
    house.text("Hello", "yes", "help, he has a knife")
    house.work()
    assert house.all(AuditRow) == []
