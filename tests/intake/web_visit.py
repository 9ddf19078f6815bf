"""Somebody visits the report page of a whole desk, and staff look afterwards at what was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
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
from hotline.records.normalise import Normaliser
from hotline.threads.conversations import Shelf
from hotline.threads.tables import Contact, Conversation, Message, Thread
from hotline.vault.keys import KeyFolder, read_key
from hotline.vault.sealing import House, RecordsReader, WorkerReader
from tests.intake.webhooks import ACCOUNT, LINE, TOKEN
from tests.whole import whole
from worker.drain import drain
from worker.workshop import Workshop

Fields = dict[str, str | list[str]]
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]+)">')


@dataclass
class Visit:
    """A visitor with a browser, and the desk and workshop behind the page."""

    desk: Desk
    shop: Workshop
    client: FlaskClient

    def look(self, query: str = "", **headers: str) -> str:
        """The page as HTML."""
        answer = self.client.get(
            f"/report{query}", headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        assert answer.status_code == 200
        return answer.text

    def send(self, fields: Fields, query: str = "?lang=en", key: str | None = None) -> TestResponse:
        """Fill a fresh page (or one whose key is known) and send it."""
        key = key_of(self.look(query)) if key is None else key
        form = "screening" if "work" in query else "online"
        return self.client.post(f"/report{query}", data={"key": key, "form": form, **fields})

    def send_again(self, page: str, fields: Fields) -> TestResponse:
        """Press the button of a page that came back, with these fields."""
        return self.client.post("/report?lang=en", data={**dict(HIDDEN.findall(page)), **fields})

    def records(self) -> list[dict[str, Any]]:
        """What `hotline export` shows after the worker was there."""
        drain(self.shop)
        reader = RecordsReader(read_key(self.desk.settings.export_key), self.desk.kit.sealer.store)
        with read(self.desk.engine) as tx:
            crosswalk = self.desk.kit.book.crosswalk
            return list(rows(tx, reader, crosswalk, whole(crosswalk)))

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
        reader = RecordsReader(read_key(self.desk.settings.export_key), self.desk.kit.sealer.store)
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


@contextmanager
def visiting(database_url: str, data_dir: Path, clock: SetClock) -> Iterator[Visit]:
    """A visit to a desk on a database that has its tables and nothing else; no process, no Redis."""
    settings = config.load(
        {
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": database_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_BASE_URL": "http://127.0.0.1:9",
            "HOTLINE_NUMBER": LINE,
        }
    )
    desk = open_desk(settings, clock, CountedIds())
    keys = KeyFolder(settings.data_dir / "keys")
    house, reader = House(keys), WorkerReader.load(keys, desk.kit.sealer.store)
    normaliser = Normaliser(desk.kit, Shelf(desk.kit.book), house, reader)
    shop = Workshop(desk.engine, desk.kit, house, reader, normaliser, desk.carriers, desk.bell, clock)
    yield Visit(desk, shop, create_app(desk).test_client())
    desk.engine.dispose()
