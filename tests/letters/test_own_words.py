"""The letter's own words: written in the sheet, read by themselves, filled with data only."""

from __future__ import annotations

import re
from time import process_time

import pytest

from register.book.errors import UsageError
from register.letters.audience import audience
from register.letters.draft import render_letters
from register.letters.meeting import read_meeting
from register.letters.merge_fields import FIELD_NAMES, MergeField, StrayField, read_fields
from register.letters.own_words import own_word_sources, parse_own_words, read_programme
from register.people.meetings import Meeting
from register.replies.sent_text import SentText, plain_words
from register.words.sentences import Sentences
from tests.letters.correspondence import (
    AMINA,
    MAILING,
    NOW,
    SENDER,
    TEMPLATES,
    T,
    person,
    register,
    three_languages,
)


def letters_of(book):
    who = audience(book, T, NOW.date()).invited
    about = read_meeting(book, T)
    made = render_letters(book, about, who, TEMPLATES, SENDER, MAILING)
    return {one.recipient.language: one for one in made}


def written(**cells):
    return letters_of(three_languages(**cells))


def refused(**cells):
    """Return what is said of cells that no letter can hold, in Finnish."""
    with pytest.raises(UsageError) as stopped:
        written(**cells)
    return Sentences("fi").error(stopped.value)


def test_each_reader_gets_the_introduction_of_their_language_with_their_own_data():
    made = written(
        introduction_fi="Tule, **{etunimi}** ({järjestö}, {kunta})!\nNähdään {päivä} {kello}.",
        introduction_sv="Välkommen, {förnamn} från {kommun}! Vi ses {dag}.",
        introduction_en="Welcome, {first_name}! See you on {day} at {place}.",
    )
    assert (
        "Tule, Maija (Espoon Kylät ry, Espoo)!\n"
        "Nähdään torstaina 3.12.2026 klo 17.30–19.30." in made["fi"].text
    )
    assert "Välkommen, Nils från Esbo! Vi ses torsdagen den 3 december 2026." in made["sv"].text
    assert "Welcome, Amina! See you on Thursday 3 December 2026 at Kulttuurik" in made["en"].text
    assert re.search(r"<strong[^>]*>Maija</strong>", made["fi"].html)
    assert "verkostotapaamiseen" not in made["fi"].text
    assert all(not one.remarks for one in made.values())


def test_a_missing_language_gets_a_notice_and_the_main_text():
    made = written(introduction_sv="Välkommen, {förnamn}!", introduction_en="Welcome!")
    assert "Esittely on saatavilla vain ruotsiksi.\n\nVälkommen, Maija!" in made["fi"].text
    assert made["fi"].remarks == ("other-language",) and not made["en"].remarks
    made = written(introduction_fi="Tervetuloa {päivä}!")
    assert "Presentationen finns bara på finska.\n\nTervetuloa torstaina" in made["sv"].text


def test_every_field_has_a_name_in_each_language_and_no_two_share_one():
    assert len(FIELD_NAMES) == 12
    for language in ("fi", "sv", "en"):
        assert len({names[language] for names in FIELD_NAMES.values()}) == 12
    for key, names in FIELD_NAMES.items():
        for name in names.values():
            for typed in (name, name.upper(), f"  {name} ", name.replace("_", " ")):
                assert read_fields(f"{{{typed}}}") == (MergeField(key),)


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("Hei {etunmi}!", "{etunmi}"),
        ("Hei {etunimi", "{etunimi"),
        ("Hei etunimi}", "}"),
        ("{{ person.first }}", "{{ person.first }}"),
        ("{% for x in y %}", "{% for x in y %}"),
        ("{}", "{}"),
        ("Hei «Etunimi»", "«Etunimi»"),
        ("Hei [Etunimi]", "[Etunimi]"),
        ("Hei <<Etunimi>>", "<<Etunimi>>"),
        ("Hei *|FNAME|*", "*|FNAME|*"),
        ("Nähdään klo XX.XX", "XX.XX"),
    ],
)
def test_what_is_no_field_stops_with_the_cells_name(text, stray):
    said = refused(introduction_sv=text)
    assert "Esittely sv" in said and stray in said and "Tapaamiset" in said


