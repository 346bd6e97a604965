"""The four formats: a cell is data in each; JSON is a contract; text is plain unless asked."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from itertools import groupby

import pytest
from hypothesis import given, strategies as st

from register.book.change import Change
from register.book.finding import Finding
from register.book.outcome import Outcome, WriteOutcome
from register.book.plan import Plan
from register.book.table import Conflict
from register.show.outcome import outcome_forms, outcome_json, outcome_values
from register.show.outcome_changes import value_difference
from register.words.display import display_text
from register.words.sentences import Sentences
from tests.making import book

SAY = Sentences("fi")
ORG, PERSON = "O-MYRB1", "H-0JCDN"

SCRIPT = "</td></script><script>alert(1)</script><img src=x onerror=alert(2)>"
LINK = "[tästä](https://example.org) | ![k](x) <b> `c` www.example.org {{ 7 * 7 }} {row} %s"
TERMINAL = "\x1b[31mred\x1b]8;;https://example.org\x07 \u202egnp.exe \r\nnext"
FORMULA = '=HYPERLINK("https://example.org","x")'
IDENTITY_CODE = "131052-308T"
HOSTILE = (SCRIPT, LINK, TERMINAL, FORMULA, IDENTITY_CODE)


def outcome(*cells: str, **more) -> Outcome:
    """A cleanup that found, changed and left out each of these cells, in every place there is."""
    start = book(
        organisations=[{"id": ORG, "name": cells[0]}],
        people=[{"id": PERSON, "first": cells[-1], "last": "", "notes": cells[0]}],
    )
    changes = [
        *(Change("organisations", ORG, "name", cell, cell + "x", "text-form") for cell in cells),
        *(Change("people", "#9", f"x:{cell}", "", cell, cell, "add") for cell in cells),
    ]
    found = [
        Finding("organisations", ORG, "name", code, cell, cell, cell)
        for cell in cells
        for code in ("choice-typo", "text-hidden", "required-empty")
    ]
    given = {"plan": Plan.of(changes), "findings": tuple(found), "run": "20261123-090001-0000"}
    return Outcome("cleanup", start, **(given | more))


def outcome_text(found, say, **how):
    return outcome_forms(found, say, **how).forms["text"]()


def outcome_markdown(found, say):
    return outcome_forms(found, say).forms["md"]()


def outcome_page(found, say):
    return outcome_forms(found, say).forms["html"]()


class Elements(HTMLParser):
    """Reads a page: its elements, and the text of its tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.cells = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.cells += data


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_cell_adds_no_element_and_no_attribute_to_the_page(cell):
    tame, hostile = (Elements(outcome_page(outcome(c), SAY)) for c in ("Apu ry", cell))
    assert hostile.tags.count("script") == 1
    assert not {"img", "iframe", "object"} & set(hostile.tags)
    assert {(t, n) for t, n, _ in hostile.attributes} <= {(t, n) for t, n, _ in tame.attributes}
    assert display_text(cell) in hostile.cells


def test_the_page_needs_no_network_and_says_so():
    page = outcome_page(outcome(SCRIPT, LINK), SAY)
    addresses = [v for t, n, v in Elements(page).attributes if n in ("href", "src", "action")]
    assert all(value.startswith(("#", "data:")) for value in addresses)
    assert "default-src 'none'" in unescape(page)
    assert "url(" not in page and "@import" not in page


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_cell_stays_in_its_column_of_a_markdown_table(cell):
    lines = outcome_markdown(outcome(cell), SAY).splitlines()
    widths = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines]
    tables = [set(group) for table, group in groupby(widths, key=bool) if table]
    assert tables == [{5}, {2}, {5}]
    assert not [line for line in lines if re.search(r"(?<!\\)(<|\]\(|!\[|`|https?:/)", line)]


@pytest.mark.parametrize("cell", HOSTILE)
@pytest.mark.parametrize("written", [outcome_text, outcome_markdown, outcome_page])
def test_nothing_that_steers_a_terminal_or_hides_is_printed(written, cell):
    said = written(outcome(cell), SAY)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", said)


@pytest.mark.parametrize("written", [outcome_text, outcome_markdown, outcome_page, outcome_json])
def test_a_personal_identity_code_is_masked_everywhere(written):
    assert "308T" not in written(outcome(IDENTITY_CODE, f"x {IDENTITY_CODE} y"), SAY)


def test_a_placeholder_in_a_cell_is_not_filled():
    assert SAY("{row}: {cell}", row="{cell}", cell="{row} {0} %s") == "{cell}: {row} {0} %s"


