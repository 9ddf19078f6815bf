"""People with phones: they pick up, press keys and reply as the night says."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from functools import partial

from hotline.commands.nights.language import Deed, Event, Handset, Picks, Replies, Rings, Step
from hotline.simulator.happenings import Happening
from hotline.simulator.network import Network, PhoneError

_CODE = re.compile(r"\b\d{4}\b")


class Person:
    """One phone and who holds it; `line` is the number they text and call."""

    def __init__(self, network: Network, handset: Handset, line: str) -> None:
        self.network, self.handset, self.line = network, handset, line
        self._rung = 0
        self._replied: dict[Replies, int] = {}

    def happens(self, happening: Happening) -> None:
        """React to what happens to this phone."""
        if happening.kind == "ring":
            self._rings(happening.sid)
        elif happening.kind == "text":
            self._reads(happening.text)

    def acts(self, event: Event, wrong: Callable[[str], None]) -> None:
        """Do what an event says; what cannot be done is told to `wrong`."""
        try:
            self._do(event.deed, event.what)
        except PhoneError as error:
            wrong(f"{event.place}: {event.who} cannot do this: {error}")

    def _do(self, deed: Deed, what: str) -> None:
        network, number = self.network, self.handset.number
        match deed:
            case Deed.TEXTS:
                network.text(number, self.line, what)
            case Deed.DIALS:
                network.dial(number, self.line, hidden=what == "hidden")
            case Deed.ANSWERS:
                network.answer(number)
            case Deed.PRESSES:
                network.press(number, what)
            case Deed.SAYS:
                network.speak(number, what)
            case Deed.HANGS_UP:
                network.hang_up(number)
            case Deed.TURNS:
                network.phone(number).on = what == "on"

    def _rings(self, sid: str) -> None:
        calls, self._rung = self.handset.calls, self._rung + 1
        if not calls:
            return
        call = calls[min(self._rung, len(calls)) - 1]
        number, network = self.handset.number, self.network
        if call is Rings.BUSY:
            network.after(1, self._in_call(sid, partial(network.decline, number)))
        elif call is Rings.VOICEMAIL:
            network.after(1, self._in_call(sid, partial(network.voicemail, number)))
        elif isinstance(call, Picks):
            wait = call.after.total_seconds()
            network.after(wait, self._in_call(sid, partial(network.answer, number)))
            for step in call.steps:
                wait += step.after.total_seconds()
                network.after(wait, self._in_call(sid, partial(self._step, step)))

    def _step(self, step: Step) -> None:
        self._do(step.deed, step.what)

    def _in_call(self, sid: str, deed: Callable[[], None]) -> Callable[[], None]:
        """Only while this phone rings or talks for that call: it may be over before the person comes to it."""

        def act() -> None:
            phone = self.network.phone(self.handset.number)
            if any(call is not None and call.sid == sid for call in (phone.ringing, phone.live)):
                with contextlib.suppress(PhoneError):
                    deed()

        return act

    def _reads(self, text: str) -> None:
        for reply in self.handset.texts:
            done = self._replied.get(reply, 0)
            if reply.about.casefold() in text.casefold() and done < reply.times:
                self._replied[reply] = done + 1
                code = _CODE.search(text)
                words = reply.words.replace("{code}", code[0] if code else "")
                self.network.after(reply.after.total_seconds(), partial(self._do, Deed.TEXTS, words))
                return
