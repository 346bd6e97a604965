"""Lists in JSON."""

import json

import pytest

from register.book.errors import UsageError
from register.sources.files import read_list
from register.sources.json_records import read_records


def rows_of(value):
    headers, *rows = read_records(json.dumps(value), "list.json")
    return [dict(zip(headers, row, strict=True)) for row in rows]


def test_the_longest_list_of_objects_is_the_list_and_what_is_inside_is_laid_out():
    chair = {"name": "Eila Kaski", "phone": "040 1234567"}
    clubs = [
        {"name": "Kaisla ry", "town": "Espoo", "chair": chair, "topics": ["nuoret", "liikunta"]},
        {"name": "Koivu ry", "founded": 1950.0, "active": True, "town": None},
    ]
    assert rows_of({"count": 2, "links": [{"self": "x"}], "data": {"clubs": clubs}}) == [
        {"name": "Kaisla ry", "town": "Espoo", "chair name": "Eila Kaski", "phone": "040 1234567",
         "topics": "nuoret, liikunta", "founded": "", "active": ""},
        {"name": "Koivu ry", "town": "", "chair name": "", "phone": "",
         "topics": "", "founded": "1950", "active": "yes"},
    ]  # fmt: skip


def test_objects_in_a_list_are_numbered_and_a_place_on_the_map_is_left_out():
    assert rows_of([{"contacts": [{"name": "Eila"}, {"name": "Matti"}]}]) == [
        {"contacts 1 name": "Eila", "contacts 2 name": "Matti"}
    ]
    feature = {"type": "Feature", "geometry": {"coordinates": [1, 2]}, "properties": {"name": "X"}}
    assert rows_of({"features": [feature]}) == [{"name": "X"}]


@pytest.mark.parametrize("text", ['{"a": 1}', "[]", "[1, 2]", '[["Eila", "Kaski"]]'])
def test_what_holds_no_records_is_refused_with_a_sentence(text):
    with pytest.raises(UsageError):
        read_list(text.encode(), "list.json")


def test_it_is_read_as_any_other_list():
    found = read_list(b'[{"Nimi": "Eila Kaski", "Puh.": "040 1234567"}]', "list.json")
    assert (found.headers, found.rows) == (("Nimi", "Puh."), (("Eila Kaski", "040 1234567"),))
    assert found.what["kind"] == "json"
