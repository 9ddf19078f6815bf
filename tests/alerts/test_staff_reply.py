"""Replies as people type them: half asleep, in six languages, with quotes, politeness and the digits of their script."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.alerts.staff_reply import StaffReply, read_reply
from hotline.alerts.staff_words import Act, StaffWords

WORDS = StaffWords.load(Path(__file__).resolve().parents[2] / "locales")

TAKE = """
1 | 1. | (1) | 1) | "1" | '1' | ‘1’ | “1” | «1» | 1! | #1 | 1 please | please 1 | pls 1 | 1 thanks | 1 thank you | ok 1 | 1 ok
yes 1 | 1 yes | 1 1 | 1, please. | press 1 | reply 1 | answer 1 | １ | ١ | ۱ | १ | ১ | ๑ | 1 👍 | 👍 | ✅ | 👌 | one | One | ONE | "one"
yes | Yes. | yep | yeah | ok | OK! | okay | take | Take it | TAKE | I take it | I'll take it | I’ll take it | i will take it | ill take this one
mine | it's mine | its mine | got it | I got it | on it | I'm on it | im on it | i am on it | on my way | I'm on my way | coming | I'm coming
accept | accepted | I accept | ack | acknowledged | claim | roger | copy | sure | of course | going | I go | I will go
un | oui | Oui. | je prends | Je le prends | je la prends svp | d'accord | d’accord | D'ACCORD | j'arrive | J’arrive | j'y vais | je viens
en route | je suis en route | je m'en occupe | je m’en charge | pour moi | à moi | a moi | accepté | j'accepte | oui merci | 1 svp | 1 merci | bien reçu
uno | sí | si | Sí. | claro | claro que sí | vale | de acuerdo | lo tomo | la tomo | tomo | yo | yo voy | voy | ya voy | voy en camino | en camino
acepto | aceptado | me encargo | yo me encargo | recibido | sí, por favor | 1 por favor | 1 gracias | enterado
yon | wi | Wi! | dakò | dako | m pran l | m pran li | mwen pran l | mwen pran li | m ap pran li | map pran li | m'ap pran li | m ap vini | m prale
m sou wout | mwen aksepte | aksepte | wi mèsi | 1 tanpri | 1 mèsi | resevwa | m okipe sa
yonn | mwen pwan'y | mwen pwan li | mwen ka pwan li | mwen kay pwan'y | mwen ka vini | mwen aksèpté | an chimen | 1 souplé | wi souplé
一 | 是 | 是的 | 好 | 好的 | 接 | 我接 | 我来 | 我来接 | 接受 | 我接受 | 收到 | 明白 | 我去 | 我马上去 | 马上到 | 在路上 | 我负责 | 交给我 | 可以 | 行 | 好的，谢谢 | 请1 | 1谢谢
"""
CANNOT = """
2 | 2. | (2) | "2" | 2 sorry | sorry 2 | 2 please | ２ | ٢ | २ | two | no | No. | nope | cannot | can't | can’t | cant | I can't | I can’t sorry | can not
I cannot | i can't take it | unable | busy | I'm busy | im busy sorry | not me | not now | pass | next | decline | don't | won't | someone else | 👎 | ❌
deux | non | Non. | non merci | je ne peux pas | je peux pas | impossible | pas possible | pas moi | pas maintenant | occupé | je suis occupé | désolé je ne peux pas
dos | no puedo | no puedo gracias | no puedo tomarlo | yo no | imposible | ahora no | ocupado | estoy ocupada | lo siento no puedo | otra persona
non mèsi | m pa kapab | mwen pa kapab | m pa ka | mwen pa ka | pa kapab | m pa ka pran l | m okipe | pa kounye a | lòt moun | padon m pa kapab
mwen pa sa | mwen pa pé | mwen okipé | dé | mwen pa pé pwan'y
二 | 不 | 不行 | 不能 | 我不能 | 没空 | 我没空 | 我在忙 | 无法 | 拒绝 | 对不起，我不能 | 去不了
"""
OUTCOME = """
9 | 9. | "9" | 9 please | ９ | ٩ | nine | done | finished | settled | outcome | over | closed | fini | terminé | c'est fini | neuf | réglé | listo
resultado | terminado | nueve | nèf | rezilta | fini mèsi | wéglé | rézilta | 完成 | 结束了 | 已解决 | 九
"""
TAKE_4821 = """
1 4821 | 4821 1 | 4821 | 14821 | "1 4821" | '4821' | 1-4821 | 1/4821 | 1,4821 | 1.4821 | 1:4821 | (1) 4821 | 4821. | #4821 | 1 #4821 | take 4821
4821 take | 4821 ok | ok 4821 | yes 4821 please | 4821 mine | I take 4821 | I'll take 4821 | code 4821 | code 4821 1 | 1 code 4821 | case 4821 | alert 4821
4821 yes | 4821 on my way | 1 4821 thanks | １ ４８２１ | ١ ٤٨٢١ | १ ४८२१ | ۱ ۴۸۲۱ | 4821 4821 | 1 4821 1 | oui 4821 | je prends 4821 | 4821 svp
4821 sí | lo tomo 4821 | tomo el 4821 | 4821 wi | m pran 4821 | mwen pran 4821 | mwen pwan 4821 | 我接4821 | 4821好的 | 4821我来 | 1，4821 | 1 4821 👍 | 4821 👍
"""
NOT_UNDERSTOOD = """
3 | 0 | 5 | 12 | 123 | 11 | 999 | 1 2 | 2 1 | 1 minute | 1 hour please | 1 min | in 1 hour | yes no | no 1 | 1 no | 2 ok | ok no | 1 9 | call me | what?
who is it | where | hello | hi | please | thanks | test | ? | 4821 what | 1 4821 or 2 | 48211482 | 123456 | 0821 | 4821 3 | take 3 | no yes | I take it but not now
who took it | taken already? | 1 4821 call me first | is it still open | 20 minutes | half past 1 | 1 person
"""


def spellings(block: str) -> list[str]:
    return [one.strip() for line in block.strip().splitlines() for one in line.split(" | ") if one.strip()]


def test_the_words_contradict_nowhere() -> None:
    assert WORDS.problems == ()


@pytest.mark.parametrize(
    ("block", "wanted"),
    [(TAKE, Act.TAKE), (CANNOT, Act.CANNOT), (OUTCOME, Act.OUTCOME)],
    ids=["take", "cannot", "outcome"],
)
def test_a_reply_without_a_code(block: str, wanted: Act) -> None:
    read = {one: read_reply(one, WORDS) for one in spellings(block)}
    wrong = {
        one: reply for one, reply in read.items() if reply is None or (reply.act, reply.codes) != (wanted, ())
    }
    assert wrong == {}


def test_a_reply_with_a_code_means_that_alert() -> None:
    read = {one: read_reply(one, WORDS) for one in spellings(TAKE_4821)}
    wrong = {
        one: reply
        for one, reply in read.items()
        if reply is None or reply.act is not Act.TAKE or len(reply.codes) != 1 or "4821" not in reply.codes[0]
    }
    assert wrong == {}


def test_what_is_not_clear_is_not_understood() -> None:
    read = {one: read_reply(one, WORDS) for one in spellings(NOT_UNDERSTOOD)}
    assert {one: reply for one, reply in read.items() if reply is not None} == {}


def test_three_hundred_spellings_are_tried() -> None:
    tried = {one for block in (TAKE, CANNOT, OUTCOME, TAKE_4821, NOT_UNDERSTOOD) for one in spellings(block)}
    assert len(tried) >= 300


@pytest.mark.parametrize("text", ["9 1", "91", "9 1 4821", "4821 9 1", "91 4821", "4821 91", "٩ ١", "done 1"])
def test_an_outcome_names_its_digit(text: str) -> None:
    reply = read_reply(text, WORDS)
    assert reply is not None
    assert (reply.act, reply.choice) == (Act.OUTCOME, "1")


def test_a_key_glued_to_a_code_has_its_readings() -> None:
    assert read_reply("14821", WORDS) == StaffReply(Act.TAKE, (frozenset({"4821", "1482"}),))
    assert read_reply("48212", WORDS) == StaffReply(Act.CANNOT, (frozenset({"4821"}),))
    assert read_reply("14822", WORDS) is None  # take 4822, or 1482: cannot?


@pytest.mark.parametrize(
    "text", ["still on it", "1 still on it", "toujours dessus", "还在处理", "m toujou sou li"]
)
def test_still_on_it(text: str) -> None:
    reply = read_reply(text, WORDS)
    assert reply is not None
    assert reply.act is Act.STILL
