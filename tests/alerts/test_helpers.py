"""Somebody of the directory is asked: one after the other, until one says yes by a key or a reply."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline import db
from hotline.access.directory import add_entry
from hotline.access.directory_tables import DirectoryPhone
from hotline.access.people import NUMBER
from hotline.alerts import helpers
from hotline.alerts.helper_calls import helper_call, helper_calls_in
from hotline.alerts.helper_tables import Helper, HelperState
from hotline.alerts.helper_texts import helper_text
from hotline.alerts.sweep import sweep
from hotline.alerts.taking import Way, take
from hotline.alerts.tips import pass_on
from hotline.calltree.actions import Conference, Document, Gather, Speak
from hotline.calltree.turn import CallTurn
from hotline.conversation.state import State
from hotline.oncall.directory import Kind
from hotline.threads import conversations
from hotline.threads.tables import Deed, DeedState
from tests.alerts.night import Night

FIRST, SECOND = "+12025550141", "+12025550142"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the nights play the same on PostgreSQL."""
    return sqlite_url


def listed(night: Night, kind: Kind, *phones: str, **more: str) -> None:
    for number, phone in enumerate(phones, start=1):
        with night.tx() as tx:
            add_entry(
                tx, night.kit.sealer, night.house, night.kit.ids, night.now, kind=kind,
                name=f"{kind.value} {number}", phone=phone, language="en", languages=("es",), verified=True,
                hours=more.get("hours", ""),
            )  # fmt: skip


def taken(night: Night) -> str:
    alert = night.danger()
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Alice"], Way.TEXT, night.now)
    return alert


def ask(night: Night, alert_id: str, kind: Kind = Kind.SHELTER, *, joins: bool = False) -> str:
    with night.tx() as tx:
        asked = helpers.ask(
            tx, night.kit, kind, night.now, alert=night.alert(alert_id), asked_by=night.staff["Alice"],
            language="es", joins=joins,
        )  # fmt: skip
        return asked.id if asked is not None else ""


def rows(night: Night) -> list[Helper]:
    with db.read(night.engine) as tx:
        return list(tx.scalars(select(Helper).order_by(Helper.asked_at, Helper.id)))


def states(night: Night) -> list[str]:
    return [one.state for one in rows(night)]


def said(document: Document) -> str:
    spoken = [action for action in document.actions if isinstance(action, (Speak, Gather))]
    return " ".join(prompt.text for action in spoken for prompt in action.prompts)


def turn(night: Night, helper_id: str, step: int, digits: str = "", sid: str = "CAhelp") -> Document:
    with night.tx() as tx:
        return helper_call(tx, night.kit, helper_id, CallTurn(sid, step, digits), night.now)


def texts(night: Night, phone: str, words: str) -> str | None:
    with night.tx() as tx:
        index = night.kit.sealer.index(phone, NUMBER)
        return helper_text(tx, night.kit, index, words, night.now)


def ends(night: Night, helper_id: str, status: str = "no-answer") -> None:
    with night.tx() as tx:
        helpers.call_ended(tx, night.kit, helper_id, status, night.now)


def told(night: Night) -> list[str]:
    """The states that who asked is told of."""
    with db.read(night.engine) as tx:
        deeds = tx.scalars(select(Deed).where(Deed.kind == "helper_told", Deed.state == DeedState.PENDING))
        return [deed.key.rpartition(":")[2] for deed in deeds]


def test_who_does_not_answer_is_followed_by_the_next_and_the_last_is_told(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST, SECOND)
    alert = taken(night)
    first = ask(night, alert)
    ends(night, first)
    assert states(night) == ["no", "asked"]
    ends(night, rows(night)[1].id, "failed")
    assert states(night) == ["no", "no"]
    assert told(night) == ["no"]
    assert "help_nobody" in night.log(alert)


def test_a_call_of_which_nothing_is_told_is_followed_too(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST, SECOND)
    ask(night, taken(night))
    night.wait(61)
    assert states(night) == ["no", "asked"]


def test_nobody_there_at_this_hour_is_nobody(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST, hours="mon-fri 08:00-16:30")
    assert ask(night, taken(night)) == ""


def test_an_unproven_phone_is_not_rung(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST)
    with night.tx() as tx:
        for phone in tx.scalars(select(DirectoryPhone)):
            phone.verified_at = None
    assert ask(night, taken(night)) == ""