def test_the_nearest_field_is_named_else_all():
    near = refused(introduction_fi="Hei {etunmi}!")
    assert "{etunimi}" in near and "{järjestö}" not in near
    assert "{järjestö}" in refused(introduction_fi="Hei {qwertz}!")


def test_all_faults_are_named_at_once():
    said = refused(
        introduction_fi="{x}", details="{y}", programme="17.00 {nimi}", attachments="https://"
    )
    assert all(one in said for one in ("Esittely fi", "Lisätiedot", "Ohjelma", "Liitteet"))


def test_a_field_without_value_shows_what_stands_instead_or_is_remarked():
    nameless = person(first="", last="", email="info@example.org")
    made = letters_of(
        register([nameless], meetings=[meeting_row(introduction_fi="Hei {etunimi|ystävä}!")])
    )
    assert "Hei ystävä!" in made["fi"].text and not made["fi"].remarks
    made = letters_of(register([nameless], meetings=[meeting_row(details="Hei {etunimi}!")]))
    assert made["fi"].remarks == ("empty-field",)


def meeting_row(**cells):
    from tests.letters.correspondence import meeting

    return meeting(**cells)


@pytest.mark.parametrize(
    "value",
    [
        "{järjestö}",
        "{{ sender.name }}",
        "**Maija**",
        "<b>Maija</b>",
        "=HYPERLINK(1)",
        "\ue0000\ue001",
        "[x](y)",
    ],
)
def test_a_persons_value_is_data_and_never_markup_or_another_field(value):
    book = register(
        [person(role=value)], meetings=[meeting_row(introduction_fi="Tehtävä: {tehtävä}.")]
    )
    made = letters_of(book)["fi"]
    assert f"Tehtävä: {value}." in made.text
    assert "<b>" not in made.html and not re.search(r"<strong[^>]*>Maija", made.html)


def test_several_readers_of_one_mailbox_are_all_named():
    people = [person(), person(AMINA, first="Amina", last="Osei")]
    made = letters_of(
        register(people, meetings=[meeting_row(introduction_fi="Hei {etunimi}: {nimi}")])
    )
    names = re.search(r"Hei (\w+) ja (\w+): ", made["fi"].text)
    assert {names[1], names[2]} == {"Maija", "Amina"}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- x -->",
        "<style>body{display:none}".replace("{", r"\{").replace("}", r"\}"),
        "![kuva](x)",
        "```\ncode\n```",
        "| a | b |\n|---|---|",
        "[x]: /evil",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hei)",
        "[x](file:/etc/passwd)",
        "=IMPORTXML(1)",
        "otsikko\n---",
    ],
)
def test_what_is_no_markdown_of_ours_is_text(text):
    made = written(introduction_fi=text)["fi"]
    bare = text.replace("\\", "")
    for line in bare.splitlines():
        assert line in made.text
    assert not re.search(r"<(script|img|style>body|pre|table|hr)\b", made.html.split("</head>")[1])
    assert 'href="javascript' not in made.html and 'href="file' not in made.html


def test_markdown_of_a_cell_cannot_change_the_letter_around_it():
    for text in ("- a\n- b", "> lainaus", "**auki", "# Otsikko", "1. yksi", "    sisennetty", "`x"):
        made = written(introduction_fi=text, details=text)["fi"]
        assert re.search(r"Tulossa <\S+>\nEhkä <\S+>\nEn pääse <", made.text)
        assert made.html.count("<h1") == 1
        assert "Saat tämän viestin" in made.text.rpartition("––––")[2]


def test_links_are_allowed_where_the_configuration_or_the_attachments_name_them():
    assert "Liitteet" in refused(introduction_fi="[lue](https://evil.example/x)")
    assert "evil.example" in refused(details="katso https://evil.example/x")
    assert "evil.example" in refused(programme="17.00 www.evil.example")
    made = written(
        introduction_fi="[lue](https://kunta.example/x)", attachments="https://kunta.example/x"
    )["fi"]
    assert made.html.count('href="https://kunta.example/x"') == 2
    assert 'href="https://example.org/tietosuoja"' in made.html


