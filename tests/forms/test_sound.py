"""What was spoken by phone becomes a clip: trimmed, levelled, one channel."""

from __future__ import annotations

import io
import math
import wave
from array import array

import pytest

from hotline.forms.sound import KEPT_AROUND, LOUDEST, LOUDNESS, NotSound, polish
from hotline.simulator.audio import spoken_wav

RATE = 8000


def wav(*parts: tuple[float, float], channels: int = 1) -> bytes:
    """A WAV of (seconds, loudness) one after the other: a tone of this amplitude, 0 to 1, over a faint hiss."""
    samples = array("h")
    for seconds, loud in parts:
        for at in range(int(seconds * RATE)):
            hiss = 20 if at % 2 else -20
            samples.extend([round(loud * 32767 * math.sin(at * 0.5)) + hiss] * channels)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def heard(clip: bytes) -> tuple[float, array[int]]:
    """The seconds and samples of a clip of one channel and 16 bits."""
    with wave.open(io.BytesIO(clip)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = array("h", file.readframes(file.getnframes()))
    return len(samples) / RATE, samples


def loudness(samples: array[int]) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def test_silence_before_and_behind_is_cut_off() -> None:
    seconds, _ = heard(polish(wav((3, 0), (2, 0.2), (4, 0))))
    assert seconds == pytest.approx(2 + 2 * KEPT_AROUND, abs=0.05)


def test_a_pause_between_words_is_kept() -> None:
    seconds, _ = heard(polish(wav((1, 0), (1, 0.2), (1, 0), (1, 0.2), (1, 0))))
    assert seconds == pytest.approx(3 + 2 * KEPT_AROUND, abs=0.05)


@pytest.mark.parametrize("loud", [0.01, 0.05, 0.9])
def test_quiet_and_loud_speakers_are_equally_loud(loud: float) -> None:
    _, samples = heard(polish(wav((2, loud))))
    assert loudness(samples) == pytest.approx(LOUDNESS, rel=0.1)


def test_a_peak_is_never_cut() -> None:
    _, samples = heard(polish(wav((0.06, 0.9), (3, 0.02))))
    assert max(map(abs, samples)) <= LOUDEST + 1


def test_two_channels_become_one() -> None:
    seconds, _ = heard(polish(wav((1, 0.2), channels=2)))
    assert seconds == pytest.approx(1, abs=0.05)


def test_eight_bits_of_the_network_are_read() -> None:
    _, samples = heard(polish(spoken_wav("thank you", 2)))
    assert loudness(samples) > LOUDNESS / 3


@pytest.mark.parametrize(
    "recorded", [b"", b"RIFF", b"ID3" + bytes(400), wav((3, 0)), wav((0.05, 0.5), (2, 0)), spoken_wav("", 2)]
)
def test_what_is_no_speech_is_refused(recorded: bytes) -> None:
    with pytest.raises(NotSound):
        polish(recorded)
