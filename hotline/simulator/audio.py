"""Sound files: how long one lasts, and small ones in place of what a person said."""

from __future__ import annotations

import math
import struct

_RATE = 8000
_MP3_BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MP3_BITRATES_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
#: One silent MPEG-1 layer III frame: 32 kbit/s, 44.1 kHz, mono, 26 ms.
_SILENT_FRAME = b"\xff\xfb\x10\xc4" + bytes(100)
_FRAME_SECONDS = 1152 / 44100


def duration(body: bytes, content_type: str) -> float | None:
    """Seconds of a WAV or MP3 file; None if it is not what it says."""
    if content_type in ("audio/wav", "audio/wave", "audio/x-wav", "audio/vnd.wave"):
        return _wav_seconds(body)
    if content_type in ("audio/mpeg", "audio/mp3"):
        return _mp3_seconds(body)
    return None


def spoken_wav(words: str, seconds: float) -> bytes:
    """A WAV of that length: a soft tone for each word, and the words themselves in its comment chunk."""
    count = max(1, len(words.split()))
    total = max(1, int(seconds * _RATE))
    slot = max(1, total // count)
    samples = bytearray()
    for i in range(total):
        loud = words and (i % slot) < slot * 0.7
        samples.append(128 + (int(28 * math.sin(i * 0.28)) if loud else 0))
    text = words.encode() + b"\0"
    comment = _chunk(b"LIST", b"INFO" + _chunk(b"ICMT", text))
    layout = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, _RATE, _RATE, 1, 8))
    content = b"WAVE" + layout + comment + _chunk(b"data", bytes(samples))
    return b"RIFF" + struct.pack("<I", len(content)) + content


def silent_mp3(words: str, seconds: float) -> bytes:
    """An MP3 of silence, with the words in its comment tag (ID3v2.3)."""
    comment = b"\x01eng\xff\xfe\0\0" + words.encode("utf-16")
    frame = b"COMM" + struct.pack(">I", len(comment)) + b"\0\0" + comment
    size = len(frame)
    sevens = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + sevens + frame + _SILENT_FRAME * max(1, round(seconds / _FRAME_SECONDS))


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + (b"\0" if len(content) % 2 else b"")


def _wav_seconds(body: bytes) -> float | None:
    if body[:4] != b"RIFF" or body[8:12] != b"WAVE":
        return None
    position, rate = 12, 0
    while position + 8 <= len(body):
        name, size = body[position : position + 4], struct.unpack_from("<I", body, position + 4)[0]
        if name == b"fmt " and position + 20 <= len(body):
            rate = struct.unpack_from("<I", body, position + 16)[0]
        if name == b"data":
            # Streaming writers leave a size of 0xFFFFFFFF: what is there counts.
            return min(size, len(body) - position - 8) / rate if rate else None
        position += 8 + size + size % 2
    return None


def _mp3_seconds(body: bytes) -> float | None:
    start = 0
    if body[:3] == b"ID3" and len(body) > 10:
        start = 10 + sum((b & 0x7F) << shift for b, shift in zip(body[6:10], (21, 14, 7, 0), strict=True))
    while start + 4 <= len(body):
        if body[start] == 0xFF and body[start + 1] & 0xE0 == 0xE0:
            break
        start += 1
    else:
        return None
    first_version = bool(body[start + 1] & 0x08)
    index = body[start + 2] >> 4
    rates = _MP3_BITRATES if first_version else _MP3_BITRATES_LOW
    if not 0 < index < len(rates):
        return None
    return (len(body) - start) * 8 / (rates[index] * 1000)
