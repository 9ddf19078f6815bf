"""Record: the caller's own words after the tone."""

from __future__ import annotations

from hotline.simulator.calls import HungUp, Next, hear
from hotline.simulator.process import Event, Key, Speech, Steps, TimeUp, wait
from hotline.simulator.recordings import Recording, begin, complete
from hotline.simulator.script import PLAYERS, Stage, tell
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb

_ALL_KEYS = "1234567890*#"
_BEEP = 0.5


def record(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """Record until a key, silence or the longest time; goes on at the action, or falls through on mere silence."""
    net, call = stage.net, stage.call
    if verb.flag("transcribe", False):
        raise TwimlError(12200, "Record transcribe: this network understands no speech")
    target = verb.get("action") or stage.base
    if not target:
        raise TwimlError(11100, "Record needs an absolute action in a document given inline")
    link = stage.link(target)
    hook = stage.link(verb.get("recordingStatusCallback")) if verb.get("recordingStatusCallback") else ""
    if verb.flag("playBeep", True):
        hear(net, call, "beep", seconds=_BEEP)
        yield from wait(_BEEP)
    recording = begin(net, call, verb, hook)
    try:
        key = yield from _listen(verb, recording)
    except HungUp:
        complete(net, recording, trim=verb.get("trim", "trim-silence") == "trim-silence")
        tell(stage, verb if verb.get("action") else _with_action(verb, link), _form(recording, "hangup"))
        raise
    except BaseException:
        complete(net, recording, trim=True)
        raise
    complete(net, recording, trim=verb.get("trim", "trim-silence") == "trim-silence")
    if not recording.words and not key:
        return None
    return stage.next(verb, link, **_form(recording, key))


def _listen(verb: Verb, recording: Recording) -> Steps[str]:
    """Gives the key that ended it, "" when silence or the longest time did."""
    silence, left = float(verb.number("timeout", 5)), float(verb.number("maxLength", 3600))
    ends = verb.get("finishOnKey", _ALL_KEYS)
    quiet = silence
    while left > 0:
        began = recording.core.clock()
        event: Event = yield from wait(min(quiet, left), Key, Speech)
        left -= (recording.core.clock() - began).total_seconds()
        if isinstance(event, TimeUp):
            return ""
        if isinstance(event, Key):
            if event.key in ends:
                return event.key
        elif isinstance(event, Speech):
            seconds = recording.speak(event.text)
            quiet = seconds + silence
    return ""


def _form(recording: Recording, key: str) -> dict[str, str]:
    form = {
        "RecordingUrl": recording.url,
        "RecordingSid": recording.sid,
        "RecordingDuration": str(recording.seconds),
    }
    return form | ({"Digits": key} if key else {})


def _with_action(verb: Verb, link: str) -> Verb:
    return Verb(verb.name, {**verb.attributes, "action": link}, verb.text, verb.children)


PLAYERS["Record"] = record
