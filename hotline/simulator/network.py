"""The telephone network: our lines, the people's phones, and everything that is under way between them."""

from __future__ import annotations

import contextlib

import hotline.simulator.verbs as verbs
from hotline.simulator.calls import (
    Answered,
    Call,
    Declined,
    HungUp,
    Next,
    Progress,
    Redirected,
    Status,
    finish,
    hang_up,
    hear,
)
from hotline.simulator.clock import Clock
from hotline.simulator.conferences import Conference
from hotline.simulator.config import PhoneConfig, SimulatorConfig
from hotline.simulator.core import Core, Post
from hotline.simulator.gateway import Gateway
from hotline.simulator.lines import Line
from hotline.simulator.messages import MAX_BODY, Message, text_from_phone
from hotline.simulator.numbers import HIDDEN_CALLER, are_keys, is_e164
from hotline.simulator.phones import Phone
from hotline.simulator.process import Key, Speech, Steps, wait
from hotline.simulator.queues import Queue
from hotline.simulator.recordings import Recording
from hotline.simulator.ringing import place
from hotline.simulator.script import converse

__all__ = ["Network", "PhoneError", "verbs"]


class PhoneError(ValueError):
    """A person tried what a phone cannot do; the text says why."""


class Network(Core):
    """All state of the network, in memory. Methods named as deeds of people: text, dial, answer, press, speak, hang up.

    In: `config`, a clock, and `post`, which carries webhooks to the product. `seed` makes SIDs repeatable.
    """

    def __init__(self, config: SimulatorConfig, clock: Clock, post: Post, seed: int | None = None) -> None:
        super().__init__(clock, post, seed)
        self.config = config
        self.lines: dict[str, Line] = {}
        self.phones: dict[str, Phone] = {}
        self.messages: dict[str, Message] = {}
        self.calls: dict[str, Call] = {}
        self.queues: dict[str, Queue] = {}
        self.conferences: dict[str, Conference] = {}
        self.recordings: dict[str, Recording] = {}
        for line in config.lines:
            self.lines[line.number] = Line(line, self.new_sid("PN"), clock())
        self.gateways = {entry.name: Gateway(self, entry) for entry in config.gateways}
        for phone in config.phones:
            self.add_phone(phone)

    # --- people -----------------------------------------------------------------------------------------------------

    def add_phone(self, config: PhoneConfig) -> Phone:
        """A new phone, or new settings of one that is there; raises PhoneError for a bad or taken number."""
        with self.lock:
            if not is_e164(config.number):
                raise PhoneError(f"{config.number!r} is no number in the form +12025550123")
            if config.number in self.lines:
                raise PhoneError(f"{config.number} is one of our own lines")
            phone = self.phones.get(config.number)
            if phone is None:
                phone = self.phones[config.number] = Phone(config)
            else:
                phone.config = config
                phone.__post_init__()
            self.changed()
            return phone

    def phone(self, number: str) -> Phone:
        """The phone with that number; raises PhoneError."""
        try:
            return self.phones[number]
        except KeyError:
            raise PhoneError(f"no phone has the number {number}") from None

    def text(self, number: str, to: str, body: str) -> str:
        """The phone sends a text to one of our numbers; gives its SID."""
        with self.lock:
            phone = self.phone(number)
            if len(body) > MAX_BODY:
                raise PhoneError(f"a text has at most {MAX_BODY} characters, this one {len(body)}")
            gateway = next((g for g in self.gateways.values() if g.config.number == to), None)
            if gateway is not None:
                sid = gateway.text_from_phone(phone, body)
            elif to in self.lines and self.lines[to].config.sms:
                sid = text_from_phone(self, phone, self.lines[to], body).sid
            else:
                raise PhoneError(f"{to} is not a number that takes texts")
        self.kick()
        return sid

    def dial(self, number: str, to: str, *, hidden: bool | None = None, forwarded_from: str = "") -> str:
        """The phone calls one of our lines; gives the call's SID. `hidden` overrides the phone's own setting."""
        with self.lock:
            phone = self.phone(number)
            line = self.lines.get(to)
            if line is None or not line.config.voice:
                raise PhoneError(f"{to} is not a number that takes calls")
            if phone.engaged:
                raise PhoneError("this phone is in a call")
            veiled = phone.hidden if hidden is None else hidden
            sender = HIDDEN_CALLER if veiled else number
            call = Call(self.new_sid("CA"), sender, to, "inbound", self.clock(), to, phone)
            call.status, call.started, call.forwarded_from = Status.RINGING, self.clock(), forwarded_from
            settings = line.settings
            call.fallback = (settings["VoiceFallbackUrl"], settings["VoiceFallbackMethod"])
            call.progress = Progress(settings["StatusCallback"], settings["StatusCallbackMethod"])
            self.calls[call.sid] = call
            phone.live = call
            hear(self, call, "ring")
            if settings["VoiceUrl"]:
                call.process = self.spawn(
                    converse(self, call, Next(settings["VoiceUrl"], settings["VoiceMethod"]))
                )
            else:
                call.process = self.spawn(self._nobody_there(call))
        self.kick()
        return call.sid

    def answer(self, number: str) -> None:
        """The person picks up the ringing phone."""
        self._to_ringing(number, Answered(machine=False))

    def voicemail(self, number: str) -> None:
        """The ringing call goes to the voicemail at once."""
        self._to_ringing(number, Answered(machine=True))

    def decline(self, number: str) -> None:
        """The person rejects the ringing call: busy, or the voicemail if there is one."""
        self._to_ringing(number, Declined())

    def hang_up(self, number: str) -> None:
        """The person ends the call."""
        with self.lock:
            hang_up(self._live(number))
        self.kick()

    def press(self, number: str, keys: str) -> None:
        """The person presses keys; the others in the call hear them."""
        if not are_keys(keys):
            raise PhoneError("keys are 0-9, * and #")
        with self.lock:
            call = self._live(number)
            for key in keys.replace("w", ""):
                if call.process is not None:
                    call.process.deliver(Key(key))
            for other in self._others(call):
                hear(self, other, "keys", keys)
        self.kick()

    def speak(self, number: str, words: str) -> None:
        """The person says something: into a recording, or to the others in the call ("" is breath)."""
        with self.lock:
            call = self._live(number)
            if call.process is not None:
                call.process.deliver(Speech(words))
            for other in self._others(call) if words else ():
                hear(self, other, "person", words, seconds=self.speaking_time(words))
        self.kick()

    def _to_ringing(self, number: str, event: Answered | Declined) -> None:
        with self.lock:
            call = self.phone(number).ringing
            if call is None or call.process is None:
                raise PhoneError("this phone does not ring")
            call.process.deliver(event)
        self.kick()

    def _live(self, number: str) -> Call:
        call = self.phone(number).live
        if call is None:
            raise PhoneError("this phone is not in a call")
        return call

    def _others(self, call: Call) -> list[Call]:
        return call.room.hearers(call) if call.room else []

    def _nobody_there(self, call: Call) -> Steps[None]:
        self.complain(11100, "the number has no voice URL", call.to, call.sid)
        with contextlib.suppress(HungUp):
            yield from wait(2.0)
        finish(self, call, Status.FAILED)

    # --- the carrier's side -----------------------------------------------------------------------------------------

    def place_call(self, call: Call, first: Next, ring_seconds: int) -> None:
        """Bring a call that the API has accepted on its way: one a second from each number."""
        self.calls[call.sid] = call
        slot = self.lines[call.line].call_slot(self.clock())
        call.process = self.spawn(place(self, call, first, slot, ring_seconds))
        self.changed()

    def redirect(self, call: Call, to: Next) -> None:
        """Give a running call another document."""
        if call.process is not None:
            call.process.interrupt(Redirected(to), still=lambda: not call.over)

    def open_queue(self, name: str) -> Queue:
        """The queue with that name, made if it is not there."""
        for queue in self.queues.values():
            if queue.name == name:
                return queue
        queue = Queue(self.new_sid("QU"), name, self.clock())
        self.queues[queue.sid] = queue
        return queue

    def open_conference(self, name: str) -> Conference:
        """The running conference with that name, made if there is none."""
        for conference in self.conferences.values():
            if conference.name == name and conference.status != "completed":
                return conference
        conference = Conference(self.new_sid("CF"), name, self.clock())
        self.conferences[conference.sid] = conference
        return conference

    def speaking_time(self, words: str) -> float:
        """How long words take to say, in seconds; at least one."""
        return max(1.0, len(words) / self.config.speech_rate)

    def kick(self) -> None:
        """A person did something: let the network go on. The server's scheduler does it on its own thread."""
        if self.courier_is_here:
            self.tick()
        else:
            self.alarm()
