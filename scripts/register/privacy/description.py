"""The register's description: GDPR art. 13, 14 and 30 and the balancing test, from the facts.

It consists of (section, line) in order. The columns come from the list of places of personal data,
so that no column of the schema is forgotten here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from register.book.package_data import package_table
from register.book.schema import schema
from register.book.table import Book
from register.people.origin import shown_basis
from register.people.records import Person
from register.privacy.places import PLACE_SENTENCES, personal_data_places
from register.privacy.retention import Retention
from register.words.sentences import Sentences

NOTES: Mapping[str, str] = package_table("register.privacy", "sentences")["description"]
"""The sections, in order."""


@dataclass(frozen=True, slots=True)
class Controller:
    """The configured facts about who keeps the register, and how."""

    organisation: str
    address: str
    contact: str = ""
    officer: str = ""
    mail_server: str = ""
    google: bool = False
    receivers: tuple[str, ...] = ()
    sealed: bool = False
    in_register: bool = False
    backup_days: int = 90
    retention: Retention = field(default_factory=Retention)


def description(book: Book, ours: Controller, say: Sentences) -> Iterator[tuple[str, str]]:
    """Yield ``(section, line)`` in the order of :data:`NOTES`, in the reader's language."""
    yield from (("controller", line) for line in _controller(ours, say))
    yield from (("purpose", line) for line in _purpose(say))
    yield from (("interest", line) for line in _interest(ours, say))
    yield from (("data", line) for line in _data(ours, say))
    yield from (("source", line) for line in _source(say))
    yield from (("receivers", line) for line in _receivers(ours, say))
    yield from (("transfers", line) for line in _transfers(ours, say))
    yield from (("retention", line) for line in _retention(ours, say))
    yield from (("rights", line) for line in _rights(ours, say))
    yield "duty", say("Nobody is bound to give data. Without an address no letters can be sent.")
    yield (
        "duty",
        say(
            "No decisions about people are made automatically, and nobody is profiled. The program "
            "proposes; people decide."
        ),
    )
    yield from (("security", line) for line in _security(ours, say))
    yield from (("now", line) for line in _now(book, say))


def _controller(ours: Controller, say: Sentences) -> Iterator[str]:
    yield say("Controller: {name}", name=ours.organisation)
    yield say("Contact: {contact}", contact=ours.contact or ours.address)
    officer = ours.officer or say("none has been appointed; write to the contact above")
    yield say("Data protection officer: {officer}", officer=officer)


def _purpose(say: Sentences) -> Iterator[str]:
    yield say(
        "Keeping up a network of associations, authorities and elected representatives: knowing "
        "who works on what, inviting to meetings, remembering what was agreed."
    )
    articles = {
        "legitimate_interest": say("GDPR art. 6(1)(f)"),
        "consent": say("GDPR art. 6(1)(a)"),
        "public_duty": say(
            "GDPR art. 6(1)(e) and section 4(1) of the Data Protection Act (1050/2018): details of "
            "the position and duties of somebody in public office"
        ),
    }
    for basis in schema().enum("basis").labels:
        yield f"{say.label('basis', basis)}: {articles[basis]}"


def _interest(ours: Controller, say: Sentences) -> Iterator[str]:
    yield say("The interest: work with partners in the open, which they take part in themselves.")
    yield say(
        "Necessity: name, role, organisation and one way to reach the person; nothing is collected "
        "that this does not need. Of special categories only the party of elected representatives "
        "is kept, which they have made public themselves (art. 9(2)(e)), and what somebody tells "
        "of diet or access for one meeting, until shortly after it (art. 9(2)(a))."
    )
    yield say(
        "What they may expect: they act in a role, gave their card or are published in it; each "
        "letter says where the address is from and how to get no more."
    )
    yield say(
        "Safeguards: opt-out in every letter, erasure for good, {months} months without "
        "confirmation, access for those who keep the register alone.",
        months=ours.retention.months,
    )
    yield say("To be signed: the interest outweighs / does not outweigh (name, date): ____________")


def _now(book: Book, say: Sentences) -> Iterator[str]:
    """Yield the present counts; a difference in them alone makes no new description."""
    grounds = Counter(shown_basis(person) for person in Person.live(book))
    for basis, count in sorted(grounds.items()):
        yield f"{say.label('basis', basis) if basis else '–'}: {count}"
    groups = Counter(person.group for person in Person.live(book))
    named = [
        f"{say.label('person_group', group) if group else '–'} {count}"
        for group, count in sorted(groups.items())
    ]
    yield say("Whom it concerns now: {groups}", groups=named or ["–"])


