"""Where people stop: for each question how many were asked it, and how many went away at it, by language and channel.

Only the names of questions are counted, never an answer. "Left" are the conversations of which it was the last question
and that ended without the person's answer: partial, broken off, expired, stopped or refused. Who was handed to a person at
it is counted apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from hotline.conversation.effects import Disposition
from hotline.threads.tables import AskedQuestion, Conversation, Thread

LEFT = (
    Disposition.PARTIAL,
    Disposition.BREAK_OFF,
    Disposition.EXPIRED,
    Disposition.STOPPED,
    Disposition.REFUSED,
)


@dataclass(frozen=True, slots=True)
class Stop:
    """One question of one form, in one language ("" while unknown) and channel: how many conversations were asked it, of
    how many it was the last question that they left, and how many went to a person at it."""

    form: str
    question: str
    language: str
    channel: str
    asked: int
    left: int
    to_person: int


def drop_off(tx: Session, since: datetime) -> list[Stop]:
    """All of the conversations that began since then, in one query."""
    last = (Conversation.form == AskedQuestion.form) & (Conversation.question == AskedQuestion.question)
    left = last & Conversation.disposition.in_([one.value for one in LEFT])
    helped = last & (Conversation.disposition == Disposition.TO_PERSON.value)
    key = (
        AskedQuestion.form,
        AskedQuestion.question,
        func.coalesce(Thread.language, ""),
        Conversation.channel,
    )
    query = (
        select(*key, func.count(), func.sum(case((left, 1), else_=0)), func.sum(case((helped, 1), else_=0)))
        .join(Conversation, Conversation.id == AskedQuestion.conversation_id)
        .join(Thread, Thread.id == Conversation.thread_id)
        .where(Conversation.begun_at >= since)
        .group_by(*key)
    )
    return [
        Stop(form, question, language, channel, int(asked), int(gone), int(to_person))
        for form, question, language, channel, asked, gone, to_person in tx.execute(query)
    ]


def endings(tx: Session, since: datetime) -> list[tuple[str, str, int]]:
    """Channel, disposition ("" while it runs) and number of the conversations that began since then."""
    key = (Conversation.channel, func.coalesce(Conversation.disposition, ""))
    query = select(*key, func.count()).where(Conversation.begun_at >= since).group_by(*key)
    return [(row[0], row[1], int(row[2])) for row in tx.execute(query)]


def together(stops: Sequence[Stop], language: str = "", channel: str = "") -> dict[tuple[str, str], Stop]:
    """By form and question, summed over the languages and channels that are not named."""
    found: dict[tuple[str, str], Stop] = {}
    for stop in stops:
        if (language and stop.language != language) or (channel and stop.channel != channel):
            continue
        key = (stop.form, stop.question)
        old = found.get(key)
        found[key] = Stop(
            *key,
            language,
            channel,
            stop.asked + (old.asked if old else 0),
            stop.left + (old.left if old else 0),
            stop.to_person + (old.to_person if old else 0),
        )
    return found
