"""The pages in a real browser: no script fails, nothing is fetched, what is searched is found."""

import html
import json
import re
import shutil
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from register.flows.check import check
from register.flows.cleanup import Orders, cleanup
from register.flows.regions import regions
from register.report.around import Around, Past
from register.report.directory import as_html
from register.report.page import as_page
from register.report.sentences import Sentences
from register.rules import SAFE, Setting
from tests.making import book
from tests.rules.planted import planted

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


DO = """
<script>
const list = document.getElementById("list-findings");
const form = document.querySelector("form[data-list=list-findings]");
const rows = () => Array.from(list.tBodies[0].rows);
const said = (() => { ACTION })();
setTimeout(() => { document.title = "did: " + JSON.stringify(typeof said === "function" ? said() : said); }, 200);
</script>
"""


def did(path, action, *, width=1280):
    """Open a copy of a page, do something on it with a script, and return what that gives."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = path.with_name(f"did-{path.name}")
    copy.write_text(text + DO.replace("ACTION", action), encoding="utf-8")
    dom, complaints = browse(copy, width=width)
    assert complaints == []
    return json.loads(html.unescape(re.search(r"<title>did: (.*?)</title>", dom, re.DOTALL)[1]))


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check")
    say = Sentences("fi")
    outcome = check(planted().book, Setting(NOW.date()))
    past = tuple(Past(NOW.replace(day=day), day, 10 * day, 3) for day in (20, 21, 22))
    around = Around(lambda tab, row: f"https://example.org/sheet#gid=0&range=A{row}", past)
    (folder / "check.html").write_text(as_page(outcome, say, around=around), encoding="utf-8")
    return folder / "check.html"


def test_a_click_on_a_chart_filters_the_findings(report):
    shown = did(
        report,
        "document.querySelector('.bars [data-filter=code][data-value=email-typo]').click();"
        "return () => rows().map((row) => row.dataset.code);",
    )
    assert set(shown) == {"email-typo"} and len(shown) > 10


def test_findings_are_filtered_by_municipality(report):
    shown = did(
        report,
        "form.querySelector('[data-by=municipality]').value = 'Tampere';"
        "form.dispatchEvent(new Event('input', {bubbles: true}));"
        "return rows().map((row) => row.dataset.municipality);",
    )
    assert set(shown) == {"Tampere"}


def test_findings_are_sorted_both_ways_from_the_keyboard(report):
    action = (
        "const button = list.tHead.querySelector('[data-sort=message] button');"
        "button.focus(); const has = document.activeElement === button; button.click();"
        "const up = rows().map((row) => row.cells[3].textContent);"
        "button.click(); const down = rows().map((row) => row.cells[3].textContent);"
        "return [has, up[0], down[0], button.parentElement.getAttribute('aria-sort')];"
    )
    focused, first, last, order = did(report, action)
    assert focused and order == "descending" and first != last


def test_everything_that_acts_can_be_reached_with_the_keyboard(report):
    found = did(
        report,
        "return Array.from(document.querySelectorAll('.bars [data-filter], th[data-sort] > *, "
        "#list-findings a, form.filters select')).filter((e) => e.tabIndex < 0 || "
        "!['BUTTON', 'A', 'SELECT'].includes(e.tagName)).length;",
    )
    assert found == 0


def test_each_finding_links_to_its_row(report):
    links = did(report, "return rows().map((row) => row.querySelector('a.name')?.href ?? '');")
    assert all(link.startswith("https://example.org/sheet#gid=0&range=A") for link in links)


def test_the_trend_shows_the_last_cleanups(report):
    text = did(report, "return document.querySelector('.trend').textContent.replace(/\\s+/g, ' ');")
    assert "20.11.2026" in text and "245" in text


@pytest.mark.parametrize("width", [1280, 500])
def test_the_report_is_not_wider_than_the_window(report, width):
    assert did(
        report,
        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth;",
        width=width,
    )


def test_a_print_holds_every_finding(report):
    lines = did(
        report,
        "dispatchEvent(new Event('beforeprint')); const all = rows().length;"
        "dispatchEvent(new Event('afterprint')); return [all, rows().length];",
    )
    assert lines[0] > 600 and lines[1] == 100