def _data(ours: Controller, say: Sentences) -> Iterator[str]:
    yield say(
        "People who act for associations, authorities, schools, parishes and companies, elected "
        "representatives, and people who have asked to be on the list."
    )
    for tab in schema().tabs.values():
        sorts: dict[str, list[str]] = {}
        for column in tab.columns:
            sort = personal_data_places().columns.get(tab.key, {}).get(column.key, "")
            sorts.setdefault(sort, []).append(column.headers[say.language])
        for sort, headers in sorts.items():
            said = (
                say(PLACE_SENTENCES[sort]) if sort in PLACE_SENTENCES else say("not described yet")
            )
            yield f"{tab.titles[say.language]} – {said}: {', '.join(headers)}"
    files = sorted(
        {sort for sort in personal_data_places().state.values() if sort in PLACE_SENTENCES}
    )
    yield say("In the program's own files: {sorts}", sorts=[say(PLACE_SENTENCES[s]) for s in files])
    if ours.in_register:
        yield say(
            "In a hidden tab of the register, sealed so that only the program's computers and the "
            "holder of a private key can read it: the letters of the last two years, and their "
            "answers."
        )


def _source(say: Sentences) -> Iterator[str]:
    yield say(
        "From the person: cards, forms, answers to letters. From others: lists of partners and "
        "events, organisations' and authorities' web pages, open registers (PRH, Suomi.fi's "
        "service register, the election authority's results). Each row names its source."
    )


def _receivers(ours: Controller, say: Sentences) -> Iterator[str]:
    if ours.receivers:
        yield say("Those who keep the register, and the receivers named here.")
    else:
        yield say("Those who keep the register, and nobody else without the person's word.")
    if ours.google:
        yield say("Processor: Google (the shared sheet).")
    if ours.mail_server:
        yield say("Processor: the mail service {server}.", server=ours.mail_server)
    for receiver in ours.receivers:
        yield say("Receiver: {name}", name=receiver)


def _transfers(ours: Controller, say: Sentences) -> Iterator[str]:
    if ours.google:
        yield say(
            "Google may process data in the United States, under the EU–US Data Privacy Framework "
            "and standard contractual clauses (art. 45 and 46)."
        )
    if ours.mail_server:
        yield say(
            "Letters go through {server}: its contract says whether data leaves the European "
            "Economic Area, and on what ground. To be filled in: ____________",
            server=ours.mail_server,
        )
    if not ours.google and not ours.mail_server:
        yield say("None: the register is kept on the controller's own computer.")


def _retention(ours: Controller, say: Sentences) -> Iterator[str]:
    yield say(
        "{months} months since the data was last confirmed, or since the person left the role; "
        "then it is confirmed, archived or erased.",
        months=ours.retention.months,
    )
    for group, months in sorted((ours.retention.groups or {}).items()):
        yield say("{group}: {months} months", group=say.label("person_group", group), months=months)
    yield say(
        "Diets and access needs that guests told: {days} days after the meeting.",
        days=ours.retention.needs_days,
    )
    yield say("Copies of the register: {days} days.", days=ours.backup_days)
    yield say(
        "The log, the letters that went, the answers and to whom lists were given: as long as the "
        "register is kept; what they hold of somebody who is erased goes at once."
    )
    yield say("Of an erased person only keyed hashes are kept, so that she is not taken in again.")


def _rights(ours: Controller, say: Sentences) -> Iterator[str]:
    yield say("Access, and a copy of the data (art. 15); correction (16); erasure (17).")
    yield say("Restriction (18); portability where the basis is consent (20).")
    yield say(
        "Objection, where the ground is legitimate interest or a public office, and to letters at "
        "any time, without giving a reason (21)."
    )
    yield say("A consent may be withdrawn at any time (art. 7(3)).")
    yield say("Ask at {address}.", address=ours.contact or ours.address)
    yield say(
        "You are answered within a month, free of charge (12). Those who have been given your "
        "data are told of a correction, an erasure or a restriction (19)."
    )
    yield say("You may complain to the Data Protection Ombudsman: tietosuoja.fi, tietosuoja@om.fi.")


def _security(ours: Controller, say: Sentences) -> Iterator[str]:
    yield say("Files are readable by their owner only; secrets are never in them or in logs.")
    yield say(
        "Personal identity codes are masked; lists are taken in without passwords, births and the "
        "like, and notes are searched for what does not belong."
    )
    sealed = say("sealed with age") if ours.sealed else say("in a folder of the owner's own")
    yield say("Copies of the register before each change: {how}.", how=sealed)
    yield say("Every change is logged with its reason and can be undone, but for an erasure.")
