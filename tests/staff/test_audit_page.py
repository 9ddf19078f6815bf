"""The Leader looks at what was done in the last week, and signs that they did."""

from datetime import timedelta

from hotline.access.audit import Act, note
from hotline.access.tables import Role
from tests.staff.office import Browser, Office
from tests.staff.test_accessible import holds


def leader(office: Office, language: str = "en") -> Browser:
    office.add("Lea", language, Role.LEADER)
    return office.logged_in("Lea")


def test_the_week_is_shown_and_signed(office: Office) -> None:
    night = office.now - timedelta(days=6, hours=7)  # Saturday, one in the morning there
    cara = office.add("Cara", role=Role.RESPONDER)  # never on the rota
    with office.tx() as tx:
        note(tx, office.desk.kit.ids, Act.THREAD_READ, night, by=cara)
        note(tx, office.desk.kit.ids, Act.EXPORT, night, by="command:export", detail="jsonl")
    lea = leader(office)
    lea.get("/audit")
    holds(lea.html)
    assert "Who did what, 9 Nov 2026 to 15 Nov 2026" in lea.text
    assert "Who Read Exported Cara 1 0 command:export 0 1" in lea.text
    assert "Cara: read outside of shift and office hours: 1" in lea.text
    assert "command:export: exports: 1" in lea.text
    assert "Looked at by Nobody yet." in lea.text
    assert "Note on paper: row " in lea.text
    lea.send("/audit/sign")
    holds(lea.html)
    assert "Looked at by Lea, 08:00" in lea.text
    assert "I have looked at this week" not in lea.text, "once is enough"


def test_a_quiet_week_says_so_in_the_readers_language(office: Office) -> None:
    lea = leader(office, "fr")
    lea.get("/audit")
    assert "Rien n'a été fait cette semaine." in lea.text
    assert "Rien d'inhabituel." in lea.text


def test_nobody_else_sees_it(office: Office) -> None:
    for name in ("Maria", "Ben"):
        browser = office.logged_in(name)
        assert "/audit" not in browser.html
        browser.get("/audit")
        assert browser.status == 403
        assert "Who did what" not in browser.text


def test_a_week_that_was_not_shown_is_not_signed(office: Office) -> None:
    lea = leader(office)
    lea.get("/audit")
    lea.send("/audit/sign", week="2026-w40")
    assert "Nobody yet." in lea.text
