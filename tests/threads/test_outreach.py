"""Who may be written to, when, and what: the phone may be in the wrong hands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from hotline import db
from hotline.answers.sheet import Given, Status
from hotline.config import Settings
from hotline.conversation.state import Stage, State
from hotline.forms.book import Book
from hotline.now import CountedIds, SetClock
from hotline.standards.crosswalk import Sensitivity
from hotline.threads import conversations
from hotline.threads.contacts import contact_of, thread_of
from hotline.threads.kit import Kit
from hotline.threads.outreach import Decision, Ground, Refusal, decide, write_to_contact
from hotline.threads.tables import Contact, Deed, Direction, Message, MessageStatus, Thread
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import Sealer
from hotline.wording.discretion import Discretion, FindingKind
from tests.vaulted import sealer_of

ROOT = Path(__file__).resolve().parents[2]
MARIA, BEN = "mariaaaaaaaaaaaa", "bennnnnnnnnnnnnn"  # ids of staff
NEUTRAL = "I read your message. Where are you now?"


@dataclass
class Story:
    """One thread with a contact, and the hour."""

    engine: Engine
    kit: Kit
    clock: SetClock
    discretion: Discretion
    thread_id: str = ""

    def they_write(self, words: str = "Hello", number: str = "+12025550123", channel: str = "sms") -> None:
        kit, now = self.kit, self.clock.now()
        with db.write(self.engine) as tx:
            contact = contact_of(tx, kit, number, now)
            thread = thread_of(tx, kit, contact, channel, "main", now)
            message_id = kit.ids.new()
            tx.add(
                Message(
                    id=message_id,
                    thread_id=thread.id,
                    contact_id=contact.id,
                    direction=Direction.IN,
                    channel=channel,
                    line="main",
                    body_sealed=kit.sealer.seal(
                        tx, thread.id, message_id, Sensitivity.VICTIM_IDENTITY, words.encode()
                    ),
                    status=MessageStatus.RECEIVED,
                    at=now,
                )
            )
            thread.waiting_since = now
            self.thread_id = thread.id

    def taken_by(self, staff_id: str | None) -> None:
        self.set(taken_by=staff_id)

    def set(self, **columns: object) -> None:
        with db.write(self.engine) as tx:
            thread = tx.get(Thread, self.thread_id)
            for name, value in columns.items():
                setattr(thread, name, value)

    def stop(self) -> None:
        with db.write(self.engine) as tx:
            for contact in tx.scalars(select(Contact)):
                contact.stopped = True

    def they_said_it_is_safe(self, stage: Stage = Stage.FORM) -> None:
        now = self.clock.now()
        with db.write(self.engine) as tx:
            conversation = conversations.begin(tx, self.kit, self.thread_id, "sms", self.kit.book.hash, now)
            state = State(self.kit.book.hash, "A3C", stage=stage, last=int(now.timestamp()))
            state.sheet["safe_now"] = Given(Status.ANSWERED, "yes", "1", state.last, "sms")
            conversations.save(self.kit, conversation, state, now)

    def write(self, text: str = NEUTRAL, who: str = MARIA, names: tuple[str, ...] = ()) -> Decision:
        with db.write(self.engine) as tx:
            return write_to_contact(
                tx, self.kit, self.discretion, self.thread_id, who, text, self.clock.now(), names
            )

    def sent(self) -> int:
        with db.read(self.engine) as tx:
            return len(tx.scalars(select(Deed).where(Deed.kind == "send")).all())


@pytest.fixture(scope="module")
def discretion() -> Discretion:
    return Discretion.load(ROOT / "locales")


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open(ROOT)


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Sealer:
    keys = KeyFolder(tmp_path_factory.mktemp("keys"))
    keys.make()
    return sealer_of(keys)


@pytest.fixture
def story(
    engine: Engine, settings: Settings, clock: SetClock, book: Book, sealer: Sealer, discretion: Discretion
) -> Story:
    told = Story(engine, Kit(settings, sealer, CountedIds(), book), clock, discretion)
    told.they_write()
    return told


@pytest.fixture
def taken(story: Story) -> Story:
    """Maria has taken it."""
    story.taken_by(MARIA)
    return story


def test_nobody_writes_into_a_thread_that_nobody_took(story: Story) -> None:
    assert story.write().refusals == (Refusal.NOT_TAKEN,)
    assert story.sent() == 0


def test_only_who_has_the_thread_writes(taken: Story) -> None:
    assert taken.write(who=BEN).refusals == (Refusal.NOT_YOURS,)
    assert taken.write().allowed
    assert taken.sent() == 1


def test_one_neutral_line_then_silence_until_they_answer(taken: Story) -> None:
    taken.clock.advance(minutes=5)
    first = taken.write()
    assert first.ground is Ground.NEUTRAL
    taken.clock.advance(minutes=5)
    assert taken.write("Are you there?").refusals == (Refusal.WRITTEN,)
    taken.clock.advance(minutes=10)
    taken.they_write("yes")
    assert taken.write("Good.").ground is Ground.EXCHANGE
    taken.clock.advance(minutes=3)
    assert taken.write("Can you walk?").ground is Ground.EXCHANGE
    taken.clock.advance(minutes=15)
    assert taken.write("Hello?").refusals == (Refusal.WRITTEN,), "after a silence it is one line again"
    assert taken.sent() == 3


def test_the_neutral_line_is_open_for_a_day(taken: Story) -> None:
    taken.clock.advance(hours=24)
    assert taken.write().allowed
    taken.they_write()
    taken.clock.advance(hours=24, seconds=1)
    assert taken.write().refusals == (Refusal.TOO_LATE,)


def test_a_line_of_the_machine_does_not_use_up_the_persons(taken: Story) -> None:
    with db.write(taken.engine) as tx:
        from_machine = tx.scalars(select(Message)).one()
        copy = Message(
            id="machine", thread_id=taken.thread_id, direction=Direction.OUT, channel="sms", line="main",
            by="machine", body_sealed=from_machine.body_sealed, status="answered", at=taken.clock.now(),
        )  # fmt: skip
        tx.add(copy)
    assert taken.write().allowed


def test_never_after_stop(taken: Story) -> None:
    taken.stop()
    assert taken.write().refusals == (Refusal.STOPPED,)
    taken.set(speaker="officer")
    assert taken.write().refusals == (Refusal.STOPPED,), "the carrier would refuse it anyway"
    assert taken.sent() == 0


def test_never_after_not_safe(taken: Story) -> None:
    taken.set(unsafe=True)
    assert taken.write().refusals == (Refusal.UNSAFE,)


def test_never_in_a_closed_thread(taken: Story) -> None:
    taken.set(state="closed")
    assert taken.write().refusals == (Refusal.CLOSED,)


def test_who_only_rang_is_not_written_to(story: Story) -> None:
    story.they_write(number="+12025550124", channel="voice")
    story.taken_by(MARIA)
    assert story.write().refusals == (Refusal.NEVER_WROTE,)


def test_a_hidden_number_cannot_be_written_to(story: Story) -> None:
    story.they_write(number="")
    story.taken_by(MARIA)
    assert Refusal.NO_NUMBER in story.write().refusals


def test_the_neutral_line_is_one_segment(taken: Story) -> None:
    long = taken.write("We can talk. " * 20)
    assert long.refusals == (Refusal.TOO_LONG,)
    assert (long.segments, long.most_segments) == (2, 1)
    assert taken.write("   ").refusals == (Refusal.EMPTY,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This is the hotline.", FindingKind.SERVICE),
        ("Shall I send the police?", FindingKind.POLICE),
        ("La police arrive", FindingKind.POLICE),
        ("Call me on +1 202 555 0199", FindingKind.NUMBER),
        ("Look at example.org/help", FindingKind.LINK),
        ("Ask for Rosalind", FindingKind.NAME),
        ("My name is Maria", FindingKind.NAME),
    ],
)
def test_nothing_leaves_that_gives_it_away(taken: Story, text: str, kind: FindingKind) -> None:
    decision = taken.write(text, names=("Rosalind Fictional", "Maria"))
    assert decision.refusals == (Refusal.TELLS,)
    assert [found.kind for found in decision.findings] == [kind]
    assert taken.sent() == 0


def test_an_emergency_number_only_to_who_said_that_writing_is_safe(taken: Story) -> None:
    text = "You can ring 911."
    assert taken.write(text).refusals == (Refusal.TELLS,)
    taken.they_said_it_is_safe()
    taken.clock.advance(minutes=16)
    assert taken.write(text).refusals == (Refusal.TELLS,), "a silence ends what they said"
    taken.they_write()
    taken.they_said_it_is_safe(Stage.SAFE)
    assert taken.write(text).refusals == (Refusal.TELLS,), "they are being asked anew"
    taken.they_said_it_is_safe()
    assert taken.write(text).allowed
    assert taken.write("Ring 847", who=MARIA).refusals, "no other number"


def test_an_officer_is_exempt_but_the_thread_has_to_be_ones_own(story: Story) -> None:
    story.set(speaker="officer", unsafe=True)
    assert story.write("Please send item 7 again, the police needs it.").refusals == (Refusal.NOT_TAKEN,)
    story.taken_by(MARIA)
    story.clock.advance(hours=30)
    assert story.write("Please send item 7 again, the police needs it.").ground is Ground.OFFICER
    assert story.write("And 8. " * 60).ground is Ground.OFFICER
    assert story.sent() == 2


def test_what_is_sent_is_signed_with_the_person_and_leaves_first(taken: Story) -> None:
    taken.write()
    with db.read(taken.engine) as tx:
        message = tx.scalars(select(Message).where(Message.direction == Direction.OUT)).one()
        thread = tx.get(Thread, taken.thread_id)
        deed = tx.scalars(select(Deed)).one()
    assert (message.by, message.status, message.line) == (MARIA, "queued", "main")
    assert NEUTRAL.encode() not in message.body_sealed
    assert NEUTRAL not in deed.payload
    assert thread is not None
    assert thread.waiting_since is None, "nothing of it waits for a person any more"


def test_without_a_text_it_says_whether_one_may_be_written_at_all(taken: Story) -> None:
    with db.read(taken.engine) as tx:
        may = decide(tx, taken.kit, taken.discretion, taken.thread_id, MARIA, taken.clock.now())
        none = decide(tx, taken.kit, taken.discretion, "nothing", MARIA, taken.clock.now())
    assert (may.ground, may.most_segments, may.line) == (Ground.NEUTRAL, 1, "main")
    assert none.refusals == (Refusal.CLOSED,)


def test_a_person_does_not_send_the_same_line_more_than_five_times_in_five_minutes(taken: Story) -> None:
    for _ in range(5):
        taken.they_write()
        assert taken.write(NEUTRAL).allowed
        taken.clock.advance(seconds=10)
    taken.they_write()
    assert taken.write(f"{NEUTRAL} ").refusals == (Refusal.REPEATED,)
    assert taken.write("Another line.").allowed


def test_what_was_pasted_in_is_made_plain_before_it_is_measured(taken: Story) -> None:
    line = "I’m here… “Where” are you – near a shop? Please write what you see from where you are now."
    decision = taken.write(line)
    assert decision.allowed, "as pasted it would take two segments"
    with db.read(taken.engine) as tx:
        assert tx.scalars(select(Message.segments).where(Message.direction == Direction.OUT)).all() == [1]
