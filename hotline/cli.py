"""The command line (DESIGN, interfaces): every command works on an empty DATA_DIR, prompts only on a terminal, and
tells an error in one line."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from hotline.config import ConfigError

# Where each command stands; a command's module is read only when it is called, so that each starts fast.
COMMANDS = {
    "up": "processes",
    "worker": "processes",
    "clock": "processes",
    "simulator": "processes",
    "officers": "people",
    "staff": "people",
    "rota": "people",
    "export": "exporting",
    "check": "content",
    "messages": "content",
    "say": "content",
    "connect": "connecting",
    "night": "night",
    "doctor": "doctor",
}


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"hotline.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def hotline() -> None:
    """The hotline: texts and calls become records and wake somebody."""


def main() -> None:
    """Entry point of `hotline`."""
    try:
        hotline(standalone_mode=True)
    except (ConfigError, ValueError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
