"""Which synthetic voice speaks which language on a Twilio line; a language that is not here needs recorded audio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """A pair that exists: a wrong pair of voice and language fails the whole verb."""

    name: str
    language: str


# Haitian Creole, Saint Lucian Kwéyòl and Nepali have no voice at all (field tables of the carrier, April 2026).
VOICES: Mapping[str, Voice] = {
    "en": Voice("Polly.Joanna", "en-US"),
    "fr": Voice("Polly.Lea", "fr-FR"),
    "es": Voice("Polly.Mia", "es-MX"),
    "zh": Voice("Polly.Zhiyu", "cmn-CN"),
    "hi": Voice("Polly.Aditi", "hi-IN"),
    "pt": Voice("Polly.Camila", "pt-BR"),
    "ru": Voice("Polly.Tatyana", "ru-RU"),
}


def voice_of(locale: str, voices: Mapping[str, Voice] = VOICES) -> Voice | None:
    """The voice for a locale ("fr", or "fr_HT" by its language), None when only recorded audio can speak it."""
    return voices.get(locale) or voices.get(locale.replace("-", "_").split("_")[0])
