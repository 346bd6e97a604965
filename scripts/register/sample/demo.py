"""The data of the demo: its list, its configuration, and the meeting that it releases."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

from register.book.change import Change, added_row
from register.book.ids import new_id
from register.book.plan import Plan
from register.book.table import Book
from register.people.records import Organisation, Person
from register.sample.messy import messy_list
from register.sample.people import HOME_REGION
from register.values import email
from register.values.email import mailbox_key
from register.values.places import municipality_named, region

CONFIG = """\
# The demo's own settings; config.example.toml tells of all that there are.
[book]
file = "register.xlsx"

[letters]
organisation = "Esimerkkiverkosto"
from_name = "Maija Malli, Esimerkkiverkosto"
from_address = "verkosto@example.org"
reply_to = "verkosto@example.org"
list_id = "verkosto.example.org"
privacy_url = "https://www.example.org/tietosuoja"
allowed_links = ["https://www.example.org/"]

[post]
kind = "outbox"
outbox = "outbox"
"""


def messy_csv() -> bytes:
    """Return the messy list as a Finnish Excel saves it: CSV with semicolons, code page 1252."""
    headers, cells, _ = messy_list(2026, 500)
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([headers, *cells])
    return buffer.getvalue().encode("cp1252", "replace")


def release_meeting(book: Book, today: date) -> tuple[Plan, str]:
    """Return the plan that adds a released meeting in the sample's region, and the meeting's id.

    It is on a Thursday a month ahead, but not in the weeks around Christmas. One of the people to
    be invited has asked not to be: the address is added to ``bans``, once however often this runs.
    """
    when = today + timedelta(days=30)
    if (when.month, when.day) > (12, 12) or (when.month, when.day) < (1, 10):
        when = date(when.year + (when.month == 12), 1, 14)
    when += timedelta(days=(3 - when.weekday()) % 7)
    home = region(HOME_REGION)
    meeting_id = new_id("T", ("demo", when.isoformat()), book.taken())
    cells = {
        "id": meeting_id,
        "name": f"{home.genitive_fi} yhdistysten yhteistapaaminen",
        "kind": "network_meeting",
        "date": when.isoformat(),
        "start": "17:00",
        "end": "19:00",
        "place": "Järjestötalo, Esimerkkikatu 1, Helsinki",
        "url": "https://www.example.org/tapaaminen",
        "area": home.name_fi,
        "audience": "association",
        "template": "invitation",
        "rsvp_by": (when - timedelta(days=10)).isoformat(),
        "capacity": "120",
        "state": "released",
    }
    changes = added_row("meetings", cells, "demo")
    return Plan.of([*changes, *_ban(book, today)]), meeting_id


def _ban(book: Book, today: date) -> Iterator[Change]:
    """Yield the changes that ban the first person, by id, to be invited in the sample's region."""
    banned = {mailbox_key(address) for _, address in book.table("bans").column("email")}
    for one in sorted(Person.live(book), key=lambda one: one.id):
        org = Organisation.at(book, one.org_id)
        home = municipality_named(org.municipality)
        near = home is not None and home.region == HOME_REGION and org.type == "association"
        if not (near and one.invite == "yes" and email.read(one.email).value):
            continue
        if email.is_role_mailbox(one.email):
            continue
        if one.mailbox not in banned:
            cells = {
                "id": new_id("E", ("demo", one.email), book.taken()),
                "email": one.email,
                "scope": "invitations",
                "reason": "request",
                "date": today.isoformat(),
                "source": "soitto",
            }
            yield from added_row("bans", cells, "demo")
        return
