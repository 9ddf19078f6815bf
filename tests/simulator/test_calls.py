"""Calls: documents played strictly, keys, recordings, queues, conferences, rings to staff."""

from __future__ import annotations

import pytest
from werkzeug.wrappers import Response

from hotline.simulator.audio import duration, spoken_wav
from hotline.simulator.happenings import Happening
from hotline.simulator.network import Network, PhoneError
from hotline.simulator.script import APOLOGY
from tests.simulator.conftest import CALLER, LINE, OFFICER, SECOND, STAFF
from tests.simulator.official import client
from tests.simulator.product import EMPTY, ORIGIN, Product, twiml


def said(net: Network, number: str) -> list[str]:
    """The words and files this phone's last call has heard."""
    phone = net.phone(number)
    call = phone.live or phone.ringing or phone.last
    assert call is not None
    return [h.text or h.url for h in call.heard if h.kind in ("say", "play", "person", "error")]


def test_a_menu_by_keys_and_a_goodbye(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml(
        '<Gather numDigits="1" action="/key" timeout="4"><Say language="en-US">Press 1</Say>'
        '<Say voice="Polly.Lea" language="fr-FR">Tapez 2</Say></Gather><Redirect>/silence</Redirect>'
    )
    product.answers["/key"] = lambda form: twiml(f"<Say>You pressed {form['Digits']}</Say><Hangup/>")
    net.dial(CALLER, LINE)
    net.advance(0.5)
    net.press(CALLER, "2")
    assert said(net, CALLER) == ["Press 1", "You pressed 2"]
    net.advance(5)
    assert net.phone(CALLER).live is None
    assert product.forms("/voice")[0]["CallStatus"] == "ringing"
    assert product.forms("/key")[0]["CallStatus"] == "in-progress"
    (over,) = product.forms("/call-status")
    assert (over["CallStatus"], over["SequenceNumber"], over["CallbackSource"]) == (
        "completed",
        "0",
        "call-progress-events",
    )
    assert (product.unsigned, net.errors) == ([], [])


def test_silence_falls_through_and_a_lone_hash_counts_as_nothing(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml('<Gather action="/key" timeout="3"/><Say>Still there?</Say>')
    net.dial(CALLER, LINE)
    net.advance(1)
    net.press(CALLER, "#")
    assert said(net, CALLER) == ["Still there?"]
    assert product.forms("/key") == []
    product.answers["/voice"] = twiml('<Gather action="/key" actionOnEmptyResult="true" timeout="3"/>')
    product.answers["/key"] = twiml("<Hangup/>")
    net.advance(10)
    net.dial(CALLER, LINE)
    net.advance(3)
    assert product.forms("/key")[0]["Digits"] == ""


def test_a_pin_of_many_keys_ends_with_hash(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml('<Gather action="/key"><Say>Your PIN</Say></Gather>')
    product.answers["/key"] = twiml("<Hangup/>")
    net.dial(CALLER, LINE)
    net.press(CALLER, "48")
    net.advance(2)
    net.press(CALLER, "21#")
    assert product.forms("/key")[0]["Digits"] == "4821"
    assert product.forms("/key")[0]["FinishedOnKey"] == "#"


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<Shout>x</Shout>", 12200),
        ('<Say volume="9">x</Say>', 12200),
        ("<Say></Say>", 13520),
        ("<Say> \n </Say>", 13520),
        (f"<Say>{'x' * 4097}</Say>", 13520),
        ('<Say language="ht">Bonjou</Say>', 13511),
        ('<Say voice="Polly.Lea" language="es-MX">hola</Say>', 13512),
        ('<Say voice="Polly.Nobody">x</Say>', 13512),
        ('<Say voice="Google.fil-PH-Neural2-A" language="fil-PH">x</Say>', 13512),
        ("<Gather><Dial>+12025550131</Dial></Gather>", 12200),
        ('<Gather numDigits="one"/>', 12200),
        ("<Say>x</Say><Reject/>", 12200),
        ("<Dial/>", 13201),
        ('<Dial callerId="+12025550177">+12025550131</Dial>', 13214),
        ("<Dial>555-0131</Dial>", 13223),
        ("<Dial><Conference>a</Conference><Number>+12025550131</Number></Dial>", 12200),
        ("<Leave/>", 12200),
        ("<Play>/missing.mp3</Play>", 11200),
        ("<Play>/page.mp3</Play>", 12300),
        ("<Play>/noise.mp3</Play>", 13420),
        ("<Redirect>http://bad_host.test/x</Redirect>", 11100),
        ("loose words", 12200),
    ],
)
def test_a_bad_document_ends_the_call_with_the_carriers_english(
    net: Network, product: Product, inner: str, code: int
) -> None:
    product.answers["/voice"] = twiml(inner)
    product.answers["/page.mp3"] = Response("<p>", content_type="text/html")
    product.answers["/noise.mp3"] = Response(b"no sound at all", content_type="audio/mpeg")
    net.dial(CALLER, LINE)
    net.advance(30)
    assert [e.code for e in net.errors] == [code]
    assert said(net, CALLER)[-1] == APOLOGY
    assert net.phone(CALLER).live is None


def test_the_voice_fallback_takes_over_once(net: Network, product: Product) -> None:
    net.lines[LINE].settings["VoiceFallbackUrl"] = f"{ORIGIN}/fallback"
    product.answers["/voice"] = Response("", 503)
    product.answers["/fallback"] = twiml("<Say>One moment.</Say>")
    sid = net.dial(CALLER, LINE)
    net.advance(5)
    (form,) = product.forms("/fallback")
    assert (form["CallSid"], form["ErrorCode"]) == (sid, "11200")
    assert said(net, CALLER) == ["One moment."]


def test_a_played_file_is_fetched_and_lasts_as_long_as_it_is(net: Network, product: Product) -> None:
    product.answers["/hello.wav"] = Response(
        spoken_wav("bonjou", 7.0), content_type="audio/wav", headers={"X-Prompt-Text": "bonjou%20tout%20moun"}
    )
    product.answers["/voice"] = twiml("<Play>/hello.wav</Play><Say>after</Say>")
    net.dial(CALLER, LINE)
    net.advance(6.9)
    live = net.phone(CALLER).live
    assert live is not None
    played = live.heard[-1]
    assert (played.kind, played.url, played.text) == ("play", f"{ORIGIN}/hello.wav", "bonjou tout moun")
    net.advance(0.2)
    assert said(net, CALLER)[-1] == "after"


def test_what_is_spoken_is_recorded_and_can_be_fetched_and_deleted(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml(
        '<Say>After the tone</Say><Record action="/recorded" maxLength="60" finishOnKey="#"'
        ' recordingStatusCallback="/audio-ready"/>'
    )
    product.answers["/recorded"] = twiml("<Say>Thank you</Say>")
    product.answers["/audio-ready"] = EMPTY
    net.dial(CALLER, LINE)
    net.advance(2)
    net.speak(CALLER, "they keep our passports in the office and we cannot leave")
    net.advance(4.5)
    net.press(CALLER, "#")
    (form,) = product.forms("/recorded")
    assert form["Digits"] == "#"
    assert int(form["RecordingDuration"]) == 4
    assert product.forms("/audio-ready") == []
    carrier = client(net)
    assert carrier.recordings(form["RecordingSid"]).fetch().status == "processing"
    net.advance(3)
    assert product.forms("/audio-ready")[0]["RecordingStatus"] == "completed"
    (recording,) = carrier.recordings.list()
    sound = net.recordings[recording.sid].wav()
    assert duration(sound, "audio/wav") == 4.0
    assert b"passports" in sound
    assert recording.delete()
    assert carrier.recordings.list() == []
    assert carrier.recordings.list(include_soft_deleted=True)[0].status == "deleted"


def test_hanging_up_while_recording_still_calls_the_action(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml('<Record action="/recorded"/>')
    product.answers["/recorded"] = twiml("<Say>nobody hears this</Say>")
    net.dial(CALLER, LINE)
    net.advance(1)
    net.speak(CALLER, "please come")
    net.advance(1)
    net.hang_up(CALLER)
    net.advance(1)
    (form,) = product.forms("/recorded")
    assert form["Digits"] == "hangup"
    assert said(net, CALLER) == []


def test_mere_silence_at_the_tone_falls_through(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml('<Record action="/recorded" timeout="4"/><Say>We heard nothing</Say>')
    net.dial(CALLER, LINE)
    net.advance(6)
    assert said(net, CALLER) == ["We heard nothing"]


def page_call(net: Network, to: str = STAFF, **more: object) -> str:
    made = client(net).calls.create(
        to=to,
        from_=LINE,
        url=f"{ORIGIN}/page",
        status_callback=f"{ORIGIN}/call-status",
        status_callback_event=["initiated", "ringing", "answered", "completed"],
        **more,  # type: ignore[arg-type]
    )
    return str(made.sid)


def test_a_page_call_rings_is_answered_and_reports_each_step(net: Network, product: Product) -> None:
    product.answers["/page"] = twiml('<Gather numDigits="1" action="/take"><Say>Press 1</Say></Gather>')
    product.answers["/take"] = twiml("<Say>You have it</Say>")
    page_call(net)
    net.advance(3)
    assert net.phone(STAFF).ringing is not None
    net.answer(STAFF)
    net.advance(1)
    net.press(STAFF, "1")
    net.advance(10)
    steps = product.forms("/call-status")
    assert [f["CallStatus"] for f in steps] == ["initiated", "ringing", "in-progress", "completed"]
    assert [f["SequenceNumber"] for f in steps] == ["0", "1", "2", "3"]
    assert "CallDuration" in steps[-1]
    assert "CallDuration" not in steps[0]
    assert steps[0]["Direction"] == "outbound-api"


@pytest.mark.parametrize(
    ("deed", "status"), [("decline", "busy"), ("wait", "no-answer"), ("off", "no-answer")]
)
def test_a_page_call_nobody_takes(net: Network, product: Product, deed: str, status: str) -> None:
    phone = net.phone(SECOND)
    phone.on = deed != "off"
    sid = page_call(net, SECOND, timeout=20)
    net.advance(3)
    if deed == "decline":
        net.decline(SECOND)
    net.advance(30)
    assert product.forms("/call-status")[-1]["CallStatus"] == status
    assert product.forms("/page") == []
    assert client(net).calls(sid).fetch().status == status


def test_a_voicemail_answers_and_is_told_apart(net: Network, product: Product) -> None:
    product.answers["/page"] = lambda form: twiml("<Pause length='5'/><Say>Press 1 to take it</Say>")
    page_call(net, timeout=60, machine_detection="Enable")
    net.advance(60)
    assert product.forms("/page")[0]["AnsweredBy"] == "machine_start"
    (left,) = net.phone(STAFF).box
    assert [h.text for h in left.heard] == ["Press 1 to take it"]


def test_a_voicemail_is_told_apart_while_the_call_goes_on(net: Network, product: Product) -> None:
    product.answers["/page"] = twiml("<Pause length='30'/>")
    product.answers["/amd"] = EMPTY
    page_call(net, machine_detection="Enable", async_amd="true", async_amd_status_callback=f"{ORIGIN}/amd")
    net.advance(40)
    assert "AnsweredBy" not in product.forms("/page")[0]
    (found,) = product.forms("/amd")
    assert (found["AnsweredBy"], found["MachineDetectionDuration"]) == ("machine_start", "4000")


def test_two_calls_to_one_phone_the_second_is_busy_and_one_call_a_second(
    net: Network, product: Product
) -> None:
    page_call(net, SECOND)
    page_call(net, SECOND)
    net.advance(1.5)
    assert sorted(f["CallStatus"] for f in product.forms("/call-status")) == [
        "initiated",
        "initiated",
        "ringing",
    ]
    net.advance(1)
    assert product.forms("/call-status")[-1]["CallStatus"] == "busy"


def test_the_api_ends_a_ringing_call_and_refuses_an_ended_one(net: Network, product: Product) -> None:
    sid = page_call(net)
    net.advance(3)
    carrier = client(net)
    carrier.calls(sid).update(status="canceled")
    net.advance(1)
    assert net.phone(STAFF).ringing is None
    assert carrier.calls(sid).fetch().status == "canceled"
    with pytest.raises(Exception, match=r"ended") as refusal:
        carrier.calls(sid).update(status="completed")
    assert refusal.value.code == 21220  # type: ignore[attr-defined]


def test_a_waiting_caller_hears_our_words_and_is_bridged_into_a_conference(
    net: Network, product: Product
) -> None:
    product.answers["/voice"] = twiml('<Enqueue action="/left" waitUrl="/wait">alert-7</Enqueue>')
    product.answers["/wait"] = lambda form: twiml(
        f'<Gather numDigits="1" timeout="5" action="/wait-key"><Say>Position {form["QueuePosition"]}</Say></Gather>'
    )
    product.answers["/wait-key"] = twiml("<Say>Noted</Say>")
    product.answers["/left"] = EMPTY
    product.answers["/page"] = twiml('<Gather numDigits="1" action="/take"><Say>Press 1</Say></Gather>')
    product.answers["/take"] = product.answers["/bridge"] = twiml(
        '<Dial action="/after"><Conference beep="false" endConferenceOnExit="true" waitUrl=""'
        ' statusCallback="/conf" statusCallbackEvent="start end join leave">alert-7</Conference></Dial>'
    )
    product.answers["/after"] = twiml("<Hangup/>")
    product.answers["/conf"] = EMPTY
    caller = net.dial(CALLER, LINE)
    net.advance(8)
    assert said(net, CALLER) == ["Position 1", "Position 1"]
    net.press(CALLER, "5")
    assert said(net, CALLER)[-1] == "Noted"
    assert product.forms("/wait-key")[0]["QueueTime"] == "8"

    carrier = client(net)
    page_call(net)
    net.advance(3)
    net.answer(STAFF)
    net.advance(1)
    net.press(STAFF, "1")
    (queue,) = carrier.queues.list()
    assert queue.current_size == 1
    carrier.queues(queue.sid).members("Front").update(url=f"{ORIGIN}/bridge")
    net.advance(2)
    assert product.forms("/left")[0]["QueueResult"] == "redirected"
    net.speak(STAFF, "hello, you are not alone")
    net.speak(CALLER, "thank you")
    assert said(net, CALLER)[-1] == "hello, you are not alone"
    assert said(net, STAFF)[-1] == "thank you"
    (conference,) = carrier.conferences.list(status="in-progress")
    assert {p.call_sid for p in conference.participants.list()} >= {caller}

    carrier.conferences(conference.sid).participants.create(from_=LINE, to=SECOND, beep="false")
    net.advance(3)
    net.answer(SECOND)
    net.advance(1)
    net.speak(SECOND, "interpreter here")
    assert said(net, CALLER)[-1] == said(net, STAFF)[-1] == "interpreter here"

    net.hang_up(CALLER)
    net.advance(3)
    events = [f["StatusCallbackEvent"] for f in product.forms("/conf")]
    assert events[:3] == ["participant-join", "participant-join", "conference-start"]
    assert events.count("conference-end") == 1
    assert net.phone(STAFF).live is None
    assert net.errors == []


@pytest.mark.parametrize("alone", [True, False])
def test_the_star_key_leads_out_of_a_conference_and_the_others_stay(
    net: Network, product: Product, alone: bool
) -> None:
    product.answers["/voice"] = twiml("<Dial><Conference waitUrl=''>room</Conference></Dial>")
    product.answers["/page"] = twiml(
        '<Dial action="/after" hangupOnStar="true"><Conference waitUrl="">room</Conference></Dial>'
    )
    product.answers["/after"] = lambda form: twiml(f"<Say>{form['DialCallStatus']}</Say><Pause length='60'/>")
    if not alone:
        net.dial(CALLER, LINE)
    page_call(net)
    net.advance(3)
    net.answer(STAFF)
    net.advance(3)
    for key in ("1", "5"):
        net.press(STAFF, key)
        net.advance(1)
    assert said(net, STAFF) == []
    net.press(STAFF, "*")
    net.advance(1)
    assert said(net, STAFF) == ["answered"]
    assert (net.phone(CALLER).live is None) is alone
    assert net.errors == []


def test_leave_takes_the_caller_on_to_the_action(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml('<Enqueue action="/left" waitUrl="/wait">q</Enqueue>')
    product.answers["/wait"] = twiml("<Say>Wait</Say><Leave/>")
    product.answers["/left"] = lambda form: twiml(f"<Say>{form['QueueResult']}</Say>")
    net.dial(CALLER, LINE)
    net.advance(1.5)
    assert said(net, CALLER) == ["Wait", "leave"]


def test_dial_rings_two_whispers_to_the_first_and_shows_our_number(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml(
        f'<Dial callerId="{LINE}" action="/after" timeout="20">'
        f'<Number url="/whisper" statusCallback="/leg" statusCallbackEvent="ringing answered completed">{OFFICER}</Number>'
        f'<Number url="/whisper">{SECOND}</Number></Dial>'
    )
    product.answers["/whisper"] = twiml(
        '<Gather numDigits="1" action="/accept"><Say>Press 1</Say></Gather><Hangup/>'
    )
    product.answers["/accept"] = twiml("")
    product.answers["/leg"] = EMPTY
    product.answers["/after"] = lambda form: twiml(f"<Say>{form['DialCallStatus']}</Say>")
    net.dial(CALLER, LINE)
    net.advance(2)
    ringing = net.phone(OFFICER).ringing
    assert ringing is not None
    assert ringing.sender == LINE
    net.answer(OFFICER)
    net.advance(1)
    net.press(OFFICER, "1")
    net.advance(0.5)
    assert net.phone(SECOND).ringing is None
    net.speak(CALLER, "hello")
    assert said(net, OFFICER)[-1] == "hello"
    net.hang_up(OFFICER)
    net.advance(1)
    assert said(net, CALLER)[-1] == "completed"
    assert [f["CallStatus"] for f in product.forms("/leg")] == ["ringing", "in-progress", "completed"]


def test_a_whisper_that_nobody_accepts_is_no_answer(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml(
        f'<Dial callerId="{LINE}" action="/after"><Number url="/whisper">{OFFICER}</Number></Dial>'
    )
    product.answers["/whisper"] = twiml(
        '<Gather numDigits="1" timeout="3"><Say>Press 1</Say></Gather><Hangup/>'
    )
    product.answers["/after"] = lambda form: twiml(
        f"<Say>{form['DialCallStatus']} {form['DialBridged']}</Say>"
    )
    net.dial(CALLER, LINE)
    net.advance(2)
    net.answer(OFFICER)
    net.advance(5)
    assert said(net, CALLER)[-1] == "no-answer false"


def test_dialling_into_the_queue_bridges_and_tells_how_it_ended(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml('<Enqueue action="/left" waitUrl="/wait">alert-9</Enqueue>')
    product.answers["/wait"] = twiml("<Say>Wait</Say><Pause length='5'/>")
    product.answers["/left"] = lambda form: twiml(f"<Say>{form['QueueResult']}</Say>")
    product.answers["/page"] = twiml("<Dial><Queue>alert-9</Queue></Dial><Say>over</Say>")
    net.dial(CALLER, LINE)
    page_call(net)
    net.advance(3)
    net.answer(STAFF)
    net.advance(1)
    net.speak(CALLER, "I am here")
    assert said(net, STAFF) == ["I am here"]
    net.hang_up(STAFF)
    net.advance(1)
    assert said(net, CALLER)[-1] == "bridged"


def test_a_hidden_caller_and_a_forwarded_one(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml("<Hangup/>")
    net.dial(CALLER, LINE, hidden=True, forwarded_from=OFFICER)
    net.advance(1)
    (form,) = product.forms("/voice")
    assert (form["From"], form["ForwardedFrom"]) == ("anonymous", OFFICER)


def test_a_phone_cannot_do_what_phones_cannot_do(net: Network, product: Product) -> None:
    with pytest.raises(PhoneError, match="not in a call"):
        net.press(CALLER, "1")
    with pytest.raises(PhoneError, match="does not ring"):
        net.answer(CALLER)
    with pytest.raises(PhoneError, match="1600"):
        net.text(CALLER, LINE, "x" * 1601)
    with pytest.raises(PhoneError, match="no phone"):
        net.text("+12025550188", LINE, "x")
    product.answers["/voice"] = twiml("<Pause length='10'/>")
    net.dial(CALLER, LINE)
    with pytest.raises(PhoneError, match="in a call"):
        net.dial(CALLER, LINE)


def test_a_caller_who_hangs_up_while_joined_still_calls_the_dial_action(
    net: Network, product: Product
) -> None:
    product.answers["/voice"] = twiml(f'<Dial action="/after" callerId="{LINE}">{OFFICER}</Dial>')
    product.answers["/after"] = EMPTY
    net.dial(CALLER, LINE)
    net.advance(2)
    net.answer(OFFICER)
    net.advance(2)
    net.hang_up(CALLER)
    net.advance(1)
    (form,) = product.forms("/after")
    assert (form["DialCallStatus"], form["DialBridged"], form["CallStatus"]) == (
        "completed",
        "true",
        "completed",
    )
    assert net.phone(OFFICER).live is None


def test_the_muted_are_not_heard_and_those_on_hold_do_not_hear(net: Network, product: Product) -> None:
    product.answers["/voice"] = product.answers["/page"] = twiml(
        '<Dial><Conference beep="false" waitUrl="">room</Conference></Dial>'
    )
    net.dial(CALLER, LINE)
    page_call(net)
    net.advance(3)
    net.answer(STAFF)
    net.advance(1)
    (room,) = client(net).conferences.list()
    staff = next(p for p in room.participants.list() if p.call_sid != net.phone(CALLER).live.sid)  # type: ignore[union-attr]
    staff.update(muted=True)
    net.speak(STAFF, "aside")
    assert said(net, CALLER) == []
    staff.update(muted=False, hold=True)
    net.speak(CALLER, "are you there?")
    assert said(net, STAFF) == []
    staff.update(hold=False)
    net.speak(STAFF, "here I am")
    assert said(net, CALLER) == ["here I am"]
    room.update(status="completed")
    net.advance(1)
    assert net.phone(CALLER).live is None
    assert client(net).conferences(room.sid).fetch().reason_conference_ended == "conference-ended-via-api"


def test_a_leg_can_be_taken_elsewhere_and_the_caller_goes_on(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml(f'<Dial action="/after" callerId="{LINE}">{OFFICER}</Dial>')
    product.answers["/after"] = lambda form: twiml(f"<Say>{form['DialCallStatus']}</Say><Pause length='9'/>")
    product.answers["/desk"] = twiml("<Say>At the desk</Say>")
    net.dial(CALLER, LINE)
    net.advance(2)
    net.answer(OFFICER)
    net.advance(2)
    leg = net.phone(OFFICER).live
    assert leg is not None
    client(net).calls(leg.sid).update(url=f"{ORIGIN}/desk")
    net.advance(0.5)
    assert said(net, OFFICER) == ["At the desk"]
    assert said(net, CALLER) == ["completed"]


def test_a_voicemail_listens_for_a_minute_at_most(net: Network, product: Product) -> None:
    product.answers["/page"] = twiml("<Say>Press 1</Say><Pause length='4'/><Redirect>/page</Redirect>")
    page_call(net)
    net.advance(2)
    net.decline(STAFF)
    net.advance(80)
    assert product.forms("/call-status")[-1]["CallDuration"] == "66"
    assert {h.text for h in net.phone(STAFF).box[0].heard} == {"Press 1"}
    assert not net.phone(STAFF).engaged


def test_a_script_reacts_to_rings_and_texts(net: Network, product: Product) -> None:
    product.answers["/page"] = twiml('<Gather numDigits="1" action="/take"><Say>Press 1</Say></Gather>')
    product.answers["/take"] = twiml("<Say>You have it</Say>")
    texts: list[str] = []

    def habit(happening: Happening) -> None:
        if happening.kind == "text":
            texts.append(happening.text)
        if happening.kind == "ring":
            net.after(4, lambda: net.answer(happening.number))
            net.after(6, lambda: net.press(happening.number, "1"))

    net.watch(habit)
    page_call(net)
    client(net).messages.create(to=STAFF, from_=LINE, body="Code 4821")
    net.advance(20)
    assert texts == ["Code 4821"]
    assert len(product.forms("/take")) == 1


@pytest.mark.parametrize(
    ("inner", "status"),
    [
        ('<Reject reason="busy"/>', "busy"),
        ("<Reject/>", "no-answer"),
        ("<Say>Hello</Say>", "completed"),
        ("", "completed"),
    ],
)
def test_how_an_incoming_call_ends(net: Network, product: Product, inner: str, status: str) -> None:
    product.answers["/voice"] = twiml(inner)
    net.dial(CALLER, LINE)
    net.advance(5)
    assert product.forms("/call-status")[-1]["CallStatus"] == status
    assert net.errors == []


def test_a_call_ends_at_its_time_limit(net: Network, product: Product) -> None:
    client(net).calls.create(to=SECOND, from_=LINE, twiml=twiml("<Pause length='3600'/>"), time_limit=30)
    net.advance(2)
    net.answer(SECOND)
    net.advance(29)
    assert net.phone(SECOND).live is not None
    net.advance(2)
    assert net.phone(SECOND).live is None


def test_an_unanswered_dial_tries_the_next_in_order(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml(
        f'<Dial callerId="{LINE}" sequential="true" timeout="10" answerOnBridge="true">'
        f"<Number>{SECOND}</Number><Number>{OFFICER}</Number></Dial>"
    )
    net.dial(CALLER, LINE)
    net.advance(5)
    assert net.phone(OFFICER).ringing is None
    net.decline(SECOND)
    net.advance(2)
    assert net.phone(CALLER).live is not None
    assert net.phone(CALLER).live.answered is None  # type: ignore[union-attr]
    net.answer(OFFICER)
    net.advance(1)
    assert net.phone(CALLER).live.answered is not None  # type: ignore[union-attr]


def test_a_page_that_cannot_be_fetched_in_a_whisper_joins_nobody(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml(
        f'<Dial callerId="{LINE}" action="/after"><Number url="/gone">{OFFICER}</Number></Dial>'
    )
    product.answers["/after"] = lambda form: twiml(f"<Say>{form['DialCallStatus']}</Say>")
    net.dial(CALLER, LINE)
    net.advance(2)
    net.answer(OFFICER)
    net.advance(1)
    assert [e.code for e in net.errors] == [11200]
    assert said(net, CALLER) == ["no-answer"]
    assert net.phone(OFFICER).live is None


def test_an_error_in_the_waiting_words_is_the_queues_result(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml('<Enqueue action="/left" waitUrl="/wait">q</Enqueue>')
    product.answers["/wait"] = twiml("<Dial>+12025550131</Dial>")
    product.answers["/left"] = lambda form: twiml(f"<Say>{form['QueueResult']}</Say>")
    net.dial(CALLER, LINE)
    net.advance(1)
    assert said(net, CALLER) == ["error"]
    assert (net.errors[0].code, net.errors[0].url) == (12200, f"{ORIGIN}/wait")
