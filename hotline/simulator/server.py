"""The network in real time: an HTTP server, a scheduler thread, and threads that carry webhooks."""

from __future__ import annotations

import contextlib
import http.client
import logging
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from hotline.simulator.agenda import Deed
from hotline.simulator.app import create_app
from hotline.simulator.clock import wall_clock
from hotline.simulator.config import SimulatorConfig
from hotline.simulator.core import Post
from hotline.simulator.network import Network
from hotline.simulator.trouble import NoAnswer

log = logging.getLogger("hotline.simulator")
#: The scheduler looks at least this often, in seconds.
BEAT = 0.25
CONNECT_TIMEOUT = 5.0
CARRIERS = 16
#: How often the server looks whether it should stop, in seconds.
POLL = 0.1


def http_post(
    url: str, form: tuple[tuple[str, str], ...] | bytes | None, headers: Mapping[str, str], timeout: float
) -> tuple[int, Mapping[str, str], bytes]:
    """Carry one request over HTTP; redirects are not followed here. Raises TimeoutError or OSError."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=CONNECT_TIMEOUT)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = dict(headers)
    body: bytes | None = None
    if isinstance(form, bytes):
        body = form
    elif form is not None:
        body = urlencode(form).encode()
        sent["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
    try:
        try:
            connection.connect()
        except TimeoutError as error:
            raise ConnectionError("connecting takes too long") from error
        connection.sock.settimeout(timeout)
        connection.request("GET" if body is None else "POST", target, body, sent)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


def routed(post: Post, routes: Mapping[str, str]) -> Post:
    """`post`, but a request for a public origin goes to where that origin is reached; Host stays the public name."""

    def carry(
        url: str, form: tuple[tuple[str, str], ...] | bytes | None, headers: Mapping[str, str], timeout: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        parts = urlsplit(url)
        target = routes.get(f"{parts.scheme}://{parts.netloc}")
        if target is None:
            return post(url, form, headers, timeout)
        inner = url.replace(f"{parts.scheme}://{parts.netloc}", target.rstrip("/"), 1)
        proxied = {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme}
        return post(inner, form, {**headers, **proxied}, timeout)

    return carry


class RunningNetwork:
    """A network on the machine's clock, with its server; `start` returns, `stop` ends all its threads."""

    def __init__(self, config: SimulatorConfig) -> None:
        self.network = Network(config, wall_clock, routed(http_post, config.routes))
        self._pool = ThreadPoolExecutor(CARRIERS, thread_name_prefix="carrier")
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._server: BaseWSGIServer = make_server(
            config.host, config.port, create_app(self.network), threaded=True, request_handler=_QuietHandler
        )
        self.network.courier = self._carry
        self.network.courier_is_here = False
        self.network.alarm = self._wake.set
        self.network.stall = self._stall
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(POLL,), name="http", daemon=True),
            threading.Thread(target=self._live, name="scheduler", daemon=True),
        ]

    @property
    def port(self) -> int:
        """The port it listens on (of use when 0 was configured)."""
        return int(self._server.server_port)

    def start(self) -> None:
        """Begin to serve."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop serving; requests under way are not waited for."""
        self._stopping.set()
        self._wake.set()
        self._server.shutdown()
        self._server.server_close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def wait(self) -> None:
        """Until `stop`, or for ever."""
        for thread in self._threads:
            thread.join()

    def _carry(self, deed: Deed) -> None:
        if not self._stopping.is_set():
            self._pool.submit(deed)

    def _live(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self.network.tick()
            except Exception:
                log.exception("a deed of the network failed")
            self._wake.wait(self._patience())

    def _patience(self) -> float:
        due = self.network.next_due()
        return BEAT if due is None else min(BEAT, max(0.0, (due - wall_clock()).total_seconds()))

    def _stall(self, seconds: float) -> None:
        """Keep a client waiting, then close the connection without an answer."""
        time.sleep(seconds)
        raise NoAnswer("the fault script closes this connection")


class _QuietHandler(WSGIRequestHandler):
    """No line for each request: numbers stand in the paths. A dropped answer closes the connection at once."""

    def connection_dropped(self, error: BaseException, environ: object = None) -> None:
        self.close_connection = True

    def log(self, type: str, message: str, *args: Any) -> None:
        if type == "error":
            log.warning("a request failed")


def serve(config: SimulatorConfig) -> None:
    """Run the network until the process is told to end; Ctrl-C ends it without a word."""
    running = RunningNetwork(config)
    running.start()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            running.wait()
    finally:
        running.stop()
