"""Each column of each tab, and each file of the state, is in the one list of places."""

import re
from pathlib import Path

from register.book.schema import schema
from register.privacy.places import PLACE_SENTENCES, WITHOUT_PEOPLE, personal_data_places
from register.run.kept_state import TAB

README = Path(__file__).parents[2] / "scripts" / "register" / "README.md"


def test_every_column_of_the_schema_is_in_the_list_once():
    """Where this fails, add the column to a line of ``privacy/places.toml``."""
    wanted = {
        tab.key: {c.key for c in tab.columns} for tab in schema().tabs.values() if tab.columns
    }
    assert {tab: set(columns) for tab, columns in personal_data_places().columns.items()} == wanted


def test_every_sort_has_a_sentence():
    sorts = {
        sort for columns in personal_data_places().columns.values() for sort in columns.values()
    }
    assert (
        sorts | set(personal_data_places().state.values()) == set(PLACE_SENTENCES) | WITHOUT_PEOPLE
    )


def test_every_file_of_the_state_that_the_readme_names_is_in_the_list():
    table = README.read_text("utf-8").partition("| state file |")[2].partition("\n\n")[0]
    named = re.findall(r"^\| `([\w.-]+)", table, re.MULTILINE)
    assert named and all(personal_data_places().state_sort(name) for name in (*named, TAB))
    assert not personal_data_places().state_sort("unknown.json")
