"""Health doors of both apps: `/healthz` for this process, `/readyz` when worker and clock went round lately."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, jsonify
from flask import Response as FlaskResponse
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from hotline.db import read
from hotline.now import Clock
from hotline.threads.tables import Heartbeat

FRESH = timedelta(seconds=60)


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
                beats = {beat.name: beat.at for beat in tx.scalars(select(Heartbeat))}
        except SQLAlchemyError:
            return jsonify(status="no database"), 503
        now = clock.now()
        late = [name for name in ("worker", "clock") if name not in beats or now - beats[name] > FRESH]
        return jsonify(status="late" if late else "ready", late=late), 503 if late else 200

    return doors
