"""The fault script: what goes wrong on this network, to whom and when. Data, so that a test night can carry it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from hotline.simulator.numbers import is_e164

E = TypeVar("E", bound=StrEnum)
N = TypeVar("N", int, float)


class What(StrEnum):
    ANY = "any"
    MESSAGE = "message"
    CALL = "call"


class Fault(StrEnum):
    """What goes wrong. `seconds` and `code` of the rule say how long and with which carrier code."""

    # The REST request that creates a message or call.
    API_TIMEOUT_AFTER = "api_timeout_after"  # accepted, but the answer never arrives
    API_TIMEOUT_BEFORE = "api_timeout_before"  # neither accepted nor answered
    API_429 = "api_429"
    API_500 = "api_500"
    API_503 = "api_503"
    # What becomes of the message.
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    NO_RECEIPT = "no_receipt"  # stops at `sent`, though the phone shows it
    SLOW = "slow"  # arrives `seconds` later
    # What becomes of the call.
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    CALL_FAILED = "call_failed"
    VOICEMAIL = "voicemail"
    # Status callbacks.
    CALLBACK_LOST = "callback_lost"
    CALLBACK_DOUBLED = "callback_doubled"
    CALLBACK_SHUFFLED = (
        "callback_shuffled"  # every second one `seconds` late, so that they overtake each other
    )
    CALLBACK_DELAYED = "callback_delayed"
    # Webhooks that ask for a document.
    WEBHOOK_LOST = "webhook_lost"  # never posted, no fallback
    WEBHOOK_UNREACHABLE = "webhook_unreachable"  # no connection: one retry, then the fallback URL
    WEBHOOK_TIMEOUT = "webhook_timeout"  # posted, the answer comes too late: then the fallback URL
    WEBHOOK_DELAYED = "webhook_delayed"
    WEBHOOK_DOUBLED = "webhook_doubled"  # posted twice, one after the other; the first answer counts
    WEBHOOK_DOUBLED_AT_ONCE = "webhook_doubled_at_once"  # posted twice at the same instant


API_FAULTS = frozenset({Fault(f"api_{n}") for n in ("timeout_after", "timeout_before", "429", "500", "503")})
MESSAGE_FAULTS = frozenset({Fault.UNDELIVERED, Fault.FAILED, Fault.NO_RECEIPT, Fault.SLOW})
CALL_FAULTS = frozenset({Fault.BUSY, Fault.NO_ANSWER, Fault.CALL_FAILED, Fault.VOICEMAIL})
CALLBACK_FAULTS = frozenset(f for f in Fault if f.startswith("callback_"))
WEBHOOK_FAULTS = frozenset(f for f in Fault if f.startswith("webhook_"))

_DEFAULT_CODE = {Fault.UNDELIVERED: 30003, Fault.FAILED: 30008}
_DEFAULT_SECONDS = {Fault.CALLBACK_SHUFFLED: 10.0, Fault.CALLBACK_DELAYED: 60.0, Fault.WEBHOOK_DELAYED: 30.0}
_KEYS = {"what", "fault", "to", "from", "nth", "after", "until", "code", "seconds"}


class FaultError(ValueError):
    """A fault rule that makes no sense; the text says which key and what is allowed."""


@dataclass(frozen=True, slots=True)
class FaultRule:
    """`nth`: which of the matching ones (from 1); empty = all. `after`/`until`: a half-open span of time."""

    fault: Fault
    what: What = What.ANY
    to: str = ""
    sender: str = ""
    nth: frozenset[int] = frozenset()
    after: datetime | None = None
    until: datetime | None = None
    code: int = 0
    seconds: float = 0.0


def parse_rule(data: Mapping[str, Any]) -> FaultRule:
    """A rule from plain data, e.g. `{what: message, to: "+12025550131", nth: 1, fault: undelivered, code: 30003}`.

    Raises FaultError naming the key at fault.
    """
    unknown = set(data) - _KEYS
    if unknown:
        raise FaultError(
            f"unknown key {', '.join(sorted(map(str, unknown)))}; known: {', '.join(sorted(_KEYS))}"
        )
    if "fault" not in data:
        raise FaultError("fault is missing")
    fault = _one_of(Fault, "fault", data["fault"])
    what = _one_of(What, "what", data.get("what", "any"))
    if (what is What.CALL and fault in MESSAGE_FAULTS) or (what is What.MESSAGE and fault in CALL_FAULTS):
        raise FaultError(f"fault {fault} cannot happen to what: {what}")
    for key in ("to", "from"):
        if data.get(key) and not is_e164(str(data[key])):
            raise FaultError(f"{key}: {data[key]!r} is no number in the form +12025550123")
    return FaultRule(
        fault=fault,
        what=what,
        to=str(data.get("to", "")),
        sender=str(data.get("from", "")),
        nth=_counts(data.get("nth")),
        after=_instant("after", data.get("after")),
        until=_instant("until", data.get("until")),
        code=_number("code", data.get("code", _DEFAULT_CODE.get(fault, 0)), int),
        seconds=_number("seconds", data.get("seconds", _DEFAULT_SECONDS.get(fault, 5.0)), float),
    )


class FaultScript:
    """The rules in force; counts for each how often it matched, since `nth` counts matches."""

    def __init__(self, rules: Iterable[FaultRule] = ()) -> None:
        self.rules: list[FaultRule] = list(rules)
        self._matches: dict[int, int] = {}

    def load(self, data: Iterable[Mapping[str, Any]]) -> None:
        """Replace all rules; raises FaultError with the rule's position and changes nothing then."""
        rules = []
        for position, entry in enumerate(data, 1):
            try:
                rules.append(parse_rule(entry))
            except FaultError as error:
                raise FaultError(f"rule {position}: {error}") from None
        self.rules, self._matches = rules, {}

    def add(self, rule: FaultRule) -> None:
        """Add one rule behind the others."""
        self.rules.append(rule)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.rules, self._matches = [], {}

    def strikes(
        self, among: frozenset[Fault], what: What, now: datetime, *, to: str = "", sender: str = ""
    ) -> FaultRule | None:
        """The first rule that strikes here, None if all goes well. Every rule that matches counts this one."""
        struck: FaultRule | None = None
        for position, rule in enumerate(self.rules):
            if rule.fault not in among or not _matches(rule, what, now, to, sender):
                continue
            count = self._matches[position] = self._matches.get(position, 0) + 1
            if struck is None and (not rule.nth or count in rule.nth):
                struck = rule
        return struck

    def count(self, rule: FaultRule) -> int:
        """How often the rule has matched so far."""
        return self._matches.get(self.rules.index(rule), 0)


