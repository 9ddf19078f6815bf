"""The tables of `hotline check --segments`, and what is dearer than it may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from hotline.commands.costs.prompts import Prompt, answers_of, is_cheap, prompts_of
from hotline.commands.costs.runs import Player, Run
from hotline.deployment import LineEntry
from hotline.forms.definition import Form

# What a report may cost in a language that travels as GSM-7, both ways.
MOST_STEP_BY_STEP = 26
COMPACT = (2, 3)


def tables(player: Player, line: LineEntry, languages: Sequence[str]) -> Iterator[str]:
    """Every line to print: one table per form and language, then the other sentences, then the totals."""
    price = Decimal(line.segment_price)
    book = player.book
    yield f"One segment out on the line '{line.id}' costs {_money(price, 1)} {line.currency}; what comes in is not priced."
    totals: list[str] = []
    for form in book.forms.values():
        for locale in languages:
            yield from ("", f"{form.name} in '{locale}'", *_rows(prompts_of(book, form, locale), price))
            for name, run in _runs(player, form, locale):
                total = f"{name}: {run.segments_out} out, {run.segments_in} in, {run.both_ways} both ways"
                yield f"  {total}, {_money(price, run.segments_out)} {line.currency}"
                totals.append(f"  {form.name:<10} {locale:<4} {total}")
    for locale in languages:
        yield from ("", f"other texts in '{locale}'", *_rows(answers_of(book, locale), price))
    yield from ("", "whole runs", *totals)


def too_dear(player: Player, languages: Iterable[str]) -> Iterator[str]:
    """What a report of an officer costs more than it may, in the languages that travel as GSM-7."""
    for form in (form for form in player.book.forms.values() if form.code):
        for locale in languages:
            if not is_cheap(prompts_of(player.book, form, locale)):
                continue
            long, short = player.step_by_step(form, locale), player.compact(form, locale)
            if long and long.both_ways > MOST_STEP_BY_STEP:
                yield (
                    f"{form.name} in '{locale}' costs {long.both_ways} segments step by step, {MOST_STEP_BY_STEP} at most"
                )
            if short and short.both_ways not in COMPACT:
                yield f"{form.name} in '{locale}' costs {short.both_ways} segments as a compact report, 2 or 3 are meant"


def _runs(player: Player, form: Form, locale: str) -> Iterator[tuple[str, Run]]:
    for name, run in (
        ("step by step", player.step_by_step(form, locale)),
        ("compact", player.compact(form, locale)),
    ):
        if run is not None:
            yield name, run


def _rows(prompts: Sequence[Prompt], price: Decimal) -> Iterator[str]:
    wide = max((len(prompt.key) for prompt in prompts), default=0)
    for prompt in prompts:
        units, encoding = prompt.size.units, prompt.size.encoding.value
        yield f"  {prompt.key:<{wide}}  {units:>4} {encoding:<5}  {prompt.size.segments:>2}  {_money(price, prompt.size.segments)}"


def _money(price: Decimal, segments: int) -> str:
    return str(price * segments)
