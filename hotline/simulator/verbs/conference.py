"""Dial Conference: wait for the others, then talk with them until it ends."""

from __future__ import annotations

from hotline.simulator.calls import hear
from hotline.simulator.conferences import Begins, Conference, ConferenceOver, Participant, enter, leave
from hotline.simulator.process import Event, Key, Steps, wait, wait_for
from hotline.simulator.script import Stage, play
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb
from hotline.simulator.twiml.schema import CONFERENCE_WAIT_VERBS

#: A wait document that sounds for no time at all is asked for again after this many seconds.
BREATH = 1.0


def dial_conference(stage: Stage, dial: Verb, noun: Verb) -> Steps[dict[str, str]]:
    """Stay in the conference until it ends; gives the parameters of the Dial's action."""
    net, call = stage.net, stage.call
    conference = _conference(stage, noun)
    participant = Participant(
        call,
        net.clock(),
        starts=noun.flag("startConferenceOnEnter", True),
        ends=noun.flag("endConferenceOnExit", False),
        muted=noun.flag("muted", False),
        label=noun.get("participantLabel"),
        beep=noun.get("beep", "true"),
    )
    began = net.clock()
    star = dial.flag("hangupOnStar", False)
    listens: tuple[type[Event], ...] = (ConferenceOver, Key) if star else (ConferenceOver,)
    enter(net, conference, participant)
    try:
        try:
            while not (yield from _wait_for_others(stage, noun, star)):
                pass
        except Begins:
            limit = float(dial.number("timeLimit", 4 * 3600))
            yield from wait_for(
                net, limit, lambda news: news in (ConferenceOver(conference.sid), Key("*")), *listens
            )
    finally:
        leave(net, conference, participant)
    return {
        "DialCallStatus": "answered",
        "DialCallDuration": str(round((net.clock() - began).total_seconds())),
        "DialBridged": "true",
    }


def _conference(stage: Stage, noun: Verb) -> Conference:
    net = stage.net
    conference = net.open_conference(noun.text)
    if len(conference.participants) >= noun.number("maxParticipants", 250):
        raise TwimlError(13256, f"Conference {noun.text!r} is full")
    if noun.get("statusCallback") and not conference.hook[0]:
        conference.hook = (
            stage.link(noun.get("statusCallback")),
            noun.get("statusCallbackMethod", "POST"),
            frozenset(noun.get("statusCallbackEvent", "start end").split()),
        )
    return conference


def _wait_for_others(stage: Stage, noun: Verb, star: bool) -> Steps[bool]:
    """Whether the star key was pressed, which leaves the conference; listened for only where it is silent."""
    net, call = stage.net, stage.call
    wait_url = noun.get("waitUrl", "music")
    if wait_url in ("", "music"):
        if wait_url:
            hear(net, call, "music")
        while not star or (yield from wait(None, Key)) != Key("*"):
            if not star:
                yield from wait(None)
        return True
    began = net.clock()
    here = Stage(net, call, stage.base, CONFERENCE_WAIT_VERBS)
    first = stage.next(Verb("", {"method": noun.get("waitMethod", "POST")}, ""), wait_url)
    yield from play(here, first)
    if net.clock() == began:
        yield from wait(BREATH)
    return False
