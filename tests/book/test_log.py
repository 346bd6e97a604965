from register.book.change import Change

from register.book.log import log_entries, log_rows
from register.book.plan import Plan
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


def test_a_row_that_no_cell_could_keep_is_kept_without_its_longest_values():
    cells = {"id": A, "name": "Apu", "notes": "x" * 40_000}
    changes = [Change("organisations", A, "status", "", "merged", "merge", "merge")]
    told = log_rows(
        changes, "20261123-090000-0000", "2026-11-23T09:00:00", book(organisations=[cells])
    )
    (line,) = told
    assert "Apu" in line["old"] and len(line["old"]) < 1_000
