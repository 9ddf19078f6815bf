"""A task force's own content: a copy of the project's with a question, a class of its own and a seventh language."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from hotline.cli import hotline
from hotline.content import PROJECT
from hotline.forms.own_fields import COLUMNS, FILE
from hotline.wording.po import read, render

QUESTION = """
  - name: papers_kept
    number: "13"
    code: pap
    type: select_one yes_no
    label: "Item 13. Does somebody keep the person's papers? 1 yes 2 no"
    short: Papers kept

  - name: papers_holder
    number: "14"
    code: hol
    type: text
    channels: [web, staff]
    positional: false
    label: "Who keeps the papers?"
    short: Papers kept by
"""
ROWS = (
    "screening,13 Does somebody keep the papers,papers_kept,boolean,yes|no,none,none,restricted,sms|voice|web|staff,",
    "screening,14 Who keeps the papers,papers_holder,text,,none,none,suspect_identity,web|staff,",
)
CALL_ROW = (
    "hotline,17 Does somebody keep the papers,papers_kept,boolean,yes|no,none,none,restricted,voice|staff,"
)
CALL_QUESTION = """
  - name: papers_kept
    number: "17"
    code: pap
    type: select_one yes_no
    channels: [voice, staff]
    label: "Item 17. Does somebody keep the person's papers?"
    voice: "Does somebody keep the papers of the person? For yes, press 1. For no, press 2."
    short: Papers kept
"""
PORTUGUESE = {
    "opening.safe_now.label": "É seguro escrever agora? 1 sim 2 nao",
    "opening.danger_now.label": "Alguém está em perigo agora? 1 sim 2 nao",
    "opening.contact_kind.label": "É sobre 1 si, 2 outra pessoa, ou 3 é para o seu trabalho? 0 para falar com uma pessoa.",
    "screening.papers_kept.label": "Item 13. Alguém guarda os documentos da pessoa? 1 sim 2 nao",
    "screening.papers_kept.short": "Documentos guardados",
    "caller.language.say": "Para português, carregue na tecla {key}.",
}


def copy(root: Path) -> Path:
    """The project's content below `root`, without its clips; gives the path of its hotline.toml."""
    for folder in ("sms_forms", "ivr_flows", "locales"):
        shutil.copytree(PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("*.mp3"))
    shutil.copy(PROJECT / "hotline.toml", root)
    return root / "hotline.toml"


def add_question(root: Path, *rows: str) -> None:
    """The own table, and the questions behind those of the source forms, by text, on the page and in calls."""
    (root / FILE).write_text(
        "\n".join((",".join(COLUMNS), *(rows or (*ROWS, CALL_ROW)))) + "\n", encoding="utf-8"
    )
    for form, text in (("screening", QUESTION), ("hotline", CALL_QUESTION)):
        with (root / "sms_forms" / f"{form}.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
    change(root / "ivr_flows" / "caller.yaml", "previous_report]", "previous_report, papers_kept]")


def add_portuguese(root: Path) -> None:
    """`hotline locales new pt`, then what a first story needs: words, a word of danger, some sentences, a voice."""
    env = {"HOTLINE_CONFIG": str(root / "hotline.toml"), "DATA_DIR": str(root / "var")}
    made = CliRunner().invoke(hotline, ["locales", "new", "pt"], env=env)
    assert made.exit_code == 0, made.output
    change(root / "hotline.toml", '"ht", "zh"]', '"ht", "zh", "pt"]')
    change(
        root / "hotline.toml", "[voices]\n", '[voices]\npt = { voice = "Polly.Camila", language = "pt-BR" }\n'
    )
    folder = root / "locales" / "pt"
    change(folder / "language.yaml", '"out."', '"outubro"')
    change(folder / "greetings.yaml", "greetings: []", "greetings: [olá, oi, bom dia]")
    change(folder / "words.yaml", "    yes: []", "    yes: [sim, claro]")
    change(folder / "words.yaml", "    no: []", "    no: [não, nunca]")
    change(folder / "words.yaml", '["outubro", "out."]', '["outubro"]')
    rule = "  - id: pt.weapon.1\n    kind: weapon\n    grade: emergency\n    patterns: []"
    change(folder / "danger.yaml", rule, rule.replace("[]", '["tem [uma] (faca|arma)"]'))
    change(root / "locales" / "ht" / "hotline.po", "Kreyòl Ayisyen", "Ayisyen")
    translate(folder / "hotline.po", PORTUGUESE)


def translate(path: Path, sentences: dict[str, str]) -> None:
    """Fill in translations, as a translator does; keys that the content does not have are passed over."""
    file = read(path)
    for key, text in sentences.items():
        if key in file.entries:
            file.entries[key] = replace(file.entries[key], translation=text)
    path.write_text(render(file), encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    """Replace the first `old` in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
