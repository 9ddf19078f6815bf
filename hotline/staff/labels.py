"""What codes are called on the page, in the reader's language. A code that is not known here is shown as it is."""

from __future__ import annotations

from hotline.staff.words import Translate


def grade(_: Translate, code: str) -> str:
    """A danger grade."""
    return {
        "emergency": _("staff_page.grade.emergency", "Emergency"),
        "urgent": _("staff_page.grade.urgent", "Urgent"),
        "routine": _("staff_page.grade.routine", "Routine"),
    }.get(code, code)


def channel(_: Translate, code: str) -> str:
    """How somebody reached us."""
    return {
        "sms": _("staff_page.channel.sms", "Text"),
        "voice": _("staff_page.channel.voice", "Call"),
        "web": _("staff_page.channel.web", "Web"),
        "staff": _("staff_page.channel.staff", "Staff"),
    }.get(code, code)


def delivery(_: Translate, code: str) -> str:
    """Where a text of ours is."""
    return {
        "queued": _("staff_page.delivery.queued", "waiting to be sent"),
        "answered": _("staff_page.delivery.answered", "given to the carrier"),
        "sent": _("staff_page.delivery.sent", "sent"),
        "delivered": _("staff_page.delivery.delivered", "delivered"),
        "undelivered": _("staff_page.delivery.undelivered", "not delivered"),
        "failed": _("staff_page.delivery.failed", "could not be sent"),
    }.get(code, "")


def status(_: Translate, code: str) -> str:
    """The answer states that have no value."""
    return {
        "unknown": _("staff_page.status.unknown", "Not known"),
        "declined": _("staff_page.status.declined", "Did not want to say"),
        "not_asked": _("staff_page.status.not_asked", "Not asked"),
        "pending": _("staff_page.status.pending", "To be coded by a person"),
    }.get(code, code)


def disposition(_: Translate, code: str) -> str:
    """How a conversation ended."""
    return {
        "completed": _("staff_page.disposition.completed", "completed"),
        "partial": _("staff_page.disposition.partial", "partial"),
        "break_off": _("staff_page.disposition.break_off", "broken off"),
        "refused": _("staff_page.disposition.refused", "refused"),
        "stopped": _("staff_page.disposition.stopped", "ended by STOP"),
        "to_person": _("staff_page.disposition.to_person", "handed to a person"),
        "expired": _("staff_page.disposition.expired", "ran out"),
    }.get(code, code)


def contact_kind(_: Translate, code: str | None) -> str:
    """Who it is about."""
    return {
        "self": _("staff_page.kind.self", "about the person themselves"),
        "other": _("staff_page.kind.other", "about somebody else"),
        "work": _("staff_page.kind.work", "reported for work"),
    }.get(code or "", "")


def rule(_: Translate, code: str) -> str:
    """Why an alert was opened: a listed danger word by its kind ("en.held.3"), or what happened in the conversation."""
    known = {
        "violence": _("staff_page.rule.violence", "Words of violence"),
        "weapon": _("staff_page.rule.weapon", "A weapon"),
        "held": _("staff_page.rule.held", "Locked in or held"),
        "moved": _("staff_page.rule.moved", "Taken away soon"),
        "child_used": _("staff_page.rule.child_used", "A child is used"),
        "medical": _("staff_page.rule.medical", "Ill or hurt"),
        "self_harm": _("staff_page.rule.self_harm", "Self-harm"),
        "cry": _("staff_page.rule.cry", "A cry for help"),
        "authorities": _("staff_page.rule.authorities", "Asks for police or ambulance"),
        "urgent_deadline": _("staff_page.rule.urgent_deadline", "A deadline"),
        "urgent_waiting": _("staff_page.rule.urgent_waiting", "Somebody waits"),
        "urgent_unsafe": _("staff_page.rule.urgent_unsafe", "Watched or afraid"),
        "not_safe": _("staff_page.rule.not_safe", "Said that writing is not safe"),
        "safety_unclear": _("staff_page.rule.safety_unclear", "Unclear whether writing is safe"),
        "danger_question": _("staff_page.rule.danger_question", "Answered that somebody is in danger"),
        "danger_unclear": _("staff_page.rule.danger_unclear", "Unclear whether somebody is in danger"),
        "danger_key": _("staff_page.rule.danger_key", "Pressed the key for danger"),
        "help_word": _("staff_page.rule.help_word", "Sent the word HELP"),
        "about_me": _("staff_page.rule.about_me", "It is about the person themselves"),
        "asked_for_person": _("staff_page.rule.asked_for_person", "Asked for a person"),
        "child_in_report": _("staff_page.rule.child_in_report", "A child in the report"),
        "silent_calls": _("staff_page.rule.silent_calls", "Silent calls from one number"),
    }
    if code in known:
        return known[code]
    # "en.unsafe.1" is of the kind "urgent_unsafe".
    parts = [word for part in code.split(".") for word in (part, f"urgent_{part}")]
    return next((known[part] for part in parts if part in known), code)


