"""What holds in every night, whatever it expects: nobody who calls us is left without a word, and no phone shows another's number.

The twelfth target of an on-call line: no caller left ringing for more than 90 seconds, none in a volunteer's voicemail,
volunteers' numbers never shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from hotline.simulator.calls import Call

LONGEST_SILENCE = timedelta(seconds=90)
_WORDS = frozenset({"say", "play", "person"})


def numbers_shown(calls: Iterable[Call], lines: Collection[str]) -> Iterator[tuple[datetime, str]]:
    """When a phone was rung by a number that is none of ours, and what is told of it."""
    for call in calls:
        if call.outbound and call.sender not in lines:
            yield call.created, f"the phone {call.to[-4:]} was shown another's number"


def left_alone(
    calls: Iterable[Call], together: Sequence[tuple[datetime, datetime, str]], ends: datetime
) -> Iterator[tuple[datetime, str]]:
    """When who called us had heard nothing for 90 seconds: no words of ours, and nobody to speak with.

    `together` are the spans in which a call (its sid) was joined with another.
    """
    for call in calls:
        if call.outbound or call.answered is None:
            continue
        over = min(call.ended or ends, ends)
        spans = [
            (one.at, one.at + timedelta(seconds=one.seconds)) for one in call.heard if one.kind in _WORDS
        ]
        spans += [(since, until) for since, until, sid in together if sid == call.sid]
        heard = call.answered
        for since, until in sorted([*spans, (over, over)]):
            if since - heard > LONGEST_SILENCE:
                yield heard + LONGEST_SILENCE, f"a caller was left without a word for {since - heard}"
            heard = max(heard, until)
