"""Every door has its guard, and every form its token."""

from __future__ import annotations

import re
from pathlib import Path

from hotline.access.tables import Role
from hotline.staff.guard import OPEN, POLLS
from tests.staff.office import PASSWORD, Office

TEMPLATES = Path(__file__).resolve().parents[2] / "hotline" / "staff" / "templates"
MAY_BE_OPEN = {
    "/login", "/first/<token>", "/healthz", "/readyz", "/static/<path:filename>",
}  # fmt: skip


def test_only_a_short_list_is_open(office: Office) -> None:
    rules = list(office.app.url_map.iter_rules())
    assert {rule.rule for rule in rules if rule.endpoint in OPEN} == MAY_BE_OPEN
    assert {rule.endpoint for rule in rules} >= OPEN | POLLS, "no name in the list that is no door"


def test_everything_else_is_refused_without_a_log_in(office: Office) -> None:
    thread = office.thread("Hello from the boat")
    client = office.app.test_client()
    asked = 0
    for rule in office.app.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        path = rule.rule.replace("<thread_id>", thread).replace("<message_id>", "a" * 16)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(path, method=method, data={"csrf": ""} if method == "POST" else None)
            refused = answer.status_code in (401, 403)
            sent_away = answer.status_code == 303 and answer.headers["Location"].startswith("/login")
            assert refused or sent_away, f"{method} {path}: {answer.status}"
            assert "boat" not in answer.get_data(as_text=True)
            asked += 1
    assert asked >= 8
    assert office.reference(thread)


def test_what_does_not_exist_is_not_told_to_strangers(office: Office) -> None:
    answer = office.app.test_client().get("/threads/nothing")
    assert answer.status_code == 303
    assert office.logged_in("Maria").get("/threads/nothing").status_code == 404


def test_a_form_without_its_token_does_nothing(office: Office) -> None:
    thread = office.thread()
    maria, ben = office.logged_in("Maria"), office.logged_in("Ben")
    bens = ben.html.partition('name="csrf" value="')[2].partition('"')[0]
    for token in ("", "x", bens):
        answer = maria.client.post(f"/threads/{thread}/take", data={"csrf": token})
        assert answer.status_code == 403
    maria.get("/")
    assert f'action="/threads/{thread}/take"' in maria.html, "still to be taken"


def test_the_log_in_form_needs_its_token_too(office: Office) -> None:
    client = office.app.test_client()
    client.get("/login")
    assert client.post("/login", data={"name": "Maria", "password": PASSWORD}).status_code == 403
    fresh = office.app.test_client()
    assert fresh.post("/login", data={"name": "Maria", "password": PASSWORD, "csrf": ""}).status_code == 403


def test_every_form_in_the_templates_posts_with_a_token() -> None:
    forms = [
        (path.name, form)
        for path in sorted(TEMPLATES.glob("*.html"))
        for form in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.S)
        if 'method="get"' not in form  # chooses what is shown, changes nothing
    ]
    assert len(forms) >= 7
    for name, form in forms:
        assert 'method="post"' in form, name
        assert 'name="csrf" value="{{ csrf }}"' in form, name


def test_nothing_is_changed_by_looking(office: Office) -> None:
    """Whatever changes something is a POST and nothing else."""
    for rule in office.app.url_map.iter_rules():
        assert not {"GET", "POST"} <= (rule.methods or set()), rule


def test_the_administrator_sees_the_queue_and_reads_nothing(office: Office) -> None:
    thread = office.thread("Hello from the boat")
    office.add("Ada", role=Role.ADMINISTRATOR)
    ada = office.logged_in("Ada")
    assert office.reference(thread) in ada.text
    for path in (f"/threads/{thread}", f"/threads/{thread}/live"):
        assert ada.get(path).status_code == 403
        assert "boat" not in ada.text


def test_too_large_a_form_is_refused_plainly(office: Office) -> None:
    maria = office.logged_in("Maria")
    answer = maria.client.post("/logout", data={"csrf": "x" * 400_000})
    assert answer.status_code == 413
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_monitor_needs_no_log_in(office: Office) -> None:
    client = office.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503, "no worker goes round in this test"
