"""Somebody visits the report page of a whole desk, and staff look afterwards at what was kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from hotline import config
from hotline.alerts.tables import Alert
from hotline.db import read
from hotline.intake import create_app
from hotline.intake.desk import Desk, open_desk
from hotline.now import CountedIds, SetClock
from hotline.records.export import rows
from hotline.standards.crosswalk import Crosswalk
from hotline.threads.tables import Contact, Conversation, Message, Thread
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import RecordsReader
from worker.drain import drain
from worker.workshop import Workshop, open_workshop

Fields = dict[str, str | list[str]]


@dataclass
class Visit:
    """A visitor with a browser, and the desk and workshop behind the page."""

    desk: Desk
    shop: Workshop
    client: FlaskClient
    clock: SetClock

    def look(self, query: str = "", **headers: str) -> str:
        """The page as HTML."""
        answer = self.client.get(f"/report{query}", headers={k.replace("_", "-"): v for k, v in headers.items()})
        assert answer.status_code == 200
        return answer.text

    def send(self, fields: Fields, query: str = "?lang=en", key: str | None = None) -> TestResponse:
        """Fill a fresh page (or one whose key is known) and send it."""
        key = key_of(self.look(query)) if key is None else key
        form = "screening" if "work" in query else "online"
        return self.client.post(f"/report{query}", data={"key": key, "form": form, **fields})

    def records(self) -> list[dict[str, Any]]:
        """What `hotline export` shows after the worker was there."""
        drain(self.shop)
        reader = RecordsReader.load(KeyFolder(self.desk.settings.data_dir / "keys"))
        with read(self.desk.engine) as tx:
            return list(rows(tx, reader, Crosswalk.load()))

    def record(self) -> dict[str, Any]:
        """The only record."""
        (record,) = self.records()
        return record

    def alerts(self) -> list[tuple[str, str]]:
        """Every alert as (grade, rule)."""
        with read(self.desk.engine) as tx:
            return [(alert.grade, alert.rule) for alert in tx.scalars(select(Alert))]

    def messages(self) -> list[str]:
        """What the thread shows as said."""
        reader = RecordsReader.load(KeyFolder(self.desk.settings.data_dir / "keys"))
        with read(self.desk.engine) as tx:
            return [
                reader.open(row.id, row.body_sealed).decode()
                for row in tx.scalars(
                    select(Message).where(Message.direction == "in").order_by(Message.at, Message.id)
                )
            ]

    def counts(self) -> tuple[int, int, int, int]:
        """Contacts, threads, conversations, messages that came in."""
        with read(self.desk.engine) as tx:
            return tuple(  # type: ignore[return-value]
                tx.scalar(select(func.count()).select_from(table)) or 0
                for table in (Contact, Thread, Conversation, Message)
            )


def key_of(page: str) -> str:
    """The hidden key of a page."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def open_visit(database_url: str, data_dir: str, clock: SetClock) -> Visit:
    """A desk and a workshop on a database that has its tables."""
    settings = config.load(
        {
            "DATA_DIR": data_dir,
            "DATABASE_URL": database_url,
            "REDIS_URL": "redis://127.0.0.1:9/0",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "a fictional token",
            "TWILIO_API_BASE_URL": "http://127.0.0.1:9",
            "HOTLINE_NUMBER": "+12025550100",
        }
    )
    ids = CountedIds()
    desk = open_desk(settings, clock, ids)
    return Visit(desk, open_workshop(settings, clock, ids), create_app(desk).test_client(), clock)
