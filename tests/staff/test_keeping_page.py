"""The thread page says how long the thread is kept; the leader alone may hold it or confirm what is known of suspects."""

from __future__ import annotations

from sqlalchemy import select

from hotline.access.audit_tables import AuditRow
from hotline.access.tables import Role
from hotline.db import read
from hotline.retention.holds import hold_of
from hotline.retention.reviews import open_reviews, reviews_of
from tests.staff.office import Office


def noted(office: Office) -> list[tuple[str, str, str, str]]:
    """What the audit has of this page."""
    ours = ("change.held", "change.hold_lifted", "change.suspects_confirmed")
    with read(office.desk.engine) as tx:
        rows = tx.scalars(select(AuditRow).where(AuditRow.act.in_(ours)).order_by(AuditRow.seq))
        return [(row.act, row.by, row.about, row.detail) for row in rows]


def test_class_and_dates_are_shown_and_a_hold_stands_above_them(office: Office) -> None:
    thread_id = office.thread()
    office.record(thread_id, "screening")
    office.add("Leader", role=Role.LEADER)
    page = office.logged_in("Leader")
    page.get(f"/threads/{thread_id}")
    assert "Kept as Help for a victim Until The days begin when it is closed." in page.text
    office.mark(thread_id, state="closed", closed_at=office.now, outcome="safe")
    page.get(f"/threads/{thread_id}")
    assert "Its words go 20 Dec 2026 All of it goes 19 Nov 2029" in page.text
    page.send(f"/threads/{thread_id}/hold", reason="court_order")
    assert "Nothing is deleted: Court order" in page.text
    assert "19 Nov 2029" not in page.text
    with read(office.desk.engine) as tx:
        hold = hold_of(tx, thread_id)
        assert hold is not None
        assert (hold.reason, hold.placed_by) == ("court_order", office.staff["Leader"])
    page.send(f"/threads/{thread_id}/lift")
    assert "19 Nov 2029" in page.text
    assert noted(office) == [
        ("change.held", office.staff["Leader"], thread_id, "court_order"),
        ("change.hold_lifted", office.staff["Leader"], thread_id, ""),
    ]


def test_who_is_no_leader_sees_it_and_decides_nothing(office: Office) -> None:
    thread_id = office.thread()
    page = office.logged_in("Maria")
    page.get(f"/threads/{thread_id}")
    assert "Kept as Nothing told" in page.text
    assert "Hold it" not in page.text
    page.send(f"/threads/{thread_id}/take")
    token = page.html.split('name="csrf" value="')[1].split('"')[0]
    for deed in ("hold", "lift", "confirm/aaaaaaaaaaaaaaaa"):
        answer = page.client.post(
            f"/threads/{thread_id}/{deed}", data={"csrf": token, "reason": "court_order"}
        )
        assert answer.status_code == 403, deed
    with read(office.desk.engine) as tx:
        assert hold_of(tx, thread_id) is None


def test_the_leader_confirms_what_is_known_of_suspects(office: Office) -> None:
    thread_id = office.thread()
    office.record(thread_id, "online", trafficker_narrative=("answered", "a tall man", "a tall man"))
    with office.tx() as tx:
        open_reviews(tx, office.desk.kit, 10)
    office.add("Leader", role=Role.LEADER)
    office.clock.advance(days=364)
    page = office.logged_in("Leader")
    page.get(f"/threads/{thread_id}")
    assert "to be looked at by 20 Nov 2027" in page.text
    with read(office.desk.engine) as tx:
        (review,) = reviews_of(tx, thread_id)
    page.send(f"/threads/{thread_id}/confirm/{review.record_id}", reason="court_case")
    assert "to be looked at by 18 Nov 2028" in page.text
    other = office.thread(number="+12025550124")
    page.get(f"/threads/{thread_id}")
    token = page.html.split('name="csrf" value="')[1].split('"')[0]
    page.client.post(
        f"/threads/{other}/confirm/{review.record_id}", data={"csrf": token, "reason": "new_report"}
    )
    with read(office.desk.engine) as tx:
        assert reviews_of(tx, thread_id)[0].reason == "court_case", "only by its own thread"
    assert noted(office) == [
        ("change.suspects_confirmed", office.staff["Leader"], thread_id, "court_case"),
    ]
