"""One house with one full record of every form, each field holding a value that stands nowhere else, and people of all roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from flask.testing import FlaskClient
from sqlalchemy import delete, update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from hotline.access.matrix_file import OWN
from hotline.access.people import add_staff
from hotline.access.reveal_tables import BrokenGlass, RevealEvent, RevealRow
from hotline.access.reveals import answer, ask
from hotline.access.sessions import Stage, begin
from hotline.access.tables import Officer, Role, Staff, StaffSession
from hotline.alerts.tables import Alert, AlertState
from hotline.staff import cookies
from hotline.standards.crosswalk import Crosswalk, Sensitivity
from hotline.threads.tables import Message, Recording, Thread
from tests.staff.office import Office

AGENCY = "Harbour Office"
NUMBER = "+12025550199"
CROSSWALK = Crosswalk.load()
FIELDS = tuple(dict.fromkeys(row.field for row in CROSSWALK))
MARKERS = {**{name: f"zq{place:03d}qz" for place, name in enumerate(FIELDS)}, "words": "zqwordsqz"}
_MARKER = re.compile(r"zq(?:\d{3}|words)qz")
_NAMES = {marker: name for name, marker in MARKERS.items()}
_TYPED = {
    "text": "I read your message.", "outcome": "safe", "reason": "answer_contact", "answer": "yes", "minutes": "10",
    "code": "000000", "last": "", "over": "1", "back": "/",
}  # fmt: skip


class State(StrEnum):
    """What was opened to the person."""

    FRESH = "fresh"
    REVEALED = "revealed"
    SECOND = "second"
    GLASS = "glass"


def found_in(answer: TestResponse) -> set[str]:
    """The fields (or `words`) whose markers stand in an answer, its headers included."""
    whole = answer.get_data().decode("utf-8", "replace") + str(answer.headers)
    assert NUMBER.removeprefix("+1") not in whole, "the contact's number is on no page"
    return {_NAMES[marker] for marker in _MARKER.findall(whole)}


@dataclass
class Rules:
    """The matrix file as a reader of it would work it out, without the code that the house uses."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    purposes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path = OWN) -> Rules:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        return cls(content["rules"], {role: row["purpose"] for role, row in content["roles"].items()})

    def row(self, role: str, purpose: str, what: str) -> dict[str, Any] | None:
        kind = CROSSWALK.sensitivity(what).value if what in FIELDS else ""
        mine = [row for row in self.rows if (row["role"], row["purpose"]) == (role, purpose)]
        by_name = [row for row in mine if what in row["what"]] or [row for row in mine if kind in row["what"]]
        return by_name[0] if by_name else None

    def shown(self, role: str, state: State) -> set[str]:
        """What may stand before the role on a thread's page in this state."""
        opened = {"none"} | {
            State.FRESH: set(), State.REVEALED: {"reason"}, State.SECOND: {"reason", "second"}, State.GLASS: set(),
        }[state]  # fmt: skip
        found = set()
        page = self.row(role, self.purposes[role], "thread")
        if page is None or "read" not in page["may"]:
            return set()
        for what in MARKERS:
            row = self.row(role, self.purposes[role], what)
            if row is not None and "read" in row["may"] and row.get("reveal", "none") in opened:
                found.add(what)
            broken = self.row(role, "emergency", what) if state is State.GLASS else None
            if broken is not None and "read" in broken["may"]:
                found.add(what)
        return found


