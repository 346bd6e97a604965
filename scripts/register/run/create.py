"""``create.py``: the workbook of the schema, its guide, and a first few rows to start from."""

from __future__ import annotations

from typing import cast

from register.book.schema import Language
from register.ports.store import Layout, Maker
from register.run.options import Options
from register.run.printing import show_layout
from register.run.session import open_session
from register.show.guide import guide_rows, header_notes


def create(store: Maker, language: Language, *, apply: bool, settings: bool = False) -> Layout:
    """Make the workbook, or add what an existing one lacks; without ``apply`` only say what."""
    notes = header_notes(language)
    return store.create(language, guide_rows(language), notes, apply=apply, settings=settings)


def run_create(options: Options, *, set_locale: bool) -> None:
    """Make or upgrade the register that the flags name."""
    with open_session(options) as session:
        store = cast(Maker, session.store)  # no run shares one that is only being made
        layout = create(store, session.language, apply=options.apply, settings=set_locale)
    show_layout(layout, session.store.name, options, session.say)
