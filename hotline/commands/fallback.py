"""`hotline fallback`: what the carrier plays while our machines are down, as files for any web server."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from hotline.access.audit import Act
from hotline.access.people import staff_named
from hotline.alerts.phones import everyone, language_of, number_of, page_phone
from hotline.alerts.rota.stored import on_call
from hotline.calltree.actions import Prompt
from hotline.carriers.opening import lines_of, variants_of, voices_of
from hotline.carriers.static_twiml import Stored, Words, fallback_documents, in_few_texts
from hotline.carriers.voices import Voice, voice_of
from hotline.commands.house import Means, means
from hotline.commands.people import known_languages
from hotline.db import read, write
from hotline.forms.book import Book
from hotline.forms.clips import Clips
from hotline.forms.manifest import AUDIO

FOLDER = "twilio"  # the carrier asks for FALLBACK_URL + /twilio/voice and /twilio/sms
SOUNDS = "audio"
SAYS = {"hold": ("fallback", "hold"), "offer": ("caller", "offer"), "goodbye": ("caller", "goodbye")}
ANSWER = ("fallback", "answer")


@click.command()
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write to."
)
@click.option("--lang", "languages", multiple=True, help="What callers are spoken to in; all, unless given.")
@click.argument("names", nargs=-1)
def fallback(folder: Path, languages: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Write the documents that ring and text people while our own machines do not answer.

    NAMES are the people, in the order in which they are rung; else who is on call now, then everybody whose phone is
    verified. Host the folder elsewhere and name its address in FALLBACK_URL, then `hotline connect`: see
    docs/operations.md, "Watched from outside". Write it again whenever the rota or a number changes."""
    house = means()
    deployment = house.settings.deployment
    spoken = known_languages(house, languages) if languages else tuple(deployment.languages)
    line = next((line for line in lines_of(deployment) if line.voice and line.carrier == "twilio"), None)
    if line is None:
        raise click.ClickException("no line of hotline.toml is at Twilio and can voice")
    people = _people(house, names)
    if not people:
        raise click.ClickException("nobody has a verified phone: `hotline staff add --verified`")
    clips = Clips(house.book.root, variants_of(deployment), voices_of(deployment))
    used: dict[str, str] = {}

    def audio(prompt: Prompt) -> tuple[str, ...]:
        file = clips.file(prompt.locale, prompt.key, prompt.text)
        if file is None:
            return ()
        used[f"{SOUNDS}/{file}"] = file
        return (f"{SOUNDS}/{file}",)

    words = _words(house.book, spoken, [one.locale for one in people], deployment.languages)
    _all_can_be_said(words, audio, voices_of(deployment))
    documents = fallback_documents(
        people, words, line.number, deployment.timings.ring_seconds, audio, voices_of(deployment)
    )
    with write(house.engine) as tx:
        house.note(tx, Act.FALLBACK, detail=f"people={len(people)}")
    for name, text in documents.items():
        _write(folder / FOLDER / name, text.encode())
    for name, file in used.items():
        _write(folder / FOLDER / name, (house.book.root / AUDIO / file).read_bytes())
    click.echo(f"{folder / FOLDER}: {len(documents)} documents, {len(used)} clips, {len(people)} people")
    click.echo(
        f"The phone numbers of {len(people)} people stand in these files, and the web server that hands them out asks "
        "nobody who they are. Host them under an address that cannot be guessed, and tell it to nobody but the carrier.",
        err=True,
    )


def _people(house: Means, names: Sequence[str]) -> list[Stored]:
    """Whom to ring, in this order, each once; who has no verified phone is left out, or refused when named."""
    with read(house.engine) as tx:
        if names:
            ids = []
            for name in names:
                member = staff_named(tx, house.sealer, name)
                if member is None:
                    raise click.ClickException(f"nobody on the staff is called '{name}'")
                if page_phone(tx, member.id) is None:
                    raise click.ClickException(f"'{name}' has no verified phone")
                ids.append(member.id)
        else:
            ids = [*on_call(tx, house.kit, house.clock.now()), *everyone(tx)]
        found = []
        for staff_id in dict.fromkeys(ids):
            phone = page_phone(tx, staff_id)
            number = number_of(tx, house.house, phone.id) if phone else None
            if number:
                found.append(Stored(number, language_of(tx, house.kit, staff_id)))
    return found


def _words(book: Book, spoken: Sequence[str], staff: Sequence[str], languages: Sequence[str]) -> Words:
    """All that is said, from the call trees and the wordings."""

    def prompts(tree: str, node: str, locales: Sequence[str]) -> tuple[Prompt, ...]:
        wording = book.trees[tree].nodes[node].say
        if wording is None:
            raise click.ClickException(f"ivr_flows/{tree}.yaml: '{node}' says nothing")
        return tuple(Prompt(wording.key, locale, book.text(wording, locale)) for locale in locales)

    own = list(dict.fromkeys(staff))
    return Words(
        **{name: prompts(tree, node, spoken) for name, (tree, node) in SAYS.items()},
        answer=dict(zip(own, prompts(*ANSWER, own), strict=True)),
        told={locale: book.as_sent(book.say("staff.fallback", locale), locale) for locale in own},
        replies=in_few_texts(
            [book.as_sent(book.say("public.fallback", locale), locale) for locale in spoken]
        ),
    )


def _all_can_be_said(
    words: Words, audio: Callable[[Prompt], tuple[str, ...]], voices: Mapping[str, Voice]
) -> None:
    """A document with a hole in it is found now, not in the night in which it is needed."""
    for prompt in (*words.hold, *words.offer, *words.goodbye, *words.answer.values()):
        if not audio(prompt) and voice_of(prompt.locale, voices) is None:
            raise click.ClickException(
                f"'{prompt.key}' has neither a voice nor a clip in '{prompt.locale}': `hotline audio standins`"
            )


def _write(file: Path, content: bytes) -> None:
    """The whole file or the one before; for the owner only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "wb") as out:
        out.write(content)
    fresh.chmod(0o600)  # also where an older half was left
    fresh.replace(file)
