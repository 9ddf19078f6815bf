"""The public road: language, safe to write, danger now, who it is about; then the questions of that road."""

from __future__ import annotations

from hotline.answers.result import Understood, Unknown
from hotline.answers.sheet import Given, Status, next_item, question_of
from hotline.answers.understand import understand
from hotline.conversation import emergency
from hotline.conversation.after_call import CALL_FORM, items_of_calls
from hotline.conversation.asking import ask_next, give, number_of, take_reply
from hotline.conversation.effects import Disposition, Language, Submit, Unsafe, WantsPerson
from hotline.conversation.state import Stage
from hotline.conversation.turn import Turn
from hotline.forms.definition import Item
from hotline.triage.grade import Grade

SELF_ITEMS = ("current_location", "contact_preference", "contact_time", "own_words")
OTHER_ITEMS = (
    "incident_narrative", "incident_location", "incident_period", "victim_descriptors", "exploitation_types",
    "reporter_contact_ok",
)  # fmt: skip
_FORM_OF = {"self": "opening", "other": "online", "work": "screening"}


def begin(turn: Turn, language: str) -> None:
    """The first message: ask the safety question in its language, or offer all languages in one segment."""
    if language:
        set_language(turn, language)
        ask_safe(turn)
    else:
        turn.state.stage = Stage.LANGUAGE
        turn.says.append(language_menu(turn))


def language_menu(turn: Turn) -> str:
    """Every language in its own words, with its digit: one segment."""
    names = {choice.code: choice for choice in turn.book.lists["contact_language"]}
    return " ".join(
        f"{number} {turn.book.text(names[locale].label, locale)}"
        for number, locale in enumerate(turn.facts.languages, start=1)
    )


def set_language(turn: Turn, locale: str) -> None:
    """From now on this language is spoken."""
    turn.state.locale = locale
    channel = turn.inbound.channel.value
    turn.state.sheet["contact_language"] = Given(Status.ANSWERED, locale, "", turn.now, channel)
    turn.effects.append(Language(locale))


def take_language(turn: Turn, detected: str) -> None:
    """The reply to the language menu."""
    languages = turn.facts.languages
    chosen = number_of(turn.text)
    locale = languages[chosen - 1] if 0 < chosen <= len(languages) else ""
    if not locale:
        answer = understand(
            question_of(_opening(turn, "contact_language")), turn.text, turn.facts.words, turn.facts.here
        )
        known = isinstance(answer, Understood) and answer.value in languages
        locale = str(answer.value) if known and isinstance(answer, Understood) else detected
    if locale:
        set_language(turn, locale)
        ask_safe(turn)
        return
    turn.state.tries += 1
    if turn.state.tries < 2:
        turn.says.append(language_menu(turn))
    else:  # no language was found: a person looks, and nothing more is said in a wrong one
        _to_person(turn, "no_language")


def language_at_last(turn: Turn, detected: str) -> bool:
    """A language that is told after all, when a person was asked to look because none was found: the road goes on."""
    chosen = number_of(turn.text)
    languages = turn.facts.languages
    if turn.state.locale or not (detected or 0 < chosen <= len(languages)):
        return False
    set_language(turn, languages[chosen - 1] if 0 < chosen <= len(languages) else detected)
    ask_safe(turn)
    return True


def ask_safe(turn: Turn) -> None:
    """Is it safe to write now?"""
    turn.state.stage = Stage.SAFE
    turn.ask(_opening(turn, "safe_now").label)


def take_safe(turn: Turn) -> None:
    """Yes: go on. No: silent from then on, urgent. Unclear: asked once more in other words, and urgent."""
    state = turn.state
    item = _opening(turn, "safe_now")
    answer = understand(question_of(item), turn.text, turn.facts.words, turn.facts.here)
    if isinstance(answer, Understood) and answer.value == "yes":
        was_open = state.open
        give(turn, item, Status.ANSWERED, "yes")
        if state.resume:
            state.stage, state.resume, state.open = Stage(state.resume), "", was_open
            ask_open(turn)
        else:
            state.stage = Stage.DANGER
            turn.ask(_opening(turn, "danger_now").label)
        return
    if isinstance(answer, Understood):
        give(turn, item, Status.ANSWERED, "no")
        _go_silent(turn, "not_safe")
    elif state.stage is Stage.SAFE:
        state.stage = Stage.SAFE_AGAIN
        turn.raise_alert(Grade.URGENT, "safety_unclear")
        turn.ask(item.again or item.label)
    else:
        status = Status.UNKNOWN if isinstance(answer, Unknown) else Status.PENDING
        give(turn, item, status, None)
        _go_silent(turn, "safety_unclear")


def take_danger(turn: Turn) -> None:
    """Yes: an emergency. Unclear: asked once more, then urgent, and the road goes on."""
    item = _opening(turn, "danger_now")
    answer = understand(question_of(item), turn.text, turn.facts.words, turn.facts.here)
    if isinstance(answer, Understood) and answer.value == "yes":
        give(turn, item, Status.ANSWERED, "yes")
        emergency.begin(turn, "danger_question")
        return
    if not isinstance(answer, (Understood, Unknown)) and turn.state.tries == 0:
        turn.state.tries = 1
        turn.ask(item.again or item.label)
        return
    if isinstance(answer, Understood):
        give(turn, item, Status.ANSWERED, "no")
    else:
        give(turn, item, Status.UNKNOWN if isinstance(answer, Unknown) else Status.PENDING, None)
        turn.raise_alert(Grade.URGENT, "danger_unclear")
    turn.state.stage = Stage.WHO
    turn.ask(_opening(turn, "contact_kind").label)


