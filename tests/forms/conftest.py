"""A copy of the project's own content that a test may break."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotline.carriers.opening import voices_of
from hotline.config import load
from hotline.forms.check import check
from hotline.forms.source import Problem

PROJECT = Path(__file__).resolve().parents[2]
DEPLOYMENT = load({}).deployment
LANGUAGES, VOICED = DEPLOYMENT.languages, voices_of(DEPLOYMENT)


@dataclass
class Content:
    """The content below `root`: change a piece, then ask what `hotline check` finds."""

    root: Path
    languages: tuple[str, ...] = LANGUAGES

    def change(self, file: str, old: str, new: str) -> int:
        """Replace the first `old` in a file; gives the line where it stood."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r} to break"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def line(self, file: str, text: str) -> int:
        """The line of the first occurrence."""
        whole = (self.root / file).read_text(encoding="utf-8")
        return whole[: whole.index(text)].count("\n") + 1

    def problems(self) -> list[Problem]:
        """Everything that `hotline check` finds."""
        return check(self.root, languages=self.languages, voiced=VOICED)

    def finds(self, file: str, line: int, *words: str) -> None:
        """`hotline check` complains of this file and line, in these words."""
        here = [problem for problem in self.problems() if (problem.file, problem.line) == (file, line)]
        assert any(all(word in problem.text for word in words) for problem in here), (
            f"nothing said of {words} at {file}:{line}; there: {[str(problem) for problem in here]}"
        )


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """The project's content in all languages, without its code: templates and code have no part in it."""
    for folder in ("sms_forms", "ivr_flows", "locales"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, copy_function=_link_audio)
    return Content(tmp_path)


@pytest.fixture
def english(tmp_path: Path) -> Content:
    """The same in English alone, which is read faster."""
    copied = (
        *PROJECT.glob("sms_forms/*.yaml"),
        *PROJECT.glob("ivr_flows/*.yaml"),
        *PROJECT.glob("locales/*/d*.yaml"),
    )
    for path in copied:
        target = tmp_path / path.relative_to(PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return Content(tmp_path, ("en",))


def _link_audio(source: str, target: str) -> None:
    """Clips are many and never changed: link them."""
    if source.endswith(".mp3"):
        Path(target).symlink_to(source)
    else:
        shutil.copyfile(source, target)
