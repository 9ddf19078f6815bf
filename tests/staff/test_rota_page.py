"""The rota page: the plan that pages, its gaps, and how the calendar is."""

from datetime import timedelta

from hotline.alerts.rota.calendars import add_feed
from hotline.alerts.rota.feed import feed_failed
from hotline.alerts.rota.intake import active_names, read_copy, take_copy
from tests.staff.office import Office
from tests.staff.test_accessible import holds

CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1
DTSTART:20260101T080000
DTEND:20260102T080000
RRULE:FREQ=DAILY
SUMMARY:Maria, Nobody Known
END:VEVENT
END:VCALENDAR
"""


def test_the_plan_of_two_weeks(office: Office) -> None:
    maria = office.logged_in("Maria")
    maria.get("/rota")
    holds(maria.html)
    assert "Maria, Ben" in maria.text
    assert "Ben, Maria" in maria.text
    assert "Gaps" not in maria.text
    assert "Calendar" not in maria.text


def test_a_gap_and_an_empty_rota_are_shown(empty_office: Office) -> None:
    empty_office.add("Maria")
    maria = empty_office.logged_in("Maria")
    maria.get("/rota")
    holds(maria.html)
    assert "Gaps" in maria.text
    assert "nobody" in maria.text


def test_the_age_of_the_calendar_and_names_that_fit_nobody_are_shown(office: Office) -> None:
    desk, secret = office.desk, "https://calendar.example/a-secret"
    with office.tx() as tx:
        feed = add_feed(tx, desk.kit, secret, office.now)
        copy = read_copy(desk.kit, active_names(tx, desk.house), CALENDAR, office.now)
        take_copy(tx, desk.kit, desk.house, CALENDAR, copy, office.now, feed_id=feed.id)
        feed.good_at = office.now - timedelta(minutes=50)
        feed_failed(feed, "time_out", office.now - timedelta(minutes=40))
    maria = office.logged_in("Maria")
    maria.get("/rota")
    holds(maria.html)
    assert "Last read 50 min ago." in maria.text
    assert "It cannot be read for 40 min. The last good copy counts." in maria.text
    assert "gaps: Nobody Known" in maria.text
    assert "a-secret" not in maria.html


def test_a_stranger_sees_no_rota(office: Office) -> None:
    browser = office.browser()
    browser.get("/rota")
    assert "The next two weeks" not in browser.text
