"""Letters of other alphabets that look like Latin ones: what a reader takes for "police" is "police"."""

from __future__ import annotations

from typing import Final

# Pairs of what is written and what is read: Cyrillic, Greek, Armenian, Cherokee, small capitals and hooked letters.
_PAIRS: Final = (
    "аa вb сc ԁd еe ѕs іi їi јj ԛq ԝw хx уy рp оo кk мm нh тt гr ћh ҽe ԍg ӏl зe ьb "
    "αa βb εe ηn ιi κk νv οo ρp τt υu χx γy ωw "
    "օo սu ցg հh ոn տs ӏl "
    "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz "
    "ɑa ɡg ɩi ɪi ʋv ɛe ɔo ɵo ɒa ƒf ŀl łl đd ħh ŧt ƀb ɓb ɗd ɠg ƙk ƞn ƥp ƭt ʈt ȷj ɨi ʉu ɾr ʂs"
)
LOOKALIKES: Final[dict[str, str]] = {
    **{pair[0]: pair[1] for pair in _PAIRS.split() if pair[1].isascii()},
    # Letters in boxes and circles that compatibility forms leave as they are, and the letters of flags.
    **{chr(0x1F150 + n): chr(97 + n) for n in range(26)},
    **{chr(0x1F170 + n): chr(97 + n) for n in range(26)},
    **{chr(0x1F1E6 + n): chr(97 + n) for n in range(26)},
    **{chr(0xE0061 + n): chr(97 + n) for n in range(26)},
    # Blanks that count as letters or signs.
    **dict.fromkeys("\u3164\uffa0\u115f\u1160\u2800", ""),
}
