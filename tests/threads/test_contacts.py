"""Who reaches us, and the one open thread of each."""

import threading

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from hotline.db import read, write
from hotline.now import SetClock
from hotline.threads.contacts import contact_of, free_reference, open_thread, thread_of
from hotline.threads.kit import Kit
from hotline.threads.tables import Contact, Thread, ThreadState

MARIE = "+12025550123"


def reach(engine: Engine, kit: Kit, clock: SetClock, number: str = MARIE) -> tuple[str, str]:
    """Somebody reaches us; the ids of contact and thread."""
    with write(engine) as tx:
        contact = contact_of(tx, kit, number, clock.now())
        return contact.id, thread_of(tx, kit, contact, "sms", "main", clock.now()).id


def test_a_number_is_one_contact_with_one_open_thread(engine: Engine, kit: Kit, clock: SetClock) -> None:
    assert reach(engine, kit, clock) == reach(engine, kit, clock)
    assert reach(engine, kit, clock, "+12025550124") != reach(engine, kit, clock)


def test_a_hidden_number_is_a_new_contact_each_time(engine: Engine, kit: Kit, clock: SetClock) -> None:
    first, second = (reach(engine, kit, clock, "") for _ in range(2))
    assert first[0] != second[0]
    assert first[1] != second[1]
    with read(engine) as tx:
        hidden = tx.scalars(select(Contact)).all()
    assert [(contact.number_index, contact.number_sealed) for contact in hidden] == [(None, None)] * 2


def test_a_closed_thread_is_followed_by_a_new_one(engine: Engine, kit: Kit, clock: SetClock) -> None:
    contact_id, closed = reach(engine, kit, clock)
    with write(engine) as tx:
        thread = tx.get(Thread, closed)
        assert thread is not None
        thread.state = ThreadState.CLOSED
    with read(engine) as tx:
        contact = tx.get(Contact, contact_id)
        assert contact is not None
        assert open_thread(tx, contact) is None
    assert reach(engine, kit, clock)[0] == contact_id
    assert reach(engine, kit, clock)[1] != closed


def test_the_database_itself_holds_no_second_open_thread(engine: Engine, kit: Kit, clock: SetClock) -> None:
    contact_id, _ = reach(engine, kit, clock)
    now = clock.now()
    with pytest.raises(IntegrityError), write(engine) as tx:
        tx.add(
            Thread(
                id="second", reference="K7P", contact_id=contact_id, channel="sms", line="main",
                opened_at=now, last_in_at=now, state=ThreadState.OPEN.value,
            )
        )  # fmt: skip


def test_eight_first_messages_at_once_are_one_contact_and_one_thread(
    engine: Engine, kit: Kit, clock: SetClock
) -> None:
    together = threading.Barrier(8)
    reached: list[tuple[str, str]] = []

    def one() -> None:
        together.wait()
        reached.append(reach(engine, kit, clock))

    people = [threading.Thread(target=one) for _ in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(reached) == 8
    assert len(set(reached)) == 1


def test_no_two_open_threads_bear_the_same_reference(engine: Engine, kit: Kit, clock: SetClock) -> None:
    class Doubled:
        """Draws each reference twice."""

        def __init__(self) -> None:
            self.drawn = 0

        def new(self) -> str:
            return kit.ids.new()

        def reference(self) -> str:
            self.drawn += 1
            return f"K{self.drawn // 2}P"

        def page_code(self) -> str:
            return kit.ids.page_code()

        def token(self) -> str:
            return kit.ids.token()

    doubled = Kit(kit.settings, kit.sealer, Doubled(), kit.book)
    for last in range(5):
        reach(engine, doubled, clock, f"+1202555013{last}")
    with read(engine) as tx:
        references = tx.scalars(select(Thread.reference)).all()
        assert len(set(references)) == 5
        assert free_reference(tx, doubled) not in references


def test_a_number_lies_open_nowhere(engine: Engine, kit: Kit, clock: SetClock) -> None:
    contact_id, _ = reach(engine, kit, clock)
    with read(engine) as tx:
        contact = tx.get(Contact, contact_id)
        assert contact is not None
        kept = (contact.number_index or b"") + (contact.number_sealed or b"")
    assert b"5550123" not in kept
