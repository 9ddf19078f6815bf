"""An address where a calendar stands, or what stands there instead on a bad day: a real HTTP server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "a-secret-in-the-address"


class Way(StrEnum):
    """What the server does."""

    GOOD = "good"
    TIME_OUT = "time-out"
    HTML = "html"
    EMPTY = "empty"
    CUT = "cut"
    ZONE = "wrong zone"
    STATUS = "error status"
    ELSEWHERE = "redirect to elsewhere"
    TOO_LARGE = "too large"
    DROPPED = "connection dropped"
    DRIPPING = "dripping"
    SAME_HOST = "redirect within the host"


@dataclass
class CalendarServer:
    """`calendar` is what it serves; `asked` counts the requests."""

    url: str = ""
    calendar: bytes = b""
    way: Way = Way.GOOD
    asked: int = 0
    enough: threading.Event = field(default_factory=threading.Event)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        match self.way:
            case Way.TIME_OUT:
                self.enough.wait(30)
            case Way.HTML:
                _send(handler, 200, b"<!DOCTYPE html><html><body>Please log in</body></html>")
            case Way.EMPTY:
                _send(handler, 200, b"")
            case Way.CUT:
                _send(handler, 200, self.calendar[: len(self.calendar) // 2])
            case Way.ZONE:
                _send(handler, 200, self.calendar.replace(b"America/St_Lucia", b"Mars/Phobos"))
            case Way.STATUS:
                _send(handler, 503, self.calendar)
            case Way.ELSEWHERE:
                host = self.url.replace("127.0.0.1", "localhost")
                _send(handler, 302, b"", location=f"{host}/elsewhere")
            case Way.TOO_LARGE:
                _send(
                    handler,
                    200,
                    self.calendar.replace(b"END:VEVENT", b"X-A:" + b"a" * 1_000_000 + b"\r\nEND:VEVENT"),
                )
            case Way.DROPPED:
                handler.send_response(200)
                handler.send_header("Content-Length", str(len(self.calendar)))
                handler.end_headers()
                handler.wfile.write(self.calendar[:100])
            case Way.DRIPPING:
                while not self.enough.wait(0.02):
                    handler.wfile.write(b"H")
            case Way.SAME_HOST if handler.path != "/moved":
                _send(handler, 301, b"", location="/moved")
            case _:
                _send(handler, 200, self.calendar)


def _send(handler: BaseHTTPRequestHandler, status: int, body: bytes, location: str = "") -> None:
    handler.send_response(status)
    if location:
        handler.send_header("Location", location)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def calendar_server() -> Iterator[CalendarServer]:
    """Serve until the end of the block."""
    told = CalendarServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Who asked has gone."""

    server = Server(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/{SECRET}/basic.ics"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.enough.set()
        server.shutdown()
        server.server_close()
        thread.join()
