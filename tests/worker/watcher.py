"""An outside watcher as such services are: a real web server on loopback that notes who asked for what."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Watcher:
    """`asked` are the paths, in order, and `said` the bodies that came with some. `status` is what it answers; while `hold` is set it answers nothing."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    status: int = 200
    hold: threading.Event = field(default_factory=threading.Event)


@contextmanager
def watcher() -> Iterator[Watcher]:
    """A watcher, until the end of the block."""
    known = Watcher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(self.path)
            while known.hold.is_set():
                time.sleep(0.02)
            self.send_response(known.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"OK")

        def do_POST(self) -> None:
            known.said.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    known.url = f"http://127.0.0.1:{server.server_port}/ping/a-long-secret"
    try:
        yield known
    finally:
        known.hold.clear()
        server.shutdown()
        server.server_close()
