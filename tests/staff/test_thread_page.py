"""Working on a thread: read, take, answer, close."""

from __future__ import annotations

import re

from sqlalchemy import select

from hotline import db
from hotline.standards.crosswalk import Sensitivity
from hotline.threads.tables import Contact, Deed, Message, MessageStatus, Recording
from tests.staff.office import Office

NEUTRAL = "I read your message. Where are you now?"


def test_what_was_said_stands_there_in_order(office: Office) -> None:
    thread = office.thread("Yo fèmen m isit la", language="ht")
    office.says(thread, "We are getting someone.", by="machine")
    office.clock.advance(minutes=2)
    office.says(thread, "Gros Islet <b>kay</b> ble")
    maria = office.logged_in("Maria")
    maria.reveal(thread)
    words = [
        "Contact · Text · 08:00 Yo fèmen m isit la",
        "given to the carrier We are getting someone.",
        "08:02 Gros Islet",
    ]
    places = [maria.text.index(one) for one in words]
    assert places == sorted(places)
    assert "&lt;b&gt;kay" in maria.html, "their signs are no commands to the browser"
    assert "Haitian Creole" in maria.text


def test_a_text_that_did_not_arrive_is_told(office: Office) -> None:
    thread = office.thread()
    message = office.says(thread, "We are getting someone.", by="machine")
    with office.tx() as tx:
        row = tx.get(Message, message)
        assert row is not None
        row.status = MessageStatus.UNDELIVERED
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    assert '<span class="bad">not delivered</span>' in maria.html


def test_the_record_keeps_the_answer_states_apart(office: Office) -> None:
    thread = office.thread("scr ...")
    office.record(
        thread,
        "screening",
        situation_status=("answered", "potential", "pot"),
        incident_location=(
            "answered",
            {"country": "LC", "district": "LC-06", "community": "Gros Islet"},
            "gros ilet",
        ),
        incident_period=("answered", {"start": "2026-11-12", "end": "2026-11-12"}, "12 nov"),
        victim_age=("answered", {"value": 16, "low": 16, "high": 18}, "16-18"),
        victim_country_of_birth=("answered", "HT", "ayiti"),
        victim_ethnicity=("declined", None, "-"),
        previous_report=("unknown", None, "dk"),
        reporter_agency=("pending", None, "those at the port"),
        reporter_name=("answered", "Rosalind Fictional", "Rosalind Fictional"),
    )
    maria = office.logged_in("Maria")
    maria.reveal(thread)
    for words in (
        "Screening form R3C",
        "reported for work",
        "3 Where Gros Islet, St. Lucia gros ilet",
        "2 When 12 Nov 2026 12 nov",
        "6 Age 16 - 18",
        "7 Born in Haiti ayiti",
        "8 Ethnicity Did not want to say",
        "10 Reported Not known",
        "12 Your agency To be coded by a person those at the port",
        "Not asked: Registered, Sex",
    ):
        assert words in maria.text, words
    assert maria.text.count("Rosalind Fictional") == 1, "what was said is not repeated when it is the value"


def test_taking_it_ends_the_paging_and_is_told_in_the_log(office: Office) -> None:
    thread = office.thread("locked in")
    office.danger(thread)
    office.clock.advance(minutes=1)
    ben = office.logged_in("Ben")
    ben.get(f"/threads/{thread}")
    ben.send(f"/threads/{thread}/take")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    assert "Nobody yet" not in maria.text
    assert "Nobody is responding yet." not in maria.text
    assert "08:00 Alert opened Locked in or held" in maria.text
    assert "08:01 Taken · Ben on this page" in maria.text
    assert "Ben is responding, since 08:01." in maria.text
    assert "By text: 08:00 waiting to be sent By call: 08:00 Page by call" in maria.text, (
        "who was told, and how"
    )
    assert "Answer: 08:01 Taken on this page" in maria.text
    maria.get("/")
    assert f"/threads/{thread}/take" not in maria.html, "there is nothing to take any more"
    with db.read(office.desk.engine) as tx:
        assert {deed.state for deed in tx.scalars(select(Deed).where(Deed.kind == "ring"))} == {"dropped"}


def test_a_promise_is_shown_and_can_be_renewed(office: Office) -> None:
    thread = office.thread("locked in")
    office.danger(thread)
    ben, maria = office.logged_in("Ben"), office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    assert "Opens again 08:30, unless it is settled" in maria.text
    ben.get(f"/threads/{thread}")
    assert f"/threads/{thread}/still" not in ben.html
    office.clock.advance(minutes=14)
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/still")
    assert "It stays yours." in maria.text
    assert "Opens again 08:44" in maria.text


def test_the_data_manager_takes_over_what_lies_with_somebody_else(office: Office) -> None:
    thread, other = office.thread("Hello"), office.thread("Hello", number="+12025550124")
    maria, ben = office.logged_in("Maria"), office.logged_in("Ben")
    for browser, mine in ((ben, thread), (maria, other)):
        browser.get(f"/threads/{mine}")
        browser.send(f"/threads/{mine}/take")
    maria.get(f"/threads/{thread}")
    assert "Take it over" in maria.text
    maria.send(f"/threads/{thread}/take")
    assert "It is yours." in maria.text
    ben.get(f"/threads/{other}")
    assert f"/threads/{other}/take" not in ben.html
    token = ben.html.partition('name="csrf" value="')[2].partition('"')[0]
    forced = ben.client.post(f"/threads/{other}/take", data={"csrf": token, "over": "1"})
    assert forced.status_code == 409, "a responder takes nothing over"


