"""A whole house in one process: the intake's app and worker and clock by hand, at a simulated telephone network.

The network lives on a virtual clock that goes with the house's own. Its REST side is reached over loopback HTTP, as
Twilio's would be; its webhooks are carried into the intake app. Time passes only by `pass_time`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from hotline import config
from hotline.access.people import add_staff
from hotline.alerts.rota.stored import set_rotation
from hotline.carriers.opening import open_carriers
from hotline.db import make_engine, read, write
from hotline.intake import create_app
from hotline.intake.desk import Desk, open_desk
from hotline.now import CountedIds, SetClock
from hotline.records.export import rows
from hotline.records.normalise import Normaliser
from hotline.simulator.app import create_app as network_app
from hotline.simulator.clock import VirtualClock
from hotline.simulator.config import GatewayLineConfig, LineConfig, PhoneConfig, SimulatorConfig
from hotline.simulator.inprocess import wsgi_post
from hotline.simulator.network import Network
from hotline.statistics.aggregates import Tally
from hotline.threads.bell import Bell
from hotline.threads.contacts import contact_of, thread_of
from hotline.threads.sending import queue_text
from hotline.threads.tables import Deed, DeedState, Message
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House, RecordsReader, WorkerReader
from tests.whole import whole
from worker import clock as clock_process
from worker.drain import drain
from worker.workshop import Workshop

ACCOUNT = "AC" + "1" * 32
TOKEN = "a-fictional-token"
PUBLIC = "https://hotline.example"
LINE = "+12025550100"
CALLER, OFFICER, FIRST, SECOND = "+12025550111", "+12025550121", "+12025550131", "+12025550132"
PHONES = (
    PhoneConfig(CALLER, "Caller"),
    PhoneConfig(OFFICER, "Officer"),
    PhoneConfig(FIRST, "First"),
    PhoneConfig(SECOND, "Second"),
)


def settings_of(database_url: str, data_dir: Path, **more: str) -> config.Settings:
    """Settings with a Twilio account and a public address behind a proxy; nobody listens at the carrier's address."""
    return config.load(
        {
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": database_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_BASE_URL": "http://127.0.0.1:9",
            "HOTLINE_NUMBER": LINE,
            "PUBLIC_URL": PUBLIC,
            **more,
        }
    )


def workshop_of(desk: Desk) -> Workshop:
    """A workshop on the desk's data, with an engine and carriers of its own; the content is not read once more."""
    keys = KeyFolder(desk.settings.data_dir / "keys")
    house, reader = House(keys), WorkerReader.load(keys, desk.kit.sealer.store)
    return Workshop(
        make_engine(desk.settings.database_url),
        desk.kit,
        house,
        reader,
        Normaliser(desk.kit, desk.shelf, house, reader, Tally(desk.kit, reader).count),
        open_carriers(desk.settings),
        Bell(None),
        desk.clock,
    )


def unpaced(shop: Workshop) -> Workshop:
    """The workshop, its lines as quick as a short code: nothing waits with us for room at the carrier."""
    for carrier in shop.carriers.values():
        carrier.line = replace(carrier.line, segments_per_second=1000, calls_per_second=1000)
    return shop


