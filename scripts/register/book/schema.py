"""The definition of the register, read from ``schema.toml``: tabs, columns, headers, dropdowns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, cast, get_args

from register.book.package_data import package_table

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Enum:
    """The values of a dropdown: ``labels[key][language]``."""

    key: str
    labels: Mapping[str, Mapping[Language, str]]
    earlier: Mapping[str, str] = field(default_factory=dict)
    """The key by a label that it used to have, in any language; still understood."""
    said: Mapping[str, str] = field(default_factory=dict)
    """The key by a word that people write instead: proposed to them, never assumed."""

    def label(self, value: str, language: Language) -> str:
        """Return the label of a key; any other text is returned as it is."""
        known = self.labels.get(value)
        return known[language] if known else value

    def value(self, label: str, language: Language) -> str | None:
        """Return the key with exactly this label in the language, or earlier label, else None."""
        for key, labels in self.labels.items():
            if labels[language] == label:
                return key
        return self.earlier.get(label)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, the type of its cells, its headers, and who may write it.

    Values of a ``passing`` column are kept for a time only, so neither log nor journal repeats
    them. Besides its dropdown's values, a cell may name rows of the tabs in ``names``.
    """

    key: str
    type: str
    headers: Mapping[Language, str]
    aliases: tuple[str, ...] = ()
    required: bool = False
    tool: bool = False
    passing: bool = False
    enum: str = ""
    enums: tuple[str, ...] = ()
    block: str = ""
    names: tuple[str, ...] = ()
    to: str = ""
    width: int = 14

    @property
    def enum_keys(self) -> tuple[str, ...]:
        """The names of the enums whose labels the cells may hold."""
        return (self.enum,) if self.enum else self.enums

    @property
    def several(self) -> bool:
        """Whether a cell may hold several values, separated by ``", "``."""
        return self.type in ("choices", "refs", "area")


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its key, titles, columns, and the letter of its ids ('' if its rows have none).

    A register that was made before the tab existed may lack it, if it is ``later``.
    """

    key: str
    titles: Mapping[Language, str]
    letter: str
    name: tuple[str, ...]
    columns: tuple[Column, ...]
    by_key: Mapping[str, Column] = field(repr=False)
    later: bool = False

    def column(self, key: str) -> Column:
        """Return the column with this key; raises KeyError if there is none."""
        return self.by_key[key]

    def has(self, key: str) -> bool:
        """Return True if the tab has a column with this key."""
        return key in self.by_key


@dataclass(frozen=True, slots=True)
class Schema:
    """All tabs and enums of the register, in the order of the workbook."""

    tabs: Mapping[str, Tab]
    enums: Mapping[str, Enum]

    def tab(self, key: str) -> Tab:
        """Return the tab with this key; raises KeyError if there is none."""
        return self.tabs[key]

    def enum(self, key: str) -> Enum:
        """Return the enum with this key; raises KeyError if there is none."""
        return self.enums[key]

    def is_passing(self, tab: str, column: str) -> bool:
        """Return True if a column's values are kept for a time only, and must not be copied."""
        found = self.tabs.get(tab)
        return found is not None and found.has(column) and found.column(column).passing

    def tab_of_id(self, row_id: str) -> Tab | None:
        """Return the tab whose ids begin with the letter of this id, or None."""
        letter = row_id.partition("-")[0]
        return next((tab for tab in self.tabs.values() if letter and tab.letter == letter), None)


@cache
def schema() -> Schema:
    """Return the definition of the register, which is read once."""
    raw = package_table("register.book", "schema")
    enums = {key: _enum(key, values) for key, values in raw["enums"].items()}
    tabs = {key: _tab(key, value) for key, value in raw["tabs"].items()}
    return Schema(tabs, enums)


def _enum(key: str, raw: Mapping[str, Mapping[str, Any]]) -> Enum:
    labels = {
        value: {language: str(entry[language]) for language in LANGUAGES}
        for value, entry in raw.items()
    }
    earlier = {old: value for value, entry in raw.items() for old in entry.get("earlier", ())}
    said = {word: value for value, entry in raw.items() for word in entry.get("said", ())}
    return Enum(key, labels, earlier, said)


def _tab(key: str, raw: Mapping[str, Any]) -> Tab:
    columns = tuple(_column(entry) for entry in raw["columns"])
    return Tab(
        key=key,
        titles=raw["title"],
        letter=raw.get("letter", ""),
        name=tuple(raw.get("name", ())),
        columns=columns,
        by_key={column.key: column for column in columns},
        later=bool(raw.get("later")),
    )


def _column(raw: Mapping[str, Any]) -> Column:
    rest = {name: value for name, value in raw.items() if name not in LANGUAGES}
    rest["aliases"] = tuple(rest.get("aliases", ()))
    rest |= {name: tuple(rest.get(name, ())) for name in ("enums", "names")}
    headers = cast(Mapping[Language, str], {language: raw[language] for language in LANGUAGES})
    return Column(headers=headers, **rest)
