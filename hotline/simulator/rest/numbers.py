"""Our numbers: list them, and set where their webhooks go."""

from __future__ import annotations

from flask import Response, jsonify

from hotline.simulator.lines import SETTINGS, Line
from hotline.simulator.rest import shapes
from hotline.simulator.rest.api import api, network, not_found
from hotline.simulator.rest.paging import page
from hotline.simulator.rest.parameters import read
from hotline.simulator.trouble import ApiError


@api.get("/IncomingPhoneNumbers.json")
def list_numbers() -> Response:
    """Our numbers, by number or name (a part of the number is enough)."""
    net, parameters = network(), read("get", "numbers")
    with net.lock:
        found = [
            line
            for line in net.lines.values()
            if parameters.get("PhoneNumber").replace("*", "") in line.number
            and parameters.get("FriendlyName") in ("", line.settings["FriendlyName"])
        ]
        return jsonify(page(parameters, "incoming_phone_numbers", found, lambda n: shapes.number(net, n)))


@api.get("/IncomingPhoneNumbers/<sid>.json")
def fetch_number(sid: str) -> Response:
    """One number."""
    return jsonify(shapes.number(network(), _line(sid)))


@api.post("/IncomingPhoneNumbers/<sid>.json")
def update_number(sid: str) -> Response:
    """Set webhooks, fallbacks, status callback, name."""
    net, parameters = network(), read("post", "number")
    with net.lock:
        line = _line(sid)
        for name in parameters.names():
            if name not in SETTINGS:
                raise ApiError(400, 20001, f"'{name}' is not served by this network")
        for name in parameters.names():
            line.settings[name] = parameters.get(name)
        net.changed()
        return jsonify(shapes.number(net, line))


def _line(sid: str) -> Line:
    for line in network().lines.values():
        if line.sid == sid:
            return line
    raise not_found()
