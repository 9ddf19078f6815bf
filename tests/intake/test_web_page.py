"""The report page itself: six languages, small, without script or cookie, and usable by keyboard and screen reader."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hotline.now import SetClock
from hotline.wording.template_messages import from_templates
from tests.intake.web_visit import Visit, visiting

LANGUAGES = ("en", "acf", "fr", "es", "ht", "zh")
MOST_BYTES = 14_000
ROOT = Path(__file__).resolve().parents[2]
VOID = {"meta", "link", "input", "br"}


@pytest.fixture
def visit(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Visit]:
    with visiting(sqlite_url, tmp_path, clock) as visit:
        yield visit


class Page(HTMLParser):
    """What stands in a page: tags with their attributes, and for each control whether a label says what it is."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unnamed: list[str] = []
        self.unclosed: list[str] = []
        self.feed(html)
        self.close()
        labelled = {at.get("for") for tag, at in self.tags if tag == "label"}
        self.unnamed = [name for name in self.unnamed if name not in labelled]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        self.tags.append((tag, at))
        if tag in ("input", "textarea") and at.get("type") != "hidden" and "label" not in self.open:
            self.unnamed.append(str(at.get("id")))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [at for name, at in self.tags if name == tag]


@pytest.mark.parametrize("query", ["", "&for=work"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_is_small_and_whole_in_every_language(visit: Visit, language: str, query: str) -> None:
    html = visit.look(f"?lang={language}{query}")
    css = visit.client.get("/static/report/page.css")
    assert css.status_code == 200
    assert len(html.encode()) + len(css.data) <= MOST_BYTES
    css.close()
    page = Page(html)
    assert page.all("html")[0]["lang"] == {"zh": "zh-Hans"}.get(language, language)
    form = visit.desk.kit.book.forms["screening" if query else "online"]
    names = {at.get("name") for tag, at in page.tags if tag in ("input", "textarea")}
    assert names == {item.name for item in form.asked("web")} | {"key", "form", "danger_now"}


def test_every_control_has_its_label_and_every_reference_its_target(visit: Visit) -> None:
    asked = visit.send(
        {"incident_period": "mango time", "reporter_first_name": "Ana", "danger_now": "yes"}
    ).text
    for html in (visit.look(), visit.look("?for=work"), asked):
        page = Page(html)
        assert page.unnamed == []
        ids = [at["id"] for _, at in page.tags if at.get("id")]
        assert len(ids) == len(set(ids))
        for _, at in page.tags:
            assert set((at.get("aria-describedby") or "").split()) <= set(ids)
            if (at.get("href") or "").startswith("#"):
                assert str(at["href"])[1:] in ids
        assert len(page.all("fieldset")) == len(page.all("legend"))
        assert len(page.all("h1")) == len(page.all("main")) == 1


def test_what_is_asked_again_is_marked_and_told_at_the_top(visit: Visit) -> None:
    page = Page(visit.send({"incident_period": "mango time", "incident_location": "Castries"}).text)
    (field,) = [at for at in page.all("input") if at.get("name") == "incident_period"]
    assert field["aria-invalid"] == "true"
    assert "incident_period-e" in str(field["aria-describedby"])
    assert next(at.get("role") for at in page.all("div")) == "alert"


def test_the_page_needs_no_script_no_cookie_and_nothing_from_elsewhere(visit: Visit) -> None:
    answer = visit.client.get("/report")
    page = Page(answer.text)
    assert page.all("script") == page.all("img") == []
    assert not any(name.startswith("on") or name == "style" for _, at in page.tags for name in at)
    assert "Set-Cookie" not in answer.headers
    assert [at["href"] for at in page.all("link")] == ["/static/report/page.css"]


def test_headers_keep_the_page_out_of_frames_caches_indexes_and_referrers(visit: Visit) -> None:
    bad = visit.client.post("/report", data={})
    for answer in (visit.client.get("/report"), visit.send({"incident_narrative": "x y"}), bad):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.split("; ") == [
            "default-src 'none'",
            "style-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in answer.headers


def test_title_and_address_give_nothing_away(visit: Visit) -> None:
    html = visit.look()
    title = html.partition("<title>")[2].partition("</title>")[0].lower()
    before_the_explanation = html.partition("<details>")[0].lower()
    for word in ("traffick", "police", "victim", "hotline"):
        assert word not in title
        assert word not in before_the_explanation


def test_the_way_out_stands_first_and_leads_elsewhere(visit: Visit) -> None:
    links = Page(visit.look()).all("a")
    assert links[0]["href"] == visit.desk.settings.deployment.leave_to
    assert links[0]["rel"] == "noreferrer"


def test_a_line_before_name_or_age_says_what_must_be_passed_on(visit: Visit) -> None:
    duty = "If a child or a life is at risk we must pass it on."
    online, work = visit.look("?lang=en"), visit.look("?lang=en&for=work")
    assert online.index(duty) < min(
        online.index(f'name="{n}"') for n in ("reporter_first_name", "reporter_address")
    )
    assert work.index(duty) < min(work.index(f'name="{n}"') for n in ("victim_age", "reporter_name"))


def test_the_language_is_guessed_from_the_browser_until_one_is_chosen(visit: Visit) -> None:
    def spoken(query: str, wished: str) -> str | None:
        return Page(visit.look(query, Accept_Language=wished)).all("html")[0]["lang"]

    assert spoken("", "es-DO,es;q=0.9,en;q=0.5") == "es"
    assert spoken("", "zh-CN") == "zh-Hans"
    assert spoken("", "ht") == "ht"
    assert spoken("", "pt-BR") == "en"
    assert spoken("?lang=fr", "es") == "fr"
    assert spoken("?lang=xx", "es") == "es"
    assert spoken("", "") == "en"


def test_the_language_list_names_each_in_its_own_words_and_keeps_the_form(visit: Visit) -> None:
    links = [at for at in Page(visit.look("?lang=fr&for=work")).all("a") if at.get("hreflang")]
    assert [at["href"] for at in links] == [f"?lang={language}&for=work" for language in LANGUAGES]
    assert [at["href"] for at in links if at.get("aria-current")] == ["?lang=fr&for=work"]


def test_the_answer_comes_in_the_language_of_the_page(visit: Visit) -> None:
    page = Page(visit.send({"incident_narrative": "Le pagan nada"}, "?lang=es").text)
    assert page.all("html")[0]["lang"] == "es"
    assert visit.record()["language"] == "es"


def test_every_sentence_of_the_pages_can_be_translated() -> None:
    keys = {message.key for message in from_templates(ROOT / "hotline" / "intake")}
    assert "report.send" in keys
    assert {key.partition(".")[0] for key in keys} == {"report"}


def test_forms_on_the_web_speak_without_digits(visit: Visit) -> None:
    forms = visit.desk.kit.book.forms
    for name in ("online", "screening"):
        for item in forms[name].asked("web"):
            assert item.web is not None, f"{name}.{item.name} lacks a wording for the web"
            assert not any(ch.isdigit() for ch in item.web.english)
