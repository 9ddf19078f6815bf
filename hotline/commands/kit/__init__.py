"""`hotline kit`: the printed things that a task force hands out, from the same forms and catalogues as everything else."""

from __future__ import annotations

from pathlib import Path

import click

from hotline.commands.costs.runs import Player
from hotline.commands.house import means
from hotline.commands.kit.cards import CARDS, Cards
from hotline.commands.kit.printing import NoBrowser, find_browser, print_pdf
from hotline.content import content_root


@click.command()
@click.option("--lang", "locale", default="en", help="The language of the kit.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder; kit-LANG where none is named.")
def kit(locale: str, out: Path | None) -> None:
    """Make the printed kit: officers' card, paper form, signs, channels, on-call card. HTML, and PDF through Chromium."""
    house = means()
    deployment = house.settings.deployment
    if locale not in deployment.languages:
        raise click.ClickException(f"no language '{locale}'; there are {', '.join(deployment.languages)}")
    folder = out or Path(f"kit-{locale}")
    folder.mkdir(parents=True, exist_ok=True)
    player = Player(house.book, content_root(house.settings), deployment, house.clock.now())
    cards = Cards(player, locale)
    pages = []
    for name in CARDS:
        page = folder / f"{name}.html"
        page.write_text(cards.html(name), encoding="utf-8", newline="\n")
        pages.append(page)
        click.echo(page)
    try:
        browser = find_browser(house.settings.chromium)
    except NoBrowser as missing:
        click.echo(f"no PDF: {missing}. The HTML pages print from any browser.")
        return
    for page in pages:
        click.echo(print_pdf(browser, page))
