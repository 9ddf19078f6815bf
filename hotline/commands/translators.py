"""`hotline locales pack`, `hotline locales unpack`: a language for its translators and speakers, and back."""

from __future__ import annotations

from pathlib import Path

import click

from hotline.commands.checking import problems_of
from hotline.commands.house import Means, means
from hotline.content import content_root
from hotline.forms.book import Book
from hotline.forms.source import Problem
from hotline.forms.staging import changed, publish, staged
from hotline.forms.translators import pack as packs
from hotline.forms.translators.pack import PackRefused
from hotline.forms.xlsform.export import language_names


@click.command("pack")
@click.option("--lang", "locale", required=True, help="The language, as its folder in locales/ is named.")
@click.option(
    "--out",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The zip file to write.",
)
def pack(locale: str, target: Path) -> None:
    """Write sentences, words and the script for recordings of a language into one zip file."""
    house = means()
    book, languages = house.book, house.settings.deployment.languages
    if not (book.root / "locales" / locale).is_dir():
        raise click.ClickException(f"no language '{locale}'; there are {', '.join(languages)}")
    name = language_names(book, languages).get(locale, locale)
    target.write_bytes(packs.pack(book, locale, languages, name))
    click.echo(f"{target}: {name} ({locale}); begin with README.txt in it")


@click.command("unpack")
@click.argument("packed", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--outdated", is_flag=True, help="Take the pack although files have changed here since it was made."
)
def unpack(packed: Path, outdated: bool) -> None:
    """Take back what translators did in the zip file PACKED. Checked first: all of it is written, or nothing."""
    house = means()
    root = content_root(house.settings)
    with staged(root) as copy:
        try:
            found = packs.unpack(packed.read_bytes(), copy)
        except PackRefused as error:
            _refuse(error.lines, "nothing is written")
        for line in found.notes:
            click.echo(line, err=True)
        files = changed(root, copy)
        if files and found.outdated and not outdated:
            _refuse(
                [
                    f"locales/{found.locale}/{file} has changed here since the pack was made"
                    for file in found.outdated
                ],
                "nothing is written: pack anew, or take the pack's words instead of the new ones with --outdated",
            )
        wrong = _new_problems(house, root, copy) if files else []
        if wrong:
            _refuse(map(str, wrong), "nothing is written, for the result would have new problems")
        publish(root, copy, files)
    for line in found.changes or ("nothing changes",):
        click.echo(line)


def _refuse(lines: object, why: str) -> None:
    for line in lines:  # type: ignore[attr-defined]
        click.echo(line, err=True)
    raise click.ClickException(why)


def _new_problems(house: Means, root: Path, copy: Path) -> list[Problem]:
    """What the check says of the copy and does not say today; the lines may have moved."""
    before = {(problem.file, problem.text) for problem in problems_of(root, house.book, house.settings)}
    return [
        problem
        for problem in problems_of(copy, Book.open(copy), house.settings)
        if problem.serious and (problem.file, problem.text) not in before
    ]
