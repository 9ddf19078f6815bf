"""Where the content lies: the folder with sms_forms/, ivr_flows/ and locales/."""

from __future__ import annotations

import gc
from pathlib import Path

from hotline.config import Settings

PROJECT = Path(__file__).resolve().parent.parent


def content_root(settings: Settings) -> Path:
    """Beside `hotline.toml` where a task force keeps its own; else the project's."""
    own = settings.config_file.parent
    return own if (own / "sms_forms").is_dir() else PROJECT


def expect_much() -> None:
    """Called before the content is read: it becomes a million objects that stay, and by its usual measure the collector looks
    through them so often that a third of the start is spent on it."""
    gc.set_threshold(100_000, 50, 1000)


def settle() -> None:
    """Called once the content was read: it stays as long as the process, so the collector need not look through its
    hundred thousand objects again and again, which costs 50 ms in the middle of somebody's message."""
    gc.collect()
    gc.freeze()
