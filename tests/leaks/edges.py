"""What passes at the edges of the house: addresses, answers and their headers, titles, cookies, texts on phones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import flask

from hotline.simulator.core import Post
from hotline.simulator.network import Network
from tests.leaks.canary import Place, place

_TITLE = re.compile(rb"<title>(.*?)</title>", re.S)
# In what we answer or order, these hold addresses.
_ADDRESSES = re.compile(
    rb"""(?:action|url|href|src|statusCallback|waitUrl|recordingStatusCallback)="([^"]*)"|<Play>([^<]*)""",
    re.I,
)
_ORDERED = ("Url", "StatusCallback", "RecordingStatusCallback", "status_url")


class Edges:
    """Places that grow while the house is at work."""

    def __init__(self) -> None:
        self.found: list[Place] = []

    def note(self, where: str, content: object) -> None:
        self.found.append(place(where, content))

    def answered(self, app: flask.Flask, response: flask.Response) -> None:
        """An answer of one of our two faces, or a request of ours at the carrier."""
        if not app.import_name.startswith(("hotline.intake", "hotline.staff")):
            if app.import_name.startswith("hotline.simulator"):
                self.note("address asked at the carrier", flask.request.full_path)
                for name in _ORDERED:
                    self.note("address given to the carrier", flask.request.values.get(name, ""))
            return
        face = app.import_name.split(".")[1]
        rule = flask.request.url_rule.rule if flask.request.url_rule is not None else "none"
        for name, value in response.headers:
            self.note(f"{face} header {name} of {rule}", f"{name}: {value}")
        if response.is_streamed or response.direct_passthrough:
            return
        body = response.get_data()
        for title in _TITLE.findall(body):
            self.note(f"{face} title of {rule}", title)
        for pair in _ADDRESSES.findall(body):
            self.note(f"{face} address in {rule}", b"".join(pair))
        self.note(f"{face} answer {response.status_code} of {rule}", body)

    def posts(self, post: Post) -> Post:
        """The network's way to us, listened to: each address that it was given and uses."""

        def carried(url: str, form: Any, headers: Any, timeout: float) -> Any:
            parts = urlsplit(url)
            self.note("address that the carrier was given", f"{parts.path}?{parts.query}")
            return post(url, form, headers, timeout)

        return carried

    def phones(self, net: Network, named: dict[str, str]) -> Iterator[Place]:
        """What reached phones: `named` says whose each number is."""
        for number, who in named.items():
            for text in net.phone(number).texts:
                yield place(f"text to {who}", text)
        for call in net.calls.values():
            for number in (call.to, call.sender):
                if number in named:
                    for one in call.heard:
                        yield place(f"heard by {named[number]}", f"{one.text} {one.url}")


@contextmanager
def listening(net: Network) -> Iterator[Edges]:
    """Listen at every edge until the end of the block."""
    edges = Edges()
    net.post = edges.posts(net.post)
    with flask.request_finished.connected_to(edges.answered):
        yield edges
