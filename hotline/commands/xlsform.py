"""`hotline forms export`, `hotline forms import`: forms as XLSForm workbooks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hotline.commands.house import means
from hotline.content import content_root
from hotline.forms.manifest import read_manifest
from hotline.forms.source import BadContent
from hotline.forms.staging import changed, publish, staged
from hotline.forms.workbook import read_workbook
from hotline.forms.xlsform import applying
from hotline.forms.xlsform.export import export, language_names
from hotline.forms.xlsform.reading import Imported, Known, read_xlsform
from hotline.forms.xlsform.unmapped import unmapped
from hotline.standards.countries import Countries
from hotline.standards.crosswalk import Crosswalk


@click.group()
def forms() -> None:
    """Forms as XLSForm workbooks, for KoboToolbox, ODK and spreadsheet programs."""


@forms.command("export")
@click.argument("form")
@click.option(
    "--out",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workbook to write.",
)
def export_form(form: str, target: Path) -> None:
    """Write FORM with its choices and all translations as an XLSForm workbook."""
    house = means()
    if form not in house.book.forms:
        raise click.ClickException(f"no form '{form}'; there are {', '.join(house.book.forms)}")
    names = language_names(house.book, house.settings.deployment.languages)
    target.write_bytes(export(house.book, form, names))
    click.echo(f"{target}: {len(house.book.forms[form].items)} questions in {len(names)} languages")


@forms.command("import")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; say what would be lost, and fail if anything is.",
)
@click.option(
    "--replace", is_flag=True, help="Also take out questions and answers that the workbook no longer has."
)
def import_form(workbook: Path, only_check: bool, replace: bool) -> None:
    """Read an XLSForm WORKBOOK into sms_forms/ and locales/. What gets lost is told on standard error."""
    house = means()
    root, book = content_root(house.settings), house.book
    names = language_names(book, house.settings.deployment.languages)
    clips = {
        locale: {key: clip.file for key, clip in read_manifest(root, locale).items()} for locale in names
    }
    known = Known(names, book.lists, clips, frozenset(Countries.load()))
    found = read_xlsform(read_workbook(workbook), workbook.stem, known)
    for remark in (*found.lost, *unmapped(found, Crosswalk.load())):
        click.echo(f"{workbook.name}: {remark}", err=True)
    with staged(root) as copy:
        try:
            applied = applying.apply(found.document, copy)
        except BadContent as error:
            raise click.ClickException(str(error)) from error
        _read_again(found, copy, workbook)
        files = changed(root, copy)
        named = {line.partition(":")[0] for line in applied.changes}
        others = [
            f"{file}: brought in step with the forms"
            for file in map(Path.as_posix, files)
            if file not in named
        ]
        for line in (*applied.changes, *others) or ("nothing changes",):
            click.echo(line)
        if only_check:
            sys.exit(1 if found.lost else 0)
        if applied.removed and not replace:
            gone = ", ".join(applied.removed)
            raise click.ClickException(
                f"nothing is written, for this would be taken out: {gone}. If that is meant: --replace"
            )
        publish(root, copy, files)
    if files:
        click.echo(f"{len(files)} file{'' if len(files) == 1 else 's'} written; now `hotline check`")


def _read_again(found: Imported, copy: Path, workbook: Path) -> None:
    """The form reader must be able to read what was written."""
    from hotline.forms.book import Book

    form = Book.open(copy).forms.get(found.document.name)
    if form is None or len(form.items) != len(found.document.items):
        raise click.ClickException(f"{workbook.name}: the form could not be read again; nothing is written")
