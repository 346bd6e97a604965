"""Tables beside and below each other, and tabs that are parts of one list."""

from register.sources.files import read_list
from register.sources.several_tables import as_one_table, sheets_of_one_list

HEADER = ["Yhdistys", "Puhelin"]


def test_tables_beside_each_other_keep_their_headings():
    one = as_one_table(
        [
            ["Akaa", "", "", "Nokia", ""],
            [*HEADER, "", *HEADER],
            ["Kaisla ry", "1", "", "Tuulia ry", "2"],
            ["Rantala ry", "3", "", "", ""],
        ]
    )
    assert one.rows[-7:] == [
        HEADER,
        ["Akaa", ""],
        ["Kaisla ry", "1"],
        ["Rantala ry", "3"],
        ["Nokia", ""],
        ["Tuulia ry", "2"],
        ["", ""],
    ]
    assert one.moved[3, 5] == (len(one.rows) - 1, 2)


def test_a_blank_column_within_a_table_cuts_nothing():
    rows = [["Yhdistys", "", "Sihteeri", "Puhelin"], ["Kaisla ry", "", "Ivo Tamm", "1"]]
    assert as_one_table(rows).rows == rows


def test_another_table_below_has_columns_of_its_own():
    one = as_one_table(
        [
            HEADER,
            ["Kaisla ry", "1"],
            [],
            ["Henkilöt"],
            ["Nimi", "Yhdistys"],
            ["Eila Kaski", "Kaisla"],
        ]
    )
    assert [row for row in one.rows if any(row)] == [
        ["Yhdistys", "Puhelin", "Nimi"],
        ["Kaisla ry", "1", ""],
        ["Kaisla", "", "Eila Kaski"],
    ]
    assert "Henkilöt" in str(one.notes)


def test_tabs_of_years_are_no_parts_of_one_list():
    rows = [HEADER, ["Kaisla ry", "1"]]
    assert sheets_of_one_list([("2025", rows), ("2026", rows)]) == []
    assert sheets_of_one_list([("Akaa", rows), ("Nokia", [["Jäsenet"], *rows])]) == [
        ("Akaa", 0),
        ("Nokia", 1),
    ]


def test_what_a_page_says_beside_its_table_is_told():
    page = (
        "<html><p>Kaislan kerho ry, hallitus 2026</p><table><tr><th>Tehtävä<th>Nimi"
        "<tr><td>sihteeri<td>Ivo Tamm</table><p>Kysy: <a href='mailto:eila@kaisla.example'>Eila</a>"
    )
    sheet = read_list(page.encode(), "page.html")
    assert sheet.rows == (("sihteeri", "Ivo Tamm", "Kaislan kerho ry"),)
    assert "eila@kaisla.example" in str(sheet.notes)


def test_a_footer_that_reaches_somebody_is_told_to_its_end():
    footer = f"Huom! {'Kaislan kerho on lopettanut, ' * 4} kysy: eila@kaisla.example"
    sheet = read_list(f"Nimi;Puhelin\nIvo Tamm;0401112222\n{footer};".encode(), "list.csv")
    assert "eila@kaisla.example" in str(sheet.notes)
