"""Cells of the register that people have merged downwards are told, and never written."""

import openpyxl

from tests.test_scripts import exits

LIST = (
    "Yhdistys;Nimi;Sähköposti;Kunta\nKaisla ry;Eila Kaski;eila@kaisla.example;Akaa\n"
    "Tuulia ry;Ivo Tamm;ivo@tuulia.example;Akaa\n"
)


def test_a_merged_cell_is_told_in_each_row_that_it_covers(tmp_path):
    book = ("--book", "r.xlsx")
    exits(0, tmp_path, "create.py", *book, "--apply")
    (tmp_path / "l.csv").write_text(LIST, encoding="utf-8")
    exits(0, tmp_path, "contacts.py", "import", "l.csv", *book, "--apply")
    exits(0, tmp_path, "cleanup.py", *book, "--apply", "--fail-on", "never")
    workbook = openpyxl.load_workbook(tmp_path / "r.xlsx")
    people = workbook["Yhteyshenkilöt"]
    letter = next(cell.column_letter for cell in people[1] if cell.value == "Organisaatio")
    people.merge_cells(f"{letter}2:{letter}3")
    workbook.save(tmp_path / "r.xlsx")
    said = exits(0, tmp_path, "check.py", *book, "--fail-on", "never").stdout
    (line,) = [line for line in said.splitlines() if "yhdistetty toiseen" in line]
    assert "Ivo Tamm" in line and "Organisaatio" in line
    exits(0, tmp_path, "cleanup.py", *book, "--apply", "--fail-on", "never")
