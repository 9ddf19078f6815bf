"""HTML to PDF through a Chromium that is there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LONGEST = 120  # seconds for one page


class NoBrowser(ValueError):
    """There is no Chromium; the text says what was looked for."""


def find_browser(named: str | None) -> str:
    """The Chromium that the settings name, else the one on the PATH. Raises NoBrowser."""
    if named is not None:
        found = shutil.which(named)
        if found is None:
            raise NoBrowser(f"HOTLINE_CHROMIUM names '{named}', which does not run")
        return found
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    raise NoBrowser("there is no Chromium on the PATH and HOTLINE_CHROMIUM is not set")


def print_pdf(browser: str, page: Path) -> Path:
    """The page as PDF beside it, in the sizes that its style names. Raises ValueError when the browser fails."""
    pdf = page.with_suffix(".pdf")
    pdf.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        # The page is ours and loads nothing, so root's missing sandbox does no harm.
        done = subprocess.run(  # noqa: S603  # the browser that was chosen, on our own page
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                "--no-pdf-header-footer", f"--print-to-pdf={pdf.absolute()}", page.absolute().as_uri(),
            ],
            capture_output=True,
            timeout=_LONGEST,
            check=False,
        )  # fmt: skip
    if done.returncode != 0 or not pdf.is_file():
        raise ValueError(f"{browser} could not print {page}")
    return pdf
