"""Changing content as a whole or not at all: on a copy first, which can be checked, then file by file in its place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

FOLDERS = ("sms_forms", "ivr_flows", "locales")
_TEXTS = {".yaml", ".po"}


@contextmanager
def staged(root: Path) -> Iterator[Path]:
    """A copy of the content below `root`, gone afterwards. Recordings are links."""
    with tempfile.TemporaryDirectory(prefix="hotline-content-") as folder:
        copy = Path(folder).resolve()
        for name in FOLDERS:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, copy_function=_copy)
        yield copy


def _copy(source: str, target: str) -> None:
    if Path(source).suffix in _TEXTS:
        shutil.copyfile(source, target)
    else:
        os.symlink(Path(source).resolve(), target)


def changed(root: Path, copy: Path) -> tuple[Path, ...]:
    """The texts that differ or are new in the copy, relative to both."""
    found = []
    for name in FOLDERS:
        for path in sorted((copy / name).rglob("*")):
            relative = path.relative_to(copy)
            if path.suffix in _TEXTS and not _same(path, root / relative):
                found.append(relative)
    return tuple(found)


def _same(path: Path, other: Path) -> bool:
    return other.is_file() and path.read_bytes() == other.read_bytes()


def publish(root: Path, copy: Path, files: Sequence[Path]) -> None:
    """Put the copy's files in the place of those below `root`. All are written beside first: a full disk or a missing
    right changes nothing. Raises OSError."""
    prepared: list[tuple[Path, Path]] = []
    try:
        for name in files:
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            os.close(handle)
            prepared.append((Path(beside), target))
            shutil.copyfile(copy / name, beside)
            os.chmod(beside, target.stat().st_mode if target.exists() else 0o644)
        for beside_path, target in prepared:
            os.replace(beside_path, target)
    finally:
        for beside_path, _ in prepared:
            beside_path.unlink(missing_ok=True)
