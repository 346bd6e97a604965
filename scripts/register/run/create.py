"""``create.py``: the register's workbook with its guide and first rows."""

from collections.abc import Sequence
from typing import cast

from register.book.errors import UsageError
from register.book.schema import Language
from register.ports.store import Layout, Maker
from register.run.options import Options
from register.run.printing import show_layout
from register.run.session import open_session
from register.show.guide import guide_rows, header_notes
from register.stores.workbook import Workbook


def create(
    store: Maker,
    language: Language,
    *,
    apply: bool,
    settings: bool = False,
    releasers: Sequence[str] = (),
) -> Layout:
    """Make the register, or add what an existing one lacks; without ``apply`` only say what."""
    return store.create(
        language,
        guide_rows(language),
        header_notes(language),
        apply=apply,
        settings=settings,
        releasers=releasers,
    )


def run_create(options: Options, *, set_locale: bool, protect_release: bool) -> None:
    """Make or upgrade the register that the flags name.

    Raises UsageError where the release of letters is to be protected but no releaser is configured,
    or the register is a workbook.
    """
    with open_session(options) as session:
        store = cast(Maker, session.store)  # a register that is only being made is never a ReadOnce
        releasers = session.config.letters.release if protect_release else ()
        if protect_release and (not releasers or isinstance(session.store, Workbook)):
            raise UsageError(
                "Cells can be protected for single people in a Google Sheet only, and [letters] "
                "release must name their addresses.",
                remedy="Name them in the configuration, or leave --protect-release out.",
            )
        layout = create(
            store,
            session.language,
            apply=options.apply,
            settings=set_locale,
            releasers=releasers,
        )
    show_layout(layout, session.store.name, options, session.say)