def _matches(rule: FaultRule, what: What, now: datetime, to: str, sender: str) -> bool:
    return (
        rule.what in (What.ANY, what)
        and rule.to in ("", to)
        and rule.sender in ("", sender)
        and (rule.after is None or now >= rule.after)
        and (rule.until is None or now < rule.until)
    )


def _one_of(kind: type[E], key: str, value: object) -> E:
    try:
        return kind(str(value))
    except ValueError:
        raise FaultError(f"{key}: {value!r} is none of {', '.join(kind)}") from None


def _number(key: str, value: object, kind: type[N]) -> N:
    try:
        return kind(str(value))
    except ValueError:
        raise FaultError(f"{key}: {value!r} is no number") from None


def _counts(value: object) -> frozenset[int]:
    if value is None:
        return frozenset()
    values = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(v, int) and not isinstance(v, bool) and v > 0 for v in values):
        raise FaultError(f"nth: {value!r} is neither a count from 1 nor a list of them")
    return frozenset(values)


def _instant(key: str, value: object) -> datetime | None:
    if value is None:
        return None
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise FaultError(f"{key}: {value!r} is no time in the form 2026-01-31T22:15:00+00:00") from None
    if instant.tzinfo is None:
        raise FaultError(f"{key}: {value!r} needs a zone, e.g. +00:00")
    return instant
