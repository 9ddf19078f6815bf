"""Every door of the house, and what is said at it: each has canaries in all that a person can type, press, speak or send.

A door is content with any answer: the same doors are gone through when everything behind them fails.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from click.testing import CliRunner
from flask.testing import FlaskClient

from hotline import staff as hotline_staff
from hotline.access.directory import add_entry
from hotline.access.officers import name_supervisor
from hotline.access.passwords import Passwords
from hotline.access.people import add_officer, add_staff
from hotline.access.pins import set_pin
from hotline.access.training import open_session
from hotline.alerts.helper_tables import Helper
from hotline.alerts.helpers import ask
from hotline.alerts.tables import Alert
from hotline.cli import hotline
from hotline.db import write
from hotline.oncall.directory import Kind
from hotline.simulator.config import PhoneConfig
from hotline.threads.tables import Thread
from tests.house import LINE, Home
from tests.intake.webhooks import Twilio
from tests.leaks import canary
from tests.leaks.canary import CONTACT, GATEWAY_CONTACT, HELPER, JOINER, NAME, OFFICER, STAFF, SUPERVISOR
from tests.leaks.edges import Edges
from tests.staff.attacks import routes
from tests.staff.office import Browser, Office
from tests.worker.test_gateway_line import SIM_CARD

TEMPLATES = Path(hotline_staff.__file__).parent / "templates"
SECRET = "fictional-secret"
PIN = "470913"
STAFF_NAME = "Staff One"
WHO = {
    CONTACT: "the contact", GATEWAY_CONTACT: "the contact", OFFICER: "the officer", JOINER: "the officer",
    STAFF: "staff", HELPER: "the helper", SUPERVISOR: "the supervisor",
}  # fmt: skip


@dataclass
class Doors:
    """The house with people in it whose names and numbers are canaries."""

    house: Home
    office: Office
    intake: FlaskClient
    edges: Edges
    typed: list[str] = field(default_factory=list)

    @property
    def twilio(self) -> Twilio:
        return Twilio(self.intake)

    def people(self) -> None:
        """Who is registered before anything is said."""
        house = self.house
        for number in canary.NUMBERS:
            house.net.add_phone(PhoneConfig(number))
        kit, keys, now = house.desk.kit, house.shop.house, house.clock.now()
        with write(house.desk.engine) as tx:
            quick = Passwords(memory_kib=8, time_cost=1, parallelism=1)
            staff_id = add_staff(
                tx, kit.sealer, keys, kit.ids, now, name=STAFF_NAME, phone=STAFF, verified=True
            )
            set_pin(tx, staff_id, quick.hash(PIN), now)
            add_officer(
                tx, kit.sealer, keys, kit.ids, now,
                phone=OFFICER, name=NAME, post=canary.sentence("post"), agency="Police",
            )  # fmt: skip
            name_supervisor(tx, keys, kit.ids, now, agency="Police", phone=SUPERVISOR)
            add_entry(
                tx, kit.sealer, keys, kit.ids, now,
                kind=Kind.TIPS, name=NAME, phone=HELPER, language="en", verified=True,
            )  # fmt: skip
            self.typed.append(open_session(tx, kit.sealer, kit.ids, now, lasts=timedelta(hours=8)))
        self.office.add("Leader")
        self.office.staff[STAFF_NAME] = staff_id
        self.office.rotation(STAFF_NAME, "Leader")

    def goes_on(self, times: int = 1, seconds: int = 6) -> None:
        """Worker, clock and carrier at work: so many times, so long each time."""
        for _ in range(times):
            self.house.work()
            self.house.tick()
            self.house.pass_time(seconds=seconds)
        self.house.work()

    def says(self, number: str, *texts: str, to: str = LINE) -> None:
        for text in texts:
            self.house.net.text(number, to, text)
            self.house.pass_time(seconds=4)


def a_text(doors: Doors) -> None:
    said = canary.sentence("sms")
    doors.says(
        CONTACT, said, "1", "2", "2", f"{said}. I am {NAME}, call {CONTACT[1:]}", "castries", said, said
    )
    doors.goes_on()


def a_text_that_is_forgotten(doors: Doors) -> None:
    doors.says(GATEWAY_CONTACT, "Hello", "1", "2", "2", canary.sentence("forget"), "castries", "forget", "1")
    doors.goes_on()


def a_text_of_danger(doors: Doors) -> None:
    doors.says(CONTACT, f"help he has a knife {canary.sentence('danger')} {NAME}")
    doors.goes_on()


def a_text_by_the_gateway(doors: Doors) -> None:
    said = canary.sentence("gateway")
    doors.says(GATEWAY_CONTACT, said, "1", said, to=SIM_CARD)
    fields = {"id": said, "from": GATEWAY_CONTACT, "message": said, "secret": SECRET}
    doors.intake.get(f"/gateway/island/sms?{urlencode(fields)}")
    doors.intake.post("/gateway/island/sms", json=fields)
    doors.intake.post("/gateway/island/sms", data=fields | {"secret": said})
    doors.intake.post("/gateway/island/sms", data=json.dumps(fields)[:-5], content_type="application/json")
    doors.intake.post("/gateway/island/sms", data={"secret": SECRET, "from": said})
    doors.intake.post(
        "/gateway/island/status", data=fields | {"id": said, "status": said, "error": f"to {CONTACT} {said}"}
    )
    doors.intake.post(f"/gateway/{canary.PLAIN}/sms", data=fields)
    doors.goes_on()


def a_call(doors: Doors) -> None:
    net, house = doors.house.net, doors.house
    net.dial(CONTACT, LINE)
    for keys in ("1", "2", "1"):
        house.pass_time(seconds=2)
        net.press(CONTACT, keys)
    house.pass_time(seconds=10)
    if net.phone(CONTACT).live is not None:
        net.speak(CONTACT, canary.sentence("spoken"))
        house.pass_time(seconds=2)
        net.press(CONTACT, "#")
        house.pass_time(seconds=4)
    if net.phone(CONTACT).live is not None:
        net.hang_up(CONTACT)
    house.pass_time(seconds=40)
    doors.goes_on()
    sid = "CA" + "7" * 32
    doors.twilio.turn(sid, sender=CONTACT, Digits=canary.sentence("keys"), ForwardedFrom=GATEWAY_CONTACT)
    doors.twilio.turn(sid, 1, sender=CONTACT, SpeechResult=canary.sentence("speech"), CallerName=NAME)
    doors.twilio.turn(canary.sentence("callsid"), sender=CONTACT)
    doors.goes_on()


def a_web_report(doors: Doors) -> None:
    said = canary.sentence("web")
    page = doors.intake.get(f"/report?lang={canary.PLAIN}&for={canary.PLAIN}").get_data(as_text=True)
    key = re.search(r'name="key" value="([^"]+)"', page)
    fields = {
        "key": key[1] if key else "", "form": "online", "incident_narrative": said, "incident_location": said,
        "incident_period": said, "reporter_first_name": NAME, "reporter_phone": CONTACT, "may_contact": "yes",
        "exploitation_types": said, "victim_nationality_class": said, canary.PLAIN: said,
    }  # fmt: skip
    for lang in ("en", "zh"):
        doors.intake.post(
            f"/report?lang={lang}", data=fields, headers={"User-Agent": said.encode().decode("latin-1")}
        )
    doors.intake.post("/report", data={**fields, "photo": (io.BytesIO(said.encode()), f"{canary.PLAIN}.jpg")})
    doors.intake.post("/report", data={**fields, "photo": (io.BytesIO(said.encode() * 2000), "large.jpg")})
    doors.goes_on()


def an_officers_report(doors: Doors) -> None:
    said = canary.sentence("officer")
    doors.says(OFFICER, f"scr pot 12/11 castries f16 ve sex none {said}", said, "1", f"change {said}", "1")
    doors.says(OFFICER, "scr", said, "pot", said, NAME, "stop", f"st {said}", f"try {said}")
    doors.goes_on()


def joining(doors: Doors) -> None:
    code = doors.typed[0]
    said = canary.sentence("join")
    doors.says(JOINER, f"join {code}", NAME, said, "Police", f"join 0000 {said}", f"join {said}")
    doors.goes_on()


def replies_of_staff(doors: Doors) -> None:
    said = canary.sentence("staff")
    alerts = doors.house.all(Alert)
    doors.says(STAFF, said, f"1 {said}", "1")
    for alert in alerts[:1]:
        doors.says(
            STAFF, f"1 {alert.code}", f"{alert.code} {said}", f"{alert.code} I read it. Where are you?"
        )
        doors.goes_on()
    doors.says(STAFF, f"swap {NAME}", f"swap {said}", f"now {said}", "9", f"9 {said}")
    doors.goes_on()


def hearing_by_phone(doors: Doors) -> None:
    """Who is rung takes it by key, calls back, types the PIN and hears what was told."""
    net, phone = doors.house.net, doors.house.net.phone(STAFF)
    doors.says(CONTACT, f"he has a gun {canary.sentence('heard')}")
    doors.goes_on(2)
    for alert in doors.house.all(Alert):
        doors.says(STAFF, f"1 {alert.code}")
    for _ in range(6):
        if phone.ringing is None and phone.live is None:
            break
        doors.goes_on(1, 16)
    if phone.ringing is None and phone.live is None:
        net.dial(STAFF, LINE)
    for keys in ("3", f"{PIN}#"):
        doors.goes_on()
        if phone.live is not None:
            net.press(STAFF, keys)
    doors.goes_on(3, 12)
    if phone.live is not None:
        net.hang_up(STAFF)
    doors.goes_on()


def a_helper(doors: Doors) -> None:
    house = doors.house
    with write(house.desk.engine) as tx:
        ask(tx, house.desk.kit, Kind.TIPS, house.clock.now())
    doors.goes_on()
    if house.net.phone(HELPER).ringing is not None:
        house.net.answer(HELPER)
        doors.goes_on()
        house.net.press(HELPER, "1")
        doors.goes_on()
    said = canary.sentence("helper")
    for helper in house.all(Helper)[:1]:
        doors.says(HELPER, f"{helper.code} 3", f"{helper.code} {said}", said)
    doors.goes_on()


def the_staff_page(doors: Doors) -> None:
    said = canary.sentence("page")
    browser = doors.office.browser()
    browser.get("/login")
    form = {"name": NAME, "password": said, "back": f"/{said}", "csrf": _token(browser)}
    browser.client.post("/login", data=form)
    browser.client.post("/login", data=form | {"csrf": said})
    browser.client.get(f"/threads/{canary.PLAIN}")
    browser.client.get(f"/first/{canary.PLAIN}")
    browser.client.get(f"/{canary.PLAIN}", headers={"Cookie": f"session={canary.PLAIN}"})
    try:
        browser = doors.office.logged_in("Leader")
    except AssertionError:
        return  # everything behind the page fails
    client = browser.client
    for path in ("/", "/rota", "/figures", f"/threads/{canary.PLAIN}", f"/?done={canary.PLAIN}", "/live"):
        browser.get(path)
    for thread in doors.house.all(Thread)[:2]:
        browser.reveal(thread.id, "plan_safety")
        path = f"/threads/{thread.id}"
        browser.get(f"{path}?done={canary.PLAIN}")
        browser.get(f"{path}/live")
        token = {"csrf": _token(browser)}
        for deed, more in (
            ("take", {"over": said}), ("answer", {"text": said, "last": said}), ("still", {}), ("next", {}),
            ("answer", {"text": f"{NAME} {CONTACT}", "last": ""}), ("ask", {"colleague": said}),
            ("rest", {"minutes": said, "reason": said}), ("close", {"outcome": said}),
        ):  # fmt: skip
            client.post(f"{path}/{deed}", data=token | more)
        client.get(f"{path}/recordings/{canary.PLAIN}")
    client.post(f"/{canary.PLAIN}", data=token)
    _every_route(doors, client, token["csrf"], doors.house.all(Thread)[0].id)
    client.post("/logout", data={"csrf": "x" * 400_000 + said})
    doors.goes_on()


def _every_route(doors: Doors, client: FlaskClient, token: str, thread: str) -> None:
    """Every page and button that there is, with canaries in every field that any of them knows."""
    said = canary.sentence("field")
    source = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.glob("*.html"))
    fields = dict.fromkeys(re.findall(r'name="([a-z_]+)"', source), said) | {"csrf": token}
    for route in sorted(routes(doors.office.app, thread), key=lambda route: route.path):
        if route.changes and "log" not in route.path:
            client.post(route.path, data=fields).close()
        elif not route.changes:
            client.get(
                route.path, query_string=dict.fromkeys(("done", "back", "month", "first", "code"), said)
            ).close()


def commands(doors: Doors) -> None:
    """Their standard output is for who typed them; all else is looked at."""
    settings = doors.house.desk.settings
    folder = Path(settings.data_dir).parent
    (folder / "officers.csv").write_text(f"phone,name,agency\n{OFFICER},{NAME},Police\nx,{NAME},{NAME}\n")
    (folder / "in.ics").write_text(f"BEGIN:VCALENDAR\nSUMMARY:{NAME}\n")
    env = {"DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url}
    for words in (
        ("officers", "add", "--phone", OFFICER, "--name", NAME, "--agency", "Police"),
        ("officers", "import", str(folder / "officers.csv")),
        ("officers", "list", "--numbers"),
        ("officers", "remove", "--phone", JOINER),
        ("staff", "add", "--phone", STAFF, "--name", NAME),
        ("directory", "add", "--kind", "clinic", "--name", NAME, "--phone", HELPER),
        ("directory", "list", "--numbers"),
        ("rota", "set", NAME),
        ("rota", "import", str(folder / "in.ics")),
        ("rota", "feed", f"https://127.0.0.1:9/{canary.PLAIN}.ics"),
        ("alerts", "list"),
        ("export", "--format", "jsonl"),
        ("export", "--format", "htcds"),
    ):
        CliRunner().invoke(hotline, words, env=env)
    for file in ("officers.csv", "in.ics"):
        (folder / file).unlink()
    doors.goes_on()


def probes(doors: Doors) -> None:
    for sender in (LINE, CONTACT):
        doors.twilio.text(f"{canary.sentence('probe')} aaaaaaaaaaaaaaab", sender=sender)
    doors.goes_on()


def strangers(doors: Doors) -> None:
    """What is refused: no signature, a wrong one, no id, not our form, too large, no such place."""
    said = canary.sentence("stranger")
    twilio, client = doors.twilio, doors.intake
    form = {"MessageSid": said, "From": CONTACT, "To": LINE, "Body": said, "AccountSid": said}
    for path in (
        "/twilio/sms",
        "/twilio/voice",
        "/twilio/wait",
        "/twilio/status/message",
        "/twilio/status/call",
    ):
        twilio.post(path, form, signature=None)
        twilio.post(path, form, signature=said.encode().decode("latin-1"))
        twilio.post(path, form)
        twilio.post(
            f"{path}?{urlencode({'m': said, 'page': said, 'help': said, 'back': said, 'step': said})}", form
        )
        client.post(path, data=b"\xff\x00" + said.encode(), content_type="application/x-www-form-urlencoded")
        client.post(path, data=said * 60_000)
        client.put(path, data=said)
        client.get(
            f"{path}/{canary.PLAIN}", headers={"Host": f"{canary.PLAIN}.example", "Referer": canary.PLAIN}
        )
    for path in (
        f"/audio/en/{canary.PLAIN}.mp3",
        f"/audio/told/{canary.PLAIN}.mp3",
        f"/{canary.PLAIN}",
        "/report",
    ):
        client.get(path)
        client.delete(path)
    client.post("/report", data={"incident_narrative": said * 60_000})
    client.post("/report", data=said, content_type="multipart/form-data; boundary=x")
    client.post(
        "/report", data=f"--x\r\n{said}", content_type=f"multipart/form-data; boundary={canary.PLAIN}"
    )


ALL: tuple[Callable[[Doors], None], ...] = (
    a_text, a_text_that_is_forgotten, a_text_by_the_gateway, a_call, a_web_report, an_officers_report, joining,
    hearing_by_phone, a_text_of_danger, replies_of_staff, a_helper, the_staff_page, commands, probes, strangers,
)  # fmt: skip


def _token(browser: Browser) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', browser.html)
    return found[1] if found else ""
