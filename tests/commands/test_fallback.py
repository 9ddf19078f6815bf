"""Our own machines are down: the carrier falls back to the files of `hotline fallback`, which ring and text people."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.wrappers import Response

from hotline.access.people import add_staff
from hotline.db import write
from hotline.simulator.inprocess import wsgi_post
from hotline.simulator.phones import Phone
from hotline.wording.segments import size
from tests.commands.conftest import Run, refused
from tests.commands.test_connect import credentials
from tests.commands.web_files import WebFiles
from tests.house import CALLER, FIRST, LINE, PUBLIC, SECOND, Home

ELSEWHERE = "https://files.example"


@dataclass
class Night:
    """The house is down; what is left is the carrier and the folder of files."""

    house: Home
    files: WebFiles
    said: str
    told: str

    def phone(self, number: str) -> Phone:
        return self.house.net.phone(number)

    def until(self, happens: Callable[[], object], seconds: int) -> int:
        """Let time pass, second by second, until something is so; after how many seconds it was."""
        for second in range(seconds):
            if happens():
                return second
            self.house.pass_time(seconds=1)
        raise AssertionError("it did not happen")

    def rings(self, number: str) -> bool:
        return self.phone(number).ringing is not None


def _broken(environ: object, start: object) -> object:
    return Response("broken", 500)(environ, start)  # type: ignore[arg-type]


@pytest.fixture
def written(run: Run, house: Home, database: str, tmp_path: Path) -> Night:
    """The files are written and hosted elsewhere, and the number is told of them. The house still stands."""
    house.staffed()
    kit = house.desk.kit
    with write(house.desk.engine) as tx:
        add_staff(
            tx, kit.sealer, house.shop.house, kit.ids, house.clock.now(),
            name="Third", phone="+12025550133", languages=("es",), verified=False,
        )  # fmt: skip
    settings = credentials(house, DATABASE_URL=database, FALLBACK_URL=ELSEWHERE)
    result = run("fallback", "--out", str(tmp_path / "files"), **settings)
    assert result.exit_code == 0, result.output
    assert run("connect", **settings).exit_code == 0
    return Night(house, WebFiles(tmp_path / "files"), result.stdout, result.stderr)


@pytest.fixture(params=["refused", "500"])
def down(request: pytest.FixtureRequest, written: Night) -> Night:
    """The machines are down, in the ways in which machines are down."""
    apps = {ELSEWHERE: written.files}
    if request.param == "500":
        apps[PUBLIC] = _broken  # type: ignore[assignment]
    written.house.net.post = wsgi_post(apps)  # type: ignore[arg-type]
    return written


def test_the_person_on_call_rings_at_once_and_is_joined_by_a_key(down: Night) -> None:
    down.house.net.dial(CALLER, LINE)
    assert down.until(lambda: down.rings(FIRST), 20) <= 2
    ringing = down.phone(FIRST).ringing
    assert ringing is not None
    assert ringing.sender == LINE, "the caller's own number is not shown"
    down.house.net.answer(FIRST)
    down.house.pass_time(seconds=1)
    down.house.net.press(FIRST, "1")
    down.house.pass_time(seconds=1)
    down.house.net.speak(CALLER, "are you there")
    live = down.phone(FIRST).live
    assert live is not None
    assert "are you there" in [heard.text for heard in live.heard]
    assert {method for method, _ in down.files.asked} == {"POST"}, "no number of anybody in an address"


def test_when_our_answer_takes_too_long_somebody_rings_within_20_seconds(written: Night) -> None:
    written.house.net.post = wsgi_post({PUBLIC: _broken, ELSEWHERE: written.files})  # type: ignore[dict-item]
    written.house.net.faults.load([{"what": "call", "fault": "webhook_timeout", "nth": 1}])
    written.house.net.dial(CALLER, LINE)
    assert written.until(lambda: written.rings(FIRST), 20) < 20


def test_nobody_is_left_ringing_a_voicemail_takes_nobody_and_a_message_can_be_left(down: Night) -> None:
    down.phone(SECOND).voicemail = True
    down.house.net.dial(CALLER, LINE)
    heard = lambda: [one.text for one in down.phone(CALLER).live.heard] if down.phone(CALLER).live else []  # noqa: E731
    assert down.until(lambda: any("stay on the line" in text for text in heard()), 90) < 30
    down.until(lambda: down.rings(SECOND), 60)
    down.until(lambda: any("message after the tone" in text for text in heard()), 200)
    assert down.phone(CALLER).live is not None, "a voicemail was never joined to the caller"
    said = " ".join(heard())
    for locale in ("en", "acf", "fr", "es", "ht", "zh"):
        wording = down.house.desk.kit.book.trees["fallback"].nodes["hold"].say
        assert wording is not None
        assert down.house.desk.kit.book.text(wording, locale) in said or "fallback.hold.say" in " ".join(
            one.url for one in down.phone(CALLER).live.heard
        )
    down.until(lambda: any(one.kind == "beep" for one in down.phone(CALLER).live.heard), 60)  # type: ignore[union-attr]
    down.house.net.speak(CALLER, "I am at the old mill")
    down.house.net.press(CALLER, "#")
    down.house.pass_time(seconds=30)
    assert down.house.net.recordings
    assert down.phone(CALLER).live is None
    wrong = {error.code for error in down.house.net.errors} - {11200, 11205}
    assert wrong == set(), "the strict carrier has nothing against the documents"


def test_a_text_gets_a_neutral_answer_and_the_stored_numbers_are_told(down: Night) -> None:
    down.house.net.text(CALLER, LINE, "he locks the door, help")
    down.house.pass_time(seconds=20)
    replies = down.phone(CALLER).texts
    book = down.house.desk.kit.book
    for locale in ("en", "acf", "fr", "es", "ht", "zh"):
        assert book.as_sent(book.say("public.fallback", locale), locale) in " ".join(replies)
    assert [size(text).segments for text in replies] == [1, 1], "Chinese letters in a text of their own"
    for number in (FIRST, SECOND):
        (told,) = down.phone(number).texts
        assert size(told).segments == 1
        assert "door" not in told
    wrong = {error.code for error in down.house.net.errors} - {11200, 11205}
    assert wrong == set()


def test_the_files_are_secret_and_say_so_and_name_no_service(written: Night) -> None:
    files = [path for path in written.files.folder.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert "cannot be guessed" in written.told
    assert "2 people" in written.told, "a phone that is not verified is in no file"
    texts = "".join(path.read_text() for path in files if path.suffix != ".mp3")
    assert FIRST in texts
    assert "+12025550133" not in texts
    assert FIRST not in written.said + written.told
    for word in ("hotline", "trafficking", "police", "victim", "files.example", "hotline.example"):
        assert word not in texts.lower()


def test_named_people_are_rung_in_their_order_and_the_wrong_name_is_one_line(
    run: Run, house: Home, database: str, tmp_path: Path
) -> None:
    settings = credentials(house, DATABASE_URL=database)
    out = str(tmp_path / "files")
    assert "verified phone" in refused(run("fallback", "--out", out, **settings))
    house.staffed()
    assert run("fallback", "--out", out, "--lang", "es", "Second", **settings).exit_code == 0
    voice = (tmp_path / "files" / "twilio" / "voice").read_text()
    assert SECOND in voice
    assert FIRST not in voice
    assert "es-MX" in voice
    assert "fr-FR" not in voice
    assert "Nobody" in refused(run("fallback", "--out", out, "Nobody", **settings))
