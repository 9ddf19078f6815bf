"""The network as one web application: the carrier's API, the gateway, the phones' control and their page."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

from hotline.simulator.control import phones
from hotline.simulator.gateway import GatewayError
from hotline.simulator.network import Network
from hotline.simulator.rest import calls, conferences, messages, numbers, queues, recordings
from hotline.simulator.rest.api import api, refused
from hotline.simulator.trouble import ApiError

#: Imported so that their routes are on the blueprint before it is registered.
ROUTES = (calls, conferences, messages, numbers, queues, recordings)

#: The largest request the network reads, in bytes.
MAX_REQUEST = 1_000_000


def create_app(network: Network) -> Flask:
    """The WSGI application around a network; whoever serves it also has to let the network's time pass."""
    app = Flask("hotline.simulator")
    app.config["NETWORK"] = network
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_blueprint(api)
    app.register_blueprint(phones)

    @app.errorhandler(404)
    @app.errorhandler(405)
    def unknown(error: Exception) -> Response:
        return refused(ApiError(404, 20404, f"The requested resource {request.path} was not found"))

    @app.errorhandler(413)
    def too_large(error: Exception) -> Response:
        return refused(ApiError(413, 20001, "The request is too large"))

    @app.route("/gateway/<name>/send", methods=["GET", "POST"])
    def gateway_send(name: str) -> tuple[Response, int]:
        gateway = network.gateways.get(name)
        if gateway is None:
            return jsonify(error="no such gateway"), 404
        body = request.get_json(silent=True) if request.is_json else request.values.to_dict()
        form = {str(k): str(v) for k, v in body.items()} if isinstance(body, dict) else {}
        header = gateway.config.secret_field.removeprefix("header:")
        try:
            with network.lock:
                answer = gateway.accept(form, request.headers.get(header, ""))
        except GatewayError as error:
            return jsonify(error=str(error)), error.status
        return jsonify(answer), 202

    return app
