"""Every command, and what it may show of a record: one that is added must be put into one of the lists below."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from hotline.access.matrix import Purpose
from hotline.access.matrix_file import OWN, read_matrix
from hotline.answers.sheet import Given, Status
from hotline.cli import hotline
from hotline.conversation.effects import Disposition
from hotline.conversation.state import State
from hotline.db import write
from hotline.standards.crosswalk import Crosswalk
from hotline.threads import conversations
from hotline.threads.contacts import contact_of, thread_of
from tests.commands.conftest import Run
from tests.house import Home

CALLER = "+12025550177"
MATRIX, _ = read_matrix(OWN, Crosswalk.load())
MARKS = {name: f"zq{place:03d}qz" for place, name in enumerate(Crosswalk.load().fields)}
NAMES = {mark: name for name, mark in MARKS.items()}
# What reads the database of a house and tells something of it, as typed here.
TOLD = {
    "report": ("--month", "2026-11"), "counts": ("--inside",), "alerts list": (), "staff list": (), "officers list": (),
    "directory list": (), "rota now": (), "doctor": (),
}  # fmt: skip
# What opens records: asked for each purpose.
OPENS = {"export"}


@pytest.fixture
def filled(house: Home) -> Home:
    """A record of each form that people are asked, with a mark in every field."""
    kit, now = house.desk.kit, house.clock.now()
    for place, form in enumerate(house.desk.kit.book.forms):
        rows = Crosswalk.load().form(form)
        sheet = {
            row.field: Given(Status.ANSWERED, MARKS[row.field], MARKS[row.field], 0, "sms") for row in rows
        }
        with write(house.desk.engine) as tx:
            contact = contact_of(tx, kit, f"+1202555017{place}", now)
            thread = thread_of(tx, kit, contact, "sms", "main", now)
            conversation = conversations.begin(tx, kit, thread.id, "sms", kit.book.hash, now)
            conversation.disposition = Disposition.COMPLETED
            state = State(kit.book.hash, "K7P", form=form, locale="en", kind="other", sheet=sheet)
            conversations.save(kit, conversation, state, now)
            house.shop.normaliser.submit(tx, conversation.id, now)
    return house


def found_in(text: str) -> set[str]:
    return {NAMES[mark] for mark in re.findall(r"zq\d{3}qz", text)}


def leaves(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command by the words that are typed."""
    if not isinstance(group, click.Group):
        yield " ".join(path)
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from leaves(command, (*path, name))


def test_no_command_shows_a_field_that_the_matrix_does_not_allow(
    filled: Home, run: Run, database: str
) -> None:
    for words, typed in TOLD.items():
        result = run(*words.split(), *typed, DATABASE_URL=database)
        assert found_in(result.output) == set(), words
        assert CALLER[2:-1] not in result.output, words
    for purpose in (Purpose.EXPORT, Purpose.STATISTICS, Purpose.RESPONSE):
        result = run("export", "--purpose", purpose.value, DATABASE_URL=database)
        found = found_in(result.output)
        may = {name for name in MARKS if MATRIX.may("export", purpose, name, "export")}
        assert found <= may, purpose
        assert result.exit_code == (0 if may else 1), result.output
        assert bool(found) is bool(may)


def test_every_command_that_opens_records_is_known() -> None:
    """The code of no other command names what opens them."""
    import importlib
    import inspect

    for words in leaves(hotline):
        command: click.Command = hotline
        for word in words.split():
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), word)
            assert found is not None
            command = found
        assert command.callback is not None
        source = inspect.getsource(importlib.import_module(inspect.unwrap(command.callback).__module__))
        opens = "RecordsReader" in source or "records.export" in source or ".opened(" in source
        assert opens is (words in OPENS), words
    assert set(TOLD) <= set(leaves(hotline)), "no command of the list is gone"
