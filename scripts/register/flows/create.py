"""``create.py``: the workbook of the schema, its guide, and a first few rows to start from."""

from __future__ import annotations

from register.book.schema import Language
from register.ports import Layout, Maker
from register.report.guide import guide
from register.report.header_notes import header_notes


def create(store: Maker, language: Language, *, apply: bool, settings: bool = False) -> Layout:
    """Make the workbook, or add what an existing one lacks; without ``apply`` only say what."""
    notes = header_notes(language)
    return store.create(language, guide(language), notes, apply=apply, settings=settings)