def test_silence_says_yes_to_nothing_and_a_key_joins_the_conference(night: Night) -> None:
    listed(night, Kind.INTERPRETER, FIRST)
    alert = taken(night)
    helper = ask(night, alert, Kind.INTERPRETER, joins=True)
    for step in range(3):
        document = turn(night, helper, step)
        assert (
            said(document)
            == "An interpreter is needed on the phone now. To speak with them, press 1. If you cannot, press 2."
        )
        assert states(night) == ["told"]
    document = turn(night, helper, 3, "1")
    assert document.actions[-1] == Conference(alert)
    assert states(night) == ["accepted"]
    assert "on the way" in said(turn(night, helper, 4))


def test_how_far_they_are_goes_forward_only_and_is_told(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST)
    helper = ask(night, taken(night))
    code = rows(night)[0].code
    assert texts(night, FIRST, f"{code} 1") == f"{code}: noted. Thank you."
    assert texts(night, FIRST, f"{code}4") is not None
    texts(night, FIRST, "3")
    assert states(night) == ["there"]
    assert texts(night, FIRST, "5") is not None
    one = rows(night)[0]
    assert (one.state, one.on_way_at) == ("done", None)
    assert one.accepted_at == one.there_at == one.done_at == night.now
    assert told(night) == ["accepted", "there", "done"]
    assert texts(night, FIRST, "3") is None, "it is over: the phone is one like any other"
    assert helper == one.id


def test_a_text_of_words_is_not_about_it(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST)
    ask(night, taken(night))
    assert texts(night, FIRST, "help me") is None
    assert texts(night, "+12025550149", "1") is None


def test_a_late_yes_counts_unless_somebody_else_said_yes(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST, SECOND)
    first = ask(night, taken(night))
    ends(night, first)
    second = rows(night)[1].code
    texts(night, FIRST, "1")
    assert states(night) == ["accepted", "no"], "the second is let alone"
    assert texts(night, SECOND, f"{second} 1") is None


def test_who_calls_back_says_how_far_they_are(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST)
    ask(night, taken(night))
    texts(night, FIRST, "1")
    index = night.kit.sealer.index(FIRST, NUMBER)
    with night.tx() as tx:
        document = helper_calls_in(tx, night.kit, index, CallTurn("CAback", 0), night.now)
    assert document is not None
    assert said(document).startswith("If you are on the way, press 3.")
    turn(night, rows(night)[0].id, 1, "3", "CAback")
    assert states(night) == ["on_way"]


def conversation(night: Night, kind: str, thread: str) -> str:
    with night.tx() as tx:
        row = conversations.begin(tx, night.kit, thread, "sms", "book", night.now)
        state = State("book", "K7P", last=0)
        state.kind = kind
        conversations.save(night.kit, row, state, night.now)
        return row.id


@pytest.mark.parametrize(("kind", "asked"), [("other", ["tips"]), ("self", ["advocate"]), ("work", [])])
def test_what_was_told_goes_to_the_point_of_contact_and_a_victim_to_an_advocate(
    night: Night, kind: str, asked: list[str]
) -> None:
    for number, one in enumerate((Kind.TIPS, Kind.ADVOCATE, Kind.POLICE)):
        listed(night, one, f"+1202555014{number}")
    told_in = conversation(night, kind, night.thread())
    with night.tx() as tx:
        row = tx.get(conversations.Conversation, told_in)
        assert row is not None
        pass_on(tx, night.kit, row, night.now)
        pass_on(tx, night.kit, row, night.now)
    assert [one.kind for one in rows(night)] == asked, "once, and never by itself to the police"


def test_the_point_of_contact_names_who_leads(night: Night) -> None:
    listed(night, Kind.TIPS, FIRST)
    told_in = conversation(night, "other", night.thread())
    with night.tx() as tx:
        row = tx.get(conversations.Conversation, told_in)
        assert row is not None
        pass_on(tx, night.kit, row, night.now)
    helper = rows(night)[0].id
    turn(night, helper, 0)
    assert "Who leads?" in said(turn(night, helper, 1, "1"))
    turn(night, helper, 2, "2")
    one = rows(night)[0]
    assert (one.state, one.lead) == (HelperState.ACCEPTED, Kind.CHILD_PROTECTION)
    texts(night, FIRST, "64")
    assert rows(night)[0].lead == Kind.SHELTER


def test_two_sweeps_ask_the_next_once(night: Night) -> None:
    listed(night, Kind.SHELTER, FIRST, SECOND)
    ask(night, taken(night))
    night.clock.advance(seconds=61)
    for _ in range(2):
        with night.tx() as tx:
            sweep(tx, night.kit, night.now)
    assert states(night) == ["no", "asked"]
