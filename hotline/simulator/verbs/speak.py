"""Say, Play, Pause: what a call hears."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from hotline.simulator.audio import duration
from hotline.simulator.calls import Next, hear
from hotline.simulator.process import Ask, Event, Reply, Silence, Steps, TimeUp, wait
from hotline.simulator.script import PLAYERS, Stage
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb
from hotline.simulator.webhooks import signed_request

#: `loop="0"` means for ever: as many rounds as the longest call has.
FOR_EVER = 1000
_KEY_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Sound:
    """Something to be heard once or more often."""

    kind: str
    seconds: float
    text: str = ""
    url: str = ""
    voice: str = ""
    language: str = ""
    rounds: int = 1


def prepare(stage: Stage, verb: Verb) -> Steps[Sound]:
    """Make a Say, Play or Pause ready to be heard; fetches what has to be fetched."""
    rounds = verb.number("loop", 1) or FOR_EVER
    if verb.name == "Pause":
        return Sound("silence", float(verb.number("length", 1)))
    if verb.name == "Say":
        return Sound(
            "say",
            stage.net.speaking_time(verb.text),
            verb.text,
            voice=verb.get("voice"),
            language=verb.get("language"),
            rounds=rounds,
        )
    keys = verb.get("digits")
    if keys:
        return Sound("digits", len(keys) * _KEY_SECONDS, keys, rounds=rounds)
    url = stage.link(verb.text)
    seconds, words = yield from _fetch_audio(stage, url)
    return Sound("play", seconds, words, url=url, rounds=rounds)


def sound(stage: Stage, what: Sound, *cut_by: type[Event]) -> Steps[Event]:
    """Let it be heard; gives `TimeUp`, or the event that cut it short."""
    event: Event = TimeUp()
    for _ in range(what.rounds):
        if what.kind != "silence":
            hear(
                stage.net,
                stage.call,
                what.kind,
                what.text,
                url=what.url,
                voice=what.voice,
                language=what.language,
                seconds=what.seconds,
            )
        event = yield from wait(what.seconds, *cut_by)
        if not isinstance(event, TimeUp):
            break
    return event


def _play_sound(stage: Stage, verb: Verb) -> Steps[Next | None]:
    what = yield from prepare(stage, verb)
    yield from sound(stage, what)
    return None


def _fetch_audio(stage: Stage, url: str) -> Steps[tuple[float, str]]:
    """How long the file is, and its words where the product's answer carries them in `X-Prompt-Text`.

    No carrier reads that header; the phones' page shows it to those who cannot hear (percent-encoded UTF-8).
    """
    net = stage.net
    answer: Reply | Silence | Event = yield Ask(
        signed_request(net, "GET", url, {}, timeout=net.config.webhook_timeout, token=net.new_sid("IT")[2:])
    )
    if not isinstance(answer, Reply):
        raise TwimlError(11200, f"Play: cannot fetch {url}")
    if answer.status != 200:
        raise TwimlError(11200, f"Play: {url} answered HTTP {answer.status}")
    content_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if not content_type.startswith("audio/"):
        raise TwimlError(12300, f"Play: {url} is {content_type or 'without a content type'}, not audio")
    seconds = duration(answer.body, content_type)
    if seconds is None:
        raise TwimlError(13420, f"Play: {url} is no {content_type} that can be played")
    return seconds, unquote(answer.headers.get("x-prompt-text", ""))


for _name in ("Say", "Play", "Pause"):
    PLAYERS[_name] = _play_sound