@dataclass
class Home:
    """The house and the network around it. `clock` is moved by `pass_time` only."""

    desk: Desk
    shop: Workshop
    net: Network
    clock: SetClock

    def pass_time(self, **parts: float) -> None:
        """Let time pass, on the network as in the house."""
        self.net.advance_to(self.clock.advance(**parts))

    def work(self) -> int:
        """One worker drains the outbox; gives how many deeds it had in hand."""
        return drain(self.shop)

    def tick(self) -> None:
        """The clock process goes round once."""
        clock_process.tick(self.shop)

    def text(self, *bodies: str, sender: str = CALLER, to: str = LINE) -> None:
        """A phone texts us, each text answered before the next."""
        for body in bodies:
            self.net.text(sender, to, body)
            self.pass_time(seconds=5)

    def staffed(self) -> list[str]:
        """First and Second are on the staff and, in this order, on call; their ids."""
        kit = self.desk.kit
        with write(self.desk.engine) as tx:
            ids = [
                add_staff(
                    tx, kit.sealer, self.shop.house, kit.ids, self.clock.now(),
                    name=name, phone=phone, verified=True,
                )
                for name, phone in (("First", FIRST), ("Second", SECOND))
            ]  # fmt: skip
            set_rotation(tx, kit, ids, self.clock.now())
        return ids

    def queue(self, text: str, to: str = CALLER, priority: int = 2, line: str = "main") -> str:
        """Queue a text of ours to whoever has that number; the message's id."""
        kit, now = self.desk.kit, self.clock.now()
        with write(self.desk.engine) as tx:
            contact = contact_of(tx, kit, to, now)
            thread = thread_of(tx, kit, contact, "sms", line, now)
            return queue_text(
                tx, kit, text, now, line=line, priority=priority, thread_id=thread.id, contact_id=contact.id
            )

    def message(self, message_id: str) -> Message:
        """The row of a message."""
        with read(self.desk.engine) as tx:
            found = tx.get(Message, message_id)
            assert found is not None
            return found

    def all(self, table: type[Any], *where: Any) -> Sequence[Any]:
        """All rows of a table."""
        with read(self.desk.engine) as tx:
            return tx.scalars(select(table).where(*where)).all()

    def pending(self) -> list[str]:
        """The kinds of deeds still to be done."""
        return sorted(deed.kind for deed in self.all(Deed, Deed.state == DeedState.PENDING))

    def records(self) -> list[dict[str, Any]]:
        """The records as exported."""
        reader = RecordsReader(
            KeyFolder(self.desk.settings.data_dir / "keys").read("export.key"), self.desk.kit.sealer.store
        )
        with read(self.desk.engine) as tx:
            crosswalk = self.desk.kit.book.crosswalk
            return list(rows(tx, reader, crosswalk, whole(crosswalk)))


class _Quiet(WSGIRequestHandler):
    """Says nothing; where the fault script gives no answer, the connection is closed."""

    def connection_dropped(self, error: BaseException, environ: object = None) -> None:
        self.close_connection = True

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@contextmanager
def home(
    database_url: str,
    data_dir: Path,
    clock: SetClock,
    *,
    gateways: tuple[GatewayLineConfig, ...] = (),
    numbers: tuple[str, ...] = (),
    lines: str = "",
    **more: str,
) -> Iterator[Home]:
    """A house at a network with our line, further `numbers` of ours that only send and ring, and four phones. `lines` is added to hotline.toml, where `{network}` becomes the
    network's address; `more` are further settings."""
    line = LineConfig(
        LINE,
        sms_url=f"{PUBLIC}/twilio/sms",
        voice_url=f"{PUBLIC}/twilio/voice",
        status_callback=f"{PUBLIC}/twilio/status/call",
    )
    told = SimulatorConfig(
        lines=(line, *map(LineConfig, numbers)),
        phones=PHONES,
        gateways=gateways,
        account_sid=ACCOUNT,
        auth_token=TOKEN,
    )
    apps: dict[str, Any] = {}
    net = Network(told, VirtualClock(clock.now()), wsgi_post(apps), seed=1)
    rest = cache(lambda: network_app(net))  # made at the first request: many stories need none
    server = make_server(
        "127.0.0.1", 0, lambda environ, start: rest()(environ, start), threaded=True, request_handler=_Quiet
    )
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    if lines:
        told_lines = data_dir.parent / "hotline.toml"
        told_lines.write_text(
            config.DEFAULT_CONFIG.read_text(encoding="utf-8") + lines.replace("{network}", address),
            encoding="utf-8",
        )
        more["HOTLINE_CONFIG"] = str(told_lines)
    settings = settings_of(database_url, data_dir, TWILIO_API_BASE_URL=address, **more)
    desk = open_desk(settings, clock, CountedIds())
    shop = workshop_of(desk)
    apps[PUBLIC] = create_app(desk)
    try:
        yield Home(desk, shop, net, clock)
    finally:
        for carrier in (*desk.carriers.values(), *shop.carriers.values()):
            carrier.close()
        shop.engine.dispose()
        desk.engine.dispose()
        server.shutdown()
        server.server_close()
