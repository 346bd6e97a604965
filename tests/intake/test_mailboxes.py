"""Addresses pasted from a letter become rows; any other text is left to the reader of tables."""

import pytest

from register.intake.mailboxes import mailboxes_in

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
    assert mailboxes_in(text) == ([EILA, IVO], [])


def test_a_name_may_stand_behind_the_address_and_lines_beside_the_entries():
    text = "Jäsenet (2):\n  eila@kaisla.example (Eila Kaski)\n  ivo@tuulia.example (Ivo Tamm)\n"
    assert mailboxes_in(text) == ([EILA, IVO], [["Jäsenet (2):"]])


def test_a_comma_inside_a_name_parts_nothing():
    text = 'Kaski, Eila <eila@kaisla.example>;"Tamm, Ivo" <ivo@tuulia.example>; x@y.example'
    assert mailboxes_in(text).entries == [
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
    assert mailboxes_in(text) is None
