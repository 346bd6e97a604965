"""Networks to be in and events to go to: who is in, what to join, who goes, who is met."""

from datetime import date

from register.book.ids import new_id
from register.lists.events import upcoming_events
from register.lists.networks import network_listing
from register.lists.selection import Selection, SelectionCriteria, select_part
from tests.making import book

TODAY = date(2026, 11, 23)
ORG, OURS, NEAR, FAR = (
    new_id(kind, (name,), ()) for kind, name in (("O", "o"), ("V", "a"), ("V", "b"), ("V", "c"))
)
SOON = new_id("T", ("soon",), ())


def groups(listing):
    return {group.key: [line[1] for line in group.rows] for group in listing.groups}


def field():
    return book(
        organisations=[
            {"id": ORG, "name": "Olarin kyläyhdistys ry", "municipality": "Espoo", "topics": "tilat", "networks": f"Oma verkosto · {OURS}"}
        ],
        networks=[
            {"id": OURS, "name": "Oma verkosto", "area": "Espoo", "member": "yes"},
            {"id": NEAR, "name": "Tilaverkosto", "area": "Uusimaa", "topics": "tilat", "join": "kirje"},
            {"id": FAR, "name": "Lapin verkosto", "area": "Lapin maakunta"},
        ],
    )  # fmt: skip


def test_networks_we_are_in_those_to_consider_and_the_rest():
    found = network_listing(field(), Selection(), TODAY)
    assert groups(found) == {
        "mine": ["Oma verkosto"],
        "consider": ["Tilaverkosto"],
        "others": ["Lapin verkosto"],
    }
    assert found.groups[0].rows[0][-1] == "Olarin kyläyhdistys ry"


def test_networks_of_an_area_in_swedish_and_of_an_empty_register():
    here = network_listing(
        field(), select_part(field(), SelectionCriteria(municipalities=("Rovaniemi",)), "sv"), TODAY
    )
    assert groups(here) == {"mine": [], "consider": ["Lapin verkosto"]}
    assert groups(network_listing(book(), Selection(), TODAY)) == {"mine": [], "consider": []}


def test_events_to_come_who_goes_and_who_is_met():
    row = {"kind": "training", "date": "2026-12-01", "area": "Espoo"}
    register = book(
        meetings=[
            {**row, "id": SOON, "name": "Koulutus", "attending": "Maija Malli"},
            {**row, "name": "Seminaari", "kind": "seminar", "date": "2026-11-24"},
            {**row, "name": "Mennyt", "date": "2026-11-22"},
            {**row, "name": "Peruttu", "state": "cancelled"},
            {**row, "name": "Oma kokous", "kind": "network_meeting"},
        ],
        invitations=[
            {"meeting": f"Koulutus · {SOON}", "person": "Pekka Testi · H-1", "rsvp": "coming"},
            {"meeting": f"Koulutus · {SOON}", "person": "Ei Tule · H-2", "rsvp": "not_coming"},
        ],
    )
    found = upcoming_events(register, Selection(), TODAY)
    assert [line[3] for line in found.groups[0].rows] == ["Koulutus"]
    assert found.groups[0].rows[0][-2:] == ("Maija Malli", "Pekka Testi")
    assert [line[3] for line in found.groups[1].rows] == ["Seminaari"]
    away = select_part(register, SelectionCriteria(municipalities=("Esbo", "Nurmo")), "sv")
    assert [note[1]["place"] for note in away.notes] == ["Seinäjoki"]
    assert groups(
        upcoming_events(register, select_part(register, SelectionCriteria(areas=("Oulu",))), TODAY)
    ) == {
        "going": [],
        "open": [],
    }
