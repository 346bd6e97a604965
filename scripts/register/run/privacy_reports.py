"""``privacy.py describe, basis, due``: the register's description, and what is due in it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from register.book.outcome import Outcome
from register.privacy.description import NOTES, Controller, description
from register.privacy.retention import BASIS_SENTENCES, BasisRow, basis_rows
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_page, show_table
from register.run.retention import enforce_retention, erase_decided, retention_of
from register.run.session import Session, open_session, sentences_for
from register.show.document import Document, PagePart, PageSection
from register.show.document_forms import document_forms
from register.show.page_model import Page
from register.state.descriptions import keep_description, last_description
from register.state.handed_lists import handed_receivers
from register.words.sentences import Sentences

_CONSENT = ("consent_on", "consent_words", "publish")


def show_basis(options: Options, *, lacking: bool) -> NoReturn:
    """Print the legal basis of each person's row; with ``lacking`` only of incomplete rows."""
    with open_session(options) as session:
        book = session.look()
        today = session.now.date()
    say = sentences_for(options, book.language)
    found = [one for one in basis_rows(book, today) if one.lacking or not lacking]
    headers = [say.header("people", key) for key in ("id", "basis", "source", *_CONSENT)]
    rows = [
        (
            *(one.row_id, say.value("people", "basis", one.basis) or "–"),
            *(say.value("people", "source", one.source) or "–",),
            *(say.value("people", key, getattr(one, key)) or "–" for key in _CONSENT),
            ", ".join(say(BASIS_SENTENCES[code]) for code in one.lacking),
        )
        for one in found
    ]
    show_table(
        *([*headers, say("What is lacking")], rows, options, say),
        value=_values(found),
        name="basis",
        title=say("Basis, source and consent of each row"),
    )


def _values(found: list[BasisRow]) -> list[dict[str, object]]:
    return [{key: getattr(one, key) for key in BasisRow.__dataclass_fields__} for one in found]


def run_due(options: Options) -> NoReturn:
    """Show what is kept too long; with ``--apply`` ask about it, and do what was decided."""
    with open_session(options) as session:
        if options.plan is None:
            erased = erase_decided(session)
            outcome = enforce_retention(session, ask=True)
            outcome = replace(
                outcome,
                notes=(*erased.notes, *outcome.notes),
                failed=erased.failed + outcome.failed,
            )
        else:
            outcome = session.run("due", lambda book: Outcome("due", book))
    finish(outcome, options)


def show_description(options: Options) -> None:
    """Print the register's description; with ``--apply`` keep it, to show later what changed."""
    with open_session(options) as session:
        book = session.look()
        say = sentences_for(options, book.language)
        sections: dict[str, list[str]] = {}
        for section, line in description(book, controller_of(session), say):
            sections.setdefault(section, []).append(line)
        counts = sections.pop("now")
        on, before = last_description(session.state, say.language)
        today = session.now.date()
        changed = list(_changes(before, sections, say)) if before else []
        if options.apply:
            keep_description(session.state, say.language, today.isoformat(), sections)
    parts = [
        PageSection(key, say(title), "", (PagePart(lines=tuple({**sections, "now": counts}[key])),))
        for key, title in NOTES.items()
    ]
    if before:
        lines = tuple(changed) or (say("Nothing."),)
        title = say("What has changed since {day}", day=say.value("people", "added_on", on))
        parts.append(PageSection("changed", title, "", (PagePart(lines=lines),)))
    name = session.config.letters.organisation
    lead = say("{organisation}, {day}. Have a lawyer read it.", organisation=name, day=today)
    document = Document(say("Privacy notice and record of processing"), lead, tuple(parts))
    value = {
        "on": today.isoformat(),
        "sections": {**sections, "now": counts},
        "changed": changed,
        "since": on,
    }
    forms = document_forms(lambda: document, say, lambda: value)
    show_page(Page(f"description-{say.language}", forms), options)


def _changes(
    before: dict[str, list[str]], now: dict[str, list[str]], say: Sentences
) -> Iterator[str]:
    for key, title in NOTES.items():
        was, is_now = before.get(key, []), now.get(key, [])
        yield from (f"+ {say(title)}: {line}" for line in is_now if line not in was)
        yield from (f"- {say(title)}: {line}" for line in was if line not in is_now)


def controller_of(session: Session) -> Controller:
    """Return the configured controller: who keeps the register, and how."""
    letters, ours, backup = (
        session.config.letters,
        session.config.privacy,
        session.config.backup,
    )
    return Controller(
        organisation=letters.organisation,
        address=letters.reply_to or letters.from_address,
        contact=ours.contact,
        officer=ours.officer,
        mail_server=session.config.post.host,
        google=session.is_shared_sheet,
        receivers=tuple(dict.fromkeys((*ours.receivers, *handed_receivers(session.state)))),
        sealed=bool(backup.recipient),
        in_register=session.config.state.in_register,
        backup_days=backup.days,
        retention=retention_of(session),
    )
