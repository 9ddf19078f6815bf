"""Several emergencies at once: each first text is its own; repeats are one text that lists the codes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline import db
from hotline.alerts.tables import Page
from hotline.alerts.taking import Way, take
from hotline.alerts.unheard import text_failed
from hotline.wording.segments import size
from tests.alerts.night import Night


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: it is about words and times."""
    return sqlite_url


@pytest.fixture
def alone(empty_night: Night) -> Night:
    """Alice is the only one there is."""
    empty_night.add("Alice", "+12025550111")
    empty_night.rotation("Alice")
    return empty_night


def goes_on(night: Night, seconds: int, *alerts: str) -> list[str]:
    """Nobody picks up; what comes by text, in its order."""
    words = []
    for _ in range(0, seconds, 20):
        rings = alone_rings(night, alerts) if night.dial() else ""
        night.wait(20)
        if rings:
            night.ring_ends("Alice", rings)
        words += [text for _, text in night.texts()]
    return words


def alone_rings(night: Night, alerts: tuple[str, ...]) -> str:
    """Of which alert the call to Alice is."""
    with db.read(night.engine) as tx:
        return next(
            alert
            for alert in alerts
            for page in tx.scalars(select(Page).where(Page.alert_id == alert))
            if page.call_sid == night.calls["Alice"]
        )


def test_three_emergencies_are_three_first_texts_and_one_list_at_the_repeat(alone: Night) -> None:
    alerts = [alone.danger() for _ in range(3)]
    codes = [alone.alert(alert).code for alert in alerts]
    first = [text for _, text in alone.texts()]
    assert [code in text for code, text in zip(codes, first, strict=True)] == [True] * 3
    assert all(text.startswith("EMERGENCY") for text in first)
    repeats = goes_on(alone, 340, *alerts)
    assert repeats == [f"Still open: {', '.join(codes)}. Reply 1 and the code to take one."]
    assert len(goes_on(alone, 320, *alerts)) == 1, "and again five minutes later"


def test_a_new_one_among_old_ones_has_its_own_first_text(alone: Night) -> None:
    old = [alone.danger(), alone.danger()]
    alone.texts()
    goes_on(alone, 120, *old)
    new = alone.danger()
    assert next(text for _, text in alone.texts()).startswith(f"EMERGENCY {alone.alert(new).code}.")


def test_one_alert_alone_is_repeated_in_its_own_words(alone: Night) -> None:
    alert = alone.danger()
    first = alone.texts()
    assert goes_on(alone, 340, alert) == [first[0][1]]


def test_what_was_taken_meanwhile_is_not_in_the_list_and_the_rest_is(alone: Night) -> None:
    alone.add("Ben", "+12025550112")
    alerts = [alone.danger() for _ in range(3)]
    with alone.tx() as tx:
        take(tx, alone.kit, alerts[0], alone.staff["Ben"], Way.WEB, alone.now)
    alone.texts(), alone.others()
    repeats = " ".join(goes_on(alone, 340, *alerts[1:]))
    assert alone.alert(alerts[0]).code not in repeats
    assert all(alone.alert(alert).code in repeats for alert in alerts[1:])


def test_a_list_that_has_not_left_is_not_dropped_when_one_of_it_is_taken(alone: Night) -> None:
    alerts = [alone.danger() for _ in range(3)]
    alone.texts()
    goes_on(alone, 280, *alerts)
    while not alone.alert(alerts[0]).round > 5:  # the repeat is ordered, and waits in the outbox
        alone.wait(1)
        if alone.page("Alice", alerts[0]) and alone.log(alerts[0]).count("texted") == 2:
            break
    with alone.tx() as tx:
        take(tx, alone.kit, alerts[0], alone.staff["Alice"], Way.WEB, alone.now)
    assert any(text.startswith("Still open") for _, text in alone.texts())


def test_a_list_that_fails_is_followed_by_the_calls_of_all(alone: Night) -> None:
    alerts = [alone.danger() for _ in range(2)]
    alone.texts()
    goes_on(alone, 320, *alerts)
    for alert in alerts:
        with alone.tx() as tx:
            text_failed(tx, alone.kit, alone.page("Alice", alert), alone.now, error="30006")
    assert alone.dial() == ["Alice"]
    for alert in alerts:
        assert "text_failed" in alone.log(alert)


@pytest.mark.parametrize("language", ["en", "acf", "fr", "es", "ht", "zh"])
def test_the_longest_list_is_one_segment(alone: Night, language: str) -> None:
    codes = ", ".join(["4821"] * 8)
    words = alone.kit.book.say("page.text_several", language, codes=codes)
    assert size(alone.kit.book.as_sent(words, language)).segments == 1
