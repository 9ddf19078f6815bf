"""Staff record by phone what callers hear: from the PIN to the clip that the next caller hears."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline import config
from hotline.access.audit_tables import AuditRow
from hotline.access.passwords import Passwords
from hotline.access.people import add_staff
from hotline.access.pins import set_pin
from hotline.access.tables import Role, StaffPin
from hotline.alerts.rota.stored import set_rotation
from hotline.alerts.tables import AlertEvent
from hotline.db import write
from hotline.forms.book import Book
from hotline.forms.check_audio import problems
from hotline.forms.manifest import AUDIO, read_manifest, text_hash
from hotline.forms.spoken import sentences
from hotline.now import SetClock
from hotline.simulator.calls import Heard
from hotline.threads.tables import Call, PromptTake, TakeState, Thread
from tests.forms.conftest import LANGUAGES
from tests.house import CALLER, FIRST, LINE, SECOND, Home, home

PROJECT = config.DEFAULT_CONFIG.parent
PIN = "271828"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the content that may be written to; the clips in it are links to the project's own."""
    root = tmp_path_factory.mktemp("content")
    shutil.copyfile(config.DEFAULT_CONFIG, root / "hotline.toml")
    for folder in ("sms_forms", "ivr_flows", "locales"):
        shutil.copytree(PROJECT / folder, root / folder, copy_function=_link_clips)
    return root


def _link_clips(source: str, target: str) -> None:
    if source.endswith(".mp3"):
        Path(target).symlink_to(source)
    else:
        shutil.copyfile(source, target)


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock, content: Path) -> Iterator[Home]:
    """A house with content of its own; First (English, French) has a PIN, Second keeps the rota."""
    with home(sqlite_url, tmp_path / "var", clock, HOTLINE_CONFIG=str(content / "hotline.toml")) as running:
        kit = running.desk.kit
        with write(running.desk.engine) as tx:
            first, _ = (
                add_staff(
                    tx, kit.sealer, running.shop.house, kit.ids, clock.now(),
                    name=name, phone=phone, role=role, verified=True,
                )
                for name, phone, role in (
                    ("Staff 1", FIRST, Role.RESPONDER), ("Staff 2", SECOND, Role.LEADER),
                )
            )  # fmt: skip
            quick = Passwords(memory_kib=8, time_cost=1, parallelism=1)
            set_pin(tx, first, quick.hash(PIN), clock.now())
        yield running


def keys(house: Home, *pressed: str) -> None:
    for key in pressed:
        house.net.press(FIRST, key)
        house.pass_time(seconds=2)


def sounds(house: Home) -> list[Heard]:
    """All that First heard in the call, oldest first."""
    mine = [call for call in house.net.calls.values() if call.sender == FIRST]
    return mine[-1].heard


def heard(house: Home) -> list[str]:
    """The words of it, or the clip's address."""
    return [one.text or one.url for one in sounds(house) if one.kind in ("say", "play")]


def speaks(house: Home, words: str) -> None:
    """First waits for the tone, speaks, presses the hash key, and listens; the worker is at work meanwhile."""
    tones = len([one for one in sounds(house) if one.kind == "beep"])
    before = tones - 1 if sounds(house)[-1].kind == "beep" else tones
    for _ in range(80):
        if len([one for one in sounds(house) if one.kind == "beep"]) > before:
            break
        house.pass_time(seconds=0.5)
    house.pass_time(seconds=1)
    house.net.speak(FIRST, words)
    house.pass_time(seconds=2)
    house.net.press(FIRST, "#")
    for _ in range(4):
        house.pass_time(seconds=1)
        house.work()


def enters(house: Home, pin: str = PIN) -> None:
    house.net.dial(FIRST, LINE)
    house.pass_time(seconds=2)
    keys(house, "1", f"{pin}#")


