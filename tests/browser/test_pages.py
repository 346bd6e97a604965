"""The pages in a real browser: no script fails, nothing is fetched, what is searched is found."""

import re
import shutil
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from register.flows.cleanup import Orders, cleanup
from register.flows.regions import regions
from register.report.directory import as_html
from register.report.page import as_page
from register.report.sentences import Sentences
from register.rules import SAFE
from tests.making import book

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Helsinki"))
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
CARDS = [
    {
        "name": "Maija Malli",
        "org": "Espoon kyläyhdistys ry",
        "email": "maija@example.org",
        "municipality": "Espoo",
    },
    {
        "name": "Pekka Testi",
        "org": "Vantaan asukasyhdistys ry",
        "email": "pekka (at) example.org",
        "municipality": "Vanta",
    },
    {"name": HOSTILE, "org": HOSTILE, "text": HOSTILE},
]


def browse(path, *, width=1280):
    """Open a page; return its DOM after the scripts ran, and what the browser complained of."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    done = subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"),
            *(f"--window-size={width},900", "--virtual-time-budget=2000", "--dump-dom"),
            *(f"--user-data-dir={path.parent / 'profile'}", path.as_uri()),
        ],
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.stdout, re.findall(r"CONSOLE[^\n]*", done.stderr)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    say = Sentences("fi")
    outcome = cleanup(book(inbox=CARDS), NOW, Orders(SAFE), say)
    (folder / "report.html").write_text(as_page(outcome, say), encoding="utf-8")
    after = outcome.book.applied(outcome.plan.changes)
    found = regions(after, NOW.date())
    (folder / "directory.html").write_text(as_html(found, say), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["report", "directory"])
@pytest.mark.parametrize("width", [1280, 400])
def test_a_page_runs_without_a_fault_and_takes_no_orders_from_cells(pages, name, width):
    dom, complaints = browse(pages / f"{name}.html", width=width)
    assert complaints == []
    assert "<title>taken" not in dom
    assert "Espoon kyläyhdistys ry" in dom


SEARCH = """
<script>
const form = document.querySelector("form.filters");
const field = form.querySelector("input[type=search]");
field.value = WORDS;
field.dispatchEvent(new Event("input", {bubbles: true}));
const list = document.getElementById("list-findings") ?? document;
const seen = Array.from(list.querySelectorAll("tbody tr:not(.group)"))
  .filter((row) => row.checkVisibility && row.checkVisibility());
document.title = "seen: " + seen.map((row) => row.textContent.replace(/\\s+/g, " ")).join(" / ");
</script>
"""


def searched(path, words):
    """Open a copy of a page in which somebody has typed these words; return the rows she sees."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = path.with_name(f"searched-{path.name}")
    copy.write_text(text + SEARCH.replace("WORDS", repr(words)), encoding="utf-8")
    dom, complaints = browse(copy)
    assert complaints == []
    return re.search(r"<title>seen: (.*?)</title>", dom, re.DOTALL)[1]


def test_the_report_shows_what_is_searched_for(pages):
    everything = searched(pages / "report.html", "")
    assert "Pekka Testi" in everything
    assert "Vantaan asukasyhdistys" in everything
    pekka = searched(pages / "report.html", "pekka")
    assert "Pekka Testi" in pekka
    assert "Vantaan asukasyhdistys" not in pekka
    assert searched(pages / "report.html", "eiolemassa") == ""


def test_the_lists_show_what_is_searched_for(pages):
    espoo = searched(pages / "directory.html", "espoo kylä")
    assert "Espoon kyläyhdistys ry" in espoo
    assert "Vantaan" not in espoo
    assert "Vantaan asukasyhdistys ry" in searched(pages / "directory.html", "")


@pytest.mark.parametrize("name", ["report", "directory"])
def test_a_page_fetches_nothing(pages, name):
    text = (pages / f"{name}.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!www\.example|example)""", text)
    assert "@import" not in text
