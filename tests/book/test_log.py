from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from register.book.change import Change
from register.book.log import log_entries, log_rows
from register.book.log_cells import pack_cells, unpack_cells
from register.book.plan import Plan
from register.cleanup.undo import requested_undo
from tests.making import book

A = "O-MYRB1"


def lines(changes, language="fi"):
    return log_rows(changes, "20261123-090000-0000", "2026-11-23T09:00:00", book(language))


def test_a_line_a_cell_in_the_words_of_the_sheet():
    (line,) = lines([Change("organisations", A, "type", "parish", "association", "rule")])
    assert (line["tab"], line["row"], line["col"]) == ("Organisaatiot", A, "Tyyppi")
    assert (line["old"], line["new"], line["why"]) == ("seurakunta", "yhdistys", "rule")


def test_one_line_an_added_row_and_none_for_formats():
    added = [
        Change("organisations", A, key, "", value, "intake", "add")
        for key, value in {"id": A, "name": "EJY ry", "type": "association"}.items()
    ]
    hidden = Change("organisations", A, "hidden", "", "1", "merge", "format")
    (line,) = lines([*added, hidden])
    assert line["col"] == "+" and "EJY ry" in line["new"] and "yhdistys" in line["new"]


def test_a_row_is_logged_by_the_id_it_is_given():
    changes = [
        Change("organisations", "#2", "id", "", A, "id"),
        Change("organisations", "#2", "name", "x", "y", "rule"),
    ]
    assert {line["row"] for line in lines(changes)} == {A}


def test_what_is_read_back_is_what_was_written():
    for language in ("fi", "sv", "en"):
        added = [
            Change("organisations", A, key, "", value, "intake", "add")
            for key, value in {"id": A, "name": "=1+1", "type": "association"}.items()
        ]
        changed = Change("people", "H-1234K", "invite", "no", "yes", "decided")
        read = book(language, log=lines([*added, changed], language))
        first, second = log_entries(read)
        assert Plan.of(first.changes) == Plan.of(added)
        assert second.changes == (changed,)


def test_lines_that_people_have_spoilt_are_passed_over():
    good = lines([Change("people", "H-1234K", "first", "a", "b", "r")])[0]
    spoilt = [{**good, "tab": "?"}, {**good, "col": "?"}, {**good, "col": "+", "new": "{"}]
    read = book(log=[{**row, "id": f"L-{n}"} for n, row in enumerate(spoilt)])
    assert list(log_entries(read)) == []


def test_a_merged_row_is_kept_whole_and_read_back():
    cells = {
        "id": A,
        "name": "Apu",
        "type": "parish",
        "status": "ok",
        "phone": "0401234567",
        "+Oma": "x",
    }
    for language in ("fi", "sv", "en"):
        there = book(language, organisations=[cells])
        merged = [
            Change("organisations", A, "phone", "0401234567", "+358401234567", "phone-form"),
            Change("organisations", A, "status", "ok", "merged", "merge", "merge"),
            Change("organisations", A, "merged_into", "", "Apu ry · O-C30J9", "merge", "merge"),
        ]
        told = log_rows(merged, "20261123-090000-0000", "2026-11-23T09:00:00", there)
        assert [line["col"] for line in told if line["col"] == "⇄"] == ["⇄"] and len(told) == 2
        kept = next(e for e in log_entries(book(language, log=told)) if e.kept)
        assert kept.kept == {**cells, "phone": "+358401234567"}
        assert {(c.column, c.before, c.after) for c in kept.changes} == {
            ("status", "ok", "merged"),
            ("merged_into", "", "Apu ry · O-C30J9"),
        }


HARD = ['"' * 32_000, "\x01" * 20_000, "rivi\n" * 8_000, "😀" * 16_000, "lyhyt"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", ["add", "retire"])
def test_a_row_too_long_for_a_cell_goes_on_in_more_lines(kind, language):
    keys = ("notes", "name", "short", "url", "id")
    cells = dict(zip(keys, [*HARD[:4], A], strict=True))
    changes = [
        Change("organisations", A, key, *side, "intake", kind)
        for key, value in cells.items()
        for side in [("", value) if kind == "add" else (value, "")]
    ]
    made = lines(changes, language)
    assert len(made) > 4 and len({line["id"] for line in made}) == len(made)
    for line in made:
        for text in line.values():
            assert len(text.encode("utf-16-le")) // 2 <= 32_767
    for order in (made, made[::-1], made[3:] + made[:3]):
        (entry,) = log_entries(book(language, log=order))
        assert Plan.of(entry.changes) == Plan.of(changes)
        assert {entry.line, *entry.more} == {line["id"] for line in made}


def test_a_merged_row_too_long_for_a_cell_is_kept_whole():
    cells = {"id": A, "name": "Apu", "notes": HARD[0], "url": HARD[2].strip()}
    merged = [
        Change("organisations", A, "status", "", "merged", "merge", "merge", "g"),
        Change("organisations", A, "merged_into", "", "O-1234K", "merge", "merge", "g"),
    ]
    read = book(organisations=[cells])
    made = log_rows(merged, "20261123-090000-0000", "2026-11-23T09:00:00", read)
    assert len(made) > 2
    (entry,) = log_entries(book(organisations=[cells], log=made))
    assert {key: value for key, value in entry.kept.items() if value} == cells
    assert Plan.of(entry.changes) == Plan.of([replace(change, kind="set") for change in merged])


@given(st.dictionaries(st.text(), st.text() | st.text().map(lambda text: text * 9_000), max_size=5))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_whatever_cells_hold_is_packed_within_a_cell_and_unpacked_again(cells):
    cells = {key[:99].replace("⚙", ""): value[:32_767] for key, value in cells.items()}
    texts = pack_cells(cells)
    assert all(len(text.encode("utf-16-le", "surrogatepass")) // 2 <= 32_767 for text in texts)
    assert unpack_cells(reversed(texts)) == cells


def test_undo_takes_back_a_row_of_many_lines_whichever_of_them_is_marked():
    keys = ("id", "notes", "name", "url")
    cells = dict(zip(keys, [A, *HARD[:3]], strict=True))
    added = [Change("organisations", A, k, "", v, "intake", "add") for k, v in cells.items()]
    made = lines(added)
    made[-1]["undo"] = "undo"
    there = book(organisations=[cells], log=made)
    back = requested_undo(there, "run-2")
    assert {c.row_id for c in back if c.tab == "log"} == {line["id"] for line in made}
    assert there.with_changes(back).table("organisations").cell(A, "status") == "archived"
