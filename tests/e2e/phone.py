"""A phone on the simulated network, as a person holds it: over the network's own HTTP door."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

PATIENCE = 60.0  # seconds; as long as a busy machine may need, for nobody waits longer than it takes


def ask(method: str, url: str, body: object = None, headers: Mapping[str, str] | None = None) -> Any:
    """One JSON request to the network; raises AssertionError with its answer when it refuses."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310  # our own network on loopback
        url, data, {"Content-Type": "application/json", **(headers or {})}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{method} {url}: {error.code} {error.read().decode()}") from None


def eventually(what: str, look: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """What `look` gives as soon as it is true; an AssertionError naming `what` when patience is over."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"waited {patience:.0f} s for {what}"
        time.sleep(0.05)


class Phone:
    """One phone."""

    def __init__(self, network: str, number: str, line: str) -> None:
        self.network, self.number, self.line = network, number, line
        self.read = 0
        ask("POST", f"{network}/phones", {"number": number, "name": "A person"})

    def _do(self, deed: str, **given: object) -> Any:
        return ask("POST", f"{self.network}/phones/{self.number}/{deed}", given)

    @property
    def state(self) -> Any:
        return ask("GET", f"{self.network}/phones/{self.number}")

    # texts

    def inbox(self) -> list[Any]:
        """Every text that came in, oldest first."""
        return [bubble for bubble in self.state["bubbles"] if bubble["direction"] == "in"]

    def send(self, body: str) -> None:
        """Write a text to the hotline."""
        self._do("text", to=self.line, body=body)

    def text(self, body: str) -> str:
        """Write a text and read the answer."""
        self.send(body)
        return self.next_text(f"an answer to '{body[:40]}'")

    def next_text(self, what: str = "a text", patience: float = PATIENCE) -> str:
        """The next text that was not read yet."""
        bubbles = eventually(what, lambda: self.inbox()[self.read :], patience)
        self.read += 1
        return str(bubbles[0]["text"])

    def silence(self, body: str, seconds: float = 1.5) -> None:
        """Write a text that must get no answer."""
        self.send(body)
        time.sleep(seconds)
        assert not self.inbox()[self.read :], f"'{body[:40]}' got an answer"

    # calls

    def dial(self) -> None:
        """Call the hotline."""
        self._do("dial", to=self.line)

    def press(self, keys: str) -> None:
        """Press keys."""
        self._do("press", keys=keys)

    def speak(self, words: str) -> None:
        """Say something into a recording."""
        self._do("speak", text=words)

    def answer(self) -> None:
        """Pick up."""
        self._do("answer")

    def hang_up(self) -> None:
        """End the call."""
        self._do("hangup")

    @property
    def call(self) -> Any:
        return self.state["call"]

    def heard(self) -> list[Any]:
        """What was heard in the call so far."""
        return list((self.call or {"heard": []})["heard"])

    def hears(self, what: Callable[[Any], bool], name: str, patience: float = PATIENCE) -> Any:
        """Wait until something is heard that fits."""
        return eventually(name, lambda: next((h for h in self.heard() if what(h)), None), patience)

    def rings(self, patience: float = PATIENCE) -> None:
        """Wait until the phone rings."""
        eventually(f"{self.number} to ring", lambda: self.call and self.call["state"] == "ringing", patience)
