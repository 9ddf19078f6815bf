"""Conferences and who is in them."""

from __future__ import annotations

from html import escape

from flask import Response, jsonify

from hotline.simulator.calls import Next, hang_up
from hotline.simulator.conferences import Conference, Participant, end, set_hold, set_muted
from hotline.simulator.faults import What
from hotline.simulator.rest import shapes
from hotline.simulator.rest.api import api, find, network, not_found, with_faults
from hotline.simulator.rest.calls import check_numbers, place
from hotline.simulator.rest.paging import page
from hotline.simulator.rest.parameters import Parameters, read
from hotline.simulator.trouble import ApiError

_ADDING = frozenset(
    [
        "From",
        "To",
        "StatusCallback",
        "StatusCallbackMethod",
        "StatusCallbackEvent",
        "Label",
        "Timeout",
        "Muted",
        "Beep",
        "TimeLimit",
        "StartConferenceOnEnter",
        "EndConferenceOnExit",
        "WaitUrl",
        "WaitMethod",
        "MaxParticipants",
        "MachineDetection",
        "ConferenceStatusCallback",
        "ConferenceStatusCallbackMethod",
        "ConferenceStatusCallbackEvent",
        "EarlyMedia",
    ]
)


@api.get("/Conferences.json")
def list_conferences() -> Response:
    """All conferences, newest first, by name, state and date."""
    net, parameters = network(), read("get", "conferences")
    low, high = parameters.span("DateCreated")
    with net.lock:
        found = [
            c
            for c in reversed(net.conferences.values())
            if parameters.get("FriendlyName") in ("", c.name)
            and parameters.get("Status") in ("", c.status)
            and low <= c.created.replace(microsecond=0) < high
        ]
        return jsonify(page(parameters, "conferences", found, lambda c: shapes.conference(net, c)))


@api.get("/Conferences/<sid>.json")
def fetch_conference(sid: str) -> Response:
    """One conference."""
    net = network()
    with net.lock:
        return jsonify(shapes.conference(net, find(net.conferences, sid)))


@api.post("/Conferences/<sid>.json")
def update_conference(sid: str) -> Response:
    """End a conference (`Status=completed`)."""
    net, parameters = network(), read("post", "conference")
    with net.lock:
        conference = find(net.conferences, sid)
        if parameters.get("AnnounceUrl") or not parameters.get("Status"):
            raise ApiError(400, 20001, "Only Status=completed is served by this network")
        if conference.status == "completed":
            raise ApiError(400, 20001, "The conference has ended")
        end(net, conference, "conference-ended-via-api")
        return jsonify(shapes.conference(net, conference))


@api.get("/Conferences/<sid>/Participants.json")
def list_participants(sid: str) -> Response:
    """Who is in the conference; a finished one has nobody."""
    net, parameters = network(), read("get", "participants")
    with net.lock:
        conference = find(net.conferences, sid)
        found = [
            p
            for p in conference.participants
            if ("Muted" not in parameters or parameters.flag("Muted") == p.muted)
            and ("Hold" not in parameters or parameters.flag("Hold") == p.hold)
        ]
        return jsonify(
            page(parameters, "participants", found, lambda p: shapes.participant(net, conference, p))
        )


@api.post("/Conferences/<sid>/Participants.json")
def add_participant(sid: str) -> Response:
    """Ring somebody and put them into the conference; a name in place of the SID makes or finds one."""
    net, parameters = network(), read("post", "participants")
    for name in parameters.names():
        if name not in _ADDING:
            raise ApiError(400, 20001, f"'{name}' is not served by this network")
    check_numbers(net, parameters)

    def create() -> dict[str, object]:
        conference = net.conferences.get(sid) or net.open_conference(sid)
        call = place(net, parameters, Next(inline=_joining(parameters, conference.name)))
        joining = Participant(
            call, net.clock(), ends=parameters.flag("EndConferenceOnExit"), label=parameters.get("Label")
        )
        return shapes.participant(net, conference, joining) | {"status": "queued"}

    return with_faults(What.CALL, parameters.get("To"), parameters.get("From"), create)


@api.get("/Conferences/<sid>/Participants/<call_sid>.json")
def fetch_participant(sid: str, call_sid: str) -> Response:
    """One participant, by call or label."""
    net = network()
    with net.lock:
        conference = find(net.conferences, sid)
        return jsonify(shapes.participant(net, conference, _of(conference, call_sid)))


@api.post("/Conferences/<sid>/Participants/<call_sid>.json")
def update_participant(sid: str, call_sid: str) -> Response:
    """Mute, hold, or say whether the conference ends with this one."""
    net, parameters = network(), read("post", "participant")
    with net.lock:
        conference = find(net.conferences, sid)
        participant = _of(conference, call_sid)
        for name in parameters.names():
            if name not in ("Muted", "Hold", "EndConferenceOnExit"):
                raise ApiError(400, 20001, f"'{name}' is not served by this network")
        if "Muted" in parameters:
            set_muted(net, conference, participant, parameters.flag("Muted"))
        if "Hold" in parameters:
            set_hold(net, conference, participant, parameters.flag("Hold"))
        if "EndConferenceOnExit" in parameters:
            participant.ends = parameters.flag("EndConferenceOnExit")
        return jsonify(shapes.participant(net, conference, participant))


@api.delete("/Conferences/<sid>/Participants/<call_sid>.json")
def remove_participant(sid: str, call_sid: str) -> tuple[str, int]:
    """Put somebody out: their call ends."""
    net = network()
    with net.lock:
        hang_up(_of(find(net.conferences, sid), call_sid).call)
    return "", 204


def _of(conference: Conference, call_sid: str) -> Participant:
    participant = conference.of(call_sid)
    if participant is None:
        raise not_found()
    return participant


def _joining(parameters: Parameters, name: str) -> str:
    """The document that a participant rung through the API plays."""
    given = {
        "startConferenceOnEnter": parameters.get("StartConferenceOnEnter"),
        "endConferenceOnExit": parameters.get("EndConferenceOnExit"),
        "muted": parameters.get("Muted"),
        "beep": parameters.get("Beep"),
        "participantLabel": parameters.get("Label"),
        "waitUrl": parameters.get("WaitUrl"),
        "waitMethod": parameters.get("WaitMethod"),
        "maxParticipants": parameters.get("MaxParticipants"),
        "statusCallback": parameters.get("ConferenceStatusCallback"),
        "statusCallbackMethod": parameters.get("ConferenceStatusCallbackMethod"),
        "statusCallbackEvent": " ".join(parameters.all("ConferenceStatusCallbackEvent")),
    }
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in given.items() if value)
    return f"<Response><Dial><Conference{attributes}>{escape(name)}</Conference></Dial></Response>"
