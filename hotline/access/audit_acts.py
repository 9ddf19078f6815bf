"""What is written in the audit: the acts, by kind. A part of the house that acts in a new way adds its line here."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of act: the word before the dot of each act."""

    LOGIN = "login"
    READ = "read"
    REVEAL = "reveal"
    CHANGE = "change"
    EXPORT = "export"
    KEY = "key"
    CONFIG = "config"
    AUDIT = "audit"


class Act(StrEnum):
    """What was done: `kind.act`."""

    LOGIN = "login.in"
    LOGIN_FAILED = "login.failed"  # a name or password was wrong
    LOGIN_LOCKED = "login.locked"  # that wrong try was one too many
    LOGOUT = "login.out"
    LINK_MADE = "login.link"  # a one-time link was printed
    PASSWORD_SET = "login.password"  # noqa: S105  # the name of an act
    PIN_SET = "login.pin"
    PIN_RIGHT = "login.pin_right"  # by phone
    PIN_WRONG = "login.pin_wrong"
    PIN_LOCKED = "login.pin_locked"

    THREAD_READ = "read.thread"
    RECORD_READ = "read.record"
    RECORDING_HEARD = "read.recording"
    READ_OUT = "read.by_phone"  # what was told, heard in a call
    NUMBER_READ = "read.numbers"
    NAMES_READ = "read.names"  # of officers

    EXPORT = "export.records"

    TAKE = "change.take"
    RELEASE = "change.release"
    CLOSE = "change.close"
    STILL = "change.still"
    ANSWER = "change.answer"
    RING_BACK = "change.ring_back"
    ASK = "change.ask"  # a colleague was paged by hand
    NEXT = "change.next"
    SNOOZE = "change.snooze"
    CANNOT = "change.cannot"
    HELPS = "change.helps"
    HELPER = "change.helper"  # somebody of the directory was asked
    STAFF_ADDED = "change.staff_added"
    STAFF_CHANGED = "change.staff"
    STAFF_REMOVED = "change.staff_removed"
    OFFICER_ADDED = "change.officer_added"
    OFFICER_CHANGED = "change.officer"
    OFFICER_REMOVED = "change.officer_removed"
    AGENCY = "change.agency"
    TRAINING = "change.training"
    ROTA = "change.rota"
    DIRECTORY = "change.directory"

    KEYS_MADE = "key.made"

    CONNECTED = "config.connect"  # our addresses were written to the carrier's number
    FALLBACK = "config.fallback"  # files with staff numbers in clear were written
    PROMPT = "config.prompt"  # a recorded prompt was put in use
    DRILL = "config.drill"
    LOCKED_DOWN = "config.locked_down"
    OPENED_AGAIN = "config.opened_again"

    AUDIT_READ = "audit.read"
    AUDIT_VERIFIED = "audit.verified"
    AUDIT_REVIEWED = "audit.reviewed"  # a week was signed
    HEAD_OUT = "audit.head"  # the clock gives the head away

    @property
    def kind(self) -> Kind:
        """What sort of act this is."""
        return Kind(self.value.partition(".")[0])
