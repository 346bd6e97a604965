import sys
from pathlib import Path

from register.book.headers import fold_header
from register.book.schema import LANGUAGES, schema
from register.values.registry import form_codes

STRUCTURAL = (
    "id",
    "region",
    "county",
    "timestamp",
    "ref",
    "refs",
    *("prose", "programme", "attachments", "days"),
)
"""Types without a form: the tool writes them, they name a row, or they are read as a letter."""


def test_every_tab_has_a_title_and_every_column_a_header_in_each_language():
    for tab in schema().tabs.values():
        assert all(tab.titles[language] for language in LANGUAGES)
        for column in tab.columns:
            assert all(column.headers[language] for language in LANGUAGES), column.key
            assert column.type in {*form_codes(), *STRUCTURAL}


def test_no_two_columns_of_a_tab_answer_to_one_header():
    for tab in schema().tabs.values():
        owners: dict[str, str] = {}
        for column in tab.columns:
            for name in (*column.headers.values(), *column.aliases):
                assert owners.setdefault(fold_header(name), column.key) == column.key, (
                    tab.key,
                    name,
                )


def test_no_two_tabs_share_a_title_or_a_letter():
    for language in LANGUAGES:
        titles = [tab.titles[language] for tab in schema().tabs.values()]
        assert len(set(titles)) == len(titles)
    letters = [tab.letter for tab in schema().tabs.values() if tab.letter]
    assert len(set(letters)) == len(letters)


def test_enums_and_references_point_to_something():
    for tab in schema().tabs.values():
        for column in tab.columns:
            assert all(schema().enum(name) for name in column.enum_keys)
            assert not column.to or schema().tab(column.to)
            assert (column.type == "enum") == bool(column.enum)
            if column.block:
                assert schema().tab("choices").has(column.block)


def test_labels_tell_the_values_of_an_enum_apart():
    for enum in schema().enums.values():
        for language in LANGUAGES:
            labels = [enum.label(key, language) for key in enum.labels]
            assert len(set(labels)) == len(labels), enum.key


def test_no_script_hides_a_module_of_python():
    scripts = Path(__file__).parents[2] / "scripts"
    names = {path.stem for path in scripts.glob("*.py")} | {"register"}
    assert not names & set(sys.stdlib_module_names)
