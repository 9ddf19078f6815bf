"""How a sentence that is to be recorded is said to the one who records it."""

from __future__ import annotations

from hotline.calltree.actions import Prompt
from hotline.forms.lacking import Lack, Why
from hotline.forms.spoken import sentences
from hotline.intake.audio import TAKE
from hotline.intake.desk import Desk


def spoken_first(desk: Desk, lack: Lack, locale: str, own: str) -> tuple[Prompt, ...]:
    """The sentence in the language of who records and in the one that is recorded: each as far as a voice or a clip of
    today's words can say it. In the same language it is said once."""
    said = {own: _in_own_words(desk, lack, own), locale: lack.text}
    return tuple(
        _prompt(desk, lack.key, language, text)
        for language, text in said.items()
        if _can_be_said(desk, lack, language, target=language == locale)
    )


def take_prompt(take_id: str, locale: str) -> Prompt:
    """What was just spoken."""
    return Prompt(f"{TAKE}{take_id}", locale, "")


def _can_be_said(desk: Desk, lack: Lack, language: str, *, target: bool) -> bool:
    if language in desk.clips.voiced:
        return True
    return (not target or lack.why is Why.STAND_IN) and desk.clips.file(language, lack.key) is not None


def _prompt(desk: Desk, key: str, language: str, text: str) -> Prompt:
    """Numbers, months and districts have no wording of their own."""
    value = key.split(".", 1)[0] in ("number", "digit", "month", "district")
    if not value:
        return Prompt(key, language, text)
    return Prompt("", language, text, (key,) if language not in desk.clips.voiced else ())


def _in_own_words(desk: Desk, lack: Lack, own: str) -> str:
    kind, _, value = lack.key.partition(".")
    if kind in ("number", "digit"):
        return value
    if kind == "month":
        return desk.shelf.newest.languages.dates.month(int(value), own)
    if kind == "district":
        return lack.text
    said = sentences(desk.shelf.newest, own, desk.settings.deployment.languages)
    return said.get(lack.key, lack.text)
