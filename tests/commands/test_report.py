"""`hotline report` as typed."""

from __future__ import annotations

import json

from tests.commands.conftest import Run, refused
from tests.commands.test_connect import credentials
from tests.house import CALLER, FIRST, Home


def test_the_table_and_the_json_say_the_same_and_name_nobody(run: Run, house: Home) -> None:
    settings = credentials(house, DATABASE_URL=house.desk.settings.database_url)
    house.staffed()
    house.text("help he has a knife")
    house.work()
    house.pass_time(seconds=2)
    house.work()
    house.text("1", sender=FIRST)
    table = run("report", "--month", "2026-11", **settings)
    assert table.exit_code == 0, table.output
    assert "America/St_Lucia, up to 2026-11-20 08:0" in table.stdout
    (row,) = [line for line in table.stdout.splitlines() if line.startswith("emergency")]
    assert row.split()[1] == "1"
    found = json.loads(run("report", "--month", "2026-11", "--json", **settings).stdout)
    assert found["grades"]["emergency"]["take"]["count"] == 1
    assert found["hours"]["08"]["alerts"] == 1
    for secret in ("First", FIRST, CALLER, "knife"):
        assert secret not in table.stdout + json.dumps(found)


def test_a_month_that_is_none_is_told_in_one_line(run: Run, house: Home) -> None:
    settings = credentials(house, DATABASE_URL=house.desk.settings.database_url)
    for wrong in ("2026-13", "October", "2026-1"):
        assert "like 2026-10" in refused(run("report", "--month", wrong, **settings), 2)
    assert "to come" in refused(run("report", "--month", "2027-01", **settings), 2)
