"""How the carrier asks the product: signed, with time-outs, retries as the URL says, a fallback, no lost forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from hotline.simulator.faults import CALLBACK_FAULTS, WEBHOOK_FAULTS, Fault, FaultRule, What
from hotline.simulator.process import Ask, Reply, Request, Silence, Steps, wait
from hotline.simulator.signature import sign
from hotline.simulator.trouble import TwimlError

if TYPE_CHECKING:
    from hotline.simulator.network import Network

#: The largest document the carrier reads.
MAX_DOCUMENT = 64 * 1024
_IDEMPOTENCY = "I-Twilio-Idempotency-Token"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a request is about, for the fault script and the errors page."""

    what: What
    to: str
    sender: str
    sid: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """Connection overrides from the URL's fragment, e.g. `#rc=3&rp=ct,rt,5xx`. Time-outs in seconds."""

    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})
    read_timeout: float = 15.0

    @classmethod
    def of(cls, url: str) -> Overrides:
        """Read the fragment; values outside the carrier's bounds are brought inside them."""
        given = {name: values[-1] for name, values in parse_qs(urlsplit(url).fragment).items()}
        retries = min(5, int(given["rc"])) if given.get("rc", "").isdigit() else 1
        policy = frozenset(given["rp"].split(",")) if "rp" in given else frozenset({"ct"})
        milliseconds = int(given["rt"]) if given.get("rt", "").isdigit() else 15000
        return cls(retries, policy, min(15.0, milliseconds / 1000))

    def again(self, answer: Reply | Silence) -> bool:
        """May this outcome be tried again?"""
        if isinstance(answer, Silence):
            cause = "rt" if answer.timeout else "ct"
        elif answer.status >= 400:
            cause = f"{answer.status // 100}xx"
        else:
            return False
        return cause in self.policy or "all" in self.policy


def is_fetchable(url: str) -> bool:
    """True for an absolute http(s) URL whose host name the carrier accepts (no underscore)."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in (parts.hostname or "")


def signed_request(
    net: Network, method: str, url: str, form: Mapping[str, str], *, timeout: float, token: str
) -> Request:
    """The request as the carrier sends it: for GET the form is in the query."""
    bare = url.split("#", 1)[0]
    pairs = tuple(form.items())
    if method == "GET":
        if pairs:
            bare += ("&" if urlsplit(bare).query else "?") + urlencode(pairs)
        signature, sent = sign(net.config.auth_token, bare, ()), None
    else:
        signature, sent = sign(net.config.auth_token, bare, pairs), pairs
    headers = (("X-Twilio-Signature", signature), (_IDEMPOTENCY, token), ("User-Agent", "TwilioProxy/1.1"))
    return Request(bare, sent, headers, None, timeout)


def request(
    net: Network, method: str, url: str, form: Mapping[str, str], subject: Subject, copies: int = 1
) -> Steps[Reply]:
    """Ask once with the retries that the URL allows; raises TwimlError 11200 or 11205 when nothing usable came."""
    if not is_fetchable(url):
        raise TwimlError(11100, f"invalid URL format: {url!r}")
    overrides, token = Overrides.of(url), net.new_sid("IT")[2:]
    timeout = min(net.config.webhook_timeout, overrides.read_timeout)
    sent = signed_request(net, method, url, form, timeout=timeout, token=token)
    for attempt in range(overrides.retries + 1):
        answer = yield from _attempt(net, sent, subject, copies)
        if attempt == overrides.retries or not overrides.again(answer):
            break
    if isinstance(answer, Reply) and answer.status in (301, 302, 303, 307, 308):
        answer = yield from _follow(net, sent, answer)
    if isinstance(answer, Silence):
        raise TwimlError(11200 if answer.timeout else 11205, answer.text)
    if answer.status >= 300:
        raise TwimlError(11200, f"the answer was HTTP {answer.status}")
    return answer


def _attempt(net: Network, sent: Request, subject: Subject, copies: int) -> Steps[Reply | Silence]:
    rule = _strikes(net, WEBHOOK_FAULTS, subject) if sent.form is not None else None
    fault = rule.fault if rule else None
    if rule and fault is Fault.WEBHOOK_DELAYED:
        yield from wait(rule.seconds)
    if fault is Fault.WEBHOOK_LOST:
        raise LostWebhook
    if fault is Fault.WEBHOOK_UNREACHABLE:
        return Silence("no connection (fault script)", timeout=False)
    answer = yield Ask(sent, 2 if fault is Fault.WEBHOOK_DOUBLED_AT_ONCE else copies)
    if fault is Fault.WEBHOOK_DOUBLED:
        yield Ask(sent)
    if fault is Fault.WEBHOOK_TIMEOUT:
        yield from wait(sent.timeout)
        return Silence(f"no answer within {sent.timeout:g} s (fault script)", timeout=True)
    assert isinstance(answer, Reply | Silence)  # noqa: S101 - an Ask is resumed with nothing else
    return answer


def _follow(net: Network, sent: Request, answer: Reply) -> Steps[Reply | Silence]:
    """A redirect is followed with GET and without the form, as the carrier does; the errors page says so."""
    target = urljoin(sent.url, answer.headers.get("location", ""))
    net.complain(11200, f"redirect to {target}: followed with GET, the form is lost", sent.url)
    if not answer.headers.get("location") or not is_fetchable(target):
        return Reply(502, {}, b"")
    got = yield Ask(signed_request(net, "GET", target, {}, timeout=sent.timeout, token=net.new_sid("IT")[2:]))
    assert isinstance(got, Reply | Silence)  # noqa: S101 - an Ask is resumed with nothing else
    return got


class LostWebhook(Exception):
    """The fault script lost this request: nothing was posted and nothing follows."""


def callback(
    net: Network, method: str, url: str, form: Mapping[str, str], subject: Subject, *, struck: bool = True
) -> Steps[None]:
    """A status callback: nobody reads the answer, but an error is recorded. Faults may lose, double or delay it."""
    rule = _strikes(net, CALLBACK_FAULTS, subject) if struck else None
    if rule and rule.fault is Fault.CALLBACK_LOST:
        return
    if rule and rule.fault is Fault.CALLBACK_DELAYED:
        yield from wait(rule.seconds)
    if rule and rule.fault is Fault.CALLBACK_SHUFFLED and net.faults.count(rule) % 2:
        yield from wait(rule.seconds)
    for _ in range(2 if rule and rule.fault is Fault.CALLBACK_DOUBLED else 1):
        try:
            yield from request(net, method, url, form, Subject(What.ANY, "", "", subject.sid))
        except TwimlError as error:
            net.complain(error.code, f"status callback: {error.text}", url, subject.sid)
        except LostWebhook:
            return


def _strikes(net: Network, among: frozenset[Fault], subject: Subject) -> FaultRule | None:
    if not subject.to:
        return None
    return net.faults.strikes(among, subject.what, net.clock(), to=subject.to, sender=subject.sender)
