"""What `hotline check` says of `[watch]` in hotline.toml: what it cannot know from the file alone."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.commands.house import Means
from hotline.db import read
from hotline.forms.source import Problem
from hotline.toml_lines import line_of
from hotline.triage.grade import DangerWords, Grade, findings
from hotline.watch.probes import whose_number


def problems(house: Means) -> Iterator[Problem]:
    """The test number must be nobody's of ours; the probe's words must be understood as an emergency."""
    watch = house.settings.deployment.watch
    file = house.settings.config_file
    words = DangerWords.load(house.book.root / "locales")
    if not any(found.grade is Grade.EMERGENCY for found in findings(watch.probe_words, words)):
        said = f"the words '{watch.probe_words}' are not understood as an emergency: every probe would fail"
        yield Problem(file.name, line_of(file.read_text(encoding="utf-8"), ("watch", "probe_words")), said)
    if watch.test_number:
        with read(house.engine) as tx:
            whose = whose_number(tx, house.kit, watch.test_number)
        if whose:
            said = f"the test number is that of {whose}: tests must never go to them, and none is sent"
            yield Problem(
                file.name, line_of(file.read_text(encoding="utf-8"), ("watch", "test_number")), said
            )