def test_a_sentence_is_recorded_listened_to_and_kept(house: Home, content: Path) -> None:
    enters(house)
    keys(house, "3")  # French, which has a voice and no clip yet
    speaks(house, "bonjour a tous")
    (take,) = house.all(PromptTake)
    assert take.state == TakeState.READY
    said = heard(house)
    words = {locale: sentences(house.desk.kit.book, locale, LANGUAGES)[take.key] for locale in ("en", "fr")}
    assert words["en"] in said, "the sentence in the language of who records"
    assert words["fr"] in said, "and in the one that is recorded"
    assert any(f"/audio/takes/{take.id}.wav" in one for one in said), "what was spoken is heard"
    assert not (content / AUDIO / "fr").exists(), "nothing is written before it is kept"

    keys(house, "1")
    house.work()
    clip = read_manifest(content, "fr")[take.key]
    assert clip.sha256 == text_hash(words["fr"])
    assert clip.made_by == f"staff {take.staff_id}, {house.clock.now():%Y-%m-%d}"
    assert not clip.reviewed
    with wave.open(str(content / AUDIO / "fr" / clip.file)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8000)
    found = [
        problem for problem in problems(Book.open(content), ("en", "fr"), ("en", "fr")) if problem.serious
    ]
    assert found == []
    assert house.desk.clips.file("fr", take.key, words["fr"]) == f"fr/{clip.file}", (
        "the next caller hears it, without a new start"
    )
    assert [row.act for row in house.all(AuditRow)] == ["login.pin_right", "config.prompt"]
    assert house.all(Thread) == []
    assert house.net.errors == []


def test_a_stand_in_gives_its_place_to_the_recording(house: Home, content: Path) -> None:
    before = read_manifest(content, "ht")
    enters(house)
    keys(house, "5")
    speaks(house, "mesi anpil")
    keys(house, "1")
    house.work()
    (take,) = house.all(PromptTake)
    assert before[take.key].stand_in
    after = read_manifest(content, "ht")
    assert not after[take.key].stand_in
    assert after.keys() == before.keys()
    assert not (content / AUDIO / "ht" / before[take.key].file).is_symlink(), "the old file is gone"
    assert (PROJECT / AUDIO / "ht" / before[take.key].file).is_file(), "and not the project's own"


def test_it_may_be_said_again_and_left_out(house: Home, content: Path) -> None:
    enters(house)
    keys(house, "4")
    speaks(house, "hola")
    keys(house, "2")
    speaks(house, "hola otra vez")
    first, second = sorted(house.all(PromptTake), key=lambda take: take.at)
    assert (first.state, second.state) == (TakeState.DROPPED, TakeState.READY)
    assert first.key == second.key
    house.net.press(FIRST, "*")
    house.pass_time(seconds=0.5)
    house.net.press(FIRST, "*")
    house.pass_time(seconds=2)
    speaks(house, "adios")
    (third,) = house.all(PromptTake, PromptTake.state == TakeState.READY)
    assert third.key != first.key, "the next sentence"
    house.net.hang_up(FIRST)
    house.work()
    assert not (content / AUDIO / "es").exists()


def test_silence_after_the_tone_records_nothing_and_ends(house: Home) -> None:
    enters(house)
    keys(house, "4")
    for _ in range(12):
        house.pass_time(seconds=10)
        house.work()
    assert [take for take in house.all(PromptTake) if take.state != TakeState.DROPPED] == []
    assert house.net.phone(FIRST).live is None, "the call is over"


def test_five_wrong_pins_lock_it_and_the_coordinator_is_told(house: Home) -> None:
    enters(house, "314159")
    keys(house, *["314159#"] * 4)
    (pin,) = house.all(StaffPin)
    assert pin.locked_at is not None
    house.work()
    house.pass_time(seconds=5)
    (text,) = house.net.phone(SECOND).texts
    assert "Staff 1" in text
    enters_again = house.net.phone(FIRST).live
    assert enters_again is None, "the call ended"
    enters(house)
    keys(house, "4")
    assert house.all(PromptTake) == []


def test_who_wants_to_call_like_anybody_is_asked_for_a_language(house: Home) -> None:
    house.net.dial(FIRST, LINE)
    house.pass_time(seconds=2)
    keys(house, "2", "1", "2")
    assert any("in your own words" in words for words in heard(house))
    (call,) = house.all(Call)
    assert call.staff_id is None
    assert call.thread_id is not None
    assert house.net.errors == []


def test_a_page_that_opens_meanwhile_comes_first_and_hears_no_pin(house: Home) -> None:
    staff_id = house.all(StaffPin)[0].staff_id
    with write(house.desk.engine) as tx:
        set_rotation(tx, house.desk.kit, [staff_id], house.clock.now())
    house.net.dial(FIRST, LINE)
    house.pass_time(seconds=2)
    keys(house, "1")
    house.text("he has a knife", sender=CALLER)
    keys(house, f"{PIN}#")
    assert heard(house)[-1].startswith("An emergency.")
    assert all(PIN[:4] not in event.detail for event in house.all(AlertEvent))


def test_who_has_no_pin_is_not_offered_anything(house: Home) -> None:
    house.net.dial(SECOND, LINE)
    house.pass_time(seconds=2)
    call = list(house.net.calls.values())[-1]
    assert not any("record" in one.text for one in call.heard if one.kind == "say")
