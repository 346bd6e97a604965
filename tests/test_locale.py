"""The catalogues: whole, of one shape with the sentences of the code, nothing left over."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from register.book.groups import parse_legacy_reason
from register.book.schema import schema
from register.rules import rule_catalogue as rules
from register.words.catalogue import catalogue
from tests.collect_msgids import PLACEHOLDER, ROOT, constants, missing, msgids

LOCALE = Path(ROOT) / "scripts" / "register" / "words" / "locale"
LANGUAGES = ("fi", "sv", "en")


@cache
def entries(language):
    """Return ``(message, msgid, forms)`` of each entry; raises where the file is no catalogue."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language, abort_invalid=True)
    return [
        (
            message,
            message.id if isinstance(message.id, str) else message.id[0],
            [message.string] if isinstance(message.string, str) else list(message.string),
        )
        for message in read
        if message.id
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language):
    assert missing(language) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_read_as_babel_reads_it(language):
    wanted = {(m.context or "", msgid): (f[0], f[-1]) for m, msgid, f in entries(language)}
    assert catalogue(language).forms == wanted
    assert len(wanted) > 100


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
            if message.context:  # a short name has no values, and may name tabs
                found = {one for one in found if not one.startswith(("tab:", "column:"))}
            if found != wanted and not (message.pluralizable and found == wanted - {"count"}):
                wrong.append((msgid, form))
            if form.strip() != form or re.search(r"\{(?![a-z_]+(?::[a-z_.]+)?\})", form):
                wrong.append((msgid, form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_empty_or_there_twice(language):
    text = (LOCALE / f"{language}.po").read_text(encoding="utf-8")
    keys = re.findall(r'^(?:msgctxt "(.*)"\n)?msgid "(.*)"$', text, re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert all(not message.fuzzy and all(forms) for message, _, forms in entries(language))


def named_in_the_sheet(language):
    """Return the tabs' titles and the long headers of a language: words that name one thing."""
    names = set()
    for tab in schema().tabs.values():
        names.add(tab.titles[language])
        names |= {column.headers[language] for column in tab.columns}
    return {name for name in names if name[0].isupper() and len(name) > 3}


def test_no_english_or_swedish_sentence_names_a_finnish_tab_or_column():
    """A tab is {tab:review} and a column {column:meetings.area}: each reader has their own."""
    finnish = named_in_the_sheet("fi") - named_in_the_sheet("sv") - named_in_the_sheet("en")
    word = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(finnish)))})(?!\w)")
    said = [(msgid, msgid) for msgid in msgids()]
    said += [(msgid, form) for _, msgid, forms in entries("sv") for form in forms]
    # These three are what a list of people's own may be called by; Y-tunnus is the number's name.
    allowed = {"Etunimi", "Sukunimi", "Nimi", "Y-tunnus"}
    found = [(text, set(word.findall(text)) - allowed) for _, text in said]
    assert [(text, names) for text, names in found if names] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_and_column_that_a_sentence_names_is_in_the_schema(language):
    for _, _, forms in entries(language):
        for form in forms:
            for kind, key in re.findall(r"\{(tab|column):([a-z_.]+)\}", form):
                tab, _, column = key.partition(".")
                assert tab in schema().tabs, form
                assert kind == "tab" or schema().tab(tab).has(column), form


def test_no_reason_in_words_reads_as_one_with_its_group_as_older_versions_wrote_it():
    said = {
        forms[0]
        for language in LANGUAGES
        for (context, _), forms in catalogue(language).forms.items()
        if context in ("rule", "reason", "evidence")
    }
    assert len(said) > 100
    assert [text for text in said if parse_legacy_reason(text) != (text, "")] == []
