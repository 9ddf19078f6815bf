"""`hotline locales`: a new language, and what goes to translators. Each command stands in a file of its own."""

from __future__ import annotations

from importlib import import_module

import click

# The command's name, and where it stands.
SUBCOMMANDS = {"new": "locale_new"}


class Subcommands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in SUBCOMMANDS:
            return None
        command: click.Command = getattr(import_module(f"hotline.commands.{SUBCOMMANDS[cmd_name]}"), cmd_name)
        return command


@click.group(cls=Subcommands)
def locales() -> None:
    """Languages: a new one."""
