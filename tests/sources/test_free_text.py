"""Letters and pasted pages: who is named comes in, the rest is kept or said to be left out."""

import pytest
from hypothesis import given, strategies as st

from register.intake.free_text import read_free_text
from register.intake.text_line import organisation_in, read_text_line
from register.sources.files import read_list
from register.sources.free_lines import is_free_text


def rows_of(text):
    sheet = read_list(text.encode(), "mail.txt")
    return {n: dict(zip(sheet.headers, row, strict=True)) for n, row in sheet.numbered()}


@pytest.mark.parametrize(
    ("line", "name", "role", "phone"),
    [
        ("pj Eila Kaski, 040 111 2222", "Eila Kaski", "puheenjohtaja", "040 111 2222"),
        ("> 2) Sihteeri: Ivo Tamm (050 333 4444)", "Ivo Tamm", "sihteeri", "050 333 4444"),
        ("• Eila Kaski – kassör – 09 310 1691", "Eila Kaski", "kassör", "09 310 1691"),
        ("Reza Amiri, treasurer, (09) 310 1691", "Reza Amiri", "treasurer", "(09) 310 1691"),
        ("uusi sihteerimme on Eila Kaski, 0401112222", "Eila Kaski", "sihteeri", "0401112222"),
    ],
)
def test_a_line_names_somebody(line, name, role, phone):
    (one,) = read_text_line(line).people
    assert (one.name, one.role, one.phones) == (name, role, [phone])


def test_several_people_of_a_line_keep_what_is_theirs():
    eila, ivo = read_text_line(
        "pj Eila Kaski 040 111 2222, siht. Ivo Tamm ivo@kaisla.example"
    ).people
    assert (eila.role, eila.phones, eila.emails) == ("puheenjohtaja", ["040 111 2222"], [])
    assert (ivo.role, ivo.phones, ivo.emails) == ("sihteeri", [], ["ivo@kaisla.example"])


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("Kaislan Reuma ry:n hallitus 2026", "Kaislan Reuma ry"),
        ("Här kommer styrelsen för Kaisla Marthaförening rf", "Kaisla Marthaförening rf"),
        ("the board of the International Club of Kaisla", "International Club of Kaisla"),
        ("Laitan tähän Kaislan Kulttuuri ry:n uuden hallituksen:", "Kaislan Kulttuuri ry"),
        ("Tässä meidän yhdistyksen hallitus", ""),
        ("Eila Kaski", ""),
    ],
)
def test_a_heading_names_an_organisation(text, org):
    assert organisation_in(text) == org


def test_what_stands_beside_an_organisation_is_kept():
    found = read_text_line("Rantalan seura ry hallitus Eila Kaski")
    assert found.org == "Rantalan seura ry" and found.words == ["Eila Kaski"]


def test_the_sender_and_the_signature_are_one_and_recipients_are_said_to_be_left_out():
    text = (
        "Lähettäjä: Eila Kaski <eila@kaisla.example>\nVastaanottaja: me@verkosto.example\n"
        "\nSoita numeroon 050 333 4444, jos jokin jäi vielä epäselväksi.\n"
        "\nEila Kaski\npuheenjohtaja\n040 111 2222\n"
    )
    rows = rows_of(text)
    (eila,) = [row for row in rows.values() if row["Full name"]]
    assert (eila["E-mail"], eila["Phone"]) == ("eila@kaisla.example", "040 111 2222")
    assert rows[4]["Message"].startswith("Soita numeroon 050 333 4444")
    notes = str(read_list(text.encode(), "mail.txt").notes)
    assert "me@verkosto.example" in notes and "word for word" in notes


@pytest.mark.parametrize(
    ("below", "kept", "apart"),
    [
        ("leena.kujala@kaisla.example\n040 111 2222", ("", ""), ("leena.kujala", "040 111 2222")),
        ("eila.kaski@kaisla.example\n040 111 2222", ("eila.kaski", "040 111 2222"), None),
        ("pekka.kaski@kaisla.example", ("pekka.kaski", ""), None),
        ("sihteeri@kaisla.example", ("sihteeri", ""), None),
    ],
)
def test_a_mailbox_named_for_somebody_else_is_not_of_the_person_above(below, kept, apart):
    def reached(row):
        return row["E-mail"].partition("@")[0], row["Phone"]

    rows = rows_of(f"Eila Kaski\n{below}\n\nReza Amiri\nreza.amiri@kaisla.example\n")
    assert reached(rows[1]) == kept
    others = [reached(row) for n, row in rows.items() if n > 1 and not row["Full name"]]
    assert others == ([apart] if apart else [])


