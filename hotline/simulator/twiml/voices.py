"""Which voice speaks which language. A wrong pair fails the verb."""

from __future__ import annotations

import re

#: Languages the carrier can speak when no voice is named, or one of its basic voices.
LANGUAGES = frozenset(
    [
        "en",
        "en-US",
        "en-GB",
        "en-AU",
        "en-IN",
        "en-IE",
        "en-NZ",
        "en-ZA",
        "en-CA",
        "es",
        "es-ES",
        "es-MX",
        "es-US",
        "fr",
        "fr-FR",
        "fr-CA",
        "fr-BE",
        "cmn-CN",
        "zh-CN",
        "cmn-TW",
        "zh-TW",
        "zh-HK",
        "hi-IN",
        "bn-IN",
        "fil-PH",
        "pt-BR",
        "pt-PT",
        "ru-RU",
        "de",
        "de-DE",
        "it-IT",
        "nl-NL",
    ]
)

_BASIC = {
    "man": frozenset(
        {"en", "en-US", "en-GB", "es", "es-ES", "es-MX", "es-US", "fr", "fr-FR", "fr-CA", "de", "de-DE"}
    ),
    "woman": frozenset(
        {"en", "en-US", "en-GB", "es", "es-ES", "es-MX", "es-US", "fr", "fr-FR", "fr-CA", "de", "de-DE"}
    ),
    "alice": LANGUAGES - {"hi-IN", "bn-IN", "fil-PH"},
}

_POLLY = {
    "en-US": "Joanna Matthew Kendra Kimberly Salli Joey Justin Ivy Ruth Stephen Danielle Gregory",
    "en-GB": "Amy Brian Emma Arthur",
    "en-AU": "Nicole Russell Olivia",
    "en-IN": "Raveena Aditi Kajal",
    "es-MX": "Mia Andres",
    "es-US": "Lupe Miguel Penelope Pedro",
    "es-ES": "Conchita Lucia Enrique Sergio",
    "fr-FR": "Celine Lea Mathieu Remi",
    "fr-CA": "Chantal Gabrielle Liam",
    "fr-BE": "Isabelle",
    "cmn-CN": "Zhiyu",
    "hi-IN": "Aditi Kajal",
    "pt-BR": "Camila Vitoria Ricardo Thiago",
    "ru-RU": "Tatyana Maxim",
}
_POLLY_NAMES = {language: frozenset(names.split()) for language, names in _POLLY.items()}
_POLLY_LANGUAGE = {name: language for language, names in _POLLY_NAMES.items() for name in sorted(names)}
#: What the carrier also calls a language that a voice of another spelling speaks.
_SAME = {"zh-CN": "cmn-CN", "zh-TW": "cmn-TW", "en": "en-US", "es": "es-ES", "fr": "fr-FR"}
_GOOGLE_KINDS = {"fil-PH": ("Standard", "Wavenet")}
_GOOGLE = re.compile(
    r"Google\.(?P<language>[a-z]{2,3}-[A-Z]{2})-(?P<kind>Standard|Wavenet|Neural2|Chirp3-HD)-[A-Z][A-Za-z]*"
)
_GOOGLE_LANGUAGES = (LANGUAGES | {"yue-HK"}) - {"en", "es", "fr", "de"}


def complaint(voice: str, language: str) -> tuple[int, str] | None:
    """The carrier's code and words if this pair cannot speak, else None. "" means that the attribute is not there."""
    if language and language not in LANGUAGES:
        return 13511, f"Say: invalid language {language!r}"
    if not voice:
        return None
    spoken = _languages_of(voice)
    if spoken is None:
        return 13512, f"Say: invalid voice {voice!r}"
    if language and not ({language, _SAME.get(language, language)} & spoken):
        return 13512, f"Say: voice {voice!r} does not speak {language!r}"
    return None


def _languages_of(voice: str) -> frozenset[str] | None:
    if voice in _BASIC:
        return _BASIC[voice]
    if voice.startswith("Polly."):
        name = re.sub(r"-(Neural|Generative)$", "", voice.removeprefix("Polly."))
        languages = frozenset(lang for lang, names in _POLLY_NAMES.items() if name in names)
        return languages or None
    google = _GOOGLE.fullmatch(voice)
    if google is None or google["language"] not in _GOOGLE_LANGUAGES:
        return None
    language, kind = google["language"], google["kind"]
    return frozenset({language}) if kind in _GOOGLE_KINDS.get(language, (kind,)) else None
