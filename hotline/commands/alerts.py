"""`hotline alerts`: what is open, and what can be done by hand about it."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, as_code
from hotline.access.people import names, staff_named
from hotline.alerts.manual import Came, ask, next_now, snooze
from hotline.alerts.tables import Alert, AlertState, Asked
from hotline.commands.house import means
from hotline.db import read, write

_SAID = {
    Came.NOT_YOURS: "that is for whoever has taken it alone, or nobody has",
    Came.NOBODY: "that person has it already, or no verified phone",
    Came.OVER: "it has its outcome already",
    Came.BOUNDS: "minutes or reason are not among those of hotline.toml",
}


@click.group()
def alerts() -> None:
    """Alerts that have no outcome yet."""


@alerts.command("list")
def alerts_list() -> None:
    """Code, grade, since when (UTC), and who has it."""
    house = means()
    with read(house.engine) as tx:
        known = names(tx, house.house)
        rows = tx.scalars(select(Alert).where(Alert.state != AlertState.CLOSED).order_by(Alert.opened_at))
        for alert in rows:
            who = known.get(alert.taken_by, "?") if alert.taken_by else "nobody yet"
            click.echo(f"{alert.code}\t{alert.grade}\t{alert.opened_at:%Y-%m-%d %H:%M}\t{who}")


@alerts.command("page")
@click.argument("code")
@click.argument("name")
def alerts_page(code: str, name: str) -> None:
    """Page NAME for the alert CODE now; where somebody has it, NAME is asked to help."""
    _ask(code, name, Asked.HELP)


@alerts.command("transfer")
@click.argument("code")
@click.argument("name")
def alerts_transfer(code: str, name: str) -> None:
    """Ask NAME to have the alert CODE instead of whoever has it; until NAME takes it, it stays there."""
    _ask(code, name, Asked.TRANSFER)


@alerts.command("next")
@click.argument("code")
def alerts_next(code: str) -> None:
    """Page the next person for the alert CODE now."""
    house = means()
    with write(house.engine) as tx:
        alert = _alert(tx, code)
        house.note(tx, Act.NEXT, about=alert.thread_id or alert.id)
        _told(next_now(tx, house.kit, alert.id, house.clock.now(), by=None), "the next person is paged")


@alerts.command("snooze")
@click.argument("code")
@click.option("--minutes", type=int, required=True)
@click.option("--reason", required=True, help="One of snooze_reasons in hotline.toml.")
def alerts_snooze(code: str, minutes: int, reason: str) -> None:
    """Let the open, urgent alert CODE rest. An emergency rests only for who has taken it, by text or on the staff page."""
    house = means()
    with write(house.engine) as tx:
        alert = _alert(tx, code)
        came = snooze(tx, house.kit, alert.id, minutes, reason, house.clock.now(), by=None)
        house.note(tx, Act.SNOOZE, about=alert.thread_id or alert.id, detail=as_code(reason))
        _told(came, f"it rests for {minutes} minutes")


def _ask(code: str, name: str, what: Asked) -> None:
    house = means()
    with write(house.engine) as tx:
        person = staff_named(tx, house.sealer, name)
        if person is None:
            raise click.ClickException(f"nobody on the staff is called '{name}'")
        alert = _alert(tx, code)
        house.note(tx, Act.ASK, about=alert.thread_id or alert.id, detail=what.value)
        _told(ask(tx, house.kit, alert.id, person.id, what, house.clock.now(), by=None), f"{name} is paged")


def _alert(tx: Session, code: str) -> Alert:
    alert = tx.scalar(select(Alert).where(Alert.code == code, Alert.state != AlertState.CLOSED))
    if alert is None:
        raise click.ClickException(f"no alert {code} is open; hotline alerts list")
    return alert


def _told(came: Came, done: str) -> None:
    if came is not Came.DONE:
        raise click.ClickException(_SAID[came])
    click.echo(done)
