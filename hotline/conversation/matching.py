"""Which word goes to which item, when each word says by its bits which items it fits: bit j of `rows[i]` is set where word i
fits item j. Pure arithmetic; a match is a dict of word index to item index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def only_there(rows: Sequence[int]) -> dict[int, int]:
    """The words that fit one item alone; and what is left to fit one alone once these are taken, and so on."""
    given: dict[int, int] = {}
    taken, going_on = 0, True
    while going_on:
        going_on = False
        for index, row in enumerate(rows):
            left = row & ~taken
            if index not in given and left and not left & (left - 1):
                given[index] = left.bit_length() - 1
                taken |= left
                going_on = True
    return given


def by_order(rows: Sequence[int], columns: int, given: Mapping[int, int]) -> dict[int, int]:
    """`given`, and what the order of the `columns` items decides besides."""
    ordered = _longest_in_order(rows, columns, given)
    used = sum(1 << item for item in ordered.values())
    found = dict(given)
    for index, item in ordered.items():
        if index in found:
            continue
        later = min((ordered[at] for at in ordered if at > index), default=columns)
        # It may as well be an item before this one, or one before the next word's: then it is not guessed.
        others = ((1 << max(later, item)) - 1) & ~(1 << item)
        if not rows[index] & others & ~used:
            found[index] = item
    return found


def _longest_in_order(rows: Sequence[int], columns: int, given: Mapping[int, int]) -> dict[int, int]:
    """The longest match of words to items that keeps both orders and what is given, earliest items first."""
    free = ~sum(1 << item for item in given.values())
    fitting = [1 << given[i] if i in given else row & free for i, row in enumerate(rows)]
    below = [0] * (columns + 1)
    best = [below]  # best[i][j]: how many of the words from i on find a place among the items from j on
    for row in reversed(fitting):
        if not row:
            best.append(below)
            continue
        here = [0] * (columns + 1)
        longest = 0
        for j in range(columns - 1, -1, -1):
            if below[j] > longest:
                longest = below[j]
            if row >> j & 1 and below[j + 1] >= longest:
                longest = below[j + 1] + 1
            here[j] = longest
        best.append(here)
        below = here
    best.reverse()
    found, i, j = {}, 0, 0
    while i < len(rows) and j < columns:
        if fitting[i] >> j & 1 and best[i][j] == 1 + best[i + 1][j + 1]:
            found[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
