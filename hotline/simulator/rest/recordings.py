"""Recordings: list, fetch as WAV or MP3, delete."""

from __future__ import annotations

from flask import Response, jsonify

from hotline.simulator.network import Network
from hotline.simulator.recordings import Recording
from hotline.simulator.rest import shapes
from hotline.simulator.rest.api import api, find, network, not_found
from hotline.simulator.rest.paging import page
from hotline.simulator.rest.parameters import Parameters, read
from hotline.simulator.trouble import ApiError


@api.get("/Recordings.json")
def list_recordings() -> Response:
    """All recordings, newest first; deleted ones only on request."""
    parameters = read("get", "recordings")
    return jsonify(_listed(network(), parameters, parameters.get("CallSid")))


@api.get("/Calls/<call_sid>/Recordings.json")
def list_call_recordings(call_sid: str) -> Response:
    """The recordings of one call."""
    parameters = read("get", "call_recordings")
    find(network().calls, call_sid)
    return jsonify(_listed(network(), parameters, call_sid))


@api.get("/Recordings/<sid>.json")
def fetch_recording(sid: str) -> Response:
    """What is known about one recording."""
    parameters = read("get", "recording")
    net = network()
    entry = find(net.recordings, sid)
    if entry.status == "deleted" and not parameters.flag("IncludeSoftDeleted"):
        raise not_found()
    return jsonify(shapes.recording(net, entry))


@api.get("/Recordings/<sid>")
@api.get("/Recordings/<sid>.wav")
def fetch_wav(sid: str) -> Response:
    """The sound; 404 until it is ready."""
    return Response(_ready(sid).wav(), content_type="audio/x-wav")


@api.get("/Recordings/<sid>.mp3")
def fetch_mp3(sid: str) -> Response:
    """The sound as MP3."""
    return Response(_ready(sid).mp3(), content_type="audio/mpeg")


@api.delete("/Recordings/<sid>.json")
def delete_recording(sid: str) -> tuple[str, int]:
    """Destroy the sound; the entry stays listable as deleted."""
    net = network()
    with net.lock:
        entry = find(net.recordings, sid)
        if entry.status == "deleted":
            raise not_found()
        if not entry.ready or sid in net.unsettled:
            raise ApiError(409, 20009, "Cannot delete this resource before it is complete")
        entry.words.clear()
        entry.status, entry.updated = "deleted", net.clock()
        net.changed()
    return "", 204


def _ready(sid: str) -> Recording:
    entry = find(network().recordings, sid)
    if not entry.ready:  # nor when it is deleted
        raise not_found()
    return entry


def _listed(net: Network, parameters: Parameters, call_sid: str) -> dict[str, object]:
    low, high = parameters.span("DateCreated")
    with net.lock:
        found = [
            r
            for r in reversed(net.recordings.values())
            if call_sid in ("", r.call_sid)
            and low <= r.created.replace(microsecond=0) < high
            and (r.status != "deleted" or parameters.flag("IncludeSoftDeleted"))
        ]
        return page(parameters, "recordings", found, lambda r: shapes.recording(net, r))
