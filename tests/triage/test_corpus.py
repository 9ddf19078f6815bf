"""How much danger is heard and how often a harmless answer alarms; every text runs against all languages' rules."""

import pytest

from hotline.triage.grade import DangerWords, findings
from tests.triage.corpus import Texts, corpus

SEEN, UNSEEN = corpus("corpus_seen"), corpus("corpus_unseen")


def missed(texts: Texts, words: DangerWords) -> list[str]:
    return [text for text in texts.danger if not findings(text, words)]


def false_alarms(texts: Texts, words: DangerWords) -> list[str]:
    found = [(text, [one.rule for one in findings(text, words)]) for text in texts.harmless]
    return [f"{text} ({', '.join(rules)})" for text, rules in found if rules]


def report(half: str, texts: Texts, words: DangerWords) -> None:
    lost, alarms = missed(texts, words), false_alarms(texts, words)
    heard = len(texts.danger) - len(lost)
    print(
        f"{half:6} {texts.locale:3} recall {heard}/{len(texts.danger)} = {heard / len(texts.danger):.1%},"
        f" false alarms {len(alarms)}/{len(texts.harmless)} = {len(alarms) / len(texts.harmless):.1%}"
    )
    for text in lost:
        print("   missed:", text)
    for text in alarms:
        print("   false alarm:", text)


@pytest.mark.parametrize("texts", SEEN, ids=lambda texts: texts.locale)
def test_the_seen_half_is_heard_whole_and_never_cries_wolf(texts: Texts, danger_words: DangerWords) -> None:
    report("seen", texts, danger_words)
    assert missed(texts, danger_words) == []
    assert len(false_alarms(texts, danger_words)) <= 0.01 * len(texts.harmless)


@pytest.mark.parametrize("texts", UNSEEN, ids=lambda texts: texts.locale)
def test_the_unseen_half_is_reported_and_never_tuned_on(texts: Texts, danger_words: DangerWords) -> None:
    report("unseen", texts, danger_words)


def test_there_are_texts_in_every_language() -> None:
    assert {texts.locale for texts in SEEN} >= {"en", "acf", "fr", "es", "ht", "zh"}
    for texts in SEEN:
        assert len(texts.danger) + len(texts.harmless) >= (25 if texts.locale == "acf" else 60)
