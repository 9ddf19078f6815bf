"""Languages as ISO 639-3 codes, from the names that people use for them.

`acf` has no code in ISO 639-1 or 639-2, so ours are those of 639-3; HTCDS asks for 639-2, where the French-based
creoles without a code of their own share `cpf`.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_NAMES: Final[dict[str, str]] = {
    "acf": "kweyol, kweyol donmnik, kweyol sent lisi, saint lucian creole, st lucian creole, st lucia creole, antillean creole, "
    "patois, patwa, french creole, creole antillais, criollo antillano, 安的列斯克里奥尔语, 圣卢西亚克里奥尔语",
    "eng": "english, anglais, ingles, angle, anngle, 英语, 英文",
    "fra": "french, francais, frances, franse, fwanse, 法语, 法文",
    "spa": "spanish, espanol, espagnol, castellano, panyol, espayol, pangyol, 西班牙语, 西语",
    "hat": "haitian, haitian creole, kreyol, kreyol ayisyen, creole haitien, criollo haitiano, haitiano, ayisyen, 海地语, 海地克里奥尔语",
    "zho": "chinese, mandarin, putonghua, chinois, chino, chinwa, chinwa manndaren, chinwaz, 中文, 汉语, 普通话, 华语, 国语",
    "yue": "cantonese, cantonais, cantones, 粤语, 广东话",
    "jam": "jamaican, jamaican patois, jamaican creole, patois jamaicain, patua jamaiquino",
    "hin": "hindi, 印地语",
    "ben": "bengali, bangla, bengalais, bengali bangla, 孟加拉语",
    "nep": "nepali, nepalese, nepalais, 尼泊尔语",
    "fil": "filipino, tagalog, pilipino, 菲律宾语, 他加禄语",
    "por": "portuguese, portugais, portugues, brazilian, 葡萄牙语",
    "rus": "russian, russe, ruso, 俄语",
    "ukr": "ukrainian, ukrainien, ucraniano, 乌克兰语",
    "ara": "arabic, arabe, 阿拉伯语",
    "tam": "tamil, tamoul, 泰米尔语",
    "tel": "telugu",
    "sin": "sinhala, sinhalese, cingalais, 僧伽罗语",
    "urd": "urdu, ourdou, 乌尔都语",
    "pan": "punjabi, panjabi",
    "guj": "gujarati",
    "vie": "vietnamese, vietnamien, vietnamita, 越南语",
    "ind": "indonesian, indonesien, indonesio, bahasa, 印尼语",
    "nld": "dutch, neerlandais, holandes, 荷兰语",
    "pap": "papiamento, papiamentu",
    "srn": "sranan, sranan tongo, taki taki",
    "gcf": "guadeloupean creole, martinican creole, creole guadeloupeen, creole martiniquais, gwadloupeyen, matinitje",
    "yor": "yoruba",
    "ibo": "igbo, ibo",
}
# Names that fit two of the languages spoken here: said to a person, asked back, never guessed.
AMBIGUOUS: Final[dict[str, tuple[str, ...]]] = {
    "creole": ("acf", "hat"),
    "criollo": ("acf", "hat"),
    "patua": ("acf", "jam"),
}
_TWO_LETTERS: Final = {
    "en": "eng", "fr": "fra", "es": "spa", "ht": "hat", "zh": "zho", "hi": "hin", "bn": "ben", "ne": "nep", "pt": "por",
    "ru": "rus", "uk": "ukr", "ar": "ara", "ta": "tam", "te": "tel", "si": "sin", "ur": "urd", "pa": "pan", "gu": "guj",
    "vi": "vie", "id": "ind", "nl": "nld", "yo": "yor", "ig": "ibo", "tl": "fil",
}  # fmt: skip
# What ISO 639-2 has instead; all others are the same in both (the terminological codes: fra, zho, nld).
_ISO_639_2: Final = {"acf": "cpf", "gcf": "cpf", "jam": "cpe", "yue": "zho"}


def language_codes(said: str) -> tuple[str, ...]:
    """The ISO 639-3 codes that a name or code may mean: one, several ("creole": asked back), or none if unknown."""
    name = _plain(said)
    if name in AMBIGUOUS:
        return AMBIGUOUS[name]
    if name in _NAMES:
        return (name,)
    code = _BY_NAME.get(name) or _TWO_LETTERS.get(name)
    return (code,) if code else ()


def iso_639_2(code: str) -> str:
    """The ISO 639-2 code for an ISO 639-3 one ("acf" → "cpf", the collective code of its family)."""
    return _ISO_639_2.get(code, code)


def _plain(said: str) -> str:
    parts = unicodedata.normalize("NFKD", said.casefold())
    letters = "".join(part if part.isalnum() else " " for part in parts if not unicodedata.combining(part))
    return " ".join(letters.split())


_BY_NAME: Final = {_plain(name): code for code, names in _NAMES.items() for name in names.split(",")}
