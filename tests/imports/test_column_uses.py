"""What the importer is told of each column: where it goes, and which tab it is of."""

import pytest

from register.imports.contact_list import import_contacts, of_tab
from register.intake.columns import guess_columns
from register.intake.sheet import ListSheet
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

SAY = Sentences("en")
HEARD = "Message, with its header; whoever refuses letters there gets none"


def uses(*columns):
    headers, cells = zip(("Nimi", "Eila Kaski"), *columns, strict=True)
    of = ListSheet("list.csv", headers, (cells,))
    return import_contacts(book(language="en"), of, guess_columns(of), TickingClock().now())[0]


@pytest.mark.parametrize(
    ("header", "cell", "goes"),
    [
        ("Sallin, että minuun otetaan yhteyttä", "Ei", HEARD),
        ("Vill du få inbjudningar?", "Nej", HEARD),
        ("Sähköpostikielto", "x", HEARD),
        ("Kuvauslupa", "Kyllä", "Message, with its header"),
        ("Ruokarajoitteet", "kasvis", "Left out (one cell): a register does not keep such things of people"),
    ],
)  # fmt: skip
def test_a_column_that_may_refuse_letters_says_so(header, cell, goes):
    use = uses((header, cell)).columns[-1]
    assert (use.header, SAY(use.goes[0], **use.goes[1])) == (header, goes)


def test_the_columns_of_several_tabs_name_their_tab():
    assert [one.header for one in of_tab(uses(("Puh", "1")), "Styrelse").columns] == [
        "Styrelse: Nimi",
        "Styrelse: Puh",
    ]
