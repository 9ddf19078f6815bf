"""Health doors of both apps: `/healthz` for this process, `/readyz` when worker and clock went round lately."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask import Response as FlaskResponse
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from hotline.db import read
from hotline.now import Clock
from hotline.threads.heartbeats import late


def health_doors(engine: Engine, clock: Clock) -> Blueprint:
    """The two doors for one app."""
    doors = Blueprint("health", __name__)

    @doors.get("/healthz")
    def healthz() -> FlaskResponse:
        """This process answers."""
        return jsonify(status="ok")

    @doors.get("/readyz")
    def readyz() -> tuple[FlaskResponse, int]:
        """A full cycle of worker and clock was seen within a minute."""
        try:
            with read(engine) as tx:
                behind = late(tx, clock.now())
        except SQLAlchemyError:
            return jsonify(status="no database"), 503
        return jsonify(status="late" if behind else "ready", late=behind), 503 if behind else 200

    return doors
