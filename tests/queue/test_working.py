"""Taking, putting back and closing threads, with their alerts."""

from __future__ import annotations

from hotline import db
from hotline.alerts.taking import Way, take
from hotline.queue.listing import one_thread, open_threads
from hotline.queue.working import Done, close_thread, put_back, seen, still_on_it, take_thread
from hotline.threads.tables import Thread
from tests.alerts.night import Night


def takes(night: Night, name: str, thread: str) -> Done:
    with night.tx() as tx:
        return take_thread(tx, night.kit, thread, night.staff[name], night.now)


def closes(night: Night, name: str, thread: str, outcome: str = "safe") -> Done:
    with night.tx() as tx:
        return close_thread(tx, night.kit, thread, night.staff[name], outcome, night.now)


def puts_back(night: Night, name: str, thread: str) -> Done:
    with night.tx() as tx:
        return put_back(tx, night.kit, thread, night.staff[name], night.now)


def row(night: Night, thread: str) -> Thread:
    with db.read(night.engine) as tx:
        found = tx.get(Thread, thread)
        assert found is not None
        return found


def test_taking_a_thread_without_alert(night: Night) -> None:
    thread = night.thread()
    assert takes(night, "Maria", thread) is Done.DONE
    assert takes(night, "Maria", thread) is Done.DONE, "twice is once"
    assert takes(night, "Ben", thread) is Done.ANOTHER
    assert row(night, thread).taken_by == night.staff["Maria"]


def test_taking_on_the_page_ends_the_paging(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread)
    night.texts(), night.dial()
    assert takes(night, "Maria", thread) is Done.DONE
    assert night.alert(alert).taken_by == night.staff["Maria"]
    assert [name for name, words in night.texts() if "Maria has taken" in words] == ["Ben"]
    assert [kind for kind, _ in night.others()] == ["hang_up"], "Ben's phone falls silent"


def test_what_was_taken_by_phone_is_not_taken_on_the_page(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread)
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Ben"], Way.CALL, night.now)
    assert takes(night, "Maria", thread) is Done.ANOTHER
    assert closes(night, "Maria", thread) is Done.ANOTHER
    assert night.alert(alert).taken_by == night.staff["Ben"]


def test_an_alert_that_opens_in_a_thread_of_mine_can_be_taken_by_anybody(night: Night) -> None:
    thread = night.thread()
    takes(night, "Maria", thread)
    alert = night.danger(thread)
    with db.read(night.engine) as tx:
        waiting = one_thread(tx, thread)
    assert waiting is not None
    assert waiting.free
    assert takes(night, "Ben", thread) is Done.DONE
    assert night.alert(alert).taken_by == row(night, thread).taken_by == night.staff["Ben"]


def test_closing_gives_the_alert_its_outcome(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread)
    takes(night, "Maria", thread)
    night.wait(120)
    assert closes(night, "Maria", thread, "handed_over") is Done.DONE
    closed = row(night, thread)
    assert (closed.state, closed.outcome, closed.closed_at) == ("closed", "handed_over", night.now)
    assert (night.alert(alert).state, night.alert(alert).outcome) == ("closed", "handed_over")
    with db.read(night.engine) as tx:
        assert open_threads(tx) == ()
    night.texts(), night.dial()
    night.wait(3600)
    assert night.dial() == [], "nobody is rung any more"
    assert closes(night, "Maria", thread) is Done.OVER
    assert takes(night, "Ben", thread) is Done.OVER


def test_what_nobody_took_is_closed_by_who_closes_it(night: Night) -> None:
    thread = night.thread()
    assert closes(night, "Maria", thread, "no_danger") is Done.DONE
    assert row(night, thread).taken_by == night.staff["Maria"]


def test_an_outcome_is_one_of_the_list(night: Night) -> None:
    thread = night.thread()
    assert closes(night, "Maria", thread, "") is Done.NO_SUCH_OUTCOME
    assert row(night, thread).state == "open"
    assert closes(night, "Maria", "nothing") is Done.OVER


def test_put_back_it_waits_for_others(night: Night) -> None:
    thread = night.thread()
    takes(night, "Maria", thread)
    assert puts_back(night, "Ben", thread) is Done.ANOTHER
    assert puts_back(night, "Maria", thread) is Done.DONE
    assert row(night, thread).waiting_since == night.now
    assert takes(night, "Ben", thread) is Done.DONE


def test_a_promise_is_not_put_back(night: Night) -> None:
    thread = night.thread()
    night.danger(thread)
    takes(night, "Maria", thread)
    assert puts_back(night, "Maria", thread) is Done.PROMISED


def test_a_thread_can_be_taken_over_but_no_promise(night: Night) -> None:
    thread = night.thread()
    takes(night, "Ben", thread)
    with night.tx() as tx:
        assert take_thread(tx, night.kit, thread, night.staff["Maria"], night.now, over=True) is Done.DONE
    assert row(night, thread).taken_by == night.staff["Maria"]
    night.danger(thread)
    takes(night, "Maria", thread)
    with night.tx() as tx:
        assert take_thread(tx, night.kit, thread, night.staff["Ben"], night.now, over=True) is Done.ANOTHER
    assert row(night, thread).taken_by == night.staff["Maria"]


def test_still_on_it_keeps_the_alert_from_opening_again(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread)
    takes(night, "Maria", thread)
    night.wait(25 * 60)
    with night.tx() as tx:
        assert still_on_it(tx, night.kit, thread, night.staff["Ben"], night.now) is Done.ANOTHER
        assert still_on_it(tx, night.kit, thread, night.staff["Maria"], night.now) is Done.DONE
    night.wait(29 * 60)
    assert night.alert(alert).taken_by == night.staff["Maria"]
    night.wait(2 * 60)
    assert night.alert(alert).taken_by is None, "a promise without an outcome"
    with night.tx() as tx:
        assert still_on_it(tx, night.kit, "nothing", night.staff["Maria"], night.now) is Done.OVER


def test_who_has_it_and_looks_has_read_it(night: Night) -> None:
    thread = night.thread()
    with night.tx() as tx:
        takes_it = tx.get(Thread, thread)
        assert takes_it is not None
        takes_it.taken_by, takes_it.waiting_since = night.staff["Maria"], night.now
    with night.tx() as tx:
        seen(tx, thread, night.staff["Ben"])
    assert row(night, thread).waiting_since is not None
    with night.tx() as tx:
        seen(tx, thread, night.staff["Maria"])
    assert row(night, thread).waiting_since is None


def test_the_queue_says_which_rule_fired_and_who_has_it(night: Night) -> None:
    thread = night.thread()
    night.danger(thread)
    takes(night, "Maria", thread)
    with db.read(night.engine) as tx:
        (waiting,) = open_threads(tx)
        assert one_thread(tx, thread) == waiting
        assert one_thread(tx, "nothing") is None
    assert waiting.alert is not None
    assert waiting.alert.rules == ("en.held.3",)
    assert waiting.taken_by == waiting.alert.taken_by == night.staff["Maria"]
