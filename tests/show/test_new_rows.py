"""Added rows stand in a table of their tab: each value under its header, what all say said once."""

from register.book.change import added_row
from register.book.outcome import Outcome
from register.book.plan import Plan
from register.show.lines import outcome_lines
from register.show.outcome import outcome_forms
from register.show.outcome_changes import new_row_tables
from register.words.sentences import Sentences
from tests.making import book

SAY = Sentences("en")


def imported():
    rows = (
        {"id": "S-00001", "name": "Eila Kaski", "email": "eila@kaisla.example", "source": "a.csv"},
        {"id": "S-00002", "org": "Kaisla ry", "phone": "040 000 1111", "source": "a.csv"},
    )
    changes = [change for row in rows for change in added_row("inbox", row, "import")]
    return Outcome("import", book(), plan=Plan.of(changes))


def test_each_value_stands_under_its_header_in_the_order_of_the_tab():
    (part,) = new_row_tables(outcome_lines(imported(), SAY), SAY)
    assert part.title == "Inbox"
    assert part.table.headers == ("Name", "Organisation", "E-mail", "Phone")
    assert sorted(part.table.rows) == [
        ("", "Kaisla ry", "", "040 000 1111"),
        ("Eila Kaski", "", "eila@kaisla.example", ""),
    ]
    assert part.facts == (("Source", "a.csv"),)


def test_the_page_shows_them_once():
    page = outcome_forms(imported(), SAY).forms["html"]()
    assert page.count("eila@kaisla.example") == 1
    assert 'id="changes"' not in page


def test_a_new_invitation_says_whom_it_invites_though_all_of_its_cells_are_the_tools():
    row = {"id": "K-00001", "meeting": "Kevät · T-00000", "person": "Eila Kaski · H-00001"}
    outcome = Outcome("plan", book(), plan=Plan.of([*added_row("invitations", row, "invited")]))
    (part,) = new_row_tables(outcome_lines(outcome, SAY), SAY)
    assert part.table.headers == ("Contact",)
    assert part.table.rows == (("Eila Kaski · H-00001",),)


def test_where_rows_are_from_stands_last_and_a_refusal_before_it():
    rows = (
        {"id": "S-00001", "name": "Eila Kaski", "source": "a.csv (Styrelse)", "consent": "no"},
        {"id": "S-00002", "name": "Ivo Tamm", "source": "a.csv"},
    )
    changes = [change for row in rows for change in added_row("inbox", row, "import")]
    outcome = Outcome("import", book(), plan=Plan.of(changes))
    (part,) = new_row_tables(outcome_lines(outcome, SAY), SAY)
    assert part.table.headers == ("Name", "Consent", "Source")