def take_who(turn: Turn) -> None:
    """Me, somebody else, or for work: each has its own road."""
    item = _opening(turn, "contact_kind")
    if not take_reply(turn, item):
        return
    given = turn.state.sheet["contact_kind"]
    if given.status is not Status.ANSWERED:
        _to_person(turn, "who_unclear")
        turn.say("public.person_next")
        return
    state = turn.state
    state.kind, state.form, state.stage = str(given.value), _FORM_OF[str(given.value)], Stage.FORM
    if state.kind == "self":
        turn.raise_alert(Grade.URGENT, "about_me")
    told = " / ".join(state.words)
    if state.kind == "other" and told:
        _prefill(turn, "incident_narrative", told)
    if state.kind == "self" and told:
        _prefill(turn, "own_words", told)
    go_on(turn)


def items_of(turn: Turn) -> tuple[Item, ...]:
    """The items of the road that is being walked, in order; a task force's own questions come last."""
    state = turn.state
    form = turn.book.forms[state.form]
    if state.kind not in ("self", "other") and state.form != CALL_FORM:
        return form.asked("sms")
    own = tuple(item for item in form.asked("sms") if turn.book.crosswalk.is_own(item.name))
    if state.form == CALL_FORM:
        return (*items_of_calls(turn.book), *own)
    if state.kind == "self":
        return (*(form.item(name) for name in SELF_ITEMS), *own)
    return (*(form.item(name) for name in OTHER_ITEMS), *own)


def take_form(turn: Turn) -> None:
    """The reply to the open item of the form."""
    state = turn.state
    open_item = (
        turn.book.forms[state.form].item(state.open) if state.open else next_item(items_of(turn), state.sheet)
    )
    if open_item is not None:
        narrative = open_item.name in ("incident_narrative", "own_words")
        if take_reply(turn, open_item) and narrative:
            state.words.append(turn.text)
        if state.stage is not Stage.FORM or state.open:
            return
    go_on(turn)


def go_on(turn: Turn) -> None:
    """The next question of the road, or its end."""
    if not ask_next(turn, items_of(turn)):
        finish(turn)


def finish(turn: Turn) -> None:
    """The road is through: a person for who asks for help, a closing line for who reports."""
    state = turn.state
    if state.kind == "self":
        state.stage = Stage.WAITING
        turn.effects += [WantsPerson("about_me"), Submit(Disposition.TO_PERSON)]
        turn.say("public.person_next")
        return
    state.stage = Stage.DONE
    turn.effects.append(Submit(Disposition.COMPLETED))
    if state.kind == "work":
        turn.say("public.work_closing", reference=state.reference)
    else:
        turn.say("public.closing")


def ask_open(turn: Turn) -> None:
    """Ask again what was open before a silence or a STOP; no earlier answer is repeated."""
    state = turn.state
    match state.stage:
        case Stage.LANGUAGE:
            turn.says.append(language_menu(turn))
        case Stage.SAFE | Stage.SAFE_AGAIN:
            turn.ask(_opening(turn, "safe_now").label)
        case Stage.DANGER:
            turn.ask(_opening(turn, "danger_now").label)
        case Stage.WHO:
            turn.ask(_opening(turn, "contact_kind").label)
        case Stage.CRY | Stage.PLACE:
            state.stage = Stage.PLACE
            turn.say("public.danger")
        case Stage.CONTACT:
            turn.ask(_opening(turn, "contact_preference").label)
        case Stage.FORM if state.open:
            turn.ask(turn.book.forms[state.form].item(state.open).label)
        case _:
            pass


def want_person(turn: Turn) -> None:
    """`0` alone: a person, urgent; one line, then the machine is silent."""
    turn.raise_alert(Grade.URGENT, "asked_for_person")
    said = turn.state.stage in (Stage.UNSAFE, Stage.WAITING)
    _to_person(turn, "asked_for_person")
    if not said:
        turn.say("public.person_comes")


def _to_person(turn: Turn, reason: str) -> None:
    if turn.state.stage is not Stage.UNSAFE:
        turn.state.stage = Stage.WAITING
    turn.effects += [WantsPerson(reason), Submit(Disposition.TO_PERSON)]


def _go_silent(turn: Turn, rule: str) -> None:
    turn.state.stage = Stage.UNSAFE
    turn.raise_alert(Grade.URGENT, rule)
    turn.effects.append(Unsafe())


def _prefill(turn: Turn, name: str, told: str) -> None:
    item = turn.book.forms[turn.state.form].item(name)
    give(turn, item, Status.ANSWERED, told, said=told)


def _opening(turn: Turn, name: str) -> Item:
    return turn.book.forms["opening"].item(name)
