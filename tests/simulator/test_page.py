"""The page with the phones, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from hotline.simulator.server import RunningNetwork
from tests.simulator.conftest import CALLER, LINE, STAFF
from tests.simulator.official import Loopback
from tests.simulator.test_server import running, web

__all__ = ["running", "web"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


@pytest.fixture
def page(running: RunningNetwork) -> Iterator[Page]:
    with sync_playwright() as play:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=path)
        tab = browser.new_page(viewport={"width": 360, "height": 800})
        problems: list[str] = []
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        tab.goto(f"http://localhost:{running.port}/")
        yield tab
        assert problems == []
        browser.close()


def phone(page: Page, number: str) -> Locator:
    return page.locator(f'[data-phone="{number}"]')


def test_texting_dialling_and_letting_a_page_ring(
    page: Page,
    running: RunningNetwork,
    web: tuple[object, str],
) -> None:
    caller, staff = phone(page, CALLER), phone(page, STAFF)
    caller.locator("[data-role=text-body]").fill("help [now]")
    expect(caller.locator("[data-role=size]")).to_contain_text("1 segment · 12/160 · GSM-7")
    caller.locator("[data-action=text]").click()
    answer = caller.locator("[data-direction=in]")
    expect(answer).to_contain_text("Yes?")
    expect(answer).to_contain_text("1 segment · GSM-7 · USD 0.05")

    caller.locator("[data-action=dial]").click()
    expect(caller.locator("[data-kind=say]")).to_have_text("Press")
    caller.locator('[data-key="1"]').click()
    expect(caller.locator("[data-kind=say]").nth(1)).to_have_text("Good")
    expect(caller.locator("[data-role=call]")).to_have_attribute("data-call-state", "ended")

    from twilio.rest import Client

    config = running.network.config
    carrier = Client(
        config.account_sid, config.auth_token, http_client=Loopback(f"http://127.0.0.1:{running.port}")
    )
    carrier.calls.create(to=STAFF, from_=LINE, twiml="<Response><Say>Press 1 to take it</Say></Response>")
    expect(staff.locator("[data-role=call]")).to_have_attribute("data-call-state", "ringing", timeout=10_000)
    staff.locator("[data-action=answer]").click()
    expect(staff.locator("[data-kind=say]")).to_have_text("Press 1 to take it")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_the_carrier_complains_about_is_shown(
    page: Page,
    running: RunningNetwork,
    web: tuple[object, str],
) -> None:
    running.network.lines[LINE].settings["SmsUrl"] = f"{web[1]}/voice"
    caller = phone(page, CALLER)
    caller.locator("[data-role=text-body]").fill("hi")
    caller.locator("[data-action=text]").click()
    expect(page.locator('#errors [data-code="12200"]')).to_contain_text("'Gather' is not allowed in Response")
    page.locator("#clear-errors").click()
    expect(page.locator("#errors")).to_have_attribute("data-count", "0")
