"""A text of ours leaves once, whatever the carrier does, and not at all where it may not."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import update

from hotline.carriers.carrier import Outgoing
from hotline.db import write
from hotline.threads.outbox import lease
from hotline.threads.tables import Contact, Deed, DeedState, MessageStatus
from tests.house import CALLER, LINE, PUBLIC, Home, unpaced, workshop_of
from worker.deeds import do
from worker.drain import drain

WORDS = "Where are you now?"


@pytest.fixture
def known(house: Home) -> Home:
    """The caller has written to us; what they got so far is put aside."""
    house.text("Hello")
    house.work()
    house.net.phone(CALLER).bubbles.clear()
    return house


def got(house: Home) -> list[str]:
    """What the caller's phone shows, once all that is under way has arrived."""
    house.pass_time(seconds=10)
    return list(house.net.phone(CALLER).texts)


def test_a_queued_text_is_sent_once_and_its_receipt_moves_it_forward(known: Home) -> None:
    message = known.queue(WORDS)
    known.work()
    known.work()
    sent = known.message(message)
    assert (sent.status, sent.outgoing_sealed) == (MessageStatus.QUEUED, None), "no receipt came yet"
    assert sent.sid is not None
    assert got(known) == [WORDS]
    assert known.message(message).status == MessageStatus.DELIVERED
    assert known.net.errors == []


@pytest.mark.parametrize("fault", ["api_429", "api_500", "api_503", "api_timeout_before"])
def test_a_carrier_in_trouble_is_asked_again_later(known: Home, fault: str) -> None:
    known.net.faults.load([{"what": "message", "fault": fault, "nth": [1, 2]}])
    known.queue(WORDS)
    known.work()
    assert known.pending() == ["send"]
    assert got(known) == []
    for _ in range(4):
        known.pass_time(seconds=10)
        known.work()
    assert got(known) == [WORDS]
    assert known.pending() == []


def test_a_time_out_after_acceptance_is_looked_up_and_not_sent_twice(known: Home) -> None:
    known.net.faults.load([{"what": "message", "fault": "api_timeout_after", "nth": 1}])
    message = known.queue(WORDS)
    known.work()
    assert known.message(message).sid is None
    known.clock.advance(seconds=10)
    known.work()
    assert known.message(message).sid is not None, "found at the carrier"
    assert got(known) == [WORDS]
    assert known.pending() == []


def test_the_same_words_twice_are_two_texts_also_after_a_time_out(known: Home) -> None:
    known.queue(WORDS)
    known.work()
    known.net.faults.load([{"what": "message", "fault": "api_timeout_before", "nth": 1}])
    known.queue(WORDS)
    known.work()
    known.pass_time(seconds=10)
    known.work()
    assert got(known) == [WORDS, WORDS], "the first text is not taken for the second"


def test_a_worker_that_died_after_the_carrier_took_it_has_sent_it(known: Home) -> None:
    message = known.queue(WORDS)
    with write(known.shop.engine) as tx:
        (deed,) = lease(tx, known.clock.now())
    carrier = known.shop.carriers["main"]
    carrier.send(
        Outgoing(message, CALLER, WORDS, carrier.line, f"{PUBLIC}/twilio/status/message?m={message}")
    )
    assert known.work() == 0, "another worker has it in hand"
    known.clock.advance(seconds=31)
    known.work()
    assert got(known) == [WORDS]
    assert known.all(Deed, Deed.id == deed.id)[0].state == DeedState.DONE


def test_a_worker_that_died_before_the_carrier_was_asked_has_not_sent_it(known: Home) -> None:
    known.queue(WORDS)
    with write(known.shop.engine) as tx:
        lease(tx, known.clock.now())
    known.pass_time(seconds=31)
    known.work()
    assert got(known) == [WORDS]


def test_a_deed_done_twice_sends_once(known: Home) -> None:
    known.queue(WORDS)
    with write(known.shop.engine) as tx:
        (deed,) = lease(tx, known.clock.now())
    do(known.shop, deed)
    do(known.shop, deed)
    assert got(known) == [WORDS]


def test_two_workers_at_once_do_each_deed_once(known: Home) -> None:
    said = [f"Line {number}" for number in range(12)]
    for words in said:
        known.queue(words)
    shops = [unpaced(known.shop), unpaced(workshop_of(known.desk))]
    done: list[int] = []
    together = threading.Barrier(2)

    def work(number: int) -> None:
        together.wait()
        done.append(drain(shops[number]))

    workers = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    shops[1].engine.dispose()
    assert sum(done) == len(said)
    known.pass_time(seconds=30)
    assert sorted(known.net.phone(CALLER).texts) == sorted(said)
    assert known.pending() == []


def test_the_most_urgent_leaves_first(known: Home) -> None:
    known.queue("later", priority=5)
    known.queue("now", priority=0)
    known.work()
    assert got(known) == ["now", "later"]


def test_after_stop_nothing_is_sent(known: Home) -> None:
    message = known.queue(WORDS)
    known.text("STOP")
    known.net.phone(CALLER).bubbles.clear()
    known.work()
    assert got(known) == []
    assert known.pending() == []
    kept = known.message(message)
    assert kept.status == MessageStatus.FAILED, "staff see that it did not leave"
    assert kept.outgoing_sealed is None, "the words do not lie about for a worker"


def test_a_stop_that_only_the_carrier_knows_of_is_learned_from_its_refusal(known: Home) -> None:
    known.net.lines[LINE].stopped.add(CALLER)
    message = known.queue(WORDS)
    known.work()
    assert known.message(message).status == MessageStatus.FAILED
    assert [contact.stopped for contact in known.all(Contact)] == [True]
    known.queue("Hello?")
    asked = len(known.net.messages)
    known.work()
    assert len(known.net.messages) == asked


def test_an_exception_in_one_deed_does_not_stop_the_others(known: Home) -> None:
    broken = known.queue("cannot be opened", priority=0)
    known.queue(WORDS)
    with write(known.desk.engine) as tx:
        tx.execute(update(Deed).where(Deed.key == f"send:{broken}").values(payload="{}"))
    known.work()
    assert got(known) == [WORDS]
    (deed,) = known.all(Deed, Deed.state == DeedState.PENDING)
    assert deed.error == "KeyError"
    assert deed.attempts == 1, "not tried again before its time"


def test_an_answer_that_could_not_leave_for_an_hour_does_not_leave_at_all(known: Home) -> None:
    """Whoever holds the phone by then may be somebody else."""
    known.net.faults.load([{"what": "message", "fault": "api_503", "until": "2026-11-20T13:30:00+00:00"}])
    message = known.queue(WORDS)
    for _ in range(20):
        known.work()
        known.pass_time(minutes=5)
    known.work()
    assert got(known) == []
    assert known.message(message).status == MessageStatus.FAILED
    assert known.pending() == []
