from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from register.book.cells import cell_text, date_serial, to_book, to_cell
from register.book.schema import LANGUAGES, schema

COLUMNS = [column for tab in schema().tabs.values() for column in tab.columns]
TYPE = schema().tab("organisations").column("type")
DATE = schema().tab("people").column("end")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        ("00420", "00420"),
        (" x ", " x "),
        (401234567.0, "401234567"),
        (401234567, "401234567"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 17, 30), "2026-03-01T17:30"),
        (time(17, 30), "17:30"),
        (timedelta(hours=9, minutes=5), "09:05"),
        ("+358401234567", "+358401234567"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_a_cell_is_in_the_book(raw, text):
    assert to_book(None, raw, "fi") == text


def test_a_label_is_its_key_and_another_text_stays():
    assert to_book(TYPE, "yhdistys", "fi") == "association"
    assert to_book(TYPE, "Yhdistys", "fi") == "Yhdistys"
    assert to_book(TYPE, "förening", "fi") == "förening"
    assert to_cell(TYPE, "association", "sv") == "förening"
    assert to_cell(TYPE, "kerho", "sv") == "kerho"


@pytest.mark.parametrize("text", ["12.3.2026", "2026-13-01", "ensi viikolla", "2026-3-1", "45000"])
def test_what_is_no_iso_date_stays_text(text):
    assert to_cell(DATE, text, "fi") == text


@given(st.sampled_from(COLUMNS), st.text(max_size=20), st.sampled_from(LANGUAGES))
def test_any_text_comes_back_as_it_went(column, text, language):
    labels = {
        label
        for name in column.enum_keys
        for labels in schema().enum(name).labels.values()
        for label in labels.values()
    }
    if not labels & set(text.split(", ")):
        assert to_book(column, to_cell(column, text, language), language) == text


def test_every_key_of_every_dropdown_comes_back_in_every_language():
    for column in COLUMNS:
        for name in column.enum_keys:
            for key in schema().enum(name).labels:
                for language in LANGUAGES:
                    assert to_book(column, to_cell(column, key, language), language) == key


def test_serial_numbers_are_the_sheets_own():
    assert date_serial(date(2026, 11, 23)) == 46349
    assert date_serial(datetime(1900, 3, 1, 12)) == 61.5
    assert date_serial(time(6)) == 0.25


def test_people_read_dates_as_they_write_them():
    assert cell_text(DATE, "2026-03-01", "fi") == "1.3.2026"
    assert cell_text(TYPE, "association", "fi") == "yhdistys"
    assert cell_text(None, "x", "fi") == "x"


@pytest.mark.parametrize(
    ("key", "text"),
    [("start", "17-19"), ("start", "17+02"), ("date", "2026-W01-1"), ("date", "2026-02-30")],
)
def test_a_text_that_only_python_takes_for_a_moment_stays_a_text(key, text):
    column = schema().tab("meetings").column(key)
    assert to_cell(column, text, "fi") == text
