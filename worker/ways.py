"""By which line staff are written to and rung: the first that can, and the next one while its carrier is in trouble."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hotline.carriers.carrier import Accepted, Carrier, CarrierError, Meaning, Retry
from hotline.db import write
from hotline.threads import line_health
from hotline.threads.outbox import DeedKind, Leased
from hotline.threads.tables import Message
from worker.lookups import lost_call, lost_text
from worker.workshop import Workshop

# What another line cannot mend: the person said STOP, there is no such number, the text itself is wrong or too old.
_SAME_EVERYWHERE = frozenset(
    {Meaning.OPTED_OUT, Meaning.BAD_NUMBER, Meaning.OUR_BUG, Meaning.STALE, Meaning.GONE}
)


def text_lines(shop: Workshop) -> list[str]:
    """The ids of the lines that can send texts, the preferred one first."""
    return [line_id for line_id, carrier in shop.carriers.items() if carrier.line.sms_out]


def voice_lines(shop: Workshop) -> list[str]:
    """The ids of the lines that can ring the staff, the preferred one first."""
    return [line_id for line_id, carrier in shop.carriers.items() if carrier.line.voice]


def line_of_text(tx: Session, shop: Workshop, message: Message) -> str:
    """The line for a text now. The public hears from the number that they wrote to; staff from whichever works."""
    lines = text_lines(shop)
    if message.staff_id is None or message.line not in lines:
        return message.line
    at = lines.index(message.line)
    return line_health.line_for(tx, lines[at:] + lines[:at], shop.clock.now(), patience(shop))


def line_of_call(tx: Session, shop: Workshop) -> str | None:
    """The line that rings the staff now; None when none can."""
    lines = voice_lines(shop)
    return line_health.line_for(tx, lines, shop.clock.now(), patience(shop)) if lines else None


def patience(shop: Workshop) -> timedelta:
    """How long a carrier may be in trouble before the next line takes over."""
    return timedelta(seconds=shop.settings.deployment.alerts.trouble_seconds)


@contextmanager
def listening(shop: Workshop, line: str) -> Iterator[None]:
    """Around a request to the carrier of `line`: its trouble is noted for every worker, and passed on."""
    try:
        yield
    except CarrierError as error:
        down = error.meaning is Meaning.CONFIGURATION
        if down or error.retry is not Retry.NEVER:
            # Two workers may note the first failure of a line at once: one note is enough.
            with suppress(IntegrityError), write(shop.engine) as tx:
                line_health.failed(tx, line, shop.clock.now(), down=down)
        raise


def text_lost_before(
    shop: Workshop, deed: Leased, before: str, line: str, to: str, text: str, known: set[str]
) -> Accepted | None:
    """`lost_text`, of the line that had the text `before`. Where another line takes over from one that does not answer, it may
    be sent: at most one double."""
    try:
        with listening(shop, before):
            return lost_text(shop.carriers[before], deed, to, text, known)
    except CarrierError:
        if line == before:
            raise
        return None


def call_lost_before(shop: Workshop, deed: Leased, line: str, to: str, known: set[str]) -> Accepted | None:
    """`lost_call`, of whichever line had the call before."""
    return _lost_by_any(shop, voice_lines(shop), line, lambda one: lost_call(one, deed, to, known))


def any_text_lost(
    shop: Workshop, deed: Leased, line: str, to: str, text: str, known: set[str]
) -> Accepted | None:
    """`lost_text`, of whichever line had the text before."""
    return _lost_by_any(shop, text_lines(shop), line, lambda one: lost_text(one, deed, to, text, known))


def _lost_by_any(
    shop: Workshop, lines: Sequence[str], line: str, look: Callable[[Carrier], Accepted | None]
) -> Accepted | None:
    """What one of the lines took; one that does not answer is passed over unless it is `line`, by which it goes now."""
    for one in lines:
        try:
            with listening(shop, one):
                found = look(shop.carriers[one])
        except CarrierError:
            if one == line:
                raise
            continue
        if found is not None:
            return found
    return None


def goes_another_way(tx: Session, shop: Workshop, deed: Leased, error: CarrierError) -> bool:
    """Whether a text or call to staff that a carrier refused for good is to be tried by another line, at once."""
    if error.meaning in _SAME_EVERYWHERE or error.code == "doubt":
        return False
    if deed.kind is DeedKind.RING:
        return error.meaning is Meaning.CONFIGURATION and _any_well(tx, shop, voice_lines(shop))
    message = tx.get(Message, deed.payload["message"]) if deed.kind is DeedKind.SEND else None
    if message is None or message.staff_id is None:
        return False
    lines = text_lines(shop)
    behind = lines[lines.index(message.line) + 1 :] if message.line in lines else []
    if not behind:
        return False
    message.line = behind[0]
    return True


def _any_well(tx: Session, shop: Workshop, lines: Sequence[str]) -> bool:
    return any(line_health.is_well(tx, line, shop.clock.now(), patience(shop)) for line in lines)
