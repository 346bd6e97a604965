"""Every reason has its words, in every language."""

from __future__ import annotations

import pytest

from register.book.schema import LANGUAGES, schema
from register.letters.audience import audience
from register.letters.reasons import REASON_SENTENCES, SHORT_REASONS, short_reasons
from register.words.catalogue import catalogue
from register.words.sentences import Sentences
from tests.letters.correspondence import AMINA, MAIJA, NILS, NOW, T, person, register
from tests.letters.reasons import IN, OUT, WARNINGS

OF_A_LETTER = (
    "shared",
    "nameless",
    "no-organisation",
    "other-language",
    "empty-field",
)
SAME = {(language, code) for language in ("en",) for code in ("merged", "archived", "nationwide")}
"""What is called as its code."""

NO_MEETING = ("freshness", "met", "untold", "had-it")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_words(language):
    """What is counted is also said of one: a preview names the reason beside each reader."""
    known = {*IN, *OUT, *WARNINGS, *OF_A_LETTER, *NO_MEETING, *REASON_SENTENCES}
    said = short_reasons(Sentences(language))
    assert known == said.keys()
    assert not [
        code for code, text in said.items() if text in ("", code) and (language, code) not in SAME
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_tab_is_named_by_its_title_in_the_readers_language(language):
    titles = {tab.titles[one] for tab in schema().tabs.values() for one in LANGUAGES}
    written = [catalogue(language).find(code, "reader")[0] for code in SHORT_REASONS]
    assert not [text for text in written if titles & set(text.split())]
    said = short_reasons(Sentences(language))
    assert schema().tab("review").titles[language] in said["refused"]
    assert not any("{" in text for text in said.values())


def test_sentences():
    assert {*IN, *OUT, *WARNINGS} <= REASON_SENTENCES.keys()


def test_everybody_is_in_the_record_once():
    people = [person(), person(NILS, end="2026-01-01"), person(AMINA)]
    record = audience(register(people), T, NOW.date()).as_record()
    first, second = sorted((MAIJA, AMINA))
    assert record["invited"] == [{"person": first, "reason": "home-municipality"}]
    assert {(one["person"], one["reason"], one["other"]) for one in record["left_out"]} == {
        (NILS, "ended", ""),
        (second, "same-mailbox", first),
    }