def happened(_: Translate, kind: str) -> str:
    """A line of an alert's log."""
    return {
        "opened": _("staff_page.log.opened", "Alert opened"),
        "again": _("staff_page.log.again", "Danger told of once more"),
        "worsened": _("staff_page.log.worsened", "Became worse"),
        "caller": _("staff_page.log.caller", "A caller is waiting"),
        "caller_gone": _("staff_page.log.caller_gone", "The caller hung up"),
        "step": _("staff_page.log.step", "Paging"),
        "empty": _("staff_page.log.empty", "Nobody to page at this step"),
        "nobody": _("staff_page.log.nobody", "Nobody can be reached at all"),
        "texted": _("staff_page.log.texted", "Page by text"),
        "text_failed": _("staff_page.log.text_failed", "The text did not arrive"),
        "ring": _("staff_page.log.ring", "Page by call"),
        "ring_waits": _("staff_page.log.ring_waits", "The phone is in another call"),
        "ringing": _("staff_page.log.ringing", "The phone rings"),
        "answered": _("staff_page.log.answered", "Picked up"),
        "ring_ended": _("staff_page.log.ring_ended", "The call ended"),
        "key": _("staff_page.log.key", "Pressed a key"),
        "cannot": _("staff_page.log.cannot", "Cannot take it"),
        "taken": _("staff_page.log.taken", "Taken"),
        "late": _("staff_page.log.late", "Wanted to take it, too late"),
        "told": _("staff_page.log.told", "Told by text"),
        "reminded": _("staff_page.log.reminded", "Reminded of the outcome"),
        "extended": _("staff_page.log.extended", "Is still on it"),
        "reopened": _("staff_page.log.reopened", "Opened again"),
        "outcome": _("staff_page.log.outcome", "Settled"),
        "asked": _("staff_page.log.asked", "Had a colleague paged"),
        "helps": _("staff_page.log.helps", "Comes to help"),
        "next": _("staff_page.log.next", "Had the next person paged"),
        "snoozed": _("staff_page.log.snoozed", "Let it rest"),
        "stopped": _("staff_page.log.stopped", "Sent STOP from that phone"),
        "help_asked": _("staff_page.log.help_asked", "Asked for help"),
        "help_told": _("staff_page.log.help_told", "Help: picked up"),
        "help_accepted": _("staff_page.log.help_accepted", "Help: said yes"),
        "help_on_way": _("staff_page.log.help_on_way", "Help: on the way"),
        "help_there": _("staff_page.log.help_there", "Help: there"),
        "help_done": _("staff_page.log.help_done", "Help: done"),
        "help_no": _("staff_page.log.help_no", "Help: no answer, or no"),
        "help_nobody": _("staff_page.log.help_nobody", "Help: nobody is left to ask"),
        "help_lead": _("staff_page.log.help_lead", "Help: who leads"),
        "heard": _("staff_page.log.heard", "Heard by phone what was told"),
        "rang_back": _("staff_page.log.rang_back", "Had the contact rung back"),
        "wrote": _("staff_page.log.wrote", "Wrote to the contact by text"),
    }.get(kind, kind)


def call_end(_: Translate, code: str) -> str:
    """How a page call ended."""
    return {
        "completed": _("staff_page.call_end.completed", "hung up"),
        "no-answer": _("staff_page.call_end.no_answer", "not picked up"),
        "busy": _("staff_page.call_end.busy", "busy"),
        "failed": _("staff_page.call_end.failed", "could not be placed"),
        "canceled": _("staff_page.call_end.canceled", "ended by us"),
        "lost": _("staff_page.call_end.lost", "no news of its end"),
    }.get(code, code)


def step(_: Translate, code: str) -> str:
    """Who is paged at a step."""
    return {
        "manager": _("staff_page.step.manager", "the Data Manager"),
        "on_call": _("staff_page.step.on_call", "who is on call"),
        "second": _("staff_page.step.second", "the second on call"),
        "everyone": _("staff_page.step.everyone", "everybody"),
        "language": _("staff_page.step.language", "who speaks the language"),
        "last_resort": _("staff_page.step.last_resort", "the last resort"),
        "live": _("staff_page.step.live", "for the caller on the line"),
    }.get(code, code.removeprefix("group:"))


