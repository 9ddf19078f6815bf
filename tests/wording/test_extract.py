"""`make messages` as authors and translators meet it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.wording.catalogue import Catalogues
from hotline.wording.extract import ChangeKind, ExtractError, Message, from_templates, sync
from hotline.wording.po import read, render

SEX = Message(
    "screening.sex.text", "Sex? 1 female 2 male", "sms_forms/screening.yaml:40", "one segment; by text"
)
AGE = Message("screening.age.text", 'Age in "years"?\nOr a year', "sms_forms/screening.yaml:52")


def translate(folder: Path, locale: str, old: str, new: str) -> None:
    path = folder / locale / "hotline.po"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def translated(folder: Path) -> None:
    sync(folder, ["fr"], [SEX, AGE], write=True)
    translate(
        folder,
        "fr",
        'msgid "Sex? 1 female 2 male"\nmsgstr ""',
        'msgid "Sex? 1 female 2 male"\nmsgstr "Sexe? 1 f 2 m"',
    )
    translate(folder, "fr", "#. one segment", "# short on purpose\n#. one segment")


def test_a_new_catalogue_is_made_sorted_and_without_dates(tmp_path: Path) -> None:
    drift = sync(tmp_path, ["fr"], [SEX, AGE], write=True)
    assert {(change.key, change.kind) for change in drift.changes} == {
        (SEX.key, ChangeKind.NEW),
        (AGE.key, ChangeKind.NEW),
    }
    assert (tmp_path / "fr" / "hotline.po").read_text(encoding="utf-8") == (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: hotline\\n"\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"X-Reviewed-By-Native-Speaker: no\\n"\n\n'
        '#: sms_forms/screening.yaml\nmsgctxt "screening.age.text"\n'
        'msgid ""\n"Age in \\"years\\"?\\n"\n"Or a year"\nmsgstr ""\n\n'
        '#. one segment; by text\n#: sms_forms/screening.yaml\nmsgctxt "screening.sex.text"\n'
        'msgid "Sex? 1 female 2 male"\nmsgstr ""\n'
    )


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    locales = ["en", "acf", "fr", "es", "ht", "zh"]
    assert sync(tmp_path, locales, [SEX, AGE], write=True)
    assert not sync(tmp_path, locales, [AGE, SEX], write=True)
    assert not sync(tmp_path, locales, [SEX, AGE], write=False)
    assert "msgctxt" not in (tmp_path / "en" / "hotline.po").read_text(encoding="utf-8")


def test_looking_writes_nothing(tmp_path: Path) -> None:
    assert sync(tmp_path, ["fr"], [SEX], write=False)
    assert list(tmp_path.iterdir()) == []


def test_translations_remarks_and_the_review_stay(tmp_path: Path) -> None:
    translated(tmp_path)
    translate(tmp_path, "fr", "Speaker: no", "Speaker: yes, 2026-11-02")
    translate(
        tmp_path,
        "fr",
        'msgid ""\nmsgstr ""\n"Project',
        '# French of Saint Lucia\nmsgid ""\nmsgstr ""\n"Project',
    )
    assert not sync(tmp_path, ["fr"], [SEX, AGE], write=True)
    moved = Message(SEX.key, SEX.english, "sms_forms/screening.yaml:400", SEX.comment)
    assert not sync(tmp_path, ["fr"], [moved, AGE], write=True), "a line number is no change"
    text = (tmp_path / "fr" / "hotline.po").read_text(encoding="utf-8")
    assert "# French of Saint Lucia" in text
    assert "# short on purpose" in text
    assert Catalogues.load(tmp_path).review("fr").reviewed


def test_a_changed_english_makes_the_translation_doubtful_and_back(tmp_path: Path) -> None:
    translated(tmp_path)
    changed = Message(SEX.key, "Sex of the person?", SEX.place, SEX.comment)
    (change,) = sync(tmp_path, ["fr"], [changed, AGE], write=True).changes
    assert (change.key, change.kind) == (SEX.key, ChangeKind.CHANGED)
    entry = read(tmp_path / "fr" / "hotline.po").entries[SEX.key]
    assert (entry.fuzzy, entry.previous, entry.translation) == (True, SEX.english, "Sexe? 1 f 2 m")
    assert not sync(tmp_path, ["fr"], [changed, AGE], write=False), "the doubt is kept, not counted again"
    sync(tmp_path, ["fr"], [SEX, AGE], write=True)
    assert not read(tmp_path / "fr" / "hotline.po").entries[SEX.key].fuzzy


def test_what_no_form_asks_any_more_goes(tmp_path: Path) -> None:
    translated(tmp_path)
    (change,) = sync(tmp_path, ["fr"], [AGE], write=True).changes
    assert str(change) == "locales/fr/hotline.po: obsolete screening.sex.text"
    assert set(read(tmp_path / "fr" / "hotline.po").entries) == {AGE.key}


def test_a_renamed_key_does_not_cost_the_translation(tmp_path: Path) -> None:
    translated(tmp_path)
    renamed = Message("screening.victim_sex.text", SEX.english, SEX.place)
    sync(tmp_path, ["fr"], [renamed, AGE], write=True)
    entry = read(tmp_path / "fr" / "hotline.po").entries[renamed.key]
    assert (entry.translation, entry.fuzzy, entry.remarks) == ("Sexe? 1 f 2 m", True, ("short on purpose",))


def test_a_file_in_another_order_is_drift_of_layout(tmp_path: Path) -> None:
    sync(tmp_path, ["fr"], [SEX], write=True)
    translate(tmp_path, "fr", "#. one segment; by text\n", "")
    (change,) = sync(tmp_path, ["fr"], [SEX], write=False).changes
    assert change.kind is ChangeKind.LAYOUT


def test_one_key_has_one_english(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"b\.yaml:2: the key k has another English at a\.yaml:1"):
        sync(
            tmp_path, ["fr"], [Message("k", "One", "a.yaml:1"), Message("k", "Two", "b.yaml:2")], write=False
        )
    twice = [Message("k", "One", "b.yaml:2"), Message("k", "One", "a.yaml:1")]
    sync(tmp_path, ["fr"], twice, write=True)
    assert read(tmp_path / "fr" / "hotline.po").entries["k"].places == ("a.yaml", "b.yaml")


def test_what_is_written_reads_back_as_the_same(tmp_path: Path) -> None:
    translated(tmp_path)
    sync(tmp_path, ["fr"], [Message(SEX.key, 'New\n"line"\\', SEX.place), AGE], write=True)
    path = tmp_path / "fr" / "hotline.po"
    assert render(read(path)) == path.read_text(encoding="utf-8")


def test_marked_sentences_are_found_in_templates_and_code(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<h1>{{ _("report.title", "Tell us") }}</h1>\n{% if x %}\n'
        '{{ field(label=_("report.who", "Who, {name}?", name=n)) }}{% endif %}',
        encoding="utf-8",
    )
    (tmp_path / "views.py").write_text(
        'def view(_):\n    return _("report.thanks",\n        "Thank " "you")\n', encoding="utf-8"
    )
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    assert from_templates(tmp_path, base=tmp_path) == (
        Message("report.title", "Tell us", "page.html:1"),
        Message("report.who", "Who, {name}?", "page.html:3"),
        Message("report.thanks", "Thank you", "views.py:2"),
    )


@pytest.mark.parametrize(
    ("name", "source", "place"),
    [
        ("a.html", "\n{{ _(key, 'English') }}", r"a\.html:2: write _"),
        ("a.html", "{{ _('k') }}", r"a\.html:1: write _"),
        ("a.html", "{% if %}", r"a\.html:1: "),
        ("a.py", "\n\n_('k', f'{x}')", r"a\.py:3: write _"),
        ("a.py", "def (", r"a\.py:1: "),
    ],
)
def test_a_sentence_that_nobody_could_translate_is_refused(
    tmp_path: Path, name: str, source: str, place: str
) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    with pytest.raises(ExtractError, match=place):
        from_templates(tmp_path, base=tmp_path)
