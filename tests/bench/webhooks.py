"""How many signed SMS webhooks a second the intake app takes, one after the other, with everything on the disk before each
answer (SQLite, synchronous=FULL). The floor is a bare Flask app that checks the same signatures. Time is by the clock on
the wall: the disk counts.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.test import EnvironBuilder

from hotline.db_migrate import upgrade
from hotline.intake import create_app
from hotline.intake.desk import open_desk
from hotline.now import RandomIds, SystemClock
from tests.bench import neutral_form
from tests.bench.measuring import Rates, head, percentile, say
from tests.house import ACCOUNT, LINE, PUBLIC, TOKEN, settings_of

RUNS, PEOPLE = 5, 6
AREAS = (202, 212, 305, 312, 404, 415, 503, 602, 617, 702)
PATH = "/twilio/sms"


@dataclass
class Timed:
    """Seconds of every request, and requests a second of every run."""

    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    def run(self, app: WSGIApplication, environs: Sequence[dict[str, Any]]) -> None:
        begun = time.perf_counter()
        for environ in environs:
            before = time.perf_counter()
            statuses: list[str] = []

            def start(status: str, _headers: object, _error: object = None, into: list[str] = statuses) -> Callable[[bytes], object]:  # fmt: skip
                into.append(status)
                return lambda _data: None

            body: Iterable[bytes] = app(environ, start)
            b"".join(body)
            assert statuses[0].startswith("2"), statuses
            self.seconds.append(time.perf_counter() - before)
        self.rates.append(len(environs) / (time.perf_counter() - begun))

    def rate(self) -> Rates:
        ordered = sorted(self.rates)
        return Rates(ordered[0], ordered[len(ordered) // 2], ordered[-1])

    def say(self, what: str) -> None:
        say(what, self.rate(), "requests")
        halves = ", ".join(
            f"p{share} {1000 * percentile(self.seconds, share / 100):.2f} ms" for share in (50, 95, 99)
        )
        print(f"    {halves}, longest {1000 * max(self.seconds):.2f} ms")


def requests(run: int) -> list[dict[str, Any]]:
    """Signed texts of many people, who take turns; no two conversations are alike."""
    chance, validator = Random(run), RequestValidator(TOKEN)  # noqa: S311 (no secret)
    talks = [
        [
            "hello",
            "yes",
            "no",
            "2",
            neutral_form.sentence(chance),
            neutral_form.name(chance),
            "yesterday",
            "1",
        ]
        for _ in range(PEOPLE)
    ]
    made = []
    for turn in range(len(talks[0])):
        for person, talk in enumerate(talks):
            number = run * PEOPLE + person
            form = {
                "MessageSid": f"SM{chance.getrandbits(128):032x}", "AccountSid": ACCOUNT, "To": LINE, "Body": talk[turn],
                "From": f"+1{AREAS[number // 100]}55501{number % 100:02}", "NumMedia": "0", "NumSegments": "1",
            }  # fmt: skip
            signature = validator.compute_signature(PUBLIC + PATH, form)
            made.append(EnvironBuilder(PATH, base_url=PUBLIC, method="POST", data=form, headers={"X-Twilio-Signature": signature}).get_environ())  # fmt: skip
    return made


def bare() -> Flask:
    """Flask and the signature alone."""
    app, validator = Flask("bare"), RequestValidator(TOKEN)

    @app.post(PATH)
    def sms() -> Response:
        assert validator.validate(PUBLIC + PATH, request.form, request.headers["X-Twilio-Signature"])
        return Response("<Response/>", mimetype="text/xml")

    return app


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "var"
        settings = settings_of(f"sqlite:///{folder}/bench.db", var)
        upgrade(settings.database_url)
        desk = open_desk(settings, SystemClock(), RandomIds())
        house, floor = Timed(), Timed()
        app, bottom = create_app(desk), bare()
        Timed().run(app, requests(RUNS))
        for run in range(RUNS):
            house.run(app, requests(run))
            floor.run(bottom, requests(run))
        desk.engine.dispose()
    head("signed SMS webhooks a second, one after the other")
    house.say("the intake app with a durable SQLite store")
    floor.say("floor: bare Flask and the signature check")


if __name__ == "__main__":
    main()
