"""Packet, history and pairs in a real browser: nothing complains, fits a phone, obeys no cell."""

from datetime import date

import pytest

from register.book.ids import new_id
from register.cooperation.exchange import exchange_matches
from register.cooperation.history import history_of
from register.cooperation.offers import exchange_sentence
from register.cooperation.packet import handover_packet
from register.show import document_forms, history as timeline
from register.show.packet import packet_document
from register.words.sentences import Sentences
from tests.browser.test_pages import HOSTILE
from tests.making import book

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 23)
ONE, TWO = (new_id("O", (name,), ()) for name in ("one", "two"))
WHO = new_id("H", ("who",), ())


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder, say = tmp_path_factory.mktemp("pages"), Sentences("fi")
    everything = dict.fromkeys(("matter", "agreed", "next", "owner", "topic"), HOSTILE)
    row = {"date": "2026-01-02", "due": "2026-02-01", "state": "open", "kind": "cooperation"}
    exchange = {"state": "open", "matter": f"kokoustila {HOSTILE}", "topic": "tilat"}
    long = "pitkäyhdyssananimi" * 12
    register = book(
        organisations=[
            {"id": ONE, "name": HOSTILE, "notes": HOSTILE, "stage": HOSTILE},
            {"id": TWO, "name": long, "notes": long},
        ],
        people=[
            {"id": WHO, "first": HOSTILE, "last": long, "org": ONE, "role": HOSTILE, "trust": "trusts_us", "group": "official", "notes": long},
        ],
        cooperation=[
            {**row, **everything, "id": new_id("Y", ("a",), ()), "org": ONE, "person": WHO},
            {**row, **everything, "id": new_id("Y", ("b",), ()), "org": TWO, "matter": long, "state": "lapsed"},
            {**exchange, "id": new_id("Y", ("c",), ()), "org": ONE, "kind": "offer"},
            {**exchange, "id": new_id("Y", ("d",), ()), "org": TWO, "kind": "need"},
        ],
        networks=[{"name": HOSTILE, "join": HOSTILE, "member": "yes", "person": WHO}],
        meetings=[{"name": HOSTILE, "date": "2026-12-01", "place": long, "host": WHO}],
    )  # fmt: skip
    made = packet_document(handover_packet(register, HOSTILE, TODAY), register, say)
    found = exchange_matches(register, TODAY)
    pairs = timeline.offers_document(found, lambda one: exchange_sentence(register, one, say), say)
    for name, text in {
        "packet": document_forms.document_page(made, say),
        "match": document_forms.document_page(pairs, say),
        "history": document_forms.document_page(
            timeline.history_document(history_of(register, ONE), register, say), say
        ),
    }.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["packet", "match", "history"])
@pytest.mark.parametrize("width", [1280, 400])
def test_a_page_fits_its_screen_and_takes_no_orders_from_cells(opened, pages, name, width):
    with opened(pages / f"{name}.html", width=width) as page:
        assert page.title() != "taken"
        assert HOSTILE in page.locator("body").inner_text()
        assert page.locator("script").count() == 0
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0


@pytest.mark.parametrize("name", ["packet", "match", "history"])
def test_a_page_fits_on_paper(opened, pages, name):
    with opened(pages / f"{name}.html", width=688) as page:
        page.emulate_media(media="print")
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
        assert page.pdf(format="A4").startswith(b"%PDF")
