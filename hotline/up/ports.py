"""Ports: whether one is free, and whether a server answers on it."""

import contextlib
import errno
import http.client
import socket

from hotline.config import Bind


def is_free(bind: Bind) -> bool:
    """Whether a server could listen at `bind` now. Raises OSError where the host is not of this machine."""
    family = socket.AF_INET6 if ":" in bind.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: connections of an earlier run that linger do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind.host, bind.port))
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def answers(bind: Bind, path: str | None) -> bool:
    """Whether a server answers at `bind`: with 200 to a GET of `path`, or without a path by taking the connection."""
    there = bind.local
    if path is None:
        with contextlib.suppress(OSError), socket.create_connection((there.host, there.port), timeout=1):
            return True
        return False
    connection = http.client.HTTPConnection(there.host, there.port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