def test_a_number_of_nobody_waits_as_it_is_written():
    rows = rows_of("Eila Kaski, eila@kaisla.example\n\n040 111 2222 (vain iltaisin)\n")
    assert rows[3]["Message"] == "040 111 2222 (vain iltaisin)"


@pytest.mark.parametrize(
    "text",
    [
        "Nimi,Puhelin\nEila Kaski,0401112222\nIvo Tamm,0503334444",
        "Eila Kaski;0401112222\nIvo Tamm;0503334444",
        "Kaislan kerho ry\nTuulian seura",
    ],
)
def test_a_table_is_no_letter(text):
    assert not is_free_text(text.splitlines())


def test_what_somebody_said_is_nobodys_row():
    rows = rows_of("[2.2.2026 9.12] Eila Kaski: uuden pj:n numero on 040 111 2222\n")
    assert [row["Full name"] for row in rows.values()] == [""]
    assert "040 111 2222" in rows[1]["Message"]


def test_a_sentence_among_people_waits_alone():
    rows = rows_of(
        "pj Eila Kaski, 040 111 2222\nsiht. Ivo Tamm, ivo@kaisla.example\n"
        "Soittakaa tarvittaessa numeroon 050 333 4444\n"
    )
    assert [row["Phone"] for row in rows.values()] == ["040 111 2222", "", ""]
    assert "050 333 4444" in rows[3]["Message"]


def test_a_post_in_brackets_is_that_of_the_name_before_it():
    people = read_text_line(
        "Hallituksen jäsenet 2026: Eila Kaski (pj), Ivo Tamm ja Pia Holm"
    ).people
    assert [one.role for one in people] == [
        *("puheenjohtaja", "hallituksen jäsen", "hallituksen jäsen"),
    ]


def test_who_is_greeted_is_nobody_new():
    assert not read_text_line("Hei Maarit,").people and not read_text_line("Hei Eila Kaski!").people


def test_an_area_code_in_brackets_is_no_number_of_a_list():
    assert read_text_line("(09) 310 1691, Eila Kaski").loose.phones == ["(09) 310 1691"]
    assert rows_of("ordf. 040 111 2222\nEila Kaski, a@b.example")[1]["Phone"] == "040 111 2222"


_WHAT = st.sampled_from(
    [
        "Eila Kaski",
        "Kaislan kerho ry",
        "pj",
        "Sihteeri:",
        "Hei!",
        "t. Eila",
        "vain iltaisin",
        "Nokia",
    ]
)
_HOW = st.sampled_from(["e@kaisla.example", "040 111 2222", "(09) 310 1691", "+358 50 333 4444"])
_LINE = st.builds(
    lambda bullet, parts, between: bullet + between.join(parts),
    st.sampled_from(["", "- ", "> ", "1. "]),
    st.lists(st.one_of(_WHAT, _HOW), min_size=1, max_size=4),
    st.sampled_from([", ", " ", "\t", " – "]),
)


@given(st.lists(st.one_of(_LINE, st.just("")), min_size=1, max_size=6))
def test_no_address_and_no_number_of_a_text_is_lost(lines):
    found = read_free_text(lines)
    if found is None:
        return
    said = str([found.rows, found.notes])
    for one in ("e@kaisla.example", "040 111 2222", "(09) 310 1691", "+358 50 333 4444"):
        assert one not in "\n".join(lines) or one in said


def test_headers_that_nobody_knows_are_headers_still():
    text = "org_x,who_x,what_x,mail_x\nKaisla ry,Eila Kaski,chair,e@kaisla.example\n"
    assert not is_free_text([*text.splitlines(), "Tuulia ry,Ivo Tamm,coach,i@tuulia.example"])
