"""Markdown as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from register.letters.plain import RULE, plain_text
from register.letters.untrusted import field_line


def text(markdown):
    return plain_text(MarkdownIt("commonmark", {"html": False}).parse(markdown))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Hei!", "Hei!\n"),
        ("a\nb", "a b\n"),
        ("a\\\nb", "a\nb\n"),
        ("a\n\n\n\nb", "a\n\nb\n"),
        ("# a\n\nb", "a\n\nb\n"),
        ("**a** _b_ `c`", "a b c\n"),
        ("> a\\\n> b", "a\nb\n"),
        ("a\n\n---\n\nb", f"a\n\n{RULE}\n\nb\n"),
        ("- a\n- b\n\nc", "- a\n- b\n\nc\n"),
        ("a\n\n- b\n- c", "a\n\n- b\n- c\n"),
        ("3. a\n4. b", "3. a\n4. b\n"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c\n"),
        ("- a\n\n1. b", "- a\n\n1. b\n"),
        ("[a](https://b.example)", "a: https://b.example\n"),
        ("[https://b.example](https://b.example)", "https://b.example\n"),
        ("[a@b.example](mailto:a@b.example)", "a@b.example\n"),
        ("a <b> &amp; c", "a <b> & c\n"),
        ("", "\n"),
    ],
)
def test_plain_text(markdown, expected):
    assert text(markdown) == expected


@given(st.text(max_size=80))
def test_a_field_is_one_line(field):
    assert len(field_line(field).splitlines()) <= 1
    assert field_line(field_line(field)) == field_line(field)
