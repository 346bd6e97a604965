"""``privacy.py``: shows and erases a person's data, and changes the register's key."""

from collections.abc import Iterator
from typing import NoReturn

import click

from register.book.errors import UsageError
from register.book.phrase import Phrase
from register.privacy.description import description
from register.privacy.export import Export, grounds_of, other_people_named
from register.privacy.subject import Subject
from register.privacy.traces import traces
from register.run.erasure import erase_person
from register.run.options import Options
from register.run.personal_files import file_traces, learn_subject, rows_of
from register.run.printing import show_page
from register.run.privacy_reports import controller_of
from register.run.session import Session, check_key, open_session, sentences_for
from register.show.document_forms import document_forms
from register.show.erasure import erasure_document
from register.show.page_model import Page
from register.show.personal_export import export_document
from register.state.handed_lists import handed_receivers
from register.state.keys import EARLIER_FILE, change_register_key


def show_export(options: Options, whom: str) -> None:
    """Print all data about a person, and save it as a page and as JSON."""
    with open_session(options) as session:
        book = session.look()
        subject = learn_subject(session, book, whom)
        rows = rows_of(book, subject)
        files = file_traces(session, subject, rows)
        say = sentences_for(options, book.language)
        about = list(description(book, controller_of(session), say))
    told = traces(book, subject)
    texts = [one.text for one in told] + [text for one in files for text in one.values.values()]
    others = other_people_named(book, subject, texts)
    export = Export(subject, told, files, grounds_of(book, subject), others)
    ours = session.config.letters
    controller = {
        "organisation": ours.organisation,
        "address": session.config.privacy.contact or ours.reply_to or ours.from_address,
        "privacy_url": ours.privacy_url,
    }
    forms = document_forms(
        lambda: export_document(export, say, controller, about), say, lambda: export.values()
    )
    name = f"export-{subject.ids[0] if subject.ids else 'person'}"
    warning = "Read it before you send it: free text may name people who are not in the register."
    click.echo(say(warning), err=True)
    show_page(Page(name, forms, saved=("html", "json")), options)


def run_erasure(options: Options, whom: str) -> NoReturn:
    """Show what an erasure would remove, or with ``--apply`` do it; exit with 1 if any is left."""
    if options.plan or options.plan_out:
        raise UsageError(
            "An erasure is not saved as a plan: the file would hold what is to go.",
            remedy="Look at it without --apply, then give the same command with it.",
        )
    with open_session(options) as session:
        book = session.read()
        done = erase_person(session, book, whom)
        unreached = list(_unreached(session, done.subject))
    say = sentences_for(options, book.language)
    forms = document_forms(lambda: erasure_document(done, unreached, say), say, done.values)
    show_page(Page(f"erasure-{done.subject.mark}", forms, saved=("html", "json")), options)
    if done.left:
        raise SystemExit(1)
    raise SystemExit(3 if options.detailed_exitcode and not done.applied and done.counts else 0)


def run_key_change(options: Options) -> NoReturn:
    """Make a new key with ``--apply``, and keep the earlier ones; exit with 0."""
    with open_session(options) as session:
        say = session.say
        check_key(session.state, session.look())
        if options.apply:
            change_register_key(session.state)
            said = say(
                "The register has a new key; the earlier ones are kept in {file}.",
                file=EARLIER_FILE,
            )
        else:
            said = say("Nothing was written. Add --apply to do it.")
    click.echo(said)
    raise SystemExit(0)


def _unreached(session: Session, subject: Subject) -> Iterator[Phrase]:
    """Yield what an erasure does not reach, and what a person can do about it."""
    if receivers := handed_receivers(session.state, subject.ids):
        yield (
            "Lists with this person in them were given to {receivers}: tell each of them to delete "
            "the person's data (GDPR art. 19).",
            {"receivers": [subject.redact(one) for one in receivers]},
        )
    if session.is_shared_sheet:
        yield (
            "Google keeps earlier versions of the sheet: make a copy of it (File, Make a copy), "
            "use the copy from now on, and delete the old sheet and empty the bin.",
            {},
        )
    yield (
        "Mail that has been sent or received: search the mailbox and its Sent folder for the name "
        "and the address, and delete what is found.",
        {},
    )
    yield (
        "Copies that others have: reports that were passed on, exported lists, backups of this "
        "computer. Ask whoever got them to delete them.",
        {},
    )
