"""The figures: counts of questions and endings, chosen by days, language and channel."""

from hotline.threads.asked import note_asked
from hotline.threads.conversations import begin
from tests.staff.office import Office
from tests.staff.test_accessible import holds


def asked(office: Office, number: str, language: str, *questions: str, ended: str) -> None:
    """A conversation that was asked these questions and ended so."""
    thread = office.thread("Hello", number, language=language)
    with office.tx() as tx:
        conversation = begin(tx, office.desk.kit, thread, "sms", "book", office.now)
        for question in questions:
            note_asked(tx, conversation, "opening", question)
        conversation.disposition = ended


def test_the_page_says_where_people_stop(office: Office) -> None:
    asked(office, "+12025550141", "en", "safe_now", "danger_now", ended="break_off")
    asked(office, "+12025550142", "es", "safe_now", ended="expired")
    maria = office.logged_in("Maria")
    maria.get("/figures")
    holds(maria.html)
    assert "Safe 2 1 50 % 0 Danger 1 1 100 % 0" in maria.text
    assert "broken off 1 0 0 1" in maria.text
    maria.get("/figures?language=es")
    assert "Safe 1 1 100 % 0" in maria.text
    assert "Danger" not in maria.text
    maria.get("/figures?channel=voice&days=7&language=xx")
    assert "No conversation in this time." in maria.text


def test_a_stranger_gets_no_figures(office: Office) -> None:
    browser = office.browser()
    browser.get("/figures")
    assert "Where people stop" not in browser.text
