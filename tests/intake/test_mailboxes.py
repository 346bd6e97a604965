"""Addresses pasted from a letter become rows; any other text is left to the reader of tables."""

import pytest

from register.intake.mailboxes import mailbox_rows

EILA, IVO = ["Eila Kaski", "eila@kaisla.example"], ["Ivo Tamm", "ivo@tuulia.example"]


@pytest.mark.parametrize(
    "text",
    [
        "Eila Kaski <eila@kaisla.example>; Ivo Tamm <ivo@tuulia.example>",
        "Eila Kaski <eila@kaisla.example>;Ivo Tamm <ivo@tuulia.example>;",
        "Eila Kaski <eila@kaisla.example>, Ivo Tamm <ivo@tuulia.example>",
        "Eila Kaski <eila@kaisla.example>\nIvo Tamm <ivo@tuulia.example>\n",
        "Eila Kaski <eila@kaisla.example>,\n“Ivo Tamm” <mailto:ivo@tuulia.example>",
        "Vastaanottajat: 'Eila Kaski' <eila@kaisla.example>; \"Ivo Tamm\" <ivo@tuulia.example>",
    ],
)
def test_entries_are_parted_by_semicolons_commas_or_lines(text):
    assert mailbox_rows(text) == [EILA, IVO]


def test_a_comma_inside_a_name_parts_nothing():
    text = 'Kaski, Eila <eila@kaisla.example>;"Tamm, Ivo" <ivo@tuulia.example>; x@y.example'
    assert mailbox_rows(text) == [
        ["Kaski, Eila", EILA[1]],
        ["Tamm, Ivo", IVO[1]],
        ["", "x@y.example"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Eila Kaski <eila@kaisla.example>",
        "a@kaisla.example; b@tuulia.example",
        "Nimi;Sähköposti\nEila Kaski;<eila@kaisla.example>",
        "Eila Kaski <eila@kaisla.example> 040 111 2222\nIvo Tamm <ivo@tuulia.example>",
        "<" * 10_000,
    ],
)
def test_another_text_is_none(text):
    assert mailbox_rows(text) is None
