"""Clips at the door and in calls: a recording comes before the synthetic voice, in any language and voice variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hotline.alerts.read_outs import add_sound, destroy_for_call, order_read_out, read_out_of
from hotline.alerts.tables import Alert
from hotline.db import write
from hotline.forms.clips import Clips
from hotline.forms.manifest import AUDIO, Clip, text_hash, write_manifest
from hotline.intake import create_app
from hotline.intake.audio import audio_urls
from hotline.intake.desk import Desk
from hotline.threads.tables import Thread
from tests.intake.webhooks import PUBLIC, Twilio

KEY = "caller.danger.say"


def recorded(desk: Desk, root: Path, folder: str, file: str, words: str) -> None:
    (root / AUDIO / folder).mkdir(parents=True)
    (root / AUDIO / folder / file).write_bytes(b"sound")
    write_manifest(root, folder, {KEY: Clip(file, text_hash(words), "speaker 1, 2026-11", reviewed=True)})


def with_clips(desk: Desk, root: Path, variants: Mapping[str, str]) -> Desk:
    """The desk with recordings of its own."""
    kit = replace(desk.kit, book=replace(desk.kit.book, root=root))
    return replace(desk, kit=kit, clips=Clips(root, variants, desk.clips.voiced))


def french(desk: Desk) -> str:
    say = desk.kit.book.trees["caller"].nodes["danger"].say
    assert say is not None
    return desk.kit.book.text(say, "fr")


@pytest.fixture
def deep(desk: Desk, tmp_path: Path) -> Desk:
    """French is spoken by a recorded voice, as far as it goes."""
    recorded(desk, tmp_path, "fr/deep", f"{KEY}.wav", french(desk))
    return with_clips(desk, tmp_path, {"fr": "deep"})


def test_a_recorded_sentence_is_played_and_the_next_is_said(deep: Desk) -> None:
    twilio = Twilio(create_app(deep).test_client())
    call = "CA" + "1" * 32
    twilio.turn(call)
    root = ElementTree.fromstring(twilio.turn(call, 1, Digits="3").data)  # noqa: S314  # our own answer
    assert [play.text for play in root.iter("Play")] == [f"{PUBLIC}/audio/fr/deep/{KEY}.wav"]
    assert list(root.iter("Say")) == []
    root = ElementTree.fromstring(twilio.turn(call, 2, Digits="2").data)  # noqa: S314  # our own answer
    assert [say.get("language") for say in root.iter("Say")] == ["fr-FR"]


def test_the_door_gives_wav_and_mp3_and_nothing_else(deep: Desk) -> None:
    client = create_app(deep).test_client()
    answer = client.get(f"/audio/fr/deep/{KEY}.wav")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "audio/wav", b"sound")
    answer.close()
    for path in ("fr/deep/manifest.yaml", "fr/deep/../../../hotline.toml", f"fr/{KEY}.wav", "takes/none.wav"):
        assert client.get(f"/audio/{path}").status_code == 404, path


def test_the_clips_of_a_value_are_played_only_together(desk: Desk) -> None:
    from hotline.calltree.actions import Prompt

    whole = Prompt("", "ht", "8 mas", ("number.8", "month.3"))
    assert len(audio_urls(desk.clips, PUBLIC, whole)) == 2
    assert audio_urls(desk.clips, PUBLIC, replace(whole, clips=("number.8", "month.13"))) == ()


def test_what_was_told_is_heard_with_its_secret_alone_and_kept_by_nobody(twilio: Twilio, desk: Desk) -> None:
    now = desk.clock.now()
    with write(desk.engine) as tx:
        thread = Thread(id="t", reference="K7P", channel="sms", line="main", opened_at=now, last_in_at=now)
        alert = Alert(id="a", thread_id="t", code="4821", grade="emergency", rule="", opened_at=now)
        tx.add(thread)
        tx.flush()
        tx.add(alert)
        tx.flush()
        order_read_out(tx, desk.kit, "a", "s", "CA1", now)
        read_out = read_out_of(tx, "CA1")
        assert read_out is not None
        sound = add_sound(tx, desk.kit, read_out, b"a voice")
    answer = twilio.client.get(f"/audio/told/{sound}.mp3")
    assert (answer.status_code, answer.data) == (200, b"a voice")
    assert answer.headers["Cache-Control"] == "no-store"
    assert twilio.client.get("/audio/told/another.mp3").status_code == 404
    with write(desk.engine) as tx:
        destroy_for_call(tx, "CA1")
    assert twilio.client.get(f"/audio/told/{sound}.mp3").status_code == 404
