"""Packet, history and pairs in a real browser: nothing complains, fits a phone, obeys no cell."""

import re
from datetime import date

import pytest

from register.book.ids import new_id
from register.cooperation.exchange import matches
from register.cooperation.history import history
from register.cooperation.packet import packet
from register.flows.offers import sentence
from register.report import document, offers
from register.report import history as timeline
from register.report.packet import as_document
from register.report.sentences import Sentences
from tests.browser.test_pages import HOSTILE, browse
from tests.making import book

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 23)
ONE, TWO = (new_id("O", (name,), ()) for name in ("one", "two"))
WHO = new_id("H", ("who",), ())
MEASURE = """
<script>
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
document.title = "wider by " + wide;
</script>
"""


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
    made = as_document(packet(register, HOSTILE, TODAY), register, say)
    found = matches(register, TODAY)
    pairs = offers.as_document(found, lambda one: sentence(register, one, say), say)
    for name, text in {
        "packet": document.as_html(made, say),
        "match": document.as_html(pairs, say),
        "history": timeline.as_html(history(register, ONE), register, say),
    }.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["packet", "match", "history"])
@pytest.mark.parametrize("width", [1280, 500])
def test_a_page_fits_its_screen_and_takes_no_orders_from_cells(pages, name, width):
    dom, complaints = browse(pages / f"{name}.html", width=width)
    assert complaints == [] and "<title>taken" not in dom
    assert "&lt;script&gt;" in dom and len(re.findall("<script", dom)) == 0
    text = (pages / f"{name}.html").read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = pages / f"measured-{name}-{width}.html"
    copy.write_text(text + MEASURE, encoding="utf-8")
    dom, _ = browse(copy, width=width)
    assert "<title>wider by 0</title>" in dom
