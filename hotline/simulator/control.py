"""The control of the phones: JSON for the page and for tests, and the page itself. For this machine only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from hotline.simulator import views
from hotline.simulator.config import PhoneConfig
from hotline.simulator.faults import FaultError
from hotline.simulator.network import Network, PhoneError
from hotline.simulator.segments import GSM_BASIC, GSM_EXTENDED

phones = Blueprint(
    "phones", __name__, template_folder="templates", static_folder="static", static_url_path="/phones/static"
)

#: Deeds come as JSON or with this header: the page of another site can send neither without being asked first.
GUARD = "X-Simulator"


def _network() -> Network:
    net = current_app.config["NETWORK"]
    assert isinstance(net, Network)  # noqa: S101 - set by `create_app`
    return net


@phones.before_request
def _only_from_here() -> tuple[Response, int] | None:
    if request.method != "GET" and not request.is_json and GUARD not in request.headers:
        return jsonify(error=f"send JSON, or the header {GUARD}"), 403
    return None


@phones.errorhandler(PhoneError)
@phones.errorhandler(FaultError)
def _refused(error: Exception) -> tuple[Response, int]:
    return jsonify(error=str(error)), 400


@phones.get("/")
def page() -> Response:
    """The phones side by side. Nothing comes from elsewhere but the recordings that a call plays."""
    html = render_template("phones.html", gsm_basic=GSM_BASIC, gsm_extended=GSM_EXTENDED)
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; img-src data:; media-src http: https:; frame-ancestors 'none'; base-uri 'none'"
    )
    return response


@phones.get("/phones/state")
def state() -> Response:
    """Everything, with an ETag; 304 while nothing has changed."""
    net = _network()
    with net.lock:
        tag = f"{net.born.timestamp():.3f}-{net.version}"
        known = request.if_none_match.contains(tag)
        response = Response(status=304) if known else jsonify(views.state(net))
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    return response


@phones.get("/phones/<number>")
def one(number: str) -> Response:
    """One phone."""
    net = _network()
    with net.lock:
        return jsonify(views.phone(net, net.phone(number)))


@phones.post("/phones")
def add() -> tuple[Response, int]:
    """Add or change a phone: number, name, country, voicemail, hidden, on, rings_before_voicemail."""
    net, given = _network(), _given()
    known = set(PhoneConfig.__dataclass_fields__)
    unknown = sorted(set(given) - known)
    if unknown:
        raise PhoneError(f"unknown {unknown[0]}; known: {', '.join(sorted(known))}")
    if not isinstance(given.get("number"), str):
        raise PhoneError("number is missing")
    phone = net.add_phone(PhoneConfig(**given))
    return jsonify(views.phone(net, phone)), 201


@phones.post("/phones/<number>/<deed>")
def act(number: str, deed: str) -> Response:
    """A deed of the person: text, dial, press, speak, answer, decline, voicemail, hangup, settings."""
    net, given = _network(), _given()
    deeds: dict[str, Callable[[], object]] = {
        "text": lambda: net.text(number, _word(given, "to"), _word(given, "body")),
        "dial": lambda: net.dial(
            number,
            _word(given, "to"),
            hidden=given.get("hidden"),
            forwarded_from=str(given.get("forwarded_from", "")),
        ),
        "press": lambda: net.press(number, _word(given, "keys")),
        "speak": lambda: net.speak(number, _word(given, "words" if "words" in given else "text")),
        "answer": lambda: net.answer(number),
        "decline": lambda: net.decline(number),
        "voicemail": lambda: net.voicemail(number),
        "hangup": lambda: net.hang_up(number),
        "settings": lambda: _settings(net, number, given),
    }
    if deed not in deeds:
        raise PhoneError(f"unknown deed {deed}; known: {', '.join(deeds)}")
    sid = deeds[deed]()
    return jsonify(ok=True, sid=sid if isinstance(sid, str) else "", version=net.version)


@phones.get("/phones/errors")
def errors() -> Response:
    """What the carrier would complain about."""
    net = _network()
    with net.lock:
        return jsonify(views.errors(net))


@phones.delete("/phones/errors")
def forget_errors() -> Response:
    """Clear the list."""
    net = _network()
    with net.lock:
        net.errors.clear()
        net.changed()
    return jsonify(ok=True)


@phones.put("/phones/faults")
def set_faults() -> Response:
    """Replace the fault script by a list of rules."""
    net, rules = _network(), request.get_json(silent=True)
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise FaultError("a list of rules is needed")
    with net.lock:
        net.faults.load(rules)
    return jsonify(ok=True, rules=len(rules))


def _settings(net: Network, number: str, given: dict[str, Any]) -> None:
    with net.lock:
        phone = net.phone(number)
        for name in given:
            if name not in ("voicemail", "hidden", "on"):
                raise PhoneError(f"unknown setting {name}")
            setattr(phone, name, bool(given[name]))
        net.changed()


def _given() -> dict[str, Any]:
    data = request.get_json(silent=True)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise PhoneError("a JSON object is needed")
    return data


def _word(given: dict[str, Any], name: str) -> str:
    if not isinstance(given.get(name), str):
        raise PhoneError(f"{name} is missing")
    return str(given[name])
