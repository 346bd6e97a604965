"""The register's one definition, read from ``schema.toml``: tabs, columns, headers, dropdowns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, cast, get_args

from register.book.package_data import package_table

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Enum:
    """A dropdown's values: ``labels[key][language]``; ``earlier`` labels are still understood."""

    key: str
    labels: Mapping[str, Mapping[Language, str]]
    earlier: Mapping[str, str] = field(default_factory=dict)
    """The key by a label that it had, in whichever language."""
    said: Mapping[str, str] = field(default_factory=dict)
    """The key by a word that people write for it: proposed, never taken for it unasked."""

    def label(self, value: str, language: Language) -> str:
        """Return the label of a key; a text that is no key is returned as it is."""
        known = self.labels.get(value)
        return known[language] if known else value

    def value(self, label: str, language: Language) -> str | None:
        """Return the key whose label in this language, or earlier one, is exactly this text."""
        for key, labels in self.labels.items():
            if labels[language] == label:
                return key
        return self.earlier.get(label)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, what its cells hold, its headers, and who may write it.

    What is ``passing`` is kept for a time only, so no log and no journal repeats it. Rows of the
    tabs in ``names`` may be named in its cells, besides what it offers.
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
        """The names of the enums whose labels the cells hold."""
        return (self.enum,) if self.enum else self.enums

    @property
    def several(self) -> bool:
        """Whether a cell may hold several values, separated by ``", "``."""
        return self.type in ("choices", "refs", "area")


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its key, titles, the letter of its ids ('' where rows have none), its columns.

    A register that was made before a tab came ``later`` may lack it.
    """

    key: str
    titles: Mapping[Language, str]
    letter: str
    name: tuple[str, ...]
    columns: tuple[Column, ...]
    by_key: Mapping[str, Column] = field(repr=False)
    later: bool = False

    def column(self, key: str) -> Column:
        """Return the column of this key (KeyError where there is none)."""
        return self.by_key[key]

    def has(self, key: str) -> bool:
        """Whether the tab has a column of this key."""
        return key in self.by_key


@dataclass(frozen=True, slots=True)
class Schema:
    """Every tab and every enum of the register, in the order of the workbook."""

    tabs: Mapping[str, Tab]
    enums: Mapping[str, Enum]

    def tab(self, key: str) -> Tab:
        """Return the tab of this key (KeyError where there is none)."""
        return self.tabs[key]

    def enum(self, key: str) -> Enum:
        """Return the enum of this key (KeyError where there is none)."""
        return self.enums[key]

    def is_passing(self, tab: str, column: str) -> bool:
        """Whether a column's values are kept for a time only, and repeated nowhere."""
        found = self.tabs.get(tab)
        return found is not None and found.has(column) and found.column(column).passing

    def tab_of_id(self, row_id: str) -> Tab | None:
        """Return the tab whose ids begin with this id's letter, or None."""
        letter = row_id.partition("-")[0]
        return next((tab for tab in self.tabs.values() if letter and tab.letter == letter), None)


@cache
def schema() -> Schema:
    """Return the register's definition; it never changes while a process lives."""
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
