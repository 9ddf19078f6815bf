"""What the player needs for the trees of this room, which ask no form: nothing is read by words."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from hotline.answers.question import Circumstances
from hotline.answers.words import Words
from hotline.calltree.heard import Setting
from hotline.standards.countries import Countries
from hotline.standards.places import Gazetteer
from hotline.threads.kit import Kit


def setting_for(kit: Kit, locale: str, now: datetime) -> Setting:
    """The setting of a call in this language."""
    deployment = kit.settings.deployment
    here = Circumstances(
        now, ZoneInfo(deployment.time_zone), deployment.country, deployment.day_first, locale
    )
    return Setting(tuple(deployment.languages), _no_words(), here)


@lru_cache(maxsize=1)
def _no_words() -> Words:
    return Words({}, Countries.load(), Gazetteer.load())
