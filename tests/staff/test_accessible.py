"""What a screen reader and a keyboard need, on every page."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

from sqlalchemy import delete

from hotline.access.first_login import make_link
from hotline.access.login_tables import Acceptance
from hotline.access.tables import Role
from tests.staff.office import PASSWORD, Office
from tests.staff.test_second_step import app_code, secret_on

FIELDS = {"input", "textarea", "select"}
VOID = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """The tags of a page, each with its attributes and the open tags around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.words: dict[int, str] = {}
        self._open: list[tuple[str, int]] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs), tuple(name for name, _ in self._open)))
        if tag not in VOID:
            self._open.append((tag, len(self.tags) - 1))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1][0] == tag, f"</{tag}> inside <{self._open[-1][0]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for _, number in self._open:
            self.words[number] = self.words.get(number, "") + data

    def all(self, *names: str) -> list[tuple[dict[str, str | None], tuple[str, ...], str]]:
        return [
            (attributes, around, self.words.get(number, "").strip())
            for number, (tag, attributes, around) in enumerate(self.tags)
            if tag in names
        ]


def holds(html: str) -> None:
    page = Page(html)
    labelled = {attributes.get("for") for attributes, _, _ in page.all("label")}
    for attributes, around, _ in page.all(*FIELDS):
        if attributes.get("type") != "hidden" and "hidden" not in attributes:
            assert attributes.get("id") in labelled or "label" in around, attributes
    assert all(words for _, _, words in page.all("button", "a", "label", "th", "h1", "h2", "h3", "legend"))
    ids = [attributes["id"] for _, attributes, _ in page.tags if "id" in attributes]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    named = {
        name
        for _, attributes, _ in page.tags
        for key in ("aria-labelledby", "aria-describedby", "for")
        for name in (attributes.get(key) or "").split()
    }
    assert named <= set(ids), "what points to something points to something that is there"
    headings = [int(tag[1]) for tag, _, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(headings))
    assert len(page.all("main")) == 1
    assert page.all("html")[0][0].get("lang")
    assert all(attributes.get("scope") == "col" for attributes, _, _ in page.all("th"))
    radios = [around for attributes, around, _ in page.all("input") if attributes.get("type") == "radio"]
    assert all("fieldset" in around for around in radios)
    skips = page.all("a")[0][0]
    assert skips.get("href") == "#main"


def test_every_page_can_be_heard_and_typed(office: Office) -> None:
    stranger = office.browser()
    stranger.get("/login")
    holds(stranger.html)
    stranger.log_in("Maria", "a wrong password")
    holds(stranger.html)
    with office.tx() as tx:
        token = make_link(tx, office.desk.kit.ids, office.desk.settings, office.staff["Ben"], office.now)
    stranger.get(f"/first/{token}")
    holds(stranger.html)
    stranger.send(f"/first/{token}", password="short", again="short")
    holds(stranger.html)
    stranger.get("/first/x")
    holds(stranger.html)
    newcomer = office.browser()
    newcomer.get(f"/first/{token}")
    newcomer.send(f"/first/{token}", password=PASSWORD, again=PASSWORD)
    holds(newcomer.html)
    newcomer.send("/enrol", code=app_code(office, secret_on(newcomer)))
    holds(newcomer.html)
    newcomer.get("/account")
    holds(newcomer.html)
    stranger.log_in("Ben")
    holds(stranger.html)
    with office.tx() as tx:
        tx.execute(delete(Acceptance))
    office.add("Cara", role=Role.LEADER)
    cara = office.logged_in("Cara")
    cara.get("/review")
    cara.send("/review")
    holds(cara.html)
    cara.get("/account")
    holds(cara.html)
    maria = office.browser()
    maria.log_in("Maria")
    holds(maria.html)
    maria.send("/confidentiality", read="yes")

    thread = office.thread("locked in", language="ht")
    office.danger(thread)
    office.record(thread, "screening", victim_ethnicity=("declined", None, "-"))
    office.thread("Hello", number="+12025550124")
    maria = office.logged_in("Maria")
    holds(maria.html)
    maria.get(f"/threads/{thread}")
    holds(maria.html)
    maria.send(f"/threads/{thread}/take")
    holds(maria.html)
    maria.send(f"/threads/{thread}/answer", text="The police, Maria")
    holds(maria.html)
    maria.send(f"/threads/{thread}/close", outcome="safe")
    holds(maria.html)
    maria.get("/nothing")
    holds(maria.html)
