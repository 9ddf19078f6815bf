"""Recorded audio: which files are played for a prompt, and the door at which the carrier fetches them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, abort, current_app, send_from_directory
from flask import Response as FlaskResponse

from hotline.calltree.actions import Prompt
from hotline.config import Settings
from hotline.threads.kit import Kit

audio_door = Blueprint("audio", __name__)
FOLDER = "ivr_flows/audio"


def audio_urls(root: Path, settings: Settings, prompt: Prompt) -> tuple[str, ...]:
    """The clips of a prompt, if all are there; () when the words are to be spoken by the language's voice."""
    keys = prompt.clips or ((prompt.key,) if prompt.key else ())
    names = tuple(f"{prompt.locale}/{key}.mp3" for key in keys)
    if not names or not all(_exists(root / FOLDER / name) for name in names):
        return ()
    return tuple(f"{settings.public_url}/audio/{name}" for name in names)


@cache
def _exists(path: Path) -> bool:
    return path.is_file()


@audio_door.get("/audio/<locale>/<name>.mp3")
def clip(locale: str, name: str) -> FlaskResponse:
    """One clip. What is said to everybody who calls is no secret: no signature (the carrier sends none with GET)."""
    kit: Kit = current_app.extensions["desk"].kit
    book = kit.book
    if not locale.isalpha():
        abort(404)
    folder = book.root / FOLDER / locale
    answer = send_from_directory(folder, f"{name}.mp3", mimetype="audio/mpeg", max_age=3600)
    # The simulator shows what is said as text as well; the carrier does not look at it.
    answer.headers["X-Prompt-Text"] = quote(_words(kit, name, locale))
    return answer


def _words(kit: Kit, key: str, locale: str) -> str:
    """The words of a clip; "" for numbers and other values, whose key says it all. In the first menu each language says
    its own key."""
    wording = next((wording for wording in kit.book.every_wording() if wording.key == key), None)
    languages = kit.settings.deployment.languages
    own_key = languages.index(locale) + 1 if locale in languages else 0
    return kit.book.text(wording, locale, key=own_key) if wording else ""


__all__ = ["audio_door", "audio_urls"]
