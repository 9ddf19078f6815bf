"""`hotline audio`: the clips of languages without a synthetic voice."""

from __future__ import annotations

import click

from hotline.carriers.opening import voices_of
from hotline.commands.house import means
from hotline.content import content_root
from hotline.forms.audio import NoVoice, make_stand_ins
from hotline.forms.source import BadContent


@click.group()
def audio() -> None:
    """Recorded prompts and what keeps their place."""


@audio.command("standins")
def standins() -> None:
    """Make the stand-in clips that are missing or say another text than today's; recordings of people are left alone.

    Needs espeak-ng and lame (Debian packages of these names). After every change of a sentence that is said in calls."""
    house = means()
    deployment = house.settings.deployment
    voiced = voices_of(deployment)
    silent = [locale for locale in deployment.languages if locale not in voiced]
    try:
        made = make_stand_ins(content_root(house.settings), silent, deployment.languages)
    except (NoVoice, BadContent) as error:
        raise click.ClickException(str(error)) from None
    for path in made:
        click.echo(f"{path.parent.name}/{path.name}")
    click.echo(f"{len(made)} made")
