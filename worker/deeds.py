"""What the worker does with each kind of deed. Every deed bears to be done twice: a worker may die at any instruction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from hotline.access.people import reachable
from hotline.alerts.glass import write_glass
from hotline.alerts.helper_texts import write_told
from hotline.alerts.new_words import write_any_notice
from hotline.alerts.phones import number_of
from hotline.alerts.pin_locked import write_pin_locked
from hotline.alerts.rings import rang, ring_ended, ring_wanted
from hotline.alerts.rota.notices import write_rota_text
from hotline.alerts.tables import Page
from hotline.alerts.unheard import text_failed
from hotline.carriers.carrier import CarrierError, Meaning, Outgoing, Retry
from hotline.carriers.lines import CarrierKind
from hotline.db import read, write
from hotline.retention.carrier_copies import recording_sealed
from hotline.retention.notices import write_keeping
from hotline.standards.crosswalk import Sensitivity
from hotline.threads.contacts import number_of_contact
from hotline.threads.copies import keep_sound
from hotline.threads.line_health import worked
from hotline.threads.outbox import DeedKind, Leased, finish, give_up, hold, postpone
from hotline.threads.repeats import leaves_too_often
from hotline.threads.sending import compartment_of
from hotline.threads.tables import Contact, Message, MessageStatus, Recording
from worker.by_number import outgoing_call
from worker.call_states import ask_call_state
from worker.case_deeds import forward_words, read_out, ring_back
from worker.drill_deeds import ring_for_drill
from worker.feed import read_feed
from worker.helper_deeds import helper_not_rung, helper_text, let_go, ring_helper
from worker.lookups import known_calls, known_texts
from worker.officer_deeds import register_officer, tell_supervisor
from worker.pacing import NoRoomYet, room_for_call, room_for_text, wait_for_room
from worker.phone_deeds import check_phone
from worker.probe_deeds import do_probe
from worker.prompts import give_up_take, keep_prompt, take_prompt
from worker.ways import (
    call_lost_before,
    goes_another_way,
    line_of_call,
    line_of_text,
    listening,
    text_lost_before,
)
from worker.wiping import look_at_carriers, wipe
from worker.workshop import Workshop

_FETCH_TRIES = 12
_PAGE_PAUSE, _PAUSE = 10, 300  # seconds: the longest wait for the next try while the carrier is in trouble
_TAKE_PAUSE = 2  # seconds: somebody is on the line to hear what they spoke
_REPLY_VALID = timedelta(hours=1)  # a reply that arrives hours later may be read by somebody else
_JOIN_STEP = 900  # the step number of a call that is brought into a conference


def do(shop: Workshop, deed: Leased) -> None:
    """Do one deed and close it, or put it off. Raises nothing that belongs to the carrier."""
    if deed.kind in _WRITTEN:
        with write(shop.engine) as tx:
            now = shop.clock.now()
            if hold(tx, deed, now):
                _WRITTEN[deed.kind](tx, shop, deed, now)
                finish(tx, deed.id, now)
        return
    try:
        _ACTS[deed.kind](shop, deed)
    except NoRoomYet as error:
        wait_for_room(shop, deed, error)
    except CarrierError as error:
        _carrier_trouble(shop, deed, error)


def _send(shop: Workshop, deed: Leased) -> None:
    """Send a text, once: after a try whose answer was lost, the carrier is asked first. To a contact, not at all when it
    could not leave for an hour."""
    with read(shop.engine) as tx:
        message = tx.get(Message, deed.payload["message"])
        to = _number(tx, shop, message) if message is not None else None
        waiting = message is not None and message.status == MessageStatus.QUEUED and message.sent_at is None
        sealed = message.outgoing_sealed if message is not None else None
        line = line_of_text(tx, shop, message) if message is not None else ""
        repeated = message is not None and leaves_too_often(tx, shop.kit, message, shop.clock.now())
        known = known_texts(tx, deed)
    if message is None or not waiting or sealed is None:
        _close(shop, deed)
        return
    if to is None:
        with write(shop.engine) as tx:
            _not_sent(tx, shop, deed, CarrierError("nobody", Retry.NEVER))
        return
    words = shop.kit.sealer.flying(message.id, sealed)
    if words is None:  # it waited for days: a page goes by call, and the sweep pages anew
        with write(shop.engine) as tx:
            _not_sent(tx, shop, deed, CarrierError("stale", Retry.NEVER, None, Meaning.STALE))
        return
    text = words.decode()
    carrier = shop.carriers[line]
    accepted = text_lost_before(shop, deed, message.line, line, to, text, known)
    late = shop.clock.now() - deed.ordered_at >= _REPLY_VALID
    if accepted is None and repeated:
        with write(shop.engine) as tx:
            _not_sent(tx, shop, deed, CarrierError("repeated", Retry.NEVER))
        return
    if accepted is None and late and message.contact_id is not None:
        with write(shop.engine) as tx:
            _not_sent(tx, shop, deed, CarrierError("stale", Retry.NEVER, None, Meaning.STALE))
        return
    if accepted is None:
        if deed.attempts > 1 and not _ours(shop, deed):
            return  # looking it up took so long that another worker has it
        path = (
            "/twilio/status/message"
            if carrier.line.carrier is CarrierKind.TWILIO
            else f"/gateway/{line}/status"
        )
        if line != message.line:
            # Before it is sent: should the answer be lost, it is looked for on this line.
            with write(shop.engine) as tx:
                tx.execute(update(Message).where(Message.id == message.id).values(line=line))
        status_url = f"{shop.settings.public_url}{path}?m={message.id}"
        room_for_text(shop, deed, line, text)
        with listening(shop, line):
            accepted = carrier.send(
                Outgoing(message.id, to, text, carrier.line, status_url, int(_REPLY_VALID.total_seconds()))
            )
    with write(shop.engine) as tx:
        now = shop.clock.now()
        worked(tx, line)
        sent = tx.get(Message, message.id)
        if sent is not None:
            sent.sid, sent.sent_at, sent.outgoing_sealed = accepted.sid, now, None
        finish(tx, deed.id, now)


def _number(tx: Session, shop: Workshop, message: Message) -> str | None:
    """Whom a text goes to; None when nobody may or can be reached (a STOP word, no verified phone, forgotten)."""
    if message.staff_id is not None:
        page = tx.get(Page, message.page_id) if message.page_id else None
        if page is not None:
            return number_of(tx, shop.house, page.phone_id)
        person = reachable(tx, shop.house, message.staff_id)
        return person.number if person else None
    contact = tx.get(Contact, message.contact_id) if message.contact_id else None
    if contact is None or contact.stopped:
        return None
    return number_of_contact(shop.reader, contact)


def _ring(shop: Workshop, deed: Leased) -> None:
    """Place a page call."""
    page_id = deed.payload["page"]
    with read(shop.engine) as tx:
        page = tx.get(Page, page_id)
        wanted = ring_wanted(tx, page_id, deed.key)
        number = number_of(tx, shop.house, page.phone_id) if page is not None else None
        line = line_of_call(tx, shop)
        ring = page.rings if page is not None else 0
        known = known_calls(tx, page) if page is not None else set()
    if not wanted or number is None or line is None:
        with write(shop.engine) as tx:
            if wanted:
                ring_ended(tx, shop.kit, page_id, "failed", shop.clock.now())
            finish(tx, deed.id, shop.clock.now())
        return
    carrier = shop.carriers[line]
    accepted = call_lost_before(shop, deed, line, number, known)
    if accepted is None:
        if deed.attempts > 1 and not _ours(shop, deed):
            return
        room_for_call(shop, deed, line)
        with listening(shop, line):
            accepted = carrier.place(
                outgoing_call(shop, carrier.line, "page", page_id, number, f"&ring={ring}")
            )
    with write(shop.engine) as tx:
        now = shop.clock.now()
        worked(tx, line)
        rang(tx, shop.kit, page_id, accepted.sid, now)
        finish(tx, deed.id, now)


def _hang_up(shop: Workshop, deed: Leased) -> None:
    line = shop.voice_line
    if line is not None:
        shop.carriers[line].end(deed.payload["call"])
    _close(shop, deed)


def _bridge(shop: Workshop, deed: Leased) -> None:
    """Bring the waiting caller into the conference of the alert."""
    line = shop.voice_line
    if line is not None:
        url = f"{shop.settings.public_url}/twilio/voice?join={deed.payload['alert']}&step={_JOIN_STEP}"
        shop.carriers[line].redirect(deed.payload["call"], url)
    _close(shop, deed)


def _notice(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    write_any_notice(tx, shop.kit, shop.house, shop.reader, deed.payload, now)


def _pin_locked(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    write_pin_locked(tx, shop.kit, shop.house, deed.payload, now)


def _glass(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    write_glass(tx, shop.kit, shop.house, deed.payload, now)


def _rota_text(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    write_rota_text(tx, shop.kit, shop.house, deed.payload, now)


def _helper_told(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    write_told(tx, shop.kit, deed.payload, now)


def _keeping(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    write_keeping(tx, shop.kit, deed.payload, now)


def _submit(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    shop.normaliser.submit(tx, deed.payload["conversation"], now)


def _fetch(shop: Workshop, deed: Leased) -> None:
    """A recording from the carrier, sealed at once."""
    message_id = deed.payload["message"]
    with read(shop.engine) as tx:
        message = tx.get(Message, message_id)
        there = tx.get(Recording, message_id) is not None
    if message is None or message.recording is None or there:
        _close(shop, deed)
        return
    media = shop.carriers[message.line].fetch_recording(message.recording)
    with write(shop.engine) as tx:
        now = shop.clock.now()
        tx.add(
            Recording(message_id=message_id, media_sealed=_sealed(tx, shop, message, media), fetched_at=now)
        )
        keep_sound(tx, shop.kit, message, media)
        recording_sealed(tx, shop.kit, message, media, now)
        finish(tx, deed.id, now)


def _sealed(tx: Session, shop: Workshop, message: Message, media: bytes) -> bytes:
    compartment = compartment_of(message.id, message.thread_id, message.staff_id, message.contact_id)
    return shop.kit.sealer.seal(tx, compartment, message.id, Sensitivity.VICTIM_IDENTITY, media)


# What is done by writing alone: in one transaction, by the worker that has it in hand.
_WRITTEN: dict[DeedKind, Callable[[Session, Workshop, Leased, datetime], None]] = {
    DeedKind.NOTICE: _notice,
    DeedKind.SUBMIT: _submit,
    DeedKind.REGISTER: register_officer,
    DeedKind.PIN_LOCKED: _pin_locked,
    DeedKind.GLASS: _glass,
    DeedKind.HELPER_TOLD: _helper_told,
    DeedKind.ROTA_TEXT: _rota_text,
    DeedKind.READ_OUT: read_out,
    DeedKind.FORWARD: forward_words,
    DeedKind.KEEPING: _keeping,
}

# What asks something of a carrier, or of the disk, outside of any transaction.
_ACTS: dict[DeedKind, Callable[[Workshop, Leased], None]] = {
    DeedKind.SEND: _send,
    DeedKind.RING: _ring,
    DeedKind.HANG_UP: _hang_up,
    DeedKind.CALL_STATE: ask_call_state,
    DeedKind.BRIDGE: _bridge,
    DeedKind.FETCH: _fetch,
    DeedKind.SUPERVISOR: tell_supervisor,
    DeedKind.TAKE: take_prompt,
    DeedKind.KEEP: keep_prompt,
    DeedKind.CHECK_PHONE: check_phone,
    DeedKind.RING_HELPER: ring_helper,
    DeedKind.HELPER_TEXT: helper_text,
    DeedKind.LET_GO: let_go,
    DeedKind.FEED: read_feed,
    DeedKind.RING_BACK: ring_back,
    DeedKind.DRILL_RING: ring_for_drill,
    DeedKind.PROBE: do_probe,
    DeedKind.WIPE: wipe,
    DeedKind.RECONCILE: look_at_carriers,
}


def _ours(shop: Workshop, deed: Leased) -> bool:
    with write(shop.engine) as tx:
        return hold(tx, deed, shop.clock.now())


def _close(shop: Workshop, deed: Leased) -> None:
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())


def _carrier_trouble(shop: Workshop, deed: Leased, error: CarrierError) -> None:
    """Final: the message failed, and a page goes another way. Else: again, later."""
    fetches = deed.kind in (DeedKind.FETCH, DeedKind.TAKE)
    final = error.retry is Retry.NEVER or (fetches and deed.attempts >= _FETCH_TRIES)
    if final and deed.kind is DeedKind.TAKE:
        give_up_take(shop, deed)
    if final and deed.kind is DeedKind.RING_HELPER:
        helper_not_rung(shop, deed)
    with write(shop.engine) as tx:
        now = shop.clock.now()
        if not hold(tx, deed, now):
            return  # dropped meanwhile, or another worker has it: that one's word counts
        if not final:
            after = None if deed.kind is DeedKind.TAKE else error.after
            wait = timedelta(seconds=after or min(_longest_pause(tx, deed), 2**deed.attempts))
            doubt = error.retry is Retry.AMBIGUOUS
            postpone(tx, deed.id, now + wait, f"{error.retry.value} {error.code}", doubt=doubt)
            return
        if goes_another_way(tx, shop, deed, error):
            postpone(tx, deed.id, now, f"another line after {error.code}")
            return
        if deed.kind is DeedKind.SEND:
            _not_sent(tx, shop, deed, error)
            return
        give_up(tx, deed.id, now, error.code)
        if deed.kind is DeedKind.RING:
            ring_ended(tx, shop.kit, deed.payload["page"], "failed", now)


def _longest_pause(tx: Session, deed: Leased) -> int:
    """Seconds between two tries: somebody waits for a page or a bridge when the carrier comes back, for the rest nobody."""
    if deed.kind is DeedKind.SEND:
        message = tx.get(Message, deed.payload["message"])
        waited_for = message is not None and message.page_id is not None
    else:
        if deed.kind is DeedKind.TAKE:
            return _TAKE_PAUSE
        waited_for = deed.kind in (
            DeedKind.RING, DeedKind.BRIDGE, DeedKind.HANG_UP, DeedKind.RING_HELPER, DeedKind.LET_GO,
        )  # fmt: skip
    return _PAGE_PAUSE if waited_for else _PAUSE


def _not_sent(tx: Session, shop: Workshop, deed: Leased, error: CarrierError) -> None:
    """A text will not leave: its row says so, its words are not kept for sending, and a page goes by call. A STOP that
    only the carrier knew of is known to us from now on."""
    now = shop.clock.now()
    give_up(tx, deed.id, now, error.code)
    message = tx.get(Message, deed.payload["message"])
    if message is None:
        return
    message.status, message.error_code, message.outgoing_sealed = MessageStatus.FAILED, error.code[:8], None
    contact = tx.get(Contact, message.contact_id) if message.contact_id else None
    if contact is not None and error.meaning is Meaning.OPTED_OUT:
        contact.stopped = True
    if message.page_id is not None:
        text_failed(tx, shop.kit, message.page_id, now, error=error.code, message_id=message.id)