def test_text_is_in_colour_only_when_asked():
    assert "\x1b" not in outcome_text(outcome(*HOSTILE), SAY, full=True)
    coloured = outcome_text(outcome("Apu ry"), SAY, color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == outcome_text(outcome("Apu ry"), SAY)


def test_brackets_in_a_cell_are_no_markup_of_the_terminal():
    assert "[red]Apu[/red] ry :smile:" in outcome_text(
        outcome("[red]Apu[/red] ry :smile:"), SAY, color=True
    )


def test_a_long_list_is_cut_and_says_so_unless_all_is_asked_for():
    many = [f"Yhdistys {number}" for number in range(40)]
    short, whole = (outcome_text(outcome(*many), SAY, full=full) for full in (False, True))
    assert "Yhdistys 39" in whole and "-v" not in whole
    assert len(short.splitlines()) < 60 and "-v" in short


FINDING = {"tab", "row", "row_id", "column", "code", "severity", "message"}
CHANGE = {"tab", "row_id", "column", "before", "after", "reason", "kind", "group"}


def test_the_contract_of_check():
    start = outcome("Apu ry")
    said = json.loads(outcome_json(Outcome("check", start.book, findings=start.findings), SAY))
    assert set(said) == {"findings", "rows"}
    assert set(said["findings"][0]) == FINDING
    assert (said["findings"][0]["tab"], said["findings"][0]["row"]) == ("organisations", 2)
    assert said["rows"]["people"] == 1 and said["rows"]["networks"] == 0


def test_the_contract_of_cleanup_is_the_plan_until_it_is_applied_and_then_what_was_written():
    plan = outcome("Apu ry")
    change, other = plan.plan.changes
    written = WriteOutcome((change,), (Conflict(other, "muu"),))
    planned = outcome_values(plan, SAY)
    applied = outcome_values(outcome("Apu ry", applied=True, written=written), SAY)
    assert set(planned) == set(applied) == {"changes", "findings", "applied", "run", "conflicts"}
    assert [len(planned["changes"]), len(applied["changes"])] == [2, 1]
    assert [planned["applied"], applied["applied"]] == [False, True]
    assert set(applied["changes"][0]) == CHANGE
    assert set(applied["conflicts"][0]) == CHANGE | {"found"}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_only_the_sentences_of_the_contract_are_translated(language):
    finnish, other = (
        outcome_values(outcome("Apu ry"), Sentences(lang)) for lang in ("fi", language)
    )
    for said in (finnish, other):
        for found in said["findings"]:
            del found["message"]
    assert finnish == other


def test_what_was_left_out_is_told_with_what_is_there_now():
    change = Change("organisations", ORG, "name", "Apu ry", "Apu", "text-form")
    written = WriteOutcome((), (Conflict(change, "Apu rf"),))
    left_out = outcome("Apu ry", applied=True, written=written)
    page = Elements(outcome_page(left_out, SAY)).cells
    for said in (page, outcome_text(left_out, SAY), outcome_markdown(left_out, SAY)):
        assert "Apu rf" in said


def test_nothing_to_say_is_said():
    start = outcome("Apu ry").book
    for said in (outcome_text, outcome_page):
        assert SAY("Nothing to change, nothing to remark.") in said(Outcome("check", start), SAY)


TEXTS = st.text(st.sampled_from("ab ä1€"), max_size=8)


@given(TEXTS, TEXTS)
def test_a_difference_puts_both_values_together_again(before, after):
    by = value_difference(before, after)
    assert (by.head + by.gone + by.tail, by.head + by.new + by.tail) == (before, after)


@given(st.text())
def test_showing_twice_changes_nothing_more(text):
    assert display_text(display_text(text)) == display_text(text)


def test_a_terse_text_counts_what_can_wait():
    start = book(organisations=[{"id": ORG, "name": "Kylä ry"}])
    found = [
        Finding(
            "organisations", ORG, "name", "text-hidden", "Kylä ry", "Kylä ry", severity=severity
        )
        for severity in ("error", "warning", "warning")
    ]
    ended = Outcome("cleanup", start, "20261123-090001-0000", findings=tuple(found))
    terse = outcome_forms(ended, SAY, terse="error").forms["text"]()
    assert terse.count("rivi 2") == 1 and "2 havaintoa voi odottaa" in terse
    waiting = outcome_forms(
        Outcome("cleanup", start, ended.run, findings=ended.findings[1:]), SAY, terse="error"
    )
    assert "Ei muutettavaa" not in waiting.forms["text"]() and "2 hav" in waiting.forms["text"]()
    named = outcome_forms(ended, SAY, terse="warning").forms["text"]()
    assert named.count("rivi 2") == 3 and "odottaa" not in named
    full = outcome_forms(ended, SAY, terse="error", full=True).forms["text"]()
    assert full.count("rivi 2") == 3 and "odottaa" not in full
