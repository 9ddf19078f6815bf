"""The main job in a real browser: an officer's report, a caller in danger, the staff phone that rings, the queue.

`make screenshots` keeps the pictures of this test in docs/images.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.e2e.conftest import hurried
from tests.e2e.phone import eventually
from tests.e2e.running import Running, days_from_handover, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180), pytest.mark.xdist_group("running-house")]

CALLER, OFFICER, STAFF, OTHER = "+12025550111", "+12025550121", "+12025550131", "+12025550132"
PASSWORD = "a small boat at seven"  # fictional
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"


def keep(page: Page, name: str, tmp_path: Path) -> None:
    """A picture of the page: for the README when asked for, else thrown away with the test."""
    folder = PICTURES if os.environ.get("HOTLINE_SCREENSHOTS") else tmp_path
    page.screenshot(path=folder / f"{name}.png")
    assert (folder / f"{name}.png").stat().st_size > 10_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("house-browser")
    config = hurried(folder)
    # The page is looked at for a while: the second person is not paged so soon here.
    text = config.read_text().replace("page_step_seconds = 6", "page_step_seconds = 60")
    config.write_text(text.replace("ring_seconds = 5", "ring_seconds = 45"))
    with running(folder, HOTLINE_CONFIG=str(config)) as house:
        house.command("staff", "add", "--name", "First Responder", "--phone", STAFF, "--verified")
        house.command(
            "staff", "add", "--name", "Second Responder", "--phone", OTHER, "--verified", "--language", "es"
        )
        house.command("rota", "set", "First Responder", "Second Responder", *days_from_handover())
        house.command(
            "officers", "add", "--phone", OFFICER, "--name", "An Officer", "--agency", "Immigration"
        )
        yield house


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--disable-background-networking", "--no-first-run"]
        )
        yield browser
        browser.close()


def phone(page: Page, number: str) -> Locator:
    return page.locator(f'[data-phone="{number}"]')


def write(page: Page, number: str, text: str) -> None:
    phone(page, number).locator("[data-role=text-body]").fill(text)
    phone(page, number).locator("[data-action=text]").click()


@pytest.fixture(scope="module")
def entered(house: Running, browser: Browser) -> None:
    """The Data Manager has followed the one-time link that the start printed, and chosen a password."""
    link = eventually(
        "the first log-in link", lambda: re.search(r"First log-in, once: (\S+)", house.printed()), 60
    )[1]
    page = browser.new_page()
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password and log in").click()
    page.get_by_role("button", name="Go on without").click(timeout=15_000)  # the network is the simulator
    page.get_by_role("button", name="I accept this").click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible(timeout=15_000)
    page.close()


def log_in(house: Running, page: Page) -> None:
    """Log in as the Data Manager and look at the queue."""
    page.goto(house.staff)
    page.get_by_label("Name").fill("Data Manager")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible(timeout=15_000)


@pytest.mark.usefixtures("entered")
def test_the_main_job(house: Running, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1360, "height": 900}, reduced_motion="reduce")
    phones, staff = context.new_page(), context.new_page()
    problems: list[str] = []
    for page in (phones, staff):
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    phones.goto(house.network)
    log_in(house, staff)

    write(phones, OFFICER, "scr pot 12/11 castries f16 ve sex none")
    expect(phone(phones, OFFICER).locator("[data-direction=in]")).to_contain_text("12 Nov 2026")
    write(phones, CALLER, "please help he has a knife")
    expect(phone(phones, CALLER).locator("[data-direction=in]")).to_contain_text("We are getting someone")

    call = phone(phones, STAFF).locator("[data-role=call]")
    expect(call).to_have_attribute("data-call-state", "ringing", timeout=15_000)
    keep(phones, "simulator", tmp_path)

    rows = staff.locator("table.queue tbody tr")
    expect(rows).to_have_count(2, timeout=15_000)  # live: nobody reloaded the page
    expect(rows.nth(0)).to_contain_text("mergency")
    expect(rows.nth(1)).to_contain_text("rgent")
    keep(staff, "queue", tmp_path)

    phone(phones, STAFF).locator("[data-action=answer]").click()
    expect(call).to_have_attribute("data-call-state", "live")
    expect(phone(phones, STAFF).locator("[data-kind=say]").first).to_be_visible(timeout=10_000)
    phone(phones, STAFF).locator('[data-key="1"]').click()
    expect(rows.nth(0)).to_contain_text("First Responder", timeout=15_000)

    rows.nth(0).locator("a").first.click()
    expect(staff.get_by_text("please help he has a knife")).to_have_count(0)  # somebody else has taken it
    staff.locator("#show").click()
    expect(staff.get_by_text("please help he has a knife").first).to_be_visible()
    keep(staff, "thread", tmp_path)
    assert "knife" not in staff.title()
    assert "knife" not in staff.url
    assert problems == []
    context.close()


@pytest.mark.usefixtures("entered")
def test_the_queue_works_without_javascript_and_on_a_phone(
    house: Running, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    log_in(house, page)
    width = page.locator("main").bounding_box()
    assert width is not None
    assert width["width"] <= 360
    phone_of_a_caller = house.phone()
    phone_of_a_caller.text("please help he has a knife")
    page.goto(house.staff)
    page.get_by_role("button", name=re.compile("^Take")).first.click()
    expect(page.get_by_role("heading").first).to_be_visible()
    keep(page, "phone", tmp_path)
    context.close()


def test_the_web_report_in_a_browser(house: Running, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{house.intake}/report")
    expect(page.get_by_role("heading").first).to_be_visible()
    keep(page, "report", tmp_path)
    context.close()


@pytest.mark.usefixtures("entered")
def test_who_is_about_to_be_asked_again_is_told(house: Running, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.route("**/live", lambda route: route.fulfill(status=304, headers={"X-Session-Left": "100"}))
    log_in(house, page)
    still_here = page.get_by_role("button", name="I am still here")
    expect(still_here).to_be_visible(timeout=15_000)
    page.unroute("**/live")
    with page.expect_response("**/here") as said:
        still_here.click()
    assert said.value.status == 204
    expect(still_here).to_be_hidden()
    page.context.close()


def test_a_passkey_opens_the_second_step(house: Running, browser: Browser) -> None:
    """A newcomer follows the link, makes a passkey, and logs in with it."""
    page = browser.new_context().new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator", {"options": {**key, "automaticPresenceSimulation": True}}
    )
    page.goto(house.command("staff", "link", "First Responder").strip())
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password and log in").click()
    page.get_by_role("button", name="Add a passkey").click(timeout=15_000)
    expect(page.locator("ol.codes li")).to_have_count(10, timeout=15_000)
    page.get_by_role("link", name="I have written them down: go on").click()
    page.get_by_role("button", name="I accept this").click()
    page.get_by_role("button", name="Log out").click()
    page.get_by_label("Name").fill("First Responder")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Use your passkey").click(timeout=15_000)
    expect(page.get_by_role("heading", name="Queue")).to_be_visible(timeout=15_000)
    page.context.close()
