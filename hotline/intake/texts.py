"""A text that reached us: one transaction stores message, state, reply and effects, and opens the alert with its first
page (DESIGN, the way of a message, 3). The unique key decides duplicates."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from hotline.access.people import NUMBER, officer_of_phone, staff_of_phone
from hotline.access.tables import Officer, StaffPhone
from hotline.alerts.helper_texts import helper_text
from hotline.alerts.new_words import tell_new_words
from hotline.alerts.phone_checks import code_texted
from hotline.alerts.staff_texts import speaks_as_staff, staff_text
from hotline.conversation.after_call import by_text, safety_first, stands_in_call
from hotline.conversation.effects import Disposition, Forget
from hotline.conversation.ending import open_question
from hotline.conversation.inbound import Channel, Inbound
from hotline.conversation.state import State
from hotline.conversation.step import is_over, step
from hotline.conversation.turn import Facts
from hotline.db import write
from hotline.intake.after_reports import is_report, tell_supervisor, with_yearly_question
from hotline.intake.applying import apply_effects
from hotline.intake.desk import Desk
from hotline.intake.forgetting import forget
from hotline.intake.officer_texts import officer_text
from hotline.intake.probes import is_probe, take_probe
from hotline.standards.crosswalk import Sensitivity
from hotline.threads import conversations, copies, repeats, seen
from hotline.threads.asked import note_asked
from hotline.threads.contacts import contact_of, free_reference, thread_of
from hotline.threads.outbox import Priority
from hotline.threads.sending import compartment_of, queue_text, write_text
from hotline.threads.tables import Contact, Conversation, Direction, Message, MessageStatus, Thread
from hotline.watch.drills import answer_by_text

CALL = Channel.VOICE.value


@dataclass(frozen=True, slots=True)
class Reply:
    """What the webhook's answer says: `message_id` is our outbound row, "" when nothing is said there."""

    text: str | None = None
    message_id: str = ""

    def encode(self) -> bytes:
        return json.dumps([self.text, self.message_id], ensure_ascii=False).encode()

    @classmethod
    def decode(cls, data: bytes) -> Reply:
        return cls(*json.loads(data))


def receive_text(desk: Desk, inbound: Inbound) -> Reply:
    """Take a text; the answer for the webhook. A repeat gets the same reply and changes nothing."""
    now = inbound.at
    with write(desk.engine) as tx:
        if is_probe(tx, desk, inbound):  # bears to be done again by itself: its own row tells how far it is
            nobody = replace(inbound, sender="")
            take_probe(tx, desk, inbound, lambda: _rehearse(tx, desk, nobody))
            return Reply()
        repeat = seen.claim(tx, desk.kit, inbound.key, now)
        if repeat is not None:
            return Reply.decode(repeat.reply) if repeat.reply else Reply()
        phone = staff_of_phone(tx, desk.kit.sealer, inbound.sender) if inbound.sender else None
        practice = answer_by_text(tx, desk.kit, phone, inbound.text, now) if phone is not None else None
        if phone is not None and practice is not None:
            tx.add(_inbound_row(tx, desk, inbound, staff_id=phone.staff_id))
            reply = _say(tx, desk, inbound, practice, staff_id=phone.staff_id)
        elif phone is not None and speaks_as_staff(tx, desk.kit, phone, inbound.text, now):
            reply = _from_staff(tx, desk, phone, inbound)
        else:
            answer = _to_a_code(tx, desk, inbound)
            reply = answer or _from_contact(tx, desk, inbound, is_staff=phone is not None)
        seen.remember(tx, desk.kit, inbound.key, reply.encode())
    desk.bell.ring()
    return reply


def _rehearse(tx: Session, desk: Desk, inbound: Inbound) -> None:
    """All that a text of a stranger does; the caller undoes it (`hotline.intake.probes`)."""
    _from_contact(tx, desk, inbound, is_staff=False)


