"""The catalogues: whole, of one shape with the sentences of the code, nothing left over."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from register.rules import rule_catalogue as rules
from tests.collect_msgids import PLACEHOLDER, ROOT, constants, missing, msgids

LOCALE = Path(ROOT) / "scripts" / "register" / "words" / "locale"
LANGUAGES = ("fi", "sv", "en")


def entries(language):
    """Yield ``(context, msgid, forms)``; raises where the file is no catalogue."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language, abort_invalid=True)
    for message in read:
        if message.id:
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            forms = [message.string] if isinstance(message.string, str) else list(message.string)
            yield message, msgid, forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language):
    assert missing(language) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_left_over(language):
    used = {"": set(msgids()), "rule": set(rules())}
    codes = constants()
    left = [
        (message.context, msgid)
        for message, msgid, _ in entries(language)
        if msgid not in used.get(message.context or "", codes)
    ]
    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_placeholders_of_its_sentence(language):
    wrong = []
    for message, msgid, forms in entries(language):
        wanted = set(PLACEHOLDER.findall(msgid))
        for form in forms:
            found = set(PLACEHOLDER.findall(form))
            if found != wanted and not (message.pluralizable and found == wanted - {"count"}):
                wrong.append((msgid, form))
            if form.strip() != form or re.search(r"\{(?![a-z_]+\})", form):
                wrong.append((msgid, form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_empty_or_there_twice(language):
    text = (LOCALE / f"{language}.po").read_text(encoding="utf-8")
    keys = re.findall(r'^(?:msgctxt "(.*)"\n)?msgid "(.*)"$', text, re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert all(not message.fuzzy and all(forms) for message, _, forms in entries(language))
