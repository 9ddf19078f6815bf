"""Canary words of a report are looked for in everything that a page sends out: texts, calls, addresses, logs."""

from __future__ import annotations

import logging

import pytest

from hotline import log
from hotline.access.people import add_staff
from hotline.alerts.rota.stored import set_rotation
from hotline.alerts.tables import Alert
from hotline.db import write
from hotline.simulator.core import Post
from hotline.threads.tables import Message
from tests.house import CALLER, FIRST, Home

CANARIES = ("quokka", "wombatville", "numbatson")
DANGER = {
    "en": "help, he has a knife, I am at wombatville, quokka holds me, my name is numbatson",
    "acf": "i ni an fizi wombatville quokka numbatson",
    "fr": "au secours il a un couteau, wombatville, quokka, numbatson",
    "es": "ayuda, tiene un cuchillo, wombatville, quokka, numbatson",
    "ht": "anmwe li gen yon kouto wombatville quokka numbatson",
    "zh": "救命，他有刀 wombatville quokka numbatson",
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: it is about what leaves the house."""
    return sqlite_url


class Wire:
    """Between the network and the house: every address and document that passes."""

    def __init__(self, post: Post) -> None:
        self.post, self.urls, self.documents = post, list[str](), list[str]()

    def __call__(self, url, form, headers, timeout):  # type: ignore[no-untyped-def]
        status, answered, body = self.post(url, form, headers, timeout)
        self.urls.append(url)
        if "page=" in url:  # a turn of a page call, or news of one
            self.documents.append(body.decode())
        return status, answered, body


@pytest.mark.parametrize("language", list(DANGER))
def test_no_word_of_the_report_leaves_with_a_page(
    house: Home, language: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    log.set_up("worker", logging.DEBUG)
    wire = Wire(house.net.post)
    house.net.post = wire
    kit = house.desk.kit
    with write(house.desk.engine) as tx:
        staff = add_staff(
            tx, kit.sealer, house.shop.house, kit.ids, house.clock.now(),
            name="First", phone=FIRST, languages=(language,), verified=True,
        )  # fmt: skip
        set_rotation(tx, kit, [staff], house.clock.now())
    with caplog.at_level(logging.DEBUG):
        house.text(DANGER[language], "wombatville quokka")
        for _ in range(4):
            house.work()
            house.tick()
            house.pass_time(seconds=4)
        phone = house.net.phone(FIRST)
        assert phone.ringing is not None
        house.net.answer(FIRST)
        house.pass_time(seconds=3)
        house.net.press(FIRST, "1")
        house.pass_time(seconds=20)
        house.text(DANGER[language])  # and what is told of once more to who has it
        house.work()
        house.pass_time(seconds=10)
        house.text("9", sender=FIRST)
    (alert,) = house.all(Alert)
    assert alert.taken_by == staff
    assert len(phone.texts) >= 3
    assert wire.documents != []
    addresses = [message.status_callback for message in house.net.messages.values()]
    said = [row.text for call in house.net.calls.values() if call.to == FIRST for row in call.heard]
    assert said != []
    out, err = capfd.readouterr()
    logged = [record.getMessage() + str(record.__dict__) for record in caplog.records]
    sent = {
        "texts": phone.texts, "calls": [*said, *wire.documents], "addresses": [*wire.urls, *addresses],
        "logs": [out, err, *logged],
    }  # fmt: skip
    for where, words in sent.items():
        found = [word for word in CANARIES for one in words if word in one.casefold()]
        assert found == [], f"in {where}"
    assert any(message.direction == "in" for message in house.all(Message)), (
        "the report itself is kept, sealed"
    )
    assert CALLER not in " ".join([*wire.urls, *addresses, out, err])
