"""What is told of a code that is to prove a phone."""

from __future__ import annotations

import click

from hotline.alerts.phone_checks import Checked
from hotline.commands.house import Means
from hotline.threads.bell import Bell


def told(house: Means, result: Checked | None) -> None:
    """Say what came of a code, or (None) that one is on its way. Raises click.ClickException for one that proves nothing."""
    minutes = house.settings.deployment.timings.text_code_minutes
    match result:
        case Checked.RIGHT:
            click.echo("verified: the phone counts from now on")
        case Checked.WRONG:
            raise click.ClickException("that is not the code")
        case Checked.NONE:
            raise click.ClickException("no code is on its way to this phone, or it expired; send a new one")
        case None:
            Bell(house.settings.redis_url).ring()
            click.echo(f"a code is on its way, good for {minutes} minutes; it counts once it comes back")