def _from_staff(tx: Session, desk: Desk, phone: StaffPhone, inbound: Inbound) -> Reply:
    """A member of staff speaks as staff: a code, a key, a reply to a page. Not triaged."""
    message = _inbound_row(tx, desk, inbound, staff_id=phone.staff_id)
    tx.add(message)
    text = staff_text(tx, desk.kit, phone, inbound.text, inbound.at, message)
    if not text or phone.stopped:
        return Reply()
    return _say(tx, desk, inbound, text, staff_id=phone.staff_id)


def _to_a_code(tx: Session, desk: Desk, inbound: Inbound) -> Reply | None:
    """The answer to digits that we asked of this phone: the code that proves it, or how far somebody of the directory is.
    None where the text is none of that."""
    if not inbound.sender:
        return None
    index = desk.kit.sealer.index(inbound.sender, NUMBER)
    text = code_texted(tx, desk.kit, index, inbound.text, inbound.at) or helper_text(
        tx, desk.kit, index, inbound.text, inbound.at
    )
    return _say(tx, desk, inbound, text) if text else None


def _from_contact(tx: Session, desk: Desk, inbound: Inbound, *, is_staff: bool) -> Reply:
    now = inbound.at
    contact = contact_of(tx, desk.kit, inbound.sender, now)
    officer = officer_of_phone(tx, desk.kit.sealer, inbound.sender) if inbound.sender else None
    facts = _facts(desk, contact, officer, now)
    spoken = officer_text(tx, desk, inbound, contact, officer, facts)
    if spoken is not None:
        tx.add(_inbound_row(tx, desk, inbound, contact=contact))
        return _say(tx, desk, inbound, spoken.text, contact=contact) if spoken.text else Reply()
    thread = thread_of(tx, desk.kit, contact, inbound.channel.value, inbound.line, now)
    message = _inbound_row(tx, desk, inbound, thread=thread, contact=contact)
    tx.add(message)
    copies.keep_words(tx, desk.kit, message, inbound.text)
    facts = replace(facts, reference=thread.reference, taken=thread.taken_by is not None)
    conversation, state, before = _conversation(tx, desk, thread, inbound, facts)
    facts = replace(facts, before=before)
    facts = _own_reference(tx, desk, thread, state, facts)
    book = desk.shelf.book(tx, conversation.book_hash)
    outcome = step(book, state, inbound, facts, desk.greetings)
    message.danger = outcome.danger
    kept = outcome.state
    for effect in outcome.effects:
        if isinstance(effect, Forget):
            kept = forget(tx, desk, effect, thread, conversation, message.id, kept, now)
    conversations.save(desk.kit, conversation, kept, now)
    note_asked(tx, conversation, kept.form, open_question(kept))
    last_in, thread.last_in_at = thread.last_in_at, now
    thread.waiting_since = thread.waiting_since or now
    thread.unanswered_safety = False
    if officer is not None:
        thread.speaker = "officer"
        thread.language = thread.language or officer.language
    apply_effects(tx, desk, outcome.effects, contact, thread, conversation, message.id, now)
    tell_new_words(tx, desk.kit, thread, last_in, now)
    say = outcome.say
    if officer is not None and is_report(outcome):
        tell_supervisor(tx, desk, officer, conversation.id, now)
        say = with_yearly_question(desk, officer, say, now)
    if say is None:
        return Reply()
    exempt = officer is not None or is_staff
    if not exempt and repeats.too_often(tx, desk.kit, contact.id, say, now):
        repeats.fall_silent(thread, now)
        return Reply()
    return _say(tx, desk, inbound, say, thread=thread, contact=contact, public=not exempt)


def _facts(desk: Desk, contact: Contact, officer: Officer | None, now: datetime) -> Facts:
    """What is known of the sender before it is known what the text belongs to."""
    language = officer.language if officer else contact.language or ""
    return Facts(
        here=desk.here(now, language),
        words=desk.words,
        danger=desk.danger,
        languages=tuple(desk.settings.deployment.languages),
        reference="",
        language=language,
        officer=officer is not None,
        stopped=contact.stopped,
        silence=timedelta(minutes=desk.settings.deployment.timings.silence_minutes),
    )


