"""Yes or no, in any language: "yes", "wi", "👍", "sí claro", "yes, he is here now", "1."."""

from __future__ import annotations

from hotline.answers.choice import understand_choice
from hotline.answers.question import Question
from hotline.answers.result import Answer
from hotline.answers.words import Words


def understand_yes_no(question: Question, text: str, words: Words, locale: str) -> Answer:
    """ "yes" or "no". Without choices of its own the question has 1 = yes, 2 = no."""
    return understand_choice(question, text, words, locale)
