"""Every kind of page in one language, as the scripts make it, with something in each of its parts."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from register.book.ids import new_id
from register.book.schema import schema
from register.book.table import Book
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.cooperation.exchange import exchange_matches
from register.cooperation.history import history_of
from register.cooperation.offers import exchange_sentence
from register.cooperation.packet import handover_packet
from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.sheet import ListSheet
from register.lists.alive import organisations_by_sign
from register.lists.participants import Participant, Participants
from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection
from register.privacy.export import Export, grounds_of
from register.privacy.subject import find_subject
from register.privacy.traces import traces
from register.rules import SAFE, RuleContext
from register.run.check import check_book
from register.show import history as timeline
from register.show.coverage import coverage_page
from register.show.directory import directory_page
from register.show.document import PageLink, table_document
from register.show.document_forms import document_page
from register.show.erasure import Erasure, erasure_document
from register.show.give_back import give_back_document
from register.show.listing import listing_document
from register.show.match_tables import PEOPLE_ROWS, make_match_tables, matches_document
from register.show.outcome import outcome_forms
from register.show.overview import overview_files
from register.show.own_card import OwnCard, card_sheet
from register.show.packet import packet_document
from register.show.page_model import PastRun, ReportContext
from register.show.participants import participants_page
from register.show.personal_export import export_document
from register.words.sentences import Sentences
from tests.large_register import large_register
from tests.letters.correspondence import three_languages
from tests.letters.test_preview import page as preview_page
from tests.making import book
from tests.match.test_large_lists import found as matched, sheet

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Helsinki"))
ONE, TWO = (new_id("O", (name,), ()) for name in ("one", "two"))
WHO = new_id("H", ("who",), ())
CARDS = [
    {"name": "Maija Malli", "org": "Espoon kylät ry", "email": "maija@example.org"},
    {"name": "Pekka Testi", "org": "Vantaan asukkaat ry", "email": "pekka (at) example.org"},
]
FAULTY = [
    {"first": "Maija", "last": "Malli", "municipality": "Vanta", "email": "maija(at)example.org"},
    {"first": "pekka", "last": "testi", "phone": "12", "group": "ei mikään", "invite": "ehkä"},
]
TWICE = [
    {"id": new_id("O", (name,), ()), "name": name, "municipality": "Espoo", "postcode": "02100"}
    for name in ("Olarin kyläyhdistys ry", "Olarin kyläyhditys ry")
]


def every_page(language):
    """Return the pages by name."""
    say = Sentences(language)
    return {**reports(say), **lists(say), **documents(say), **papers(say)}


def spoken(register, say):
    return Book(register.tables, say.language)


def reports(say):
    past = tuple(PastRun(NOW.replace(day=day), day, 10 * day, 3) for day in (20, 21, 22))
    around = ReportContext(lambda tab, row: f"https://example.org/sheet#gid=0&range=A{row}", past)
    found = check_book(book(say.language, people=FAULTY), RuleContext(TODAY))
    plan = cleanup(
        book(say.language, inbox=CARDS, organisations=TWICE), NOW, CleanupOptions(SAFE), say
    )
    clean = check_book(book(say.language), RuleContext(TODAY))
    held = {"meetings": [{"name": "Kokous", "date": "2026-12-01", "place": "Talo"}]}
    known = check_book(book(say.language, people=FAULTY, **held), RuleContext(TODAY))
    listed = ListSheet("lista.csv", ("Nimi", "Puh", "Väri"), (("Maija Malli", "0401234567", "x"),))
    taken, _ = import_contacts(book(say.language), listed, guess_columns(listed), NOW)
    other = (PageLink(f"{say.title('networks')} (networks/networks.html)", "../networks.html"),)
    overview = overview_files(known, around, TODAY, say, other)["overview.html"]().decode()
    return {
        "overview": overview,
        "check": outcome_forms(found, say, around).forms["html"](),
        "check-clean": outcome_forms(clean, say).forms["html"](),
        "cleanup": outcome_forms(plan, say).forms["html"](),
        "import": outcome_forms(taken, say).forms["html"](),
    }


def lists(say):
    register = large_register(1, 20, 20)
    kinds = schema().enum("organisation_type").labels
    wide = book(
        organisations=[
            {"name": f"{kind} ry", "type": kind, "municipality": "Espoo", "topics": kind}
            for kind in kinds
        ]
    )
    gaps = regional_gaps(wide, TODAY, Selection(), say.language)
    found = regional_directory(register, TODAY)
    signs = organisations_by_sign(register, found, TODAY, say)
    return {
        "alive": document_page(listing_document(signs, say, say("Signs of life")), say),
        "give-back": document_page(give_back_document(register, found, say, "Suomi.fi"), say),
        "matches": matches_page(say),
        "directory": directory_page(found, say),
        "directory-blank": directory_page(regional_directory(book(), TODAY), say),
        "gaps": coverage_page(gaps, say, say("Gaps")),
    }


def matches_page(say):
    """Return the page of two lists that were matched on the disk."""
    listed = {"first": "Maija", "last": "Malli", "postcode": "02100", "phone": "0401234567"}
    lists = (
        sheet([{**listed, "email": f"maija{end}@example.org"} for end in ends], name)
        for name, ends in (("yksi.csv", ("", ".m")), ("kaksi.csv", ("", ".a")))
    )
    with TemporaryDirectory() as folder, matched(Path(folder), *lists) as connection:
        make_match_tables(connection, PEOPLE_ROWS, say)
        return document_page(matches_document(connection, PEOPLE_ROWS, say), say)


def documents(say):
    row = {"state": "open", "kind": "cooperation", "owner": "Toimisto", "topic": "tilat"}
    exchange = {"state": "open", "matter": "kokoustila", "topic": "tilat"}
    register = book(
        say.language,
        organisations=[{"id": ONE, "name": "Kerho ry"}, {"id": TWO, "name": "Seura ry"}],
        people=[
            {"id": WHO, "first": "Maija", "last": "Malli", "org": ONE, "role": "sihteeri", "email": "maija@example.org", "trust": "trusts_us", "notes": "soittaa"},
        ],
        cooperation=[
            {**row, "id": new_id("Y", ("a",), ()), "org": ONE, "person": WHO, "matter": "tila", "date": "2026-01-02", "due": "2026-02-01", "agreed": "tila on meidän", "next": "soita"},
            {**row, "id": new_id("Y", ("b",), ()), "org": TWO, "matter": "hanke", "state": "lapsed", "date": "2026-03-02"},
            {**exchange, "id": new_id("Y", ("c",), ()), "org": ONE, "kind": "offer"},
            {**exchange, "id": new_id("Y", ("d",), ()), "org": TWO, "kind": "need"},
        ],
        networks=[{"name": "Verkko", "join": "kysy", "member": "yes", "person": WHO}],
        meetings=[{"name": "Kokous", "date": "2026-12-01", "place": "Talo", "host": WHO}],
    )  # fmt: skip
    her = find_subject(register, WHO)
    held = Export(her, traces(register, her), (), grounds_of(register, her))
    ours = {"organisation": "Verkosto ry", "address": "me@example.org", "privacy_url": ""}
    goes = Erasure(
        *(her, {"people": 1}, [(Path("reports/check.html"), NOW)], held.traces, held.traces),
        *([Path("own.xlsx")], [Path("own.pdf")], True, False, ()),
    )
    found = exchange_matches(register, TODAY)
    pairs = timeline.offers_document(found, lambda one: exchange_sentence(register, one, say), say)
    made = {
        "packet": packet_document(handover_packet(register, "Toimisto", TODAY), register, say),
        "match": pairs,
        "history": timeline.history_document(history_of(register, ONE), register, say),
        "export": export_document(held, say, ours),
        "erasure": erasure_document(goes, [("Gaps", {})], say),
        "basis": table_document(
            say("Basis, source and consent of each row"),
            [say.header("people", key) for key in ("id", "basis", "source", "consent_words")],
            [(WHO, say.value("people", "basis", "consent"), "lista.csv", "–")],
        ),
    }
    return {name: document_page(one, say) for name, one in made.items()}


def papers(say):
    people = tuple(
        Participant(last, "Li", "Seura ry", "sihteeri", "coming", "", "tulkki")
        for last in ("Alho", "Berg")
    )
    found = Participants(
        "T-1", "Kokous", "2027-04-09", "17:00", "Talo", people, ("17.00 kahvit", "17.30 alku")
    )
    card = OwnCard(
        "Maija Malli", "sihteeri", "Verkosto ry", "maija@example.org", "+358401234567", ""
    )
    return {
        "participants": participants_page(found, say),
        "cards": card_sheet(card, say),
        "preview": preview_page(spoken(three_languages(), say)),
    }