@dataclass
class MarkedHouse:
    """The house: one thread of an officer with everything in it."""

    office: Office
    thread: str
    message: str
    alert: str
    people: dict[str, str]

    @classmethod
    def build(cls, office: Office) -> MarkedHouse:
        thread = office.thread(MARKERS["words"], number=NUMBER)
        message = office.says(thread, MARKERS["words"], "voice")
        kit = office.desk.kit
        placed: set[str] = set()
        for form in CROSSWALK.forms:
            rows = {row.field for row in CROSSWALK.form(form)} - placed
            placed |= rows
            content = {name: ("answered", MARKERS[name], f"said {MARKERS[name]}") for name in rows}
            office.record(thread, form, **content)
        alert = office.danger(thread)
        with office.tx() as tx:
            row = tx.get(Message, message)
            assert row is not None
            row.recording = "RE1"
            sealed = kit.sealer.seal(
                tx, thread, message, Sensitivity.VICTIM_IDENTITY, MARKERS["words"].encode()
            )
            tx.add(Recording(message_id=message, media_sealed=sealed, fetched_at=office.now))
            officer = kit.ids.new()
            tx.add(
                Officer(
                    id=officer, number_index=kit.sealer.index(NUMBER, "number"), agency=AGENCY.upper(),
                    number_sealed=office.desk.house.seal(officer, NUMBER),
                    name_sealed=office.desk.house.seal(officer, MARKERS["reporter_name"]), added_at=office.now,
                )
            )  # fmt: skip
        people = {role.value: cls._add(office, role, place) for place, role in enumerate(Role)}
        return cls(office, thread, message, alert, people)

    @staticmethod
    def _add(office: Office, role: Role, place: int) -> str:
        kit = office.desk.kit
        with office.tx() as tx:
            staff_id = add_staff(
                tx, kit.sealer, office.desk.house, kit.ids, office.now, name=f"Staff {place}",
                phone=f"+1202555013{place}", role=role, verified=True, agency=AGENCY,
            )  # fmt: skip
            staff = tx.get(Staff, staff_id)
            assert staff is not None
            staff.password_hash = "set"
        return staff_id

    def set_state(self, role: str, state: State) -> None:
        """Everything as at the beginning, and then what was opened to this person."""
        staff_id, desk, now = self.people[role], self.office.desk, self.office.now
        access = desk.settings.deployment.access
        with self.office.tx() as tx:
            for table in (RevealEvent, RevealRow, BrokenGlass):
                tx.execute(delete(table))
            free = {"state": "open", "taken_by": None, "closed_at": None, "outcome": None}
            tx.execute(update(Thread).values(**free))
            tx.execute(update(Alert).values(**free, taken_at=None))
            for second in (False, True):
                if state is State.SECOND or (state is State.REVEALED and not second):
                    row = ask(
                        tx, desk.kit.ids, access, self.thread, staff_id, "code_record", now, second=second
                    )
                    other = self.people["leader" if role != "leader" else "data_manager"]
                    of_other = "leader" if role != "leader" else "data_manager"
                    if second:
                        assert answer(tx, desk.kit.ids, access, row.id, other, of_other, True, now)
            if state is State.GLASS:
                tx.execute(update(Thread).values(taken_by=staff_id))
                tx.execute(
                    update(Alert).values(
                        state=AlertState.TAKEN.value, taken_by=staff_id, taken_at=now, promised_at=now
                    )
                )

    def enter(self, role: str) -> tuple[FlaskClient, str]:
        """A browser of somebody of the role, and the token of its forms."""
        desk, client = self.office.desk, self.office.app.test_client()
        with self.office.tx() as tx:
            token = begin(tx, desk.kit.ids, self.people[role], self.office.now, Stage.IN)
            csrf = tx.query(StaffSession).filter_by(staff_id=self.people[role]).all()[-1].csrf
        client.set_cookie(cookies.name_of(desk, cookies.SESSION), token)
        return client, csrf

    def ask(self, client: FlaskClient, csrf: str, rule: Rule, method: str) -> TestResponse:
        """One request to a door of the app, with ids that are there and a form filled in."""
        known = {"thread_id": self.thread, "message_id": self.message, "filename": "staff.css"}
        values = {name: known.get(name, "a" * 16) for name in rule.arguments}
        built = rule.build(values, append_unknown=False)
        assert built is not None
        typed = {**_TYPED, "csrf": csrf, "colleague": self.people["responder"]}
        return client.open(built[1], method=method, data=typed if method == "POST" else None)
