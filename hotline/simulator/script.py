"""How a call's documents are fetched and played, one after the other, until nothing is left to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin

from hotline.simulator.calls import Call, HungUp, Next, Redirected, Status, connect, finish, hear, voice_form
from hotline.simulator.process import Steps, wait
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb, voice_answer, voice_document
from hotline.simulator.twiml.schema import VOICE_VERBS
from hotline.simulator.webhooks import LostWebhook, Subject, is_fetchable, request

if TYPE_CHECKING:
    from hotline.simulator.network import Network

#: What a caller hears when the product fails and no fallback helps.
APOLOGY = "We are sorry, an application error has occurred. Goodbye."


@dataclass(frozen=True)
class Stage:
    """Where a document is played: the call, which verbs are allowed, and the parameters of every further request."""

    net: Network
    call: Call
    base: str
    allowed: frozenset[str] = VOICE_VERBS
    extra: Callable[[], Mapping[str, str]] = field(default=dict)

    def link(self, target: str) -> str:
        """An address in a document, relative to the document; raises TwimlError 11100 where it cannot be asked."""
        url = urljoin(self.base, target)
        if not is_fetchable(url):
            raise TwimlError(11100, f"invalid URL format: {target!r}")
        return url

    def next(self, verb: Verb, target: str, **form: str) -> Next:
        """Go on at an address of the verb, with its method."""
        return Next(self.link(target), verb.get("method", "POST"), form)


class Finished(Exception):
    """The document ended the call itself."""

    def __init__(self, status: Status = Status.COMPLETED) -> None:
        super().__init__(status)
        self.status = status


Player: TypeAlias = Callable[[Stage, Verb], Steps[Next | None]]
#: Filled by the modules of `verbs`, one player for each verb.
PLAYERS: dict[str, Player] = {}


def converse(net: Network, call: Call, first: Next) -> Steps[None]:
    """The conversation of a call from its first document to its end."""
    status, step = Status.COMPLETED, first
    try:
        while True:
            try:
                yield from play(Stage(net, call, step.url), step)
                break
            except Redirected as redirected:
                step = redirected.to
            except LostWebhook:
                yield from wait(net.config.webhook_timeout)
                break
            except TwimlError as error:
                retreat = _retreat(net, call, error)
                if retreat is None:
                    yield from _apologise(net, call)
                    break
                step = retreat
    except Finished as finished:
        status = finished.status
    except HungUp as hung_up:
        status = hung_up.status if call.answered is None else Status.COMPLETED
        if call.answered is None and not call.outbound:
            status = Status.NO_ANSWER if hung_up.status is Status.COMPLETED else hung_up.status
    except Exception:
        # A fault of the network's own must not leave a phone in a call for ever.
        finish(net, call, Status.FAILED)
        raise
    finish(net, call, status)


def play(stage: Stage, step: Next | None) -> Steps[None]:
    """Play a document and all that follow from it, on this stage."""
    while step is not None:
        here, verbs = yield from fetch(stage, step)
        step = yield from perform(here, verbs)


def fetch(stage: Stage, step: Next) -> Steps[tuple[Stage, tuple[Verb, ...]]]:
    """Get the document and the stage it plays on; raises TwimlError."""
    stage.call.document = step.url.split("#", 1)[0]
    if step.inline:
        here = Stage(stage.net, stage.call, "", stage.allowed, stage.extra)
        return here, voice_document(step.inline.encode(), stage.allowed)
    net, call = stage.net, stage.call
    form = voice_form(net, call) | dict(stage.extra()) | dict(step.form)
    answer = yield from request(net, step.method, step.url, form, call.subject)
    verbs = voice_answer(answer.status, answer.headers.get("content-type", ""), answer.body, stage.allowed)
    return Stage(net, call, step.url.split("#", 1)[0], stage.allowed, stage.extra), verbs


def perform(stage: Stage, verbs: tuple[Verb, ...]) -> Steps[Next | None]:
    """Play verb after verb; gives where to go on, or None at the end of the document."""
    for verb in verbs:
        if stage.call.answered is None and not _keeps_ringing(verb):
            connect(stage.net, stage.call)
        step = yield from PLAYERS[verb.name](stage, verb)
        if step is not None:
            return step
    return None


def _keeps_ringing(verb: Verb) -> bool:
    """These verbs leave an incoming call unanswered (and free of charge)."""
    return verb.name in ("Reject", "Redirect", "Hangup") or (
        verb.name == "Dial" and verb.flag("answerOnBridge", False)
    )


def _retreat(net: Network, call: Call, error: TwimlError) -> Next | None:
    """The fallback URL, once; None if there is none or if it is the one that failed."""
    net.complain(error.code, error.text, call.document, call.sid)
    url, method = call.fallback
    call.fallback = ("", "POST")
    if not url:
        return None
    return Next(url, method, {"ErrorCode": str(error.code), "ErrorUrl": call.document})


def _apologise(net: Network, call: Call) -> Steps[None]:
    connect(net, call)
    seconds = net.speaking_time(APOLOGY)
    hear(net, call, "error", APOLOGY, voice="woman", language="en-US", seconds=seconds)
    yield from wait(seconds)


def tell(stage: Stage, verb: Verb, form: dict[str, str]) -> None:
    """Request a verb's action after the call has left it: the answer is not played any more."""
    if not verb.get("action"):
        return
    net, call = stage.net, stage.call

    def steps() -> Steps[None]:
        try:
            url = stage.link(verb.get("action"))
            everything = voice_form(net, call) | dict(stage.extra()) | form
            yield from request(
                net, verb.get("method", "POST"), url, everything, Subject(call.subject.what, "", "", call.sid)
            )
        except TwimlError as error:
            net.complain(error.code, error.text, verb.get("action"), call.sid)

    net.spawn(steps())
