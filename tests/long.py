"""How long a run is: `make test` plays a part of what is played often, `make nights` all of it."""

from __future__ import annotations

import os

LONG = "HOTLINE_LONG_NIGHTS" in os.environ


def played(*, short: int, long: int) -> int:
    """How often something is played in this run."""
    return long if LONG else short
