"""Whatever a cell holds, the rules finish, say something sane, and show no code."""

import pytest

from register.book.schema import schema
from register.rules import RuleContext, findings
from register.words.sentences import Sentences
from tests.making import book
from tests.rules.expecting import TODAY
from tests.rules.hostile import HOSTILE

SAY = Sentences("fi")
COLUMNS = {
    tab: [column.key for column in schema().tab(tab).columns if not column.tool]
    for tab in ("organisations", "people", "meetings", "inbox", "choices")
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cell_is_judged_in_every_column(name):
    for tab, columns in COLUMNS.items():
        row = dict.fromkeys(columns, HOSTILE[name])
        register = book(**{tab: [row]})
        for finding in findings(register, RuleContext(TODAY)):
            said = SAY.finding(finding, register)
            assert said and len(said) < 8_000
            assert not any(ord(char) < 32 and char not in "\n" for char in said)
            assert "131052-308T" not in said
