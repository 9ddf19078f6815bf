"""After danger: one segment, place and safe contact, nothing else, until a person has taken it (issue: by text)."""

from __future__ import annotations

from hotline.answers.question import Kind, Question
from hotline.answers.result import Understood
from hotline.answers.sheet import Status, plain, question_of
from hotline.answers.understand import understand
from hotline.conversation.asking import give
from hotline.conversation.effects import Submit
from hotline.conversation.state import Stage
from hotline.conversation.turn import Turn
from hotline.forms.definition import Item
from hotline.triage.grade import Grade

_PLACES = ("current_location", "incident_location")


def begin(turn: Turn, *rules: str) -> None:
    """Danger was recognised: an alert, and, where a machine may speak, the one segment."""
    turn.raise_alert(Grade.EMERGENCY, *rules)
    turn.effects.append(Submit(None))
    state = turn.state
    if state.stage in (Stage.UNSAFE, Stage.PLACE, Stage.CONTACT):
        return  # silent, or the question is out already
    if state.stage is Stage.WAITING and "contact_preference" in state.sheet:
        return
    state.open = ""
    if any(name in state.sheet for name in _PLACES):
        state.stage = Stage.CONTACT
        turn.say("public.danger_contact")
    else:
        state.stage = Stage.PLACE
        turn.say("public.danger")


def after_cry(turn: Turn) -> None:
    """What comes after a HELP word: a place that answers what was not asked yet; else the one segment asks."""
    answer = understand(question_of(_place(turn)), turn.text, turn.facts.words, turn.facts.here)
    turn.state.stage = Stage.PLACE
    if isinstance(answer, Understood):
        take_place(turn)
        return
    turn.state.words.append(turn.text)
    turn.effects.append(Submit(None))
    turn.say("public.danger")


def _answers_contact_only(turn: Turn) -> bool:
    """ "Where are you? May we write or ring?" answered with "yes" or "no": that is about writing, and the place is asked
    once more. A bare digit tells neither, and is asked for as well."""
    contact = turn.book.forms["opening"].item("contact_preference")
    if turn.state.tries or contact.name in turn.state.sheet:
        return False
    turn.state.tries = 1
    if turn.text.strip(" .()").isdigit():
        turn.state.words.append(turn.text)
        return True
    answer = understand(
        Question(Kind.YES_NO, list_name="yes_no"), turn.text, turn.facts.words, turn.facts.here
    )
    if not isinstance(answer, Understood):
        return False
    give(turn, contact, Status.ANSWERED, "either" if answer.value == "yes" else "none")
    turn.state.tries = 1
    return True


def _place(turn: Turn) -> Item:
    return turn.book.forms["opening"].item("current_location")


def take_place(turn: Turn) -> None:
    """The reply to "where are you": coded where it can be, kept as words where not, and never asked twice."""
    item = _place(turn)
    if _answers_contact_only(turn):
        turn.ask(item.label)
        return
    _keep(turn, "current_location")
    if "contact_preference" in turn.state.sheet:
        turn.state.stage = Stage.WAITING
        return
    turn.state.stage = Stage.CONTACT
    turn.state.open = item.name
    turn.ask(turn.book.forms["opening"].item("contact_preference").label)


def take_contact(turn: Turn) -> None:
    """The reply to "may we write or ring": then the machine is silent, and a person goes on."""
    _keep(turn, "contact_preference")
    turn.state.stage = Stage.WAITING
    turn.say("public.waiting")


def _keep(turn: Turn, name: str) -> None:
    item = turn.book.forms["opening"].item(name)
    answer = understand(question_of(item), turn.text, turn.facts.words, turn.facts.here)
    if isinstance(answer, Understood):
        give(turn, item, Status.ANSWERED, plain(answer.value))
    else:
        give(turn, item, Status.PENDING, None)