def test_who_is_too_late_is_told(office: Office) -> None:
    thread = office.thread()
    maria, ben = office.logged_in("Maria"), office.logged_in("Ben")
    maria.get(f"/threads/{thread}"), ben.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    assert "It is yours." in maria.text
    ben.send(f"/threads/{thread}/take")
    assert ben.status == 409
    assert "Maria" in ben.text


def test_a_neutral_line_leaves_and_the_next_waits_for_their_word(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    maria.reveal(thread)
    assert "Take the thread first." in maria.text
    maria.send(f"/threads/{thread}/take")
    maria.send(f"/threads/{thread}/answer", text=NEUTRAL)
    assert "Your text is on its way." in maria.text
    assert "Maria · Text · 08:00 · waiting to be sent " + NEUTRAL in maria.text
    assert "You can write more once they answer." in maria.text
    assert '<textarea id="text"' not in maria.html
    office.clock.advance(minutes=3)
    office.says(thread, "by the sea")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/answer", text="Good. Can you walk to the road?")
    assert office.texts_to_contact(thread) == [NEUTRAL, "Good. Can you walk to the road?"]


def test_what_gives_it_away_is_not_sent_and_not_lost(office: Office) -> None:
    thread = office.thread("Hello")
    office.record(thread, "screening", reporter_name=("answered", "Rosalind Fictional", ""))
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    typed = "The police is coming, Rosalind. Maria"
    maria.send(f"/threads/{thread}/answer", text=typed)
    assert maria.status == 422
    for words in ("Not sent:", "police (names the police)", "Rosalind (a name)", "Maria (a name)"):
        assert words in maria.text
    assert f">{typed}</textarea>" in maria.html
    assert office.texts_to_contact(thread) == []


def test_after_stop_and_not_safe_nothing_can_be_written(office: Office) -> None:
    thread = office.thread("STOP")
    with office.tx() as tx:
        for contact in tx.scalars(select(Contact)):
            contact.stopped = True
    office.mark(thread, unsafe=True)
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    assert "They sent STOP: nothing may be written to them." in maria.text
    assert "writing is not safe." in maria.text
    assert f"/threads/{thread}/answer" not in maria.html
    token = maria.html.partition('name="csrf" value="')[2].partition('"')[0]
    forced = maria.client.post(f"/threads/{thread}/answer", data={"csrf": token, "text": NEUTRAL, "last": ""})
    assert forced.status_code == 422
    assert office.texts_to_contact(thread) == []


def test_the_same_form_sent_twice_sends_one_text(office: Office) -> None:
    thread = office.thread("Hello", number="+12025550123")
    office.mark(thread, speaker="officer")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    page = maria.html
    maria.send(f"/threads/{thread}/answer", text="Please send item 7 again.")
    assert maria.answer is not None
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    twice = maria.client.post(
        f"/threads/{thread}/answer", data=hidden | {"text": "Please send item 7 again."}
    )
    assert twice.status_code == 409
    assert "A text was sent meanwhile." in twice.get_data(as_text=True)
    assert office.texts_to_contact(thread) == ["Please send item 7 again."]


def test_closing_asks_how_it_ended(office: Office) -> None:
    thread = office.thread("locked in")
    office.danger(thread)
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    maria.send(f"/threads/{thread}/close")
    assert maria.status == 409
    assert "Choose how it ended." in maria.text
    maria.send(f"/threads/{thread}/close", outcome="safe")
    assert "The thread is closed. Queue" in maria.text
    assert "Nothing waits." in maria.text
    maria.get(f"/threads/{thread}")
    assert "Closed person safe" in maria.text
    assert "Settled · Maria person safe" in maria.text
    assert f"/threads/{thread}/close" not in maria.html


def test_put_back_it_is_for_others(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    maria.send(f"/threads/{thread}/put-back")
    assert "It is back in the queue." in maria.text
    ben = office.logged_in("Ben")
    assert f"/threads/{thread}/take" in ben.html


def test_reading_ones_own_thread_says_that_nothing_waits(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    office.clock.advance(minutes=1)
    office.says(thread, "Are you there?")
    office.clock.advance(minutes=7)
    ben = office.logged_in("Ben")
    ben.get(f"/threads/{thread}"), ben.get("/")
    assert "7 min" in ben.text, "another's look counts not"
    maria.get(f"/threads/{thread}"), maria.get("/")
    assert "7 min" not in maria.text


def test_a_recording_is_listened_to_in_the_page(office: Office) -> None:
    thread = office.thread("[12 s]", channel="voice")
    with office.tx() as tx:
        message = tx.scalars(select(Message)).one()
        message.recording = "RE1"
        sealed = office.desk.kit.sealer.seal(
            tx, thread, message.id, Sensitivity.VICTIM_IDENTITY, b"ID3 fictional audio"
        )
        tx.add(Recording(message_id=message.id, media_sealed=sealed, fetched_at=office.now))
    maria = office.logged_in("Maria")
    maria.reveal(thread)
    assert "Recording [12 s]" in maria.text
    audio = maria.client.get(f"/threads/{thread}/recordings/{message.id}")
    assert (audio.mimetype, audio.get_data()) == ("audio/mpeg", b"ID3 fictional audio")
    other = office.thread("Hi", number="+12025550124")
    assert maria.client.get(f"/threads/{other}/recordings/{message.id}").status_code == 403, (
        "nothing was revealed"
    )
    maria.reveal(other)
    assert maria.client.get(f"/threads/{other}/recordings/{message.id}").status_code == 404


def test_what_cannot_be_opened_says_so(office: Office) -> None:
    thread = office.thread("Hello from the boat")
    with office.tx() as tx:
        tx.scalars(select(Message)).one().body_sealed = b"v altered"
    maria = office.logged_in("Maria")
    maria.reveal(thread)
    assert maria.status == 200
    assert "Cannot be opened here" in maria.text
