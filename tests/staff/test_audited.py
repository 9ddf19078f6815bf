"""Every page and button of the staff page leaves its row in the audit, or stands here with the reason why it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from hotline import db
from hotline.access.audit_tables import AuditRow
from hotline.access.reveal_tables import BrokenGlass
from hotline.access.tables import Role
from hotline.standards.crosswalk import Sensitivity
from hotline.threads.tables import Message, Recording
from hotline.triage.kinds import Grade
from tests.staff.office import PASSWORD, Office
from tests.staff.test_second_step import app_code, enrolled
from tests.structure.test_audited import notes

NO_ROW = {
    "static": "files of the page itself",
    "health.healthz": "no person",
    "health.readyz": "no person",
    "login.page": "an empty form",
    "first.page": "the name of whose link it is; using it is noted",
    "queue.page": "grades, times and marks; no word of a person, no number, no name of a contact",
    "queue.live": "the same",
    "second.page": "an empty form",
    "confidentiality.page": "sentences for everybody",
    "enrol.page": "a secret that is not kept yet, for who chooses it",
    "enrol.skip": "only while the network is the simulator",
    "passkey.challenge": "a number to be signed",
    "passkey.new": "a number to be signed",
    "account.page": "the own sessions and factors",
    "account.here": "that somebody is still there",
    "review.page": "names of colleagues, roles and last uses, for who signs them",
    "reports.page": "dates and references, nothing else",
    "reveals.page": "references, and names of colleagues",
    "rota.page": "names of colleagues",
    "figures.page": "counts alone",
    **dict.fromkeys(
        ("keeping.hold", "keeping.lift_hold", "keeping.confirm_suspects"),
        "the leader's alone: that they are noted is shown in test_keeping_page.py",
    ),
}

OF_FLASK = {"static", "health.healthz", "health.readyz"}
# Steps of a log-in: each may be the last one, and notes it then.
PASSING = {"second.page", "confidentiality.page", "enrol.skip"}


def rows(office: Office) -> list[tuple[str, str, str]]:
    """Act, by whom (a name), about what; oldest first."""
    who = {staff_id: name for name, staff_id in office.staff.items()}
    with db.read(office.desk.engine) as tx:
        found = tx.scalars(select(AuditRow).order_by(AuditRow.seq))
        return [(row.act, who.get(row.by, row.by), row.about) for row in found]


def glass_of(office: Office) -> str:
    with db.read(office.desk.engine) as tx:
        return tx.scalars(select(BrokenGlass.id)).one()


@dataclass
class Story:
    """People at work; each deed is told what it leaves."""

    office: Office

    def __call__(self, expected: list[str], act: Callable[[], object]) -> None:
        """Do `act`: it leaves rows of these acts and no others."""
        before = len(rows(self.office))
        act()
        assert [row[0] for row in rows(self.office)[before:]] == expected


def test_every_page_and_button_notes_or_is_excused(empty_office: Office) -> None:
    """Read from the code: a new page calls `note`, in itself or in what it calls, or says in NO_ROW why there is nothing."""
    views = empty_office.app.view_functions
    silent = {name for name, view in views.items() if name not in NO_ROW and not notes(view, ("hotline.",))}
    assert silent == set()
    assert NO_ROW.keys() <= views.keys(), "no excuse for a page that is gone"
    assert {name for name in NO_ROW if name not in OF_FLASK and notes(views[name], ("hotline.",))} <= PASSING


def test_a_day_at_the_staff_page(office: Office) -> None:
    """Each deed leaves exactly these rows."""
    office.add("Lea", role=Role.LEADER)
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
    story, maria = Story(office), office.browser()
    story(["login.in"], lambda: maria.log_in("Maria"))
    at = f"/threads/{thread}"
    story(["read.thread", "read.record"], lambda: maria.get(at))
    story(["change.ask"], lambda: maria.send(f"{at}/ask", colleague=office.staff["Ben"]))
    story(["change.next"], lambda: maria.send(f"{at}/next"))
    story(["change.take", "reveal.glass"], lambda: maria.send(f"{at}/take"))
    story(["change.still"], lambda: maria.send(f"{at}/still"))
    story(["change.answer"], lambda: maria.send(f"{at}/answer", text="Where are you now?"))
    story(["change.close"], lambda: maria.send(f"{at}/close", outcome="safe"))
    maria.get(f"/threads/{urgent}")
    reason = office.desk.settings.deployment.alerts.snooze_reasons[0]
    story(["change.snooze"], lambda: maria.send(f"/threads/{urgent}/rest", minutes="20", reason=reason))
    at = f"/threads/{quiet}"
    story(["read.thread", "reveal.asked", "reveal.granted", "reveal.used"], lambda: maria.reveal(quiet))
    audio = f"{at}/recordings/{heard}"
    story(["reveal.used", "read.recording"], lambda: maria.client.get(audio))
    story(["change.take", "reveal.used"], lambda: maria.send(f"{at}/take"))
    story(["change.release", "reveal.used"], lambda: maria.send(f"{at}/put-back"))
    office.clock.advance(minutes=11)
    story(["read.thread"], lambda: maria.get(f"{at}/live"))
    lea = office.logged_in("Lea")
    lea.get(at)
    story(["change.hold"], lambda: lea.send(f"{at}/hold", reason="court_order"))
    story(["change.hold_lifted"], lambda: lea.send(f"{at}/lift"))
    glass = glass_of(office)
    lea.get("/to-decide")
    story(["reveal.glass_confirmed"], lambda: lea.send(f"/to-decide/glasses/{glass}"))
    story(["audit.read"], lambda: lea.get("/audit"))
    story(["audit.reviewed", "audit.read"], lambda: lea.send("/audit/sign"))
    lea.get("/review")
    story(["audit.access"], lambda: lea.send("/review"))
    maria.get("/")
    story(["login.out"], lambda: maria.send("/logout"))


def test_the_own_log_in(office: Office) -> None:
    story = Story(office)
    browser, secret, _codes = enrolled(office, "Maria")
    browser.get("/confidentiality")
    assert [row[0] for row in rows(office)] == ["login.password", "login.factor_added", "login.in"]
    browser.get("/account")
    story(["login.code_wrong"], lambda: browser.send("/account/recovery", mine="000000"))
    code = app_code(office, secret)
    story(["login.recovery"], lambda: browser.send("/account/recovery", mine=code))
    office.clock.advance(minutes=1)
    browser.get("/account")
    code, new = app_code(office, secret), "a kite over the grey harbour"
    story(
        ["login.password"],
        lambda: browser.send("/account/password", old=PASSWORD, password=new, again=new, mine=code),
    )
    away = office.browser()
    away.log_in("Maria", new)
    story(["login.failed"], lambda: away.send("/login/second", code="000000"))
    office.clock.advance(minutes=1)
    story(["login.in"], lambda: away.send("/login/second", code=app_code(office, secret)))
    browser.get("/account")
    story(["login.session_ended"], lambda: browser.send("/account/sessions/end-others"))


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
