"""The blueprint: who may ask, how errors look, and the fault script's say in creating things."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, jsonify, request

from hotline.simulator.faults import API_FAULTS, Fault, What
from hotline.simulator.network import Network
from hotline.simulator.trouble import ApiError

T = TypeVar("T")

api = Blueprint("carrier_api", __name__, url_prefix="/2010-04-01/Accounts/<account>")


def network() -> Network:
    """The network that this application serves."""
    net = current_app.config["NETWORK"]
    assert isinstance(net, Network)  # noqa: S101 - set by `create_app`
    return net


def not_found() -> ApiError:
    """The error for a resource that is not there."""
    return ApiError(404, 20404, f"The requested resource {request.path} was not found")


def find(table: dict[str, T], sid: str) -> T:
    """A resource by its SID; raises the carrier's 20404."""
    try:
        return table[sid]
    except KeyError:
        raise not_found() from None


def created(body: dict[str, Any]) -> Response:
    """The answer for something new."""
    response = jsonify(body)
    response.status_code = 201
    return response


def with_faults(what: What, to: str, sender: str, create: Callable[[], dict[str, Any]]) -> Response:
    """Create something, unless the fault script has other plans."""
    net = network()
    rule = net.faults.strikes(API_FAULTS, what, net.clock(), to=to, sender=sender)
    fault = rule.fault if rule else None
    if fault is Fault.API_429:
        raise ApiError(429, 20429, "Too Many Requests")
    if fault is Fault.API_500:
        raise ApiError(500, 20500, "Internal Server Error")
    if fault is Fault.API_503:
        raise ApiError(503, 20503, "Service Unavailable")
    if rule and fault is Fault.API_TIMEOUT_BEFORE:
        net.stall(rule.seconds)
    with net.lock:
        body = create()
    if rule and fault is Fault.API_TIMEOUT_AFTER:
        net.stall(rule.seconds)
    return created(body)


@api.url_value_preprocessor
def _take_account(endpoint: str | None, values: dict[str, Any] | None) -> None:
    request.environ["simulator.account"] = (values or {}).pop("account", "")


@api.before_request
def _authenticate() -> None:
    net, given = network(), request.authorization
    user = given.username if given and given.username else ""
    password = given.password if given and given.password else ""
    right = hmac.compare_digest(user.encode(), net.config.account_sid.encode()) & hmac.compare_digest(
        password.encode(), net.config.auth_token.encode()
    )
    if not right:
        raise ApiError(401, 20003, "Authenticate")
    if request.environ["simulator.account"] != net.config.account_sid:
        raise not_found()


@api.errorhandler(ApiError)
def refused(error: ApiError) -> Response:
    """An error as the carrier writes it."""
    response = jsonify(
        code=error.code,
        message=error.message,
        more_info=f"https://www.twilio.com/docs/errors/{error.code}",
        status=error.status,
    )
    response.status_code = error.status
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    if error.status == 429:
        response.headers["Retry-After"] = "1"
    return response
