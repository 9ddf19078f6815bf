"""Every golden file comes out as it stands (see the package's docstring)."""

import pytest

from hotline.wording.segments import size
from tests.conversation.talk import LANGUAGES, book
from tests.golden.scripts import FOLDER, Script

SCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_it_comes_out_as_it_stands(path: object, pytestconfig: pytest.Config) -> None:
    script = Script.read(path)  # type: ignore[arg-type]
    assert script.heard, "a golden file without a reply plays nothing"
    now = script.played()
    if pytestconfig.getoption("--rewrite-golden"):
        script.path.write_text(now, encoding="utf-8")
    assert script.path.read_text(encoding="utf-8") == now


def test_every_form_has_one_in_every_language() -> None:
    there = {path.stem for path in SCRIPTS}
    wanted = {f"{form}.{locale}" for form in book().forms for locale in LANGUAGES}
    assert wanted <= there


def test_no_text_to_the_public_takes_more_than_one_segment() -> None:
    for path in SCRIPTS:
        script = Script.read(path)
        if script.settings.get("channel") == "voice" or script.settings.get("officer") == "yes":
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("< "):
                assert size(line[2:]).segments == 1, (path.stem, line)
