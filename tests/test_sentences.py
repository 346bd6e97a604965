"""What sentences say, in three languages: faults that were found by reading, each by its kind."""

import ast
import re
from pathlib import Path

import pytest

from register.book.schema import schema
from register.words.sentences import Sentences
from tests.collect_msgids import ROOT, msgids
from tests.test_locale import LANGUAGES, entries


def sentences(language):
    """Yield every sentence in a language: ``(msgid, form)``; English ones are the msgids too."""
    if language == "en":
        yield from ((msgid, msgid) for msgid in msgids())
    for message, msgid, forms in entries(language):
        if not message.context:
            yield from ((msgid, form) for form in forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_a_form_for_one(language):
    """Babel chooses it: “yksi rivi”, “2 riviä”, “21 riviä”; English needs its “one row” too."""
    plural = {msgid for message, msgid, _ in entries(language) if message.pluralizable}
    counted = [msgid for msgid in msgids() if re.search(r"\{count\} \w", msgid)]
    assert [msgid for msgid in counted if msgid not in plural] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_of_the_list_of_decisions_is_named_by_its_key(language):
    """{word:accept} is what the list says in the reader's language, also when that changes."""
    decisions = schema().enum("decision")
    labels = {labels[language] for labels in decisions.labels.values()} | set(decisions.earlier)
    quoted = {f"{mark}{label}”" for label in labels for mark in "”“"}
    assert [form for _, form in sentences(language) if any(word in form for word in quoted)] == []


def test_no_english_sentence_tells_to_accept_or_to_pass_over():
    """The list offers neither word: what it offers stands there as {word:…}."""
    wrong = re.compile(
        r"\b(accept (the proposal|if|writes|archives)|pass over|ignore it)\b", re.IGNORECASE
    )
    # What the line above alike questions offers is “accept all”.
    assert [
        form for _, form in sentences("en") if wrong.search(form) and "{what}" not in form
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_is_named_so_that_it_can_be_copied(language):
    """``python3 scripts/create.py …``; a script alone is only what a sentence is about."""
    scripts = "|".join(sorted(path.stem for path in (Path(ROOT) / "scripts").glob("*.py")))
    bare = re.compile(rf"(?<!python3 scripts/)\b(?:{scripts})\.py\b")
    about = ("invite.py {verb}", "replies.py", "undo.py")
    found = [form for _, form in sentences(language) if bare.search(form)]
    assert [form for form in found if not any(name in form for name in about)] == []


def test_a_command_that_is_put_into_a_sentence_can_be_copied():
    """As a value it is in no catalogue: ``command=f"privacy.py …"``."""
    bare = re.compile(r"^\w+\.py\b")
    found = [
        (path.name, value)
        for path in (Path(ROOT) / "scripts" / "register").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant | ast.JoinedStr)
        for value in [ast.unparse(node.value).lstrip("f\"'")]
        if bare.match(value)
    ]
    assert found == []


WRONG = {
    "fi": r"(lisäyksellä|lisäykseen|Lisäystä|valinnalla|optiolla|lipulla) --|Työkalun|[“]|\.\.\.| ,"
    r"|\b(?:the|please|your|this|was|not|Toisaalta)\b",
    "sv": r"Tillägget --|Däremot|Å andra sidan|Verktygets|konfigurationen|(?<!-)\bpostlåd|[“]|\.\.\."
    r"| ,|\b(?:the|please|your|this|was|not|och/eller)\b",
    "en": r"\.\.\.| ,",
}
"""What Finnish, Swedish and English sentences once said and no native writes; see the pattern."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_in_the_readers_own_language(language):
    wrong = re.compile(WRONG[language])
    assert [form for _, form in sentences(language) if wrong.search(form)] == []


@pytest.mark.parametrize("language", ("fi", "sv"))
def test_quotation_marks_come_in_pairs(language):
    assert [form for _, form in sentences(language) if form.count("”") % 2] == []


@pytest.mark.parametrize("language", ("fi", "sv"))
def test_a_whole_sentence_stays_one(language):
    """It begins with a capital and ends with a mark where the English one does, and else doesn't."""
    wrong = []
    for msgid, form in sentences(language):
        whole = msgid[0].isupper() and msgid[-1] in ".?:"
        if whole and (form[-1] not in ".?:" or (form[0].isalpha() and form[0].islower())):
            wrong.append(form)
        if msgid[0].islower() and form[0].isupper() and form.split()[0] not in NAMES:
            wrong.append(form)
    assert wrong == []


NAMES = ("SPF", "DMARC", "Y-tunnus")


@pytest.mark.parametrize(
    ("hint", "whole"),
    [
        (
            "Add them: python3 scripts/create.py --apply",
            "Add them: python3 scripts/create.py --book 'oma r.xlsx' --apply",
        ),
        (
            "python3 scripts/invite.py plan T-1PKE3 --apply, then (python3 scripts/undo.py)",
            "python3 scripts/invite.py plan T-1PKE3 --book 'oma r.xlsx' --apply, then (python3 scripts/undo.py)",
        ),
        ("python3 scripts/create.py --book a.xlsx --apply", ""),
        ("Run python3 scripts/doctor.py. Then add --apply.", ""),
    ],
)
def test_a_command_that_changes_the_register_names_the_one_that_was_given(hint, whole):
    assert Sentences("en", given=("--book", "oma r.xlsx"))(hint) == (whole or hint)
    assert Sentences("en")(hint) == hint