def _conversation(
    tx: Session, desk: Desk, thread: Thread, inbound: Inbound, facts: Facts
) -> tuple[Conversation, State | None, State | None]:
    """The conversation that this message goes on with, and its state; a new one (state None) when there is none or the
    old one is over, and then the old one's last state. A conversation older than a day is over too (its record stands).
    What a call began goes on by text; after a call the safety question comes first."""
    hours = timedelta(hours=desk.settings.deployment.timings.conversation_hours)
    before: State | None = None
    called: datetime | None = None  # when something was answered in a call
    for conversation in conversations.all_running(tx, thread.id):
        if inbound.at - conversation.moved_at > hours:
            break
        state = conversations.in_flight(desk.kit, conversation)
        if state is None:
            continue  # its key is gone: the person is asked anew
        book = desk.shelf.book(tx, conversation.book_hash)
        if conversation.channel == CALL and stands_in_call(state):
            called = conversation.moved_at
            completed = conversation.disposition == Disposition.COMPLETED
            state = None if completed or facts.officer else by_text(state, book)
        elif conversation.channel not in (CALL, inbound.channel.value):
            state = None
        elif called is not None and called > conversation.moved_at and not facts.officer:
            state = safety_first(state)
        if state is not None:
            if is_over(state, inbound, facts, book):
                before = state
                break
            return conversation, state, None
    fresh = conversations.begin(
        tx, desk.kit, thread.id, inbound.channel.value, desk.shelf.newest.hash, inbound.at
    )
    return fresh, None, before


def _own_reference(tx: Session, desk: Desk, thread: Thread, state: State | None, facts: Facts) -> Facts:
    """The first conversation of a thread bears the thread's reference; each further one its own."""
    if state is not None or thread.last_in_at == thread.opened_at == facts.here.at:
        return facts
    return replace(facts, reference=free_reference(tx, desk.kit))


def _inbound_row(
    tx: Session,
    desk: Desk,
    inbound: Inbound,
    *,
    thread: Thread | None = None,
    contact: Contact | None = None,
    staff_id: str | None = None,
) -> Message:
    message_id = desk.kit.ids.new()
    return Message(
        id=message_id,
        thread_id=thread.id if thread else None,
        contact_id=contact.id if contact else None,
        staff_id=staff_id,
        direction=Direction.IN.value,
        channel=inbound.channel.value,
        line=inbound.line,
        by="contact" if staff_id is None else staff_id,
        body_sealed=desk.kit.sealer.seal(
            tx,
            compartment_of(
                message_id, thread.id if thread else None, staff_id, contact.id if contact else None
            ),
            message_id,
            Sensitivity.VICTIM_IDENTITY,
            inbound.text.encode(),
        ),
        status=MessageStatus.RECEIVED.value,
        sid=inbound.key[:64],
        at=inbound.at,
    )


def _say(
    tx: Session,
    desk: Desk,
    inbound: Inbound,
    text: str,
    *,
    thread: Thread | None = None,
    contact: Contact | None = None,
    staff_id: str | None = None,
    public: bool = False,
) -> Reply:
    """The reply: in the webhook's answer where the line takes it there, else through the carrier's API."""
    line = desk.carriers[inbound.line].line
    thread_id, contact_id = (thread.id if thread else None), (contact.id if contact else None)
    if not line.reply_in_answer:
        queue_text(
            tx,
            desk.kit,
            text,
            inbound.at,
            line=line.id,
            priority=Priority.ANSWER,
            thread_id=thread_id,
            contact_id=contact_id,
            staff_id=staff_id,
            public=public,
        )
        return Reply()
    message = write_text(
        tx,
        desk.kit,
        text,
        inbound.at,
        line=line.id,
        thread_id=thread_id,
        contact_id=contact_id,
        staff_id=staff_id,
        public=public,
    )
    tx.add(message)
    return Reply(text, message.id)
