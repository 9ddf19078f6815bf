"""The command line (DESIGN, interfaces): every command works on an empty DATA_DIR, prompts only on a terminal, and
tells an error in one line."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from hotline.config import ConfigError
from hotline.content import expect_much
from hotline.log import set_up

_OURS = str(Path(__file__).resolve().parent)
# Where each command stands; a command's module is read only when it is called, so that each starts fast.
COMMANDS = {
    "up": "processes",
    "worker": "processes",
    "clock": "processes",
    "simulator": "processes",
    "officers": "officers",
    "staff": "people",
    "keys": "keys",
    "rota": "rota",
    "alerts": "alerts",
    "directory": "directory",
    "export": "exporting",
    "audit": "audit",
    "check": "content",
    "messages": "content",
    "audio": "audio",
    "say": "content",
    "forms": "xlsform",
    "locales": "locales",
    "kit": "kit",
    "connect": "connecting",
    "fallback": "fallback",
    "night": "night",
    "drill": "drill",
    "report": "report",
    "lockdown": "lockdown",
    "retention": "retention",
    "hold": "holds",
    "backup": "backups",
    "restore": "backups",
    "counts": "counts",
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

    def main(self, *args: Any, **more: Any) -> Any:
        """As click's own; whatever is wrong is told in one line, with exit code 2 for how it was called and 1 else."""
        try:
            code = super().main(*args, **{**more, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as asked:
            asked.show()
            sys.exit(asked.exit_code)
        except click.Abort:
            _fail("stopped", 1)
        except click.ClickException as wrong:
            _fail(wrong.format_message(), wrong.exit_code)
        except Exception as trouble:
            line = _in_words(trouble)
            if line is None:
                raise
            _fail(line, 1)
        sys.exit(code if isinstance(code, int) else 0)


def _fail(line: str, code: int) -> NoReturn:
    click.echo(f"Error: {' '.join(line.split())}", err=True)
    sys.exit(code)


def _in_words(trouble: Exception) -> str | None:
    """What whoever typed the command can mend; None for a mistake of ours, which shows where it is."""
    from sqlalchemy.exc import SQLAlchemyError

    from hotline.vault.cards import WrongCard
    from hotline.vault.ceremony import CeremonyError
    from hotline.vault.keys import NoKey

    if isinstance(trouble, SQLAlchemyError):
        return (
            "the database cannot be used: is DATABASE_URL right and the server running? "
            f"({type(trouble).__name__}) See `hotline doctor`"
        )
    told = isinstance(trouble, ConfigError | NoKey | OSError | CeremonyError | WrongCard) or _is_said_by_us(
        trouble
    )
    return str(trouble) if told else None


def _is_said_by_us(trouble: Exception) -> bool:
    """Whether it is a ValueError of ours, or a plain one that a line of ours raises. One of a library or of Python's own quotes
    what it could not read, which may be what somebody said."""
    if not isinstance(trouble, ValueError):
        return False
    if type(trouble).__module__.startswith("hotline."):
        return True
    frame = traceback.extract_tb(trouble.__traceback__)[-1]
    return type(trouble) is ValueError and frame.filename.startswith(_OURS) and "raise " in (frame.line or "")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def hotline() -> None:
    """The hotline: texts and calls become records and wake somebody."""


def main() -> None:
    """Entry point of `hotline`. What fails in a way that nobody foresaw is told without the words it failed on: the terminal
    may be a log, or the mail of a nightly job."""
    set_up("command")
    expect_much()
    hotline()
