"""A throw-away house for one night: a database, keys and ids of its own, the real intake, worker and clock, and the
simulated carrier, all in this process and on one virtual clock."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from hotline import config
from hotline.access.directory import add_entry
from hotline.access.passwords import Passwords
from hotline.access.people import add_officer, add_staff
from hotline.access.pins import set_pin
from hotline.access.tables import Role
from hotline.alerts.rota.stored import add_override, set_rotation
from hotline.alerts.sweep import next_due
from hotline.alerts.tables import Alert, AlertState
from hotline.carriers.connect import webhooks
from hotline.carriers.opening import open_carriers
from hotline.commands.nights.language import Handset, Night
from hotline.commands.nights.transport import IntoApp
from hotline.db import make_engine, read, write
from hotline.deployment import LineEntry
from hotline.intake import create_app
from hotline.intake.desk import Desk, open_desk
from hotline.now import CountedIds
from hotline.oncall.directory import Kind
from hotline.simulator.app import create_app as create_carrier
from hotline.simulator.clock import VirtualClock
from hotline.simulator.config import LineConfig, PhoneConfig, SimulatorConfig
from hotline.simulator.core import Post
from hotline.simulator.inprocess import wsgi_post
from hotline.simulator.network import Network
from hotline.tables import metadata
from hotline.threads.tables import Deed, DeedState
from worker import clock as clock_process
from worker.drain import drain
from worker.workshop import Workshop, open_workshop

# The PINs of a played night guard nothing: their hashes may be quick ones.
_QUICK = Passwords(memory_kib=8, time_cost=1, parallelism=1)
Opened = TypeVar("Opened", Desk, Workshop)

ORIGIN, CARRIER = "http://intake.test", "http://carrier.test"
ACCOUNT, TOKEN = "AC" + "0" * 32, "a-token-of-the-simulator"


@dataclass(frozen=True)
class Due:
    """When the house has something to do next by itself (None: nothing known), and whether an alert waits for somebody."""

    at: datetime | None
    waiting: bool


class NightHouse:
    """Use as a context manager. `staff` gives a member's name by id."""

    def __init__(self, night: Night, settings: config.Settings) -> None:
        """Open everything in `settings.data_dir`, which must be empty. Raises ConfigError and ValueError for a deployment
        whose lines cannot be played."""
        settings = _with_spare_line(settings, night.spare_line)
        self.clock = VirtualClock(night.starts)
        self.staff: dict[str, str] = {}
        self._open = ExitStack()
        ids = CountedIds()
        engine = make_engine(settings.database_url)
        self._open.callback(engine.dispose)
        metadata().create_all(engine)
        self.desk = self._keep(open_desk(settings, self.clock, ids))
        self._changed = True
        self.network = Network(
            _carrier(night, settings),
            self.clock,
            self._noticing(wsgi_post({ORIGIN: create_app(self.desk)})),
            1,
        )
        self.network.faults.rules = list(night.faults)
        transport = IntoApp(create_carrier(self.network))
        shop = self._keep(open_workshop(settings, self.clock, ids, self.desk.kit.book))
        self.shop = replace(shop, carriers=open_carriers(settings, transport))
        self._due = Due(None, False)
        self._furnish(night)

    def __enter__(self) -> NightHouse:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def due(self) -> Due:
        """What the clock and the worker will find. Asked of the database only after something happened."""
        if self._changed:
            self._changed = False
            with read(self.shop.engine) as tx:
                deed = tx.scalar(
                    select(func.min(func.coalesce(Deed.leased_until, Deed.due_at))).where(
                        Deed.state == DeedState.PENDING
                    )
                )
                waiting = tx.scalar(select(Alert.id).where(Alert.state == AlertState.OPEN).limit(1))
                at = min((one for one in (deed, next_due(tx)) if one is not None), default=None)
            self._due = Due(at, waiting is not None)
        return self._due

    def work(self) -> int:
        """The worker does all that is due; how many deeds that were."""
        self._changed = True
        return drain(self.shop)

    def tick(self) -> None:
        """One cycle of the clock process, and of the worker that it wakes."""
        self._changed = True
        clock_process.tick(self.shop)

    def deeds_due(self) -> bool:
        """Whether the worker would find something now."""
        if not self._changed:
            return False
        with read(self.shop.engine) as tx:
            due = select(Deed.id).where(
                Deed.state == DeedState.PENDING,
                Deed.due_at <= self.clock.now(),
                func.coalesce(Deed.leased_until, self.clock.now()) <= self.clock.now(),
            )
            return tx.scalar(due.limit(1)) is not None

    def _keep(self, opened: Opened) -> Opened:
        self._open.callback(opened.engine.dispose)
        return opened

    def _noticing(self, post: Post) -> Post:
        """Every request of the carrier may change something."""

        def noticing(
            url: str,
            form: tuple[tuple[str, str], ...] | bytes | None,
            headers: Mapping[str, str],
            timeout: float,
        ) -> tuple[int, Mapping[str, str], bytes]:
            self._changed = True
            return post(url, form, headers, timeout)

        return noticing

    def _furnish(self, night: Night) -> None:
        shop, now = self.shop, self.clock.now()
        kit = shop.kit
        with write(shop.engine) as tx:
            for one in night.staff:
                added = add_staff(
                    tx, kit.sealer, shop.house, kit.ids, now, name=one.name, phone=one.number,
                    languages=one.languages, role=Role(one.role), verified=one.verified,
                )  # fmt: skip
                self.staff[added] = one.name
                if one.pin:
                    set_pin(tx, added, _QUICK.hash(one.pin), now)
            named = {name: staff_id for staff_id, name in self.staff.items()}
            if night.rota:
                set_rotation(tx, kit, [named[name] for name in night.rota], now)
            for cover in night.covers:
                add_override(
                    tx, kit, staff_id=named[cover.who], start=cover.since, end=cover.until, now=now,
                    replaces=named.get(cover.replaces),
                )  # fmt: skip
            for entry in night.directory:
                add_entry(
                    tx, kit.sealer, shop.house, kit.ids, now, kind=Kind(entry.kind), name=entry.name,
                    phone=entry.number, language=entry.language, languages=entry.languages, hours=entry.hours,
                    verified=True,
                )  # fmt: skip
            for officer in night.officers:
                add_officer(
                    tx, kit.sealer, shop.house, kit.ids, now, phone=officer.number, name=officer.name,
                    agency=officer.agency, language=officer.language,
                )  # fmt: skip


