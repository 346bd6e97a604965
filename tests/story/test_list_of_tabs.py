"""A workbook whose tabs are lists of unlike shape: imported whole, twice; on both stores."""

import shutil

from tests.list_corpus import FILES
from tests.story.test_one_person import cells, does


def test_tabs_of_unlike_headers_come_in_each_with_its_own_source_and_once(register):
    shutil.copy(FILES["tabs-of-unlike-headers"], register.folder / "list.xlsx")
    told = ("import", "list.xlsx", "--source", "Piiri", "--limit", "5", "--map", "Puh.=phone")
    does(register, "contacts.py", *told, "--apply")
    assert len(list(filter(None, register.column("Saapuneet", "Tunnus")))) == 5
    for _ in range(2):
        does(register, "contacts.py", "import", "list.xlsx", "--source", "Piiri", "--apply")
    rows = cells(register, "Saapuneet", "Tunnus", "Nimi", "Sukunimi", "Lähde", "Lupa")
    assert [row[1:] for row in rows if row[0]] == [
        *[("", "", "Piiri", "")] * 3,
        ("", "Lahti", "Piiri (Hallituksen jäsenet)", ""),
        ("", "Noro", "Piiri (Hallituksen jäsenet)", ""),
        ("Kirsi Aro", "", "Piiri (Yhteistyökumppanit)", "ei"),
    ]
