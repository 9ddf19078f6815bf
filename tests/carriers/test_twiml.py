"""What a caller hears and where the call goes on, read from our TwiML as Twilio reads it."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.calltree.actions import (
    Action,
    Conference,
    Document,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Next,
    Pause,
    Prompt,
    Record,
    Ring,
    Speak,
)
from hotline.carriers.carrier import CallLinks
from hotline.carriers.twiml import call_document, in_pieces, message_document, step_url
from hotline.carriers.voices import VOICES, voice_of
from tests.carriers.desk import MARIE, OURS
from tests.carriers.twiml_rules import checked

BASE = "https://line.example.org"
LINKS = CallLinks(
    action_url=f"{BASE}/twilio/voice?call=7",
    wait_url=f"{BASE}/twilio/wait?alert=3",
    whisper_url=f"{BASE}/twilio/whisper?alert=3",
    recording_status_url=f"{BASE}/twilio/status/recording",
)
NEXT = f"{BASE}/twilio/voice?call=7&step=4"
WELCOME = Prompt("caller.welcome", "en", "Press one & wait <here>.")
CREOLE = Prompt("caller.welcome", "ht", "Peze youn.")
CLIPS = {"ht": (f"{BASE}/audio/ht/caller.welcome.mp3",)}


def audio(prompt: Prompt) -> tuple[str, ...]:
    return CLIPS.get(prompt.locale, ())


def rendered(*actions: Action) -> Element:
    return checked(call_document(Document(actions, next_step=4), LINKS, audio, OURS))


def test_words_are_spoken_in_their_languages_own_voice_and_clips_are_played() -> None:
    say, play, redirect = rendered(Speak((WELCOME, CREOLE)))
    assert (say.text, say.attrib) == (WELCOME.text, {"voice": "Polly.Joanna", "language": "en-US"})
    assert play.text == CLIPS["ht"][0]
    assert redirect.text == NEXT


def test_a_value_is_read_back_clip_by_clip() -> None:
    age = Prompt("", "ht", "12 an", clips=("number.12", "years"))
    document = call_document(
        Document((Speak((age,)), Hangup())),
        LINKS,
        lambda prompt: tuple(f"{BASE}/audio/ht/{clip}.mp3" for clip in prompt.clips),
        OURS,
    )
    assert [verb.text for verb in checked(document)][:2] == [
        f"{BASE}/audio/ht/number.12.mp3",
        f"{BASE}/audio/ht/years.mp3",
    ]


def test_nobody_hears_another_language_for_want_of_a_voice(caplog: pytest.LogCaptureFixture) -> None:
    pause, redirect = rendered(Speak((Prompt("caller.wait", "acf", "Atann."),)))
    assert (pause.tag, redirect.tag) == ("Pause", "Redirect")
    assert "caller.wait" in caplog.text
    assert "Atann" not in caplog.text


def test_keys_are_gathered_and_silence_goes_to_the_next_step_without_any() -> None:
    gather, redirect = rendered(Gather((WELCOME,), timeout=6))
    assert gather.attrib == {
        "input": "dtmf",
        "timeout": "6",
        "numDigits": "1",
        "finishOnKey": "",
        "action": NEXT,
        "method": "POST",
    }
    assert [prompt.tag for prompt in gather] == ["Say"]
    assert redirect.text == NEXT


def test_what_stands_behind_a_gather_is_played_when_nobody_presses_a_key() -> None:
    assert [verb.tag for verb in rendered(Gather((WELCOME,), 5, None, "#"), Speak((WELCOME,)), Hangup())] == [
        "Gather",
        "Say",
        "Hangup",
    ]


def test_a_recording_keeps_what_is_heard_and_tells_when_it_is_there() -> None:
    say, record, redirect = rendered(Record((WELCOME,), max_seconds=120))
    assert say.tag == "Say"
    assert record.attrib["maxLength"] == "120"
    assert record.attrib["trim"] == "do-not-trim"
    assert record.attrib["recordingStatusCallback"] == LINKS.recording_status_url
    assert redirect.text == NEXT  # reached after silence


def test_waiting_is_in_a_queue_with_our_own_words() -> None:
    [enqueue] = rendered(Enqueue("alert-3"), Speak((WELCOME,)))
    assert enqueue.text == "alert-3"
    assert enqueue.attrib["waitUrl"] == LINKS.wait_url
    assert enqueue.attrib["action"] == NEXT


@pytest.mark.parametrize("ends", [True, False])
def test_a_bridge_is_quiet_unrecorded_and_shows_our_number_alone(ends: bool) -> None:
    [dial] = rendered(Conference("alert-3", ends=ends))
    [conference] = dial
    assert dial.attrib["callerId"] == OURS
    assert conference.text == "alert-3"
    assert conference.attrib["beep"] == "false"
    assert conference.attrib["record"] == "do-not-record"
    assert conference.attrib["endConferenceOnExit"] == str(ends).lower()
    assert conference.attrib["waitUrl"] == ""  # silence, not music


@pytest.mark.parametrize("star", [True, False])
def test_the_star_key_leads_out_of_a_conference_only_where_it_is_said(star: bool) -> None:
    [dial] = rendered(Conference("alert-3", star=star))
    assert dial.attrib.get("hangupOnStar") == ("true" if star else None)
    assert dial.attrib["action"] == NEXT


def test_people_are_rung_together_and_each_hears_the_whisper_first() -> None:
    [dial] = rendered(Speak(()), Ring((MARIE, "+12025550124"), 20))
    assert dial.attrib["callerId"] == OURS
    assert dial.attrib["timeout"] == "20"
    assert [number.text for number in dial] == [MARIE, "+12025550124"]
    assert {number.attrib["url"] for number in dial} == {LINKS.whisper_url}


@pytest.mark.parametrize(("action", "link"), [(Enqueue("alert-3"), "wait"), (Ring((MARIE,), 20), "whisper")])
def test_nobody_hears_hold_music_or_is_joined_to_a_voicemail_for_want_of_a_link(
    action: Action, link: str
) -> None:
    with pytest.raises(ValueError, match=f"needs a {link} URL"):
        call_document(Document((action,)), CallLinks(LINKS.action_url), audio, OURS)


def test_ringing_nobody_goes_on_at_once() -> None:
    [redirect] = rendered(Ring((), 20))
    assert redirect.text == NEXT


@pytest.mark.parametrize("action", [Next(), Hangup(), Leave()])
def test_an_end_is_an_end(action: Action) -> None:
    assert len(rendered(action, Speak((WELCOME,)))) == 1


def test_a_long_text_is_spoken_in_several_pieces_that_end_with_sentences() -> None:
    text = "One sentence of some length. " * 400
    says = rendered(Speak((Prompt("", "en", text),)))[:-1]
    assert len(says) > 2
    assert all((say.text or "").endswith(".") for say in says)
    assert " ".join(say.text or "" for say in says) == text.strip()


def test_a_prompt_without_words_says_nothing() -> None:
    assert [verb.tag for verb in rendered(Speak((Prompt("", "en", " \x00 "),)))] == ["Redirect"]


def test_the_voices_of_all_languages_with_one_exist() -> None:
    for locale in ("en", "fr", "es", "zh"):
        rendered(Speak((Prompt("", locale, "1 2 3"),)))
    assert voice_of("fr_HT") == VOICES["fr"]
    assert voice_of("ht") is None
    assert voice_of("acf") is None


@pytest.mark.parametrize("url", ["/twilio/voice", "line.example.org/x", "https://my_host.example/x", ""])
def test_a_link_that_twilio_could_not_follow_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match="URL"):
        CallLinks(action_url=url)


def test_the_step_is_appended_to_any_url() -> None:
    assert step_url(f"{BASE}/v", 0) == f"{BASE}/v?step=0"
    assert step_url(f"{BASE}/v?a=%2B1&b=", 12) == f"{BASE}/v?a=%2B1&b=&step=12"


def test_a_reply_keeps_every_character_that_xml_allows() -> None:
    document = message_document("a<b & “c”\n\x00\x0b\ufffe\ud83d 中文 \N{BABY}", f"{BASE}/s?id=7&x=1")
    [message] = ElementTree.fromstring(document.encode())  # noqa: S314 - our own
    assert message.text == "a<b & “c”\n\n 中文 \N{BABY}"
    assert message.attrib == {"statusCallback": f"{BASE}/s?id=7&x=1"}


anything = st.text(max_size=200)
prompts = st.builds(Prompt, anything, st.sampled_from(["en", "fr", "ht", "acf", "zh", "xx"]), anything)
prompt_lists = st.lists(prompts, max_size=3).map(tuple)
actions = st.one_of(
    st.builds(Speak, prompt_lists),
    st.builds(Pause, st.integers(-1, 60)),
    st.builds(
        Gather,
        prompt_lists,
        st.integers(0, 60),
        st.none() | st.integers(1, 20),
        st.sampled_from(["", "#", "*"]),
    ),
    st.builds(Record, prompt_lists, st.integers(0, 600)),
    st.builds(Ring, st.lists(st.just(MARIE), max_size=12).map(tuple), st.integers(0, 60)),
    st.builds(Conference, st.just("alert-3"), st.booleans(), st.booleans()),
    st.just(Enqueue("alert-3")) | st.just(Next()) | st.just(Hangup()) | st.just(Leave()),
)


@given(st.lists(actions, max_size=6).map(tuple))
def test_every_document_keeps_the_rules(acts: tuple[Action, ...]) -> None:
    rendered(*acts)


@given(st.text(max_size=300), st.integers(1, 40))
def test_pieces_lose_nothing_but_spaces(text: str, limit: int) -> None:
    pieces = in_pieces(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