def settings_in(folder: Path, config_file: Path, database_url: str = "") -> config.Settings:
    """The settings of a house in `folder` at the simulated carrier, as the task force's `config_file` says. Raises
    ConfigError."""
    return config.load(
        {
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "HOTLINE_CONFIG": str(config_file),
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_BASE_URL": CARRIER,
            "HOTLINE_NUMBER": config.SIMULATED_NUMBER,
            "PUBLIC_URL": ORIGIN,
        }
    )


def _with_spare_line(settings: config.Settings, number: str) -> config.Settings:
    """The same with a second line that only speaks to staff; unchanged without a number."""
    if not number:
        return settings
    spare = LineEntry(id="spare", carrier="twilio", number=number, sms_out=True, voice=True)
    deployment = settings.deployment
    lines = (*deployment.lines, spare)
    return replace(settings, deployment=deployment.model_copy(update={"lines": lines}))


def _carrier(night: Night, settings: config.Settings) -> SimulatorConfig:
    urls = webhooks(settings.public_url)
    numbers = [line.number for line in settings.deployment.lines if line.number and line.carrier == "twilio"]
    return SimulatorConfig(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        lines=tuple(
            LineConfig(
                number,
                sms_url=urls.sms_url,
                sms_fallback_url=urls.sms_fallback_url,
                voice_url=urls.voice_url,
                voice_fallback_url=urls.voice_fallback_url,
                status_callback=urls.call_status_url,
            )
            for number in numbers
        ),
        phones=tuple(_phone(one) for one in night.handsets),
    )


def _phone(one: Handset) -> PhoneConfig:
    listens = one.voicemail.total_seconds() if one.voicemail is not None else 20.0
    return PhoneConfig(
        one.number, one.name, on=one.on, voicemail=one.voicemail is not None, rings_before_voicemail=listens
    )
