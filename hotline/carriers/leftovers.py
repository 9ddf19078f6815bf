"""What a carrier still holds of us, for whoever proves that it holds nothing that should be gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from twilio.rest import Client

MOST = 2000
"""How many of each kind one look reads; more stay for the next look."""
_PAGE = 200


class Holds(StrEnum):
    """A kind of thing that a carrier keeps."""

    TEXT = "text"
    RECORDING = "recording"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Leftover:
    """One thing that a carrier still holds: `inbound` came from outside; `call` is the call that a recording is of."""

    holds: Holds
    sid: str
    inbound: bool
    call: str = ""


@dataclass(frozen=True, slots=True)
class Leftovers:
    """All that was found; `whole` says that nothing was left out."""

    found: tuple[Leftover, ...] = ()
    whole: bool = True


def at_twilio(
    client: Client, number: str, before: datetime, read: Callable[[Callable[[], Any]], Any]
) -> Leftovers:
    """What Twilio holds of texts and calls to and from `number`, and of recordings of these calls, from before an instant.
    `read` runs a request and raises `CarrierError`."""
    found: list[Leftover] = []
    whole = True
    for one, rows in _lists(client, number, before):
        listed = read(rows)
        whole = whole and len(listed) < MOST
        for row in listed:
            found.append(Leftover(one, str(row.sid), str(row.direction).startswith("inbound")))
    calls = {one.sid for one in found if one.holds is Holds.CALL}
    recordings = read(lambda: client.recordings.list(date_created_before=before, limit=MOST, page_size=_PAGE))
    whole = whole and len(recordings) < MOST
    for row in recordings:
        if str(row.status) not in ("deleted", "absent"):
            # The account may serve other numbers too: a recording of an unknown call is told by its call alone.
            ours = str(row.call_sid) in calls
            found.append(Leftover(Holds.RECORDING, str(row.sid), ours, str(row.call_sid)))
    return Leftovers(tuple(found), whole)


def _lists(client: Client, number: str, before: datetime) -> Iterator[tuple[Holds, Callable[[], Any]]]:
    sizes: dict[str, Any] = {"limit": MOST, "page_size": _PAGE}
    yield Holds.TEXT, lambda: client.messages.list(to=number, date_sent_before=before, **sizes)
    yield Holds.TEXT, lambda: client.messages.list(from_=number, date_sent_before=before, **sizes)
    yield Holds.CALL, lambda: client.calls.list(to=number, start_time_before=before, **sizes)
    yield Holds.CALL, lambda: client.calls.list(from_=number, start_time_before=before, **sizes)
