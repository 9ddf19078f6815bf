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
    CODE_WRONG = "login.code_wrong"  # the second factor, where who is logged in gives it anew
    FACTOR_ADDED = "login.factor_added"
    FACTOR_REMOVED = "login.factor_removed"
    FACTORS_FORGOTTEN = "login.factors_forgotten"
    RECOVERY = "login.recovery"  # new recovery codes
    SESSION_ENDED = "login.session_ended"  # one of the own, from elsewhere
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

    REVEAL_ASKED = "reveal.asked"
    REVEAL_GRANTED = "reveal.granted"
    REVEAL_REFUSED = "reveal.refused"
    REVEAL_USED = "reveal.used"
    REVEAL_EXPIRED = "reveal.expired"
    GLASS_BROKEN = "reveal.glass"  # who has taken an emergency read its case at once
    GLASS_CONFIRMED = "reveal.glass_confirmed"

    EXPORT = "export.records"
    COUNTS = "export.counts"
    BACKUP = "export.backup"

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
    OFFICER_REMOVED = "change.officer_removed"
    AGENCY = "change.agency"
    TRAINING = "change.training"
    ROTA = "change.rota"
    DIRECTORY = "change.directory"
    HELD = "change.held"  # nothing of a thread may be deleted
    HOLD_LIFTED = "change.hold_lifted"
    SUSPECTS_CONFIRMED = "change.suspects_confirmed"
    PURGED = "change.purged"  # what had come to its end
    FORGOTTEN = "change.forgotten"  # the number of who stays unnamed

    KEY_CEREMONY = "key.ceremony"
    KEY_GRANTED = "key.granted"
    KEY_ROTATED = "key.rotated"
    KEYS_REWRAPPED = "key.rewrapped"
    KEY_RECOVERED = "key.recovered"  # with the card
    BACKUP_KEY = "key.backup"

    CONNECTED = "config.connect"  # our addresses were written to the carrier's number
    FALLBACK = "config.fallback"  # files with staff numbers in clear were written
    PROMPT = "config.prompt"  # a recorded prompt was put in use
    DRILL = "config.drill"
    LOCKDOWN = "config.lockdown"
    RESTORED = "config.restored"  # this house was put back from a backup
    CARRIERS_ASKED = "config.carriers"  # what they still hold

    AUDIT_READ = "audit.read"
    AUDIT_VERIFIED = "audit.verified"
    AUDIT_REVIEWED = "audit.reviewed"  # a week was signed
    ACCESS_REVIEWED = "audit.access"  # who has access was looked through and signed
    HEAD_OUT = "audit.head"  # the clock gives the head away

    @property
    def kind(self) -> Kind:
        """What sort of act this is."""
        return Kind(self.value.partition(".")[0])
