"""What `tests/triage/figures.py` measures, handed to the end of the run, where it is printed."""

from collections.abc import Callable

from tests.triage.figures import lines


def test_the_figures_tell_of_every_language(record_property: Callable[[str, object], None]) -> None:
    told = list(lines())
    for line in told:
        record_property("figure", line)
    for locale in ("acf", "en", "es", "fr", "ht", "zh"):
        for what in ("danger, seen", "danger, unseen", "replies"):
            assert any(line.startswith(what) and f" {locale} " in line for line in told), (what, locale)
