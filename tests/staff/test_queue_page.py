"""The queue as somebody on shift sees it."""

from __future__ import annotations

from hotline.triage.kinds import Grade
from tests.staff.office import Office


def test_the_most_pressing_thread_stands_first(office: Office) -> None:
    calm = office.thread("A question", "+12025550131")
    office.clock.advance(minutes=5)
    quiet = office.thread("Hi", "+12025550132")
    office.mark(quiet, unanswered_safety=True)
    urgent = office.thread("Please call", "+12025550133")
    office.danger(urgent, Grade.URGENT, "asked_for_person")
    locked = office.thread("locked in", "+12025550134", language="ht")
    office.danger(locked)
    office.clock.advance(minutes=12)
    maria = office.logged_in("Maria")
    places = [maria.html.index(f"/threads/{one}") for one in (locked, urgent, quiet, calm)]
    assert places == sorted(places)
    for words in (
        "Emergency",
        "Haitian Creole",
        "Locked in or held",
        "en.held.3",
        "No answer to the safety question",
        "Asked for a person",
        "12 min",
        "17 min",
        office.reference(locked),
    ):
        assert words in maria.text
    assert "locked in" not in maria.text.replace("Locked in or held", ""), "no word of theirs in the queue"
    assert "On call Maria , then Ben until 23 Nov 2026, 08:00 Next: Ben" in maria.text
    assert "Test data only." in maria.text


def test_who_asked_to_forget_is_marked_for_a_human(office: Office) -> None:
    thread = office.thread("Hello", "+12025550131")
    office.mark(thread, asked_to_forget=True)
    maria = office.logged_in("Maria")
    assert "Asked to forget" in maria.text
    maria.get(f"/threads/{thread}")
    assert "Asked to forget" in maria.text
