"""What a text costs."""

from __future__ import annotations

import pytest

from hotline.simulator.segments import Encoding, measure


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("[" + "a" * 159, "GSM-7", 161, 2),
        # 152 septets and an escaped sign: the sign does not fit whole into the first 153.
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("ñ é è ò à ù ¿", "GSM-7", 13, 1),
        ("á", "UCS-2", 1, 1),
        ("ê" * 70, "UCS-2", 70, 1),
        ("ê" * 71, "UCS-2", 71, 2),
        ("你" * 134, "UCS-2", 134, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
    ],
)
def test_segments(text: str, encoding: str, units: int, segments: int) -> None:
    size = measure(text)
    assert (size.encoding, size.units, size.segments) == (Encoding(encoding), units, segments)
