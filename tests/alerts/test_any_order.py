"""What the carrier tells of a page's calls, shuffled and doubled: it only goes forward, and no order of it takes anything."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import delete

from hotline.alerts.rings import answered, on_its_way, rang, ring_ended
from hotline.alerts.tables import Alert, AlertEvent, AlertState, CallState, Page
from tests.alerts.night import Night
from tests.long import played

ROAD = {CallState.ORDERED: 0, CallState.RINGING: 1, CallState.TALKING: 2, CallState.ENDED: 3}
ENDS = ["completed", "busy", "no-answer", "failed", "canceled"]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: hundreds of orders, each with a dozen events."""
    return sqlite_url


@pytest.mark.timeout(600)
def test_shuffled_and_doubled_orders_only_go_forward(empty_night: Night) -> None:
    """The order's own answer, the callbacks and what is asked for when it is answered, in every order: one end of the call is
    told, no state goes back, no second call is made, and nobody has taken the alert."""
    night, random = empty_night, Random(9)  # noqa: S311  # chance that repeats
    night.add("Alice", "+12025550111")
    alert_id = night.danger()
    page_id = night.page("Alice", alert_id)
    with night.tx() as tx:
        page, alert = tx.get(Page, page_id), tx.get(Alert, alert_id)
        assert page is not None
        assert alert is not None
        for number in range(played(short=250, long=1000)):
            page.call_state, page.call_sid, page.rings, page.ring_at = CallState.ORDERED, None, 1, None
            tx.execute(delete(AlertEvent))
            sid = f"CA{number}"
            came = ["rang", "on_its_way", "on_its_way", random.choice(ENDS)]
            came += ["answered"] if came[-1] == "completed" else []
            came += random.choices(came, k=random.randint(0, 4))
            random.shuffle(came)
            before, ends = 0, 0
            for event in came:
                if event == "rang":
                    rang(tx, night.kit, page_id, sid, night.now)
                elif event == "on_its_way":
                    on_its_way(tx, night.kit, page_id, 1, sid, night.now)
                elif event == "answered":
                    answered(tx, night.kit, page_id, sid, night.now)
                else:
                    ring_ended(tx, night.kit, page_id, event, night.now, call_sid=sid)
                now = ROAD[CallState(page.call_state)]
                assert now >= before, f"{came} went back at {event}"
                ends += now == 3 and before < 3
                before = now
            assert (ends, page.rings, alert.state) == (1, 1, AlertState.OPEN), came
