"""The page for the translator on top of a pack."""

from __future__ import annotations

from typing import Final

_TEXT: Final = """\
A pack for translators: NAME (CODE)
====================================

Thank you for helping. People who are afraid, hurt or held will read and hear your words, often on a simple phone that
somebody else may look at. Please write as you would speak to one such person: kind, short, plain, grade 6.

What is in here
---------------

hotline.po    Every sentence, with its English. Open it with a translation program (Poedit, Lokalize) or a text editor.
words.xlsx    The words that people really use. Open it with a spreadsheet program.
script.html   What is recorded for calls. Open it in a browser and print it. Only to read: changes in it are not taken over.
pack.json     For the hotline. Please leave it as it is.

Send the whole folder back as a zip file with the same names.

The sentences (hotline.po)
--------------------------

- Translate the meaning, not the words. Write in msgstr; the English is in msgid.
- The comment above each sentence says where people meet it, and how long it may be. A text message holds 160 letters. One
  single letter that old phones do not have makes that 70. They have: a-z A-Z 0-9, e with accent to the left or right, and a, i, o, u
  with accent to the left, n with a wave. They do not have other accents, nor a curly quote or a long dash.
- Words in braces like {code} are filled in later. Keep them exactly, put them where they sound right.
- To the public never name the service, trafficking, police, a victim, a phone number or a link: the wrong person may read it.
- "fuzzy" means: the English has changed, please look again, and take the mark away.
- If you have read everything and it is good, write at the top: X-Reviewed-By-Native-Speaker: yes

The words (words.xlsx)
----------------------

One word or phrase a row. Please add what people really write: short, misspelt, without accents, as the young and the old
say it. Do not translate the English list; it is only there to show what is meant.

- To add a word: insert a row, copy the first column from its neighbour, write the word in the second.
- To take one out: delete its row. If it is the last of its list, leave the row and empty the word.
- words       answers to questions. One word may mean one thing only.
- danger      words that wake somebody at night. ( | ) means one of these, [ ] may be missing, .. up to three words between,
              * any ending. "fires" are examples that must be recognised, "silent" examples that must not: write both.
- greetings   words that show that somebody writes in this language.
- staff       words with which staff answer a page.
- discretion  words that must never stand in a message to the public.
- spoken      numbers and months as they are said, in order (only for recorded languages).

What you send is checked before it is used, and we tell you by sheet and row if something does not fit.
"""


def readme(locale: str, name: str) -> str:
    """In plain English, for the language of the pack."""
    return _TEXT.replace("NAME", name).replace("CODE", locale)
