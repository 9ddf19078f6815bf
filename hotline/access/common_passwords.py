"""Passwords that are among the first to be tried: breached ones, names, keyboard walks, dates, repeats, and the house's own words.

Looked up in the lists that the library zxcvbn ships (30,000 breached passwords, names, words): no one else is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# How many guesses a password must bear: 10^10 is what zxcvbn calls "very unlikely to be guessed" (score 4).
ENOUGH = 10**10
MOST_LOOKED_AT = 72
FEWEST_OF_ONES_OWN = 6
# Sentences of three or more words that lists of passwords hold because everybody knows them; written without spaces.
KNOWN = (
    "correcthorsebatterystaple", "thequickbrownfox", "jumpsoverthelazydog", "letmeinplease", "openthedoor",
    "onceuponatime", "tobeornottobe", "inthebeginning", "ourfatherwhoart", "hailmaryfullofgrace", "iloveyousomuch",
    "maytheforcebewithyou", "howareyoutoday", "happybirthday", "merrychristmas", "thisismypassword", "mypasswordis",
    "donotforgetthis", "nobodywillguess", "bonjourtoutlemonde", "jetaimepourtoujours", "teamomucho", "sonsanddaughters",
)  # fmt: skip


def is_common(password: str, own_words: Sequence[str] = ()) -> bool:
    """Whether the password would be found with few guesses, or is little more than words that belong to its owner or to
    the deployment."""
    # Here, because its lists of words take a while to load, and most commands look at no password.
    from zxcvbn import zxcvbn

    own = [part for word in own_words for part in re.split(r"\W+", word.casefold()) if len(part) > 2]
    rest = re.sub(r"[\W_]", "", password.casefold())
    for known in (*sorted(own, key=len, reverse=True), *KNOWN):
        rest = rest.replace(known, "")
    if len(set(rest)) < FEWEST_OF_ONES_OWN:
        return True
    return bool(zxcvbn(password[:MOST_LOOKED_AT], user_inputs=own)["guesses"] < ENOUGH)
