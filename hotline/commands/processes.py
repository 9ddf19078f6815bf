"""`hotline up`, and the programs it runs: worker, clock, simulator."""

from __future__ import annotations

import os

import click

from hotline.access.first_login import first_login_link
from hotline.carriers.opening import lines_of
from hotline.commands.house import means
from hotline.commands.practice import register_simulated_people
from hotline.log import set_up
from hotline.simulator.config import DEFAULT_PHONES, LineConfig, OptOutWords, SimulatorConfig
from hotline.simulator.server import serve
from hotline.up import UpError
from hotline.up import up as run_up

LOCAL_ACCOUNT = "AC" + "0" * 32


@click.command()
@click.option(
    "--practice",
    is_flag=True,
    help="With the simulator: register its phones as staff and officer, if nobody is.",
)
def up(practice: bool) -> None:
    """Run everything on this machine until Ctrl-C; what ends is restarted."""
    house = means()

    def prepare() -> None:
        house.keys.make()
        if practice and not house.settings.has_twilio and register_simulated_people(house):
            click.echo("hotline   | the simulator's phones are registered: two on call, one officer")

    try:
        run_up(
            house.settings,
            os.environ,
            prepare=prepare,
            first_login_link=lambda: first_login_link(house.engine, house.settings),
        )
    except UpError as error:
        raise click.ClickException(str(error)) from None


@click.command()
def worker() -> None:
    """Drain the outbox: send, ring, normalise."""
    set_up("worker")
    from worker.process import run

    run()


@click.command()
def clock() -> None:
    """Look for what is due."""
    set_up("clock")
    from worker.clock import run

    run()


@click.command()
def simulator() -> None:
    """The simulated telephone network. Never beside real Twilio credentials: `hotline up` decides."""
    set_up("simulator")
    settings = means().settings
    if settings.twilio_account_sid and "127.0.0.1" not in settings.twilio_api_base_url:
        raise click.ClickException("Twilio credentials are set: the simulator stays off")
    base = settings.public_url
    second = settings.fallback_url or base
    lines = tuple(
        LineConfig(
            line.number,
            sms_url=f"{base}/twilio/sms",
            voice_url=f"{base}/twilio/voice",
            sms_fallback_url=f"{second}/twilio/sms",
            voice_fallback_url=f"{second}/twilio/voice",
            status_callback=f"{base}/twilio/status/call",
            sms=line.sms_in,
            voice=line.voice,
            segments_per_second=settings.deployment.simulator.segments_per_second,
            words=OptOutWords(tuple(line.stop_words), tuple(line.start_words), tuple(line.help_words)),
        )
        for line in lines_of(settings.deployment)
        if line.carrier == "twilio"
    )
    bind = settings.simulator_bind
    serve(
        SimulatorConfig(
            lines=lines,
            phones=DEFAULT_PHONES,
            host=bind.host,
            port=bind.port,
            account_sid=settings.twilio_account_sid or LOCAL_ACCOUNT,
            auth_token=settings.twilio_auth_tokens[0] if settings.twilio_auth_tokens else "",
            staff_url=settings.staff_url,
            text_seconds=settings.deployment.simulator.text_seconds,
            speech_rate=settings.deployment.simulator.characters_per_second,
        )
    )
