"""Sound files: how long they are, and what lies in the small ones made here."""

from __future__ import annotations

import pytest

from hotline.simulator.audio import duration, silent_mp3, spoken_wav


def test_lengths_read_back() -> None:
    assert duration(spoken_wav("one two", 3.0), "audio/x-wav") == pytest.approx(3.0)
    assert duration(silent_mp3("one two", 3.0), "audio/mpeg") == pytest.approx(3.0, abs=0.05)


def test_the_words_lie_in_the_files() -> None:
    assert "kouté".encode() in spoken_wav("kouté", 1.0)
    assert "kouté".encode("utf-16-le") in silent_mp3("kouté", 1.0)


@pytest.mark.parametrize(
    "body", [b"", b"RIFF", b"RIFF0000WAVE", b"\xff\xfb", b"ID3" + b"\x7f" * 40, b"GIF89a" * 9]
)
def test_what_is_no_sound_has_no_length(body: bytes) -> None:
    assert duration(body, "audio/wav") is None
    assert duration(body, "audio/mpeg") is None
    assert duration(body, "audio/ogg") is None
