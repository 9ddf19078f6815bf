"""Every page and button of the staff page leaves its row in the audit, or stands here with the reason why it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from hotline import db
from hotline.access.audit_tables import AuditRow
from hotline.access.first_login import make_link
from hotline.access.tables import Role
from hotline.standards.crosswalk import Sensitivity
from hotline.threads.tables import Message, Recording
from hotline.triage.kinds import Grade
from tests.staff.office import Office

NO_ROW = {
    "static": "files of the page itself",
    "health.healthz": "no person",
    "health.readyz": "no person",
    "login.page": "an empty form",
    "first.page": "the name of whose link it is; using it is noted",
    "queue.page": "grades, times and marks; no word of a person, no number, no name of a contact",
    "queue.live": "the same",
    "rota.page": "names of colleagues",
    "figures.page": "counts alone",
}


def rows(office: Office) -> list[tuple[str, str, str]]:
    """Act, by whom (a name), about what; oldest first."""
    who = {staff_id: name for name, staff_id in office.staff.items()}
    with db.read(office.desk.engine) as tx:
        found = tx.scalars(select(AuditRow).order_by(AuditRow.seq))
        return [(row.act, who.get(row.by, row.by), row.about) for row in found]


@dataclass
class Story:
    """Maria at work on the threads of the story; each deed is told what it leaves."""

    office: Office
    done: set[str] = field(default_factory=set)

    def __call__(self, endpoint: str, expected: list[str], act: Callable[[], object]) -> None:
        """Do `act`, a request to `endpoint`: it leaves rows of these acts and no others."""
        before = len(rows(self.office))
        act()
        assert [row[0] for row in rows(self.office)[before:]] == expected, endpoint
        self.done.add(endpoint)


def test_every_page_and_button_is_noted_or_excused(office: Office) -> None:
    office.add("Ada", "en")
    thread, urgent = office.thread("locked in"), office.thread("x", "+12025550124")
    quiet = office.thread("Hello", "+12025550125")
    office.record(thread, "screening", victim_ethnicity=("declined", None, "-"))
    office.danger(thread)
    office.danger(urgent, Grade.URGENT)
    with office.tx() as tx:
        heard = tx.scalars(select(Message.id).where(Message.thread_id == quiet)).one()
        sealed = office.desk.kit.sealer.seal(
            tx, quiet, heard, Sensitivity.VICTIM_IDENTITY, b"fictional audio"
        )
        tx.add(Recording(message_id=heard, media_sealed=sealed, fetched_at=office.now))
    with office.tx() as tx:
        token = make_link(tx, office.desk.kit.ids, office.desk.settings, office.staff["Ada"], office.now)
    story, maria, ada = Story(office), office.browser(), office.browser()
    ada.get(f"/first/{token}")
    words = "a kite over the grey harbour"
    story(
        "first.choose",
        ["login.password", "login.in"],
        lambda: ada.send(f"/first/{token}", password=words, again=words),
    )
    story("login.enter", ["login.in"], lambda: maria.log_in("Maria"))
    at = f"/threads/{thread}"
    story("threads.page", ["read.thread", "read.record"], lambda: maria.get(at))
    story(
        "manual.page_somebody", ["change.ask"], lambda: maria.send(f"{at}/ask", colleague=office.staff["Ben"])
    )
    story("manual.page_the_next", ["change.next"], lambda: maria.send(f"{at}/next"))
    story("threads.take", ["change.take"], lambda: maria.send(f"{at}/take"))
    story("threads.still", ["change.still"], lambda: maria.send(f"{at}/still"))
    story("threads.answer", ["change.answer"], lambda: maria.send(f"{at}/answer", text="Where are you now?"))
    story("threads.close", ["change.close"], lambda: maria.send(f"{at}/close", outcome="safe"))
    maria.get(f"/threads/{urgent}")
    reason = office.desk.settings.deployment.alerts.snooze_reasons[0]
    story(
        "manual.rest",
        ["change.snooze"],
        lambda: maria.send(f"/threads/{urgent}/rest", minutes="20", reason=reason),
    )
    at = f"/threads/{quiet}"
    maria.get(at)
    audio = f"{at}/recordings/{heard}"
    story("threads.recording", ["read.recording"], lambda: maria.client.get(audio))
    story("threads.take", ["change.take"], lambda: maria.send(f"{at}/take"))
    story("threads.give_back", ["change.release"], lambda: maria.send(f"{at}/put-back"))
    office.clock.advance(minutes=11)
    story("threads.live", ["read.thread"], lambda: maria.get(f"{at}/live"))
    office.add("Lea", role=Role.LEADER)
    lea = office.logged_in("Lea")
    story("audit.page", ["audit.read"], lambda: lea.get("/audit"))
    story("audit.signs", ["audit.reviewed", "audit.read"], lambda: lea.send("/audit/sign"))
    maria.get("/")
    story("login.leave", ["login.out"], lambda: maria.send("/logout"))

    endpoints = {rule.endpoint for rule in office.app.url_map.iter_rules()}
    assert endpoints - story.done == NO_ROW.keys(), (
        "play the new page here and say what it leaves, or say in NO_ROW why there is nothing to note"
    )


def test_pages_without_a_row_leave_none(office: Office) -> None:
    maria = office.logged_in("Maria")
    before = rows(office)
    for path in ("/", "/live", "/rota", "/figures", "/healthz"):
        maria.get(path)
    assert rows(office) == before


def test_an_open_page_that_looks_again_is_one_reading_for_ten_minutes(office: Office) -> None:
    thread = office.thread("Hello")
    maria, ben = office.logged_in("Maria"), office.logged_in("Ben")
    maria.get(f"/threads/{thread}")
    for _ in range(9):
        office.clock.advance(minutes=1)
        maria.get(f"/threads/{thread}/live")
    reading = [row for row in rows(office) if row[0] == "read.thread"]
    assert reading == [("read.thread", "Maria", thread)]
    ben.get(f"/threads/{thread}/live")
    assert ("read.thread", "Ben", thread) in rows(office), "whoever else looks is noted at once"
    office.clock.advance(minutes=2)
    maria.get(f"/threads/{thread}/live")
    assert [row[1] for row in rows(office) if row[0] == "read.thread"] == ["Maria", "Ben", "Maria"]


def test_what_is_refused_by_role_leaves_no_reading(office: Office) -> None:
    office.add("Ada", role=Role.ADMINISTRATOR)
    thread = office.thread("Hello")
    ada = office.logged_in("Ada")
    assert ada.get(f"/threads/{thread}").status_code == 403
    assert [row for row in rows(office) if row[0].startswith("read.")] == []


def test_wrong_tries_are_noted_and_so_is_the_lock(office: Office) -> None:
    stranger = office.browser()
    for _ in range(6):
        stranger.log_in("Maria", "a wrong password")
    stranger.log_in("Nobody Of This Name", "a wrong password")
    maria = office.staff["Maria"]
    assert rows(office) == [
        *[("login.failed", "nobody", maria)] * 5,
        ("login.locked", "nobody", maria),
        ("login.failed", "nobody", ""),
    ], "tries at a locked name are not looked at, and not noted"
