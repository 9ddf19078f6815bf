"""The catalogues are in step with forms, call trees, templates and code."""

from __future__ import annotations

import pytest

from hotline.forms.messages import messages, update
from hotline.forms.source import BadContent
from tests.forms.conftest import PROJECT, Content


def test_the_projects_catalogues_are_in_step() -> None:
    drift = update(PROJECT, write=False)
    assert [str(change) for change in drift.changes] == []


def test_a_new_question_is_drift_until_it_is_written(content: Content) -> None:
    content.change("sms_forms/wordings.yaml", "  added:", "  bye: Bye for now.\n  added:")
    assert "public.bye" in {change.key for change in update(content.root, write=False).changes}
    assert update(content.root, write=True)
    assert not update(content.root, write=False)


def test_translators_are_told_how_long_a_text_may_be_and_what_is_spoken() -> None:
    comments = {message.key: message.comment for message in messages(PROJECT)}
    assert "160" in comments["opening.safe_now.label"]
    assert "Spoken" in comments["opening.safe_now.voice"]


def test_a_file_that_cannot_be_read_takes_no_translation_away(content: Content) -> None:
    content.change("sms_forms/wordings.yaml", "officer:", "public: {}\nofficer:")  # a key that stands twice
    before = (content.root / "locales/fr/hotline.po").read_bytes()
    with pytest.raises(BadContent, match=r"wordings\.yaml:\d+: 'public' stands here twice"):
        update(content.root, write=True)
    assert (content.root / "locales/fr/hotline.po").read_bytes() == before
