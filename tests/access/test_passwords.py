"""What makes a good password, and what checking one costs."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from hotline.access import passwords as room
from hotline.access.passwords import Busy, Passwords, Weak, weakness

GOOD = "a lamp beside the green boat"


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        (GOOD, None),
        ("four words 1 2 3", None),
        ("绿船旁边的灯在夜里亮着等他们回", None),
        ("short but fine", Weak.SHORT),
        ("x" * 40, Weak.PLAIN),
        ("1212121212121212", Weak.PLAIN),
        ("Data ManagerData Manager1", Weak.NAME),
        ("long " * 26, Weak.LONG),
    ],
)
def test_length_counts_and_nothing_is_asked_of_kinds_of_characters(password: str, weak: Weak | None) -> None:
    assert weakness(password, "Data Manager") is weak


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "qwertyuiopasdfgh", "1qaz2wsx3edc4rfv", "123456789012345", "iloveyouiloveyou1",
        "correct horse battery staple", "Saint Lucia 1979!", "the hotline of Saint Lucia", "Correcthorse Batterystaple 1",
        "hotlinehotline1234",
    ],
)  # fmt: skip
def test_what_anybody_tries_first_is_refused(password: str) -> None:
    assert weakness(password, "Staff 1", ("hotline", "Saint Lucia")) is Weak.COMMON


@pytest.mark.parametrize("password", [GOOD, "a small boat at seven", "une clé sous la pierre bleue"])
def test_a_few_words_of_ones_own_are_good(password: str) -> None:
    assert weakness(password, "Staff 1", ("hotline", "Saint Lucia")) is None


def test_real_ones_cost_what_the_rule_asks() -> None:
    kept = Passwords().hash(GOOD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=4,p=2$")


def test_only_the_right_one_opens(passwords: Passwords) -> None:
    kept = passwords.hash(GOOD)
    assert kept != passwords.hash(GOOD), "each has a salt of its own"
    assert passwords.check(kept, GOOD)
    assert not passwords.check(kept, GOOD + ".")
    assert not passwords.check(None, GOOD)
    assert not passwords.check(None, "nobody has this password")
    assert not passwords.check("not a hash", GOOD)


def test_a_letter_typed_in_another_way_is_the_same_letter(passwords: Passwords) -> None:
    assert passwords.check(passwords.hash("une clé sous la pierre"), "une cle\u0301 sous la pierre")


def test_a_hash_of_older_numbers_is_made_anew(passwords: Passwords) -> None:
    older = Passwords(memory_kib=16, time_cost=1, parallelism=1)
    assert passwords.is_outdated(older.hash(GOOD))
    assert not passwords.is_outdated(passwords.hash(GOOD))


def test_two_are_checked_at_once_and_the_third_waits(passwords: Passwords) -> None:
    kept, done = passwords.hash(GOOD), threading.Event()
    third = threading.Thread(target=lambda: (passwords.check(kept, GOOD), done.set()))
    with ExitStack() as at_work:
        for _ in range(room.AT_ONCE):
            at_work.enter_context(room._gate)
        third.start()
        assert not done.wait(0.05)
    assert done.wait(10)
    third.join()


def test_when_two_wait_already_the_next_is_sent_away(passwords: Passwords) -> None:
    kept = passwords.hash(GOOD)
    with ExitStack() as flood:
        for _ in range(room.AT_ONCE + room.WAITING):
            flood.enter_context(room._turns)
        with pytest.raises(Busy):
            passwords.check(kept, GOOD)
        with pytest.raises(Busy):
            passwords.hash(GOOD)
    assert passwords.check(kept, GOOD), "afterwards the door is free again"
