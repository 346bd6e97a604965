"""A small register with one released meeting in Espoo, for the tests of letters and of sending."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from register.book.ids import new_id
from register.book.schema import Language
from register.book.table import Book
from register.book.tokens import Tokens
from register.letters.campaign import Mailing, campaign_name
from register.letters.settings import Sender
from register.letters.templates import read_templates
from tests.making import book

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
FOLDER = Path(__file__).parents[2] / "templates" / "letters"
PAGE = (FOLDER.parent / "pages" / "outbox.html.j2").read_text(encoding="utf-8")
TEMPLATES = read_templates(FOLDER)
SENDER = Sender(
    name="Liisa Koordinaattori",
    address="verkosto@example.org",
    reply_to="vastaukset@example.org",
    organisation="Espoon verkosto ry",
    list_id="verkosto.example.org",
    domain="example.org",
    privacy_url="https://example.org/tietosuoja",
)


def named(letter: str, name: str) -> str:
    """Return the id of a row that the tests call by a name."""
    return new_id(letter, (name,), ())


T = named("T", "autumn")
TOKENS = Tokens(b"a key for the tests, of 32 bytes")
MAILING = Mailing(campaign_name(T), NOW, TOKENS)
ESPOO, ESBO, CAFE = (named("O", name) for name in ("espoo", "esbo", "cafe"))
MAIJA, NILS, AMINA = (named("H", name) for name in ("maija", "nils", "amina"))

Row = dict[str, str]


def organisation(row_id: str = ESPOO, **cells: str) -> Row:
    """Return an association of Espoo."""
    return {
        "id": row_id,
        "name": "Espoon Kylät ry",
        "type": "association",
        "municipality": "Espoo",
        **cells,
    }


def person(row_id: str = MAIJA, **cells: str) -> Row:
    """Return somebody of that association, who is to be invited."""
    return {
        "id": row_id,
        "first": "Maija",
        "last": "Meri",
        "org": f"Espoon Kylät ry · {ESPOO}",
        "group": "association_actor",
        "email": "maija.meri@example.org",
        "invite": "yes",
        "source": "Järjestömessut 2026",
        **cells,
    }


def meeting(**cells: str) -> Row:
    """Return a released meeting in Espoo."""
    return {
        "id": T,
        "name": "Syystapaaminen",
        "kind": "network_meeting",
        "date": "2026-12-03",
        "start": "17:30",
        "end": "19:30",
        "place": "Kulttuurikeskus",
        "area": "Espoo",
        "rsvp_by": "2026-11-26",
        "state": "released",
        **cells,
    }


def invitation(who: str, address: str, **cells: str) -> Row:
    """Return a row of Kutsut that waits."""
    return {
        "id": named("K", who),
        "meeting": f"Syystapaaminen · {T}",
        "person": f"Joku · {who}",
        "email": address,
        "send_state": "waiting",
        **cells,
    }


def register(people: list[Row] | None = None, language: Language = "fi", **tabs: list[Row]) -> Book:
    """Return a register with these people, the association of Espoo and the meeting."""
    rows = {"organisations": [organisation()], "meetings": [meeting()], **tabs}
    return book(language, people=[person()] if people is None else people, **rows)


def three_languages(**cells: str) -> Book:
    """Return a register with a Finnish, a Swedish and an English reader who are invited."""
    return register(
        [
            person(basis="legitimate_interest"),
            person(
                NILS,
                first="Nils",
                last="Berg",
                org=ESBO,
                email="nils@example.com",
                basis="consent",
                consent_on="2026-01-01",
                consent_words="Saa kutsua: x (kortti)",
                source="",
                met_at="Båtmässan",
            ),
            person(
                AMINA,
                first="Amina",
                last="Osei",
                org=CAFE,
                email="amina@esimerkki.example",
                basis="public_duty",
            ),
        ],
        organisations=[
            organisation(),
            organisation(ESBO, name="Esbo Båtklubb rf", language="sv"),
            organisation(CAFE, name="Newcomers’ Café", language="en"),
        ],
        meetings=[meeting(**cells)],
    )
