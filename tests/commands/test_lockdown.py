"""`hotline lockdown`."""

from __future__ import annotations

from tests.commands.conftest import Run, refused
from tests.commands.test_people import done


def test_nothing_is_exported_while_it_is_on(run: Run) -> None:
    assert done(run, "lockdown") == "open\n"
    assert done(run, "lockdown", "on") == "locked down\n"
    assert done(run, "lockdown", "status").startswith("locked down since 20")
    for form in ("jsonl", "htcds"):
        result = run("export", "--format", form)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert "the house is locked down" in result.stderr
    assert "already" in done(run, "lockdown", "on")
    assert done(run, "lockdown", "off") == "open again: everybody logs in anew\n"
    assert done(run, "lockdown", "off") == "it was open\n"
    assert "the house is locked down" not in run("export", "--format", "jsonl").stderr
    told = run("audit", "list").stdout
    assert told.count("config.lockdown") == 4
    assert "perhaps" in refused(run("lockdown", "perhaps"), 2)
