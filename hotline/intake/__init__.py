"""The public face: webhooks of the carriers and the web report."""

from __future__ import annotations

import os

from flask import Flask
from flask import Response as FlaskResponse

from hotline.config import load
from hotline.intake import carrier_doors
from hotline.intake.audio import audio_door
from hotline.intake.desk import Desk, open_desk
from hotline.intake.headers import set_headers
from hotline.intake.requests import MAX_BODY
from hotline.intake.web import web_report
from hotline.log import set_up
from hotline.now import RandomIds, SystemClock
from hotline.threads.health import health_doors


def create_app(desk: Desk | None = None) -> Flask:
    """The intake app; without a desk, one is opened from the environment (as gunicorn does)."""
    app = Flask(__name__)
    if desk is None:
        set_up("intake")
        desk = open_desk(load(os.environ), SystemClock(), RandomIds())
    app.extensions["desk"] = desk
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    set_headers(app, https=desk.settings.public_url.startswith("https:"))
    app.register_blueprint(carrier_doors.doors)
    app.register_blueprint(audio_door)
    app.register_blueprint(health_doors(desk.engine, desk.clock))
    app.register_blueprint(web_report)
    app.register_error_handler(413, _too_large)
    app.register_error_handler(500, _our_fault)
    return app


def _too_large(_error: Exception) -> FlaskResponse:
    return FlaskResponse("too large\n", status=413, content_type="text/plain")


def _our_fault(_error: Exception) -> FlaskResponse:
    """The carrier tries its fallback address; nobody outside sees a stack trace."""
    return FlaskResponse("try again\n", status=500, content_type="text/plain")
