"""Time, ids and chance: passed in, so that a whole night plays in a test in a second (DESIGN, "What must always hold", 11).

Nothing else in the house asks the machine for the time or for randomness; rooms take a `Clock` and an `Ids`.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Protocol

ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
ID_LENGTH = 16

# Letters and digits that nobody takes for one another on a small screen or in handwriting:
# no 0/O, 1/I, 2/Z, 5/S, 8/B.
REFERENCE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY"
REFERENCE_DIGITS = "34679"
REFERENCE_LENGTH = 3


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved: for tests and for played nights."""

    def __init__(self, at: datetime) -> None:
        """Start at `at`, which must be aware; ValueError otherwise."""
        self._at = _utc(at)

    def now(self) -> datetime:
        """The instant it was last set to, in UTC."""
        return self._at

    def set(self, at: datetime) -> None:
        """Jump to `at` (aware), forward or back."""
        self._at = _utc(at)

    def advance(self, by: timedelta | None = None, /, **parts: float) -> datetime:
        """Move on by a timedelta, or by its parts (`seconds=90`, `minutes=15`); gives the new instant."""
        self._at += by if by is not None else timedelta(**parts)
        return self._at


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a clock needs an aware datetime")
    return at.astimezone(UTC)


class Ids(Protocol):
    """Gives names to new things."""

    def new(self) -> str:
        """An opaque id: 16 lower-case base32 characters."""
        ...

    def reference(self) -> str:
        """A short code people read to each other (`K7P`): three characters without look-alikes.

        Not unique by itself: who stores it draws again while the code is in use.
        """
        ...

    def page_code(self) -> str:
        """Four digits, the first not 0, that tell open pages apart in a reply."""
        ...

    def pin(self) -> str:
        """Six digits for a member of staff to type on a phone."""
        ...

    def token(self) -> str:
        """A secret that nobody can guess: 52 lower-case base32 characters, 256 bits, for links and sessions."""
        ...


class RandomIds:
    """Ids from the operating system's randomness."""

    def new(self) -> str:
        """An opaque id of 80 random bits."""
        return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))

    def reference(self) -> str:
        """One of 8,190 codes with at least one letter and one digit, so that no word comes out."""
        while True:
            drawn = "".join(
                secrets.choice(REFERENCE_LETTERS + REFERENCE_DIGITS) for _ in range(REFERENCE_LENGTH)
            )
            if not drawn.isalpha() and not drawn.isdigit():
                return drawn

    def page_code(self) -> str:
        """One of 9,000 codes."""
        return str(1000 + secrets.randbelow(9000))

    def pin(self) -> str:
        """One of 1,000,000."""
        return f"{secrets.randbelow(1_000_000):06}"

    def token(self) -> str:
        """256 random bits (51 characters would give 255)."""
        return "".join(secrets.choice(ID_ALPHABET) for _ in range(52))


class CountedIds:
    """The same ids in every run, in order: for tests and for played nights. Never for real people's data."""

    def __init__(self) -> None:
        """Start each of the four counts from its beginning."""
        self._ids = self._references = self._codes = self._tokens = 0

    def new(self) -> str:
        """`aaaaaaaaaaaaaaab`, `aaaaaaaaaaaaaaac`, ..."""
        self._ids += 1
        return _in_base(self._ids, ID_ALPHABET, ID_LENGTH)

    def reference(self) -> str:
        """`A3C`, `A3D`, ...: letter, digit, letter; all 2,205 differ."""
        self._references += 1
        first, rest = divmod(self._references, len(REFERENCE_DIGITS) * len(REFERENCE_LETTERS))
        digit, last = divmod(rest, len(REFERENCE_LETTERS))
        return (
            REFERENCE_LETTERS[first % len(REFERENCE_LETTERS)]
            + REFERENCE_DIGITS[digit]
            + REFERENCE_LETTERS[last]
        )

    def page_code(self) -> str:
        """`1001`, `1002`, ..."""
        self._codes += 1
        return str(1000 + self._codes % 9000)

    def pin(self) -> str:
        """`100200`, `100201`, ..."""
        self._codes += 1
        return str(100199 + self._codes)

    def token(self) -> str:
        """52 characters that count up."""
        self._tokens += 1
        return _in_base(self._tokens, ID_ALPHABET, 52)


def _in_base(number: int, alphabet: str, length: int) -> str:
    """`number` written with `alphabet` as digits, padded to `length` characters."""
    text = ""
    for _ in range(length):
        number, digit = divmod(number, len(alphabet))
        text = alphabet[digit] + text
    return text
