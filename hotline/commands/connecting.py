"""`hotline connect`: tell the Twilio number where we are."""

from __future__ import annotations

import click

from hotline.access.audit import Act
from hotline.carriers.carrier import CarrierError
from hotline.carriers.connect import OptOutTexts, explain, webhooks
from hotline.carriers.connect import connect as connect_numbers
from hotline.carriers.opening import lines_of
from hotline.carriers.twilio_http import TwilioAccount
from hotline.commands.house import means
from hotline.db import write


@click.command()
def connect() -> None:
    """Write our webhook, fallback and status addresses to the Twilio number, and print what was set and what to paste."""
    house = means()
    settings = house.settings
    if not settings.twilio_account_sid:
        raise click.ClickException("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set")
    lines = [line for line in lines_of(settings.deployment) if line.carrier == "twilio"]
    account = TwilioAccount(
        settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_api_base_url
    )
    texts = [
        OptOutTexts(
            locale,
            tuple(sorted(lines[0].stop_words)),
            house.book.say("optout.stop", locale),
            tuple(sorted(lines[0].start_words)),
            house.book.say("optout.start", locale),
            tuple(sorted(lines[0].help_words)),
            house.book.say("optout.help", locale),
        )
        for locale in settings.deployment.languages
        if lines
    ]
    with write(house.engine) as tx:  # before: what was set is set, whatever happens to the answer
        house.note(tx, Act.CONNECTED)
    try:
        for line in connect_numbers(
            account,
            [line.number for line in lines],
            webhooks(settings.public_url, settings.fallback_url),
            texts,
        ):
            click.echo(line)
    except CarrierError as error:
        raise click.ClickException(explain(error)) from None