def help_kind(_: Translate, code: str) -> str:
    """What somebody of the directory is asked for."""
    return {
        "interpreter": _("staff_page.help.interpreter", "interpreter"),
        "advocate": _("staff_page.help.advocate", "advocate"),
        "tips": _("staff_page.help.tips", "point of contact"),
        "police": _("staff_page.help.police", "police"),
        "child_protection": _("staff_page.help.child_protection", "child protection"),
        "clinic": _("staff_page.help.clinic", "clinic"),
        "shelter": _("staff_page.help.shelter", "shelter"),
    }.get(code, code)


def help_state(_: Translate, code: str) -> str:
    """How far somebody of the directory is."""
    return {
        "asked": _("staff_page.help.asked", "is asked"),
        "told": _("staff_page.help.told", "picked up"),
        "accepted": _("staff_page.help.accepted", "said yes"),
        "on_way": _("staff_page.help.on_way", "on the way"),
        "there": _("staff_page.help.there", "there"),
        "done": _("staff_page.help.done", "done"),
        "no": _("staff_page.help.no", "no answer, or no"),
    }.get(code, code)


def way(_: Translate, code: str) -> str:
    """How somebody took an alert."""
    return {
        "call": _("staff_page.way.call", "by a key in the call"),
        "text": _("staff_page.way.text", "by text"),
        "reply": _("staff_page.way.text", "by text"),
        "web": _("staff_page.way.web", "on this page"),
    }.get(code, code)


def refusal(_: Translate, code: str) -> str:
    """Why a text may not be written, in words for staff."""
    return {
        "closed": _("staff_page.refusal.closed", "The thread is closed."),
        "not_taken": _("staff_page.refusal.not_taken", "Take the thread first."),
        "not_yours": _("staff_page.refusal.not_yours", "Somebody else has this thread."),
        "stopped": _("staff_page.refusal.stopped", "They sent STOP: nothing may be written to them."),
        "unsafe": _("staff_page.refusal.unsafe", "They said, or it is unclear, that writing is not safe."),
        "no_number": _("staff_page.refusal.no_number", "There is no number to write to."),
        "never_wrote": _(
            "staff_page.refusal.never_wrote", "They never wrote to us; a text may be read by others."
        ),
        "too_late": _(
            "staff_page.refusal.too_late", "Their last text is too old. The phone may be in other hands."
        ),
        "written": _(
            "staff_page.refusal.written", "One line was written already. You can write more once they answer."
        ),
        "no_line": _("staff_page.refusal.no_line", "The line that they wrote to cannot send texts."),
        "empty": _("staff_page.refusal.empty", "Write something first."),
        "repeated": _(
            "staff_page.refusal.repeated", "The same text went to this phone often enough just now."
        ),
        "too_long": _("staff_page.refusal.too_long", "The text is too long."),
        "tells": _(
            "staff_page.refusal.tells", "Words in it could give us away on a phone that somebody else reads:"
        ),
    }.get(code, code)


def finding(_: Translate, kind: str) -> str:
    """Why words give the service away."""
    return {
        "service": _("staff_page.finding.service", "names the service"),
        "trafficking": _("staff_page.finding.trafficking", "names trafficking"),
        "police": _("staff_page.finding.police", "names the police"),
        "victim": _("staff_page.finding.victim", "names a victim"),
        "exploitation": _("staff_page.finding.exploitation", "names exploitation"),
        "number": _("staff_page.finding.number", "a number"),
        "link": _("staff_page.finding.link", "a link or an address"),
        "name": _("staff_page.finding.name", "a name"),
    }.get(kind, kind)


def factor(_: Translate, kind: str) -> str:
    """A kind of second factor."""
    return {
        "totp": _("staff_page.factor.totp", "App with codes"),
        "passkey": _("staff_page.factor.passkey", "Passkey"),
    }.get(kind, kind)


def role(_: Translate, code: str) -> str:
    """What somebody is."""
    return {
        "data_manager": _("staff_page.role.data_manager", "Data Manager"),
        "leader": _("staff_page.role.leader", "Data Management Leader"),
        "responder": _("staff_page.role.responder", "Responder"),
        "administrator": _("staff_page.role.administrator", "Administrator"),
        "agency_supervisor": _("staff_page.role.agency_supervisor", "Agency supervisor"),
        "case_coordinator": _("staff_page.role.case_coordinator", "Case coordinator"),
        "law_enforcement": _("staff_page.role.law_enforcement", "Law enforcement partner"),
        "victim_services": _("staff_page.role.victim_services", "Victim-service partner"),
        "auditor": _("staff_page.role.auditor", "Auditor"),
    }.get(code, code)
