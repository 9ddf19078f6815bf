"""`hotline retention`, `hold`, `backup` and `restore` as typed."""

from __future__ import annotations

from pathlib import Path

from hotline.db import write
from hotline.queue.working import close_thread
from hotline.threads.tables import Message, Thread
from tests.commands.conftest import Run, refused
from tests.commands.test_connect import credentials
from tests.house import Home


def closed_thread(house: Home) -> Thread:
    """Somebody wrote, somebody read it, and it is closed."""
    house.text("Hello")
    house.work()
    (thread,) = house.all(Thread)
    with write(house.desk.engine) as tx:
        close_thread(tx, house.desk.kit, thread.id, house.staffed()[0], "no_danger", house.clock.now())
    return house.all(Thread)[0]


def test_what_goes_when_is_listed_and_purged_unless_it_is_held(run: Run, house: Home) -> None:
    settings = credentials(house, DATABASE_URL=house.desk.settings.database_url)
    thread = closed_thread(house)
    (line,) = run("retention", "list", **settings).stdout.splitlines()
    assert line.split("\t") == [thread.reference, thread.id, "silent", "2026-11-27", "2026-11-27", ""]
    house.pass_time(days=8)
    assert "not" not in refused(run("hold", "add", thread.id, "--reason", "because", **settings)).split()
    assert run("hold", "add", thread.reference, "--reason", "court_order", **settings).exit_code == 0
    assert "court_order" in run("hold", "list", **settings).stdout
    assert run("retention", "purge", **settings).stdout == "0 gone\n"
    assert run("hold", "lift", thread.id, **settings).exit_code == 0
    assert "nothing holds it" in refused(run("hold", "lift", thread.id, **settings))
    dry = run("retention", "purge", "--dry-run", **settings).stdout
    assert dry.splitlines()[-1] == "1 would go"
    assert len(house.all(Thread)) == 1
    assert run("retention", "purge", **settings).stdout.splitlines()[-1] == "1 gone"
    assert house.all(Thread) == []
    assert house.all(Message, Message.thread_id == thread.id) == []


def test_the_carrier_is_asked_what_it_still_holds(run: Run, house: Home) -> None:
    settings = credentials(house, DATABASE_URL=house.desk.settings.database_url)
    house.text("Hello")
    house.pass_time(hours=26)
    looked = run("retention", "check", **settings)
    assert looked.exit_code == 1, looked.output
    assert "2 left" in looked.stdout
    house.work()
    assert house.net.messages == {}
    again = run("retention", "check", **settings)
    assert (again.exit_code, "0 left" in again.stdout) == (0, True)


def test_a_backup_as_typed_from_the_key_to_the_restored_house(run: Run, house: Home, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": house.desk.settings.database_url}
    closed_thread(house)
    file = tmp_path / "night.backup"
    assert "hotline backup key" in refused(run("backup", str(file), **settings))
    made = run("backup", "key", **settings)
    printed = made.stdout.strip()
    assert len(printed.split("-")) == 14
    files = [path for path in (tmp_path / "var").rglob("*") if path.is_file()]
    assert not any(printed.encode() in path.read_bytes() for path in files)
    assert "is there already" in refused(run("backup", "key", **settings))
    assert run("backup", str(file), **settings).exit_code == 0
    elsewhere = {"DATA_DIR": str(tmp_path / "new"), "DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'h.db'}"}
    assert "typed wrong" in refused(run("restore", str(file), typed="a-b-c\n", **elsewhere))
    back = run("restore", str(file), typed=printed + "\n", **elsewhere)
    assert back.exit_code == 0, back.output
    assert "2026-11-20" in back.stdout
    listed = run("retention", "list", **elsewhere).stdout
    assert listed == run("retention", "list", **settings).stdout
    assert "already" in refused(run("restore", str(file), typed=printed + "\n", **elsewhere))
    assert "backup: the newest" in run("doctor", **settings).stdout
