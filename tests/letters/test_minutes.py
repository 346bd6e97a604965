"""The minutes of a meeting go with the thanks: a link in the text, a file beside it."""

from __future__ import annotations

import pytest

from register.book.errors import UsageError
from register.letters.campaign import Mailing, campaign_name
from register.letters.draft import render_letters
from register.letters.meeting import read_meeting
from register.letters.own_words import attachment_names
from register.letters.people import recipient_of
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    three_languages,
)

READERS = {MAIJA: "maija.meri@example.org", NILS: "nils@example.com", AMINA: "a@esimerkki.example"}


def thanks(**meeting):
    book = three_languages(state="held", **meeting)
    mailing = Mailing(campaign_name(T, "thanks"), NOW, TOKENS)
    readers = [recipient_of(book, mailbox, [who], "was-there") for who, mailbox in READERS.items()]
    return render_letters(book, read_meeting(book, T), readers, TEMPLATES, SENDER, mailing)


def test_a_link_and_a_file_are_named_in_each_language():
    letters = thanks(minutes="https://minutes.example.net/7; muistio.pdf")
    for letter, word in zip(letters, ("Muistio", "Minnesanteckningar", "Minutes"), strict=True):
        assert word in letter.text and "https://minutes.example.net/7" in letter.text
        assert "muistio.pdf" in letter.text
    assert attachment_names("https://minutes.example.net/7; muistio.pdf") == ("muistio.pdf",)


def test_without_minutes_nothing_is_said_of_them():
    for letter in thanks(introduction_fi="{väärä kenttä}"):
        assert "Muistio" not in letter.text and "Minutes" not in letter.text


def test_an_address_that_is_none_is_named_by_its_column():
    with pytest.raises(UsageError) as fault:
        thanks(minutes="https://")
    assert "Muistio" in str(fault.value.faults)
