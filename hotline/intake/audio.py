"""Recorded audio: which files are played for a prompt, and the door at which the carrier fetches them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, abort, current_app, send_from_directory
from flask import Response as FlaskResponse

from hotline.alerts.case_calls import SOUND
from hotline.alerts.read_outs import sound_of
from hotline.calltree.actions import Prompt
from hotline.db import read
from hotline.forms.clips import Clips
from hotline.forms.manifest import AUDIO
from hotline.intake.desk import Desk
from hotline.threads.kit import Kit
from hotline.threads.tables import PromptTake

audio_door = Blueprint("audio", __name__)
TAKE = "take."  # the key of a prompt that was just spoken by phone: what follows is its id
KEPT_SECONDS = 300  # how long the carrier may keep a clip: one that was recorded anew is heard soon
_TYPES: Mapping[str, str] = {"mp3": "audio/mpeg", "wav": "audio/wav"}


def audio_urls(clips: Clips, public_url: str, prompt: Prompt) -> tuple[str, ...]:
    """The files of a prompt, if all are there; () when the words are to be spoken by the language's voice."""
    if prompt.key.startswith(TAKE):
        return (f"{public_url}/audio/takes/{prompt.key.removeprefix(TAKE)}.wav",)
    if prompt.key.startswith(SOUND):
        return (f"{public_url}/audio/told/{prompt.key.removeprefix(SOUND)}.mp3",)
    keys = prompt.clips or ((prompt.key,) if prompt.key else ())
    said = "" if prompt.clips else prompt.text
    files = [file for key in keys if (file := clips.file(prompt.locale, key, said))]
    if not keys or len(files) < len(keys):
        return ()
    return tuple(f"{public_url}/audio/{file}" for file in files)


@audio_door.get("/audio/<locale>/<name>.<any(mp3, wav):ending>")
@audio_door.get("/audio/<locale>/<variant>/<name>.<any(mp3, wav):ending>")
def clip(locale: str, name: str, ending: str, variant: str = "") -> FlaskResponse:
    """One clip. What is said to everybody who calls is no secret: no signature (the carrier sends none with GET)."""
    kit = _desk().kit
    if not locale.isalpha():
        abort(404)
    folder = kit.book.root / AUDIO / locale
    file = f"{variant}/{name}.{ending}" if variant else f"{name}.{ending}"
    answer = send_from_directory(folder, file, mimetype=_TYPES[ending], max_age=KEPT_SECONDS)
    # The simulator shows what is said as text as well; the carrier does not look at it.
    answer.headers["X-Prompt-Text"] = quote(_words(kit, name, locale))
    return answer


@audio_door.get("/audio/takes/<take_id>.wav")
def take(take_id: str) -> FlaskResponse:
    """A prompt as it was just spoken by phone, for the one who spoke it: the words of the hotline, no person's."""
    with read(_desk().engine) as tx:
        found = tx.get(PromptTake, take_id)
        if found is None or found.media is None:
            abort(404)
        return FlaskResponse(found.media, content_type=_TYPES["wav"])


@audio_door.get("/audio/told/<sound_id>.mp3")
def told(sound_id: str) -> FlaskResponse:
    """A contact's recording, for the call of who took the alert: the id is a secret of 256 bits that only this call's
    document names, and that is worth nothing once the call is over. Nobody may keep the sound."""
    desk = _desk()
    with read(desk.engine) as tx:
        media = sound_of(tx, desk.kit, sound_id)
    if media is None:
        abort(404)
    answer = FlaskResponse(media, content_type=_TYPES["mp3"])
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _desk() -> Desk:
    desk: Desk = current_app.extensions["desk"]
    return desk


def _words(kit: Kit, key: str, locale: str) -> str:
    """The words of a clip; "" for numbers and other values, whose key says it all. In the first menu each language says
    its own key."""
    wording = next((wording for wording in kit.book.every_wording() if wording.key == key), None)
    languages = kit.settings.deployment.languages
    own_key = languages.index(locale) + 1 if locale in languages else 0
    return kit.book.text(wording, locale, key=own_key) if wording else ""


__all__ = ["audio_door", "audio_urls"]
