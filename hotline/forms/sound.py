"""What staff spoke by phone becomes a clip: one channel, silence cut off, as loud as the others. Pure, in and out WAV.

WAV and not MP3: levelling needs the samples, and Python alone writes no MP3. A telephone carries 8,000 samples a second, so
that ten seconds are 160 kB.
"""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array
from collections.abc import Sequence

FULL = 32767
LOUDNESS = 0.1 * FULL  # the mean (root of squares) of what is spoken: 20 dB below the loudest possible
LOUDEST = 0.89 * FULL  # no sample above: 1 dB below
MOST_GAIN = 30.0  # what is quieter than this makes up for is noise
FRAME = 0.02  # seconds
FLOOR = 0.006 * FULL  # a frame below is silence whatever the rest is: 44 dB below the loudest possible
ABOVE_NOISE = 3.0  # speech is this many times as loud as the quietest tenth
KEPT_AROUND = 0.15  # seconds of silence left before and behind
SHORTEST = 0.2  # seconds of speech; less is a click


class NotSound(ValueError):
    """This is no WAV that can be read, or nobody speaks in it."""


def polish(recorded: bytes) -> bytes:
    """A recording (WAV of 8 or 16 bits, any rate and channels) trimmed and levelled, as WAV of 16 bits, one channel, the same
    rate. Raises NotSound."""
    samples, rate = _samples(recorded)
    frame = max(1, int(rate * FRAME))
    loudness = [_root_of_squares(samples[at : at + frame]) for at in range(0, len(samples), frame)]
    in_order = sorted(loudness)
    noise, speech = in_order[len(in_order) // 10], in_order[len(in_order) * 9 // 10]
    # Where somebody speaks all the time, the quietest tenth is speech too.
    limit = max(FLOOR, min(noise * ABOVE_NOISE, speech / 2))
    spoken = [number for number, loud in enumerate(loudness) if loud >= limit]
    if len(spoken) * FRAME < SHORTEST:
        raise NotSound("nobody speaks")
    around = int(KEPT_AROUND / FRAME)
    first, last = max(0, spoken[0] - around), spoken[-1] + 1 + around
    mean = math.sqrt(sum(loudness[number] ** 2 for number in spoken) / len(spoken))
    kept = samples[first * frame : last * frame]
    gain = min(LOUDNESS / mean, MOST_GAIN, LOUDEST / max(abs(sample) for sample in kept))
    return _wav(array("h", (round(sample * gain) for sample in kept)), rate)


def _samples(recorded: bytes) -> tuple[Sequence[float], int]:
    """The samples of one channel around zero (-32768 to 32767), and how many there are in a second."""
    try:
        with wave.open(io.BytesIO(recorded)) as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError, OSError) as problem:
        raise NotSound(str(problem)) from None
    if width not in (1, 2) or channels < 1 or not 4000 <= rate <= 48000:
        raise NotSound(f"{width} bytes a sample, {channels} channels, {rate} a second")
    if width == 1:
        all_channels: Sequence[int] = [(byte - 128) * 256 for byte in data]
    else:
        read = array("h", data[: len(data) // 2 * 2])
        if sys.byteorder == "big":
            read.byteswap()
        all_channels = read
    one = [
        sum(all_channels[at : at + channels]) / channels
        for at in range(0, len(all_channels) - channels + 1, channels)
    ]
    if not one:
        raise NotSound("no samples")
    middle = sum(one) / len(one)  # a line may add a constant
    return [sample - middle for sample in one], rate


def _root_of_squares(samples: Sequence[float]) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)) if samples else 0.0


def _wav(samples: array[int], rate: int) -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()
