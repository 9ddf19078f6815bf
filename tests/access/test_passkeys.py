"""A passkey signs what was asked just now, for this page, once."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from hotline import db
from hotline.access.passkeys import Place, add_passkey, ask_for_new, ask_to_sign, place_of, signed
from hotline.access.people import add_member
from hotline.access.second_factor import has_second
from hotline.now import CountedIds, SetClock
from hotline.vault.sealing import House, Sealer
from tests.access.soft_key import SoftKey

PLACE = Place("staff.example.org", "https://staff.example.org")


class Holder:
    """A member of staff and a key."""

    def __init__(
        self, engine: Engine, sealer: Sealer, house: House, ids: CountedIds, clock: SetClock
    ) -> None:
        self.engine, self.house, self.ids, self.clock = engine, house, ids, clock
        self.key = SoftKey(PLACE.host, PLACE.origin)
        with db.write(engine) as tx:
            self.id = add_member(tx, sealer, house, ids, clock.now(), name="Staff 1")
            self.other = add_member(tx, sealer, house, ids, clock.now(), name="Staff 2")

    def asked_for_new(self) -> str:
        with db.write(self.engine) as tx:
            return ask_for_new(tx, self.ids, self.house, PLACE, self.id, "Staff 1", self.clock.now())

    def adds(self, credential: str) -> bool:
        with db.write(self.engine) as tx:
            return add_passkey(tx, self.house, self.ids, PLACE, self.id, credential, self.clock.now())

    def asked(self) -> str:
        with db.write(self.engine) as tx:
            asked = ask_to_sign(tx, self.ids, self.house, PLACE, self.id, self.clock.now())
        assert asked is not None
        return asked

    def signs(self, credential: str, whose: str = "") -> bool:
        with db.write(self.engine) as tx:
            return signed(tx, self.house, PLACE, whose or self.id, credential, self.clock.now())


@pytest.fixture
def holder(engine: Engine, sealer: Sealer, house: House, ids: CountedIds, clock: SetClock) -> Holder:
    return Holder(engine, sealer, house, ids, clock)


def test_it_is_added_once_and_signs_once_for_each_asking(holder: Holder) -> None:
    with db.write(holder.engine) as tx:
        assert ask_to_sign(tx, holder.ids, holder.house, PLACE, holder.id, holder.clock.now()) is None
    made = holder.key.make(holder.asked_for_new())
    assert holder.adds(made)
    assert not holder.adds(made)
    with db.read(holder.engine) as tx:
        assert has_second(tx, holder.id)
    answer = holder.key.sign(holder.asked())
    assert not holder.signs(answer, holder.other), "what was asked of one is not answered by another"
    assert holder.signs(answer)
    assert not holder.signs(answer)
    assert holder.signs(holder.key.sign(holder.asked()))


def test_a_false_page_gets_nothing(holder: Holder) -> None:
    assert holder.adds(holder.key.make(holder.asked_for_new()))
    holder.key.origin = "https://staff-example.org"
    assert not holder.signs(holder.key.sign(holder.asked()))
    assert not holder.adds(holder.key.make(holder.asked_for_new()))


def test_what_is_too_old_another_key_or_nonsense_counts_for_nothing(holder: Holder) -> None:
    assert holder.adds(holder.key.make(holder.asked_for_new()))
    asked = holder.asked()
    holder.clock.advance(minutes=5)
    assert not holder.signs(holder.key.sign(asked))
    copied = SoftKey(PLACE.host, PLACE.origin)
    assert not holder.signs(copied.sign(holder.asked())), "the same id, another key"
    for nonsense in ("", "{}", "[]", '{"response": {"clientDataJSON": "e30"}}'):
        assert not holder.signs(nonsense)
        assert not holder.adds(nonsense)


def test_a_key_that_was_copied_is_noticed(holder: Holder) -> None:
    """The count of its uses only grows."""
    assert holder.adds(holder.key.make(holder.asked_for_new()))
    holder.key.count = 7
    assert holder.signs(holder.key.sign(holder.asked()))
    holder.key.count = 3
    assert not holder.signs(holder.key.sign(holder.asked()))


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://staff.example.org", PLACE),
        ("http://localhost:8471", Place("localhost", "http://localhost:8471")),
        ("http://127.0.0.1:8471", None),
        ("http://[::1]:8471", None),
    ],
)
def test_a_passkey_needs_a_name(url: str, place: Place | None) -> None:
    assert place_of(url) == place
