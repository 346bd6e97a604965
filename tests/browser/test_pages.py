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


@pytest.mark.parametrize("name", ["report", "directory"])
def test_a_page_fetches_nothing(pages, name):
    text = (pages / f"{name}.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!www\.example|example)""", text)
    assert "@import" not in text
