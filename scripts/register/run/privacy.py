"""``privacy.py``: a person's data shown, taken away, described."""

from __future__ import annotations

from register.privacy.export import Export, grounds_of
from register.privacy.traces import traces
from register.run.options import Options
from register.run.personal_files import file_traces, learn_subject, rows_of
from register.run.printing import show_page
from register.run.session import open_session
from register.show.document import document_forms
from register.show.page_model import Page
from register.show.personal_export import export_document
from register.words.sentences import Sentences


def show_export(options: Options, whom: str) -> None:
    """Print all that is held on a person, and save it as a page and as JSON."""
    with open_session(options) as session:
        book = session.look()
        subject = learn_subject(session, book, whom)
        rows = rows_of(book, subject)
        files = file_traces(session, subject, rows)
    export = Export(subject, traces(book, subject), files, grounds_of(book, subject))
    say = Sentences(options.lang or book.language)
    ours = session.config.letters
    controller = {
        "organisation": ours.organisation,
        "address": ours.reply_to or ours.from_address,
        "privacy_url": ours.privacy_url,
    }
    forms = document_forms(
        lambda: export_document(export, say, controller), say, lambda: export.values()
    )
    name = f"export-{subject.ids[0] if subject.ids else 'person'}"
    show_page(Page(name, forms, saved=("html", "json")), options)