def test_line_ends_and_marks_that_hide_do_not_reach_the_reader():
    made = written(introduction_fi="yksi\r\nkaksi\u2028kolme\vneljä\u202e\u200bviisi\x00")["fi"]
    assert "yksi\nkaksi\nkolme\nneljäviisi\n" in made.text
    assert not re.search("[\u202e\u2028\x00\x0b]", made.html + made.text)


def test_a_cell_that_is_too_long_too_deep_or_slow_stops_in_time():
    started = process_time()
    assert "10000" in refused(introduction_fi="a" * 100_000)
    assert "Liitteet" in refused(attachments="a" * 100_000)
    assert "Lisätiedot" in refused(details="> " * 40 + "x")
    for text in ("[" * 9_000, "*a **a " * 1_200, "_a__b" * 1_800, "<" * 9_000):
        written(introduction_fi=text)
    assert process_time() - started < 60


def test_a_programme_is_one_line_an_item():
    items = read_programme(
        "17.00 Tervetuloa / Anna Aalto\nklo 17:30–18.15 Työpajat\n- Kahvi\n\n• 9.05: Aamu\n"
        "25.00 Ei aika\n24.12. juhla\n18.00 A / B / C"
    )
    assert [one.line("fi") for one in items] == [
        "17.00 Tervetuloa / Anna Aalto",
        "17.30–18.15 Työpajat",
        "Kahvi",
        "9.05 Aamu",
        "25.00 Ei aika",
        "24.12. juhla",
        "18.00 A / B / C",
    ]
    assert items[0].line("en") == "17:00 Tervetuloa / Anna Aalto"
    assert items[6].speaker == "C"


def test_a_programme_and_details_are_in_the_letter_as_data():
    made = written(
        programme="17.00 *Tervetuloa* <b> / Anna & co",
        details="Tila on **esteetön**.\nKahvi tarjotaan.",
    )
    text = made["fi"].text
    assert "Ohjelma\n\n- 17.00 *Tervetuloa* <b> – Anna & co" in text
    assert "Tila on esteetön.\nKahvi tarjotaan." in text
    assert "Program\n\n- 17.00" in made["sv"].text and "Programme\n\n- 17:00" in made["en"].text


def test_a_row_without_own_words_has_none():
    book = register()
    words = parse_own_words(book, Meeting.at(book, T), ())
    assert not (words.introductions or words.programme or words.details or words.attachments)
    with pytest.raises(StrayField):
        read_fields("{")


def test_a_template_of_ones_own_that_leaves_the_words_out_stops():
    body = "---\nsubject: x\npreheader: x\nfrom-name: x\n---\nHei!\n"
    own = {**TEMPLATES, **{f"invitation.{one}.md.j2": body for one in ("fi", "sv", "en")}}
    for cells, column in (
        ({"introduction_sv": "Hej"}, "Esittely sv"),
        ({"programme": "17.00 x"}, "Ohjelma"),
        ({"attachments": "https://example.org/y"}, "Liitteet"),
    ):
        book = three_languages(**cells)
        who = audience(book, T, NOW.date()).invited
        with pytest.raises(UsageError) as stopped:
            render_letters(book, read_meeting(book, T), who, own, SENDER, MAILING)
        assert column in Sentences("fi").error(stopped.value)
    book = three_languages()
    render_letters(book, read_meeting(book, T), who, own, SENDER, MAILING)


def test_a_reply_that_quotes_our_own_words_says_nothing_by_them():
    book = register(
        meetings=[
            meeting_row(introduction_fi="Hei {etunimi}, en pääse itse mutta tulossa on muita")
        ]
    )
    quoted = plain_words("hei Maija en pääse itse mutta tulossa on muita. Kiitos, tulossa!")
    ours = SentText([own_word_sources(book)]).covers(quoted)
    assert [word for word, known in zip(quoted, ours, strict=True) if not known][-2:] == [
        "kiitos",
        "tulossa",
    ]
    assert sum(ours) >= 7
