"""Where people stop is counted by question, language and channel, without opening a record."""

from datetime import timedelta

from hotline.db import read
from hotline.statistics.drop_off import Stop, drop_off, endings, together
from tests.house import CALLER, FIRST, LINE, OFFICER, SECOND, Home

OTHERS = [CALLER, OFFICER, FIRST, SECOND]  # nobody is registered: all are the public


def test_each_question_tells_who_was_asked_and_who_left_at_it(house: Home) -> None:
    begun = house.clock.now()
    house.text("Hello", "yes", "no", sender=OTHERS[0])  # leaves at "who is it about"
    house.text("Hello", "yes", "no", "2", "she cleans all day", sender=OTHERS[1])  # at "where"
    house.text("Hola", "si", "no", "2", "ella limpia", "castries", sender=OTHERS[2])  # at "when"
    house.text("Hello", "yes", "0", sender=OTHERS[3])  # wants a person at "danger"
    house.pass_time(hours=25)
    house.tick()
    house.work()
    with read(house.desk.engine) as tx:
        stops = drop_off(tx, begun)
        assert drop_off(tx, begun + timedelta(hours=1)) == []
        ended = set(endings(tx, begun))
    by_name = together(stops)
    told = {name: (stop.asked, stop.left, stop.to_person) for (_, name), stop in by_name.items()}
    assert told == {
        "safe_now": (4, 0, 0),
        "danger_now": (4, 0, 1),
        "contact_kind": (3, 1, 0),
        "incident_narrative": (2, 0, 0),
        "incident_location": (2, 1, 0),
        "incident_period": (1, 1, 0),
    }
    spanish = together(stops, language="es")
    assert spanish[("online", "incident_period")] == Stop("online", "incident_period", "es", "", 1, 1, 0)
    assert ("online", "incident_period") not in together(stops, language="en", channel="sms")
    assert ended == {("sms", "break_off", 1), ("sms", "partial", 2), ("sms", "to_person", 1)}


def test_a_call_is_counted_at_the_question_where_it_was_cut(house: Home) -> None:
    begun = house.clock.now()
    house.net.dial(CALLER, LINE)
    for keys in ("1", "2", "2", "1", "2025#"):
        house.pass_time(seconds=2)
        house.net.press(CALLER, keys)
    house.pass_time(seconds=2)
    house.net.hang_up(CALLER)
    house.pass_time(hours=25)
    house.tick()
    house.work()
    with read(house.desk.engine) as tx:
        by_name = together(drop_off(tx, begun), channel="voice")
    assert by_name[("hotline", "incident_period")].left == 0
    where = by_name[("hotline", "incident_location")]
    assert (where.asked, where.left) == (1, 1)
