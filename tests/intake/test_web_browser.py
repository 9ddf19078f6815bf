"""The report page in a real browser without JavaScript: narrow, by keyboard alone, in every language."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from hotline.now import SetClock
from tests.intake.web_visit import Visit, visiting

pytestmark = pytest.mark.browser
NARROW = {"width": 360, "height": 640}


@pytest.fixture
def visit(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Visit]:
    with visiting(sqlite_url, tmp_path, clock) as visit:
        yield visit


@pytest.fixture
def address(visit: Visit) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, visit.client.application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/report"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    """A narrow page without JavaScript, in a browser that complains about nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport=NARROW, java_script_enabled=False, locale="en-GB")
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        yield page
        assert complaints == []
        assert context.cookies() == []
        browser.close()


def width(page: Page) -> int:
    """How wide the page is laid out; more than the window means scrolling sideways."""
    size = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")["cssContentSize"]
    found: int = size["width"]
    return found


def test_it_fits_a_narrow_phone_in_every_language(page: Page, address: str, visit: Visit) -> None:
    for language in visit.desk.settings.deployment.languages:
        for query in ("", "&for=work"):
            page.goto(f"{address}?lang={language}{query}")
            assert width(page) <= NARROW["width"], f"{language}{query}"


def test_a_report_is_made_by_keyboard_alone(page: Page, address: str, visit: Visit) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "leave"  # the way out comes first
    page.locator("[name=danger_now]").focus()
    page.keyboard.press("Space")
    page.locator("#incident_narrative").focus()
    page.keyboard.type("They are locked in\n\n   behind the shop")
    page.locator("#reporter_first_name").focus()
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert visit.alerts()[0][0] == "emergency"
    assert page.locator("#incident_narrative").input_value() == "They are locked in\n\n   behind the shop"
    assert page.get_by_role("alert").get_by_role("link", name="911").is_visible()
    page.get_by_role("link", name="Where is it?").focus()
    page.keyboard.press("Enter")
    page.locator("#incident_location").focus()
    page.keyboard.type("Castries")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you").wait_for()
    page.reload()  # the browser sends it once more
    page.get_by_role("heading", name="Thank you").wait_for()
    record = visit.record()
    assert record["fields"]["incident_location"]["value"]["district"] == "LC-02"
    assert visit.counts()[:3] == (1, 1, 1)
    assert len(visit.alerts()) == 1


def test_the_choice_of_language_keeps_the_form(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="I report for my work").click()
    page.get_by_role("link", name="Español").click()
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator("[name=reporter_post]").count() == 1
