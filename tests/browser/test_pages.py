"""The pages in a real browser: no script fails, nothing is fetched, what is searched is found."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from register.cleanup.cleanup import CleanupOptions, cleanup
from register.lists.regional import regional_directory
from register.rules import SAFE, RuleContext
from register.run.check import check_book
from register.show.directory import directory_page
from register.show.outcome import outcome_forms
from register.show.page_model import PastRun, ReportContext
from register.words.sentences import Sentences
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
ROWS = "#list-findings tbody tr"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    say = Sentences("fi")
    outcome = cleanup(book(inbox=CARDS), NOW, CleanupOptions(SAFE), say)
    (folder / "report.html").write_text(
        outcome_forms(outcome, say).forms["html"](), encoding="utf-8"
    )
    after = outcome.book.with_changes(outcome.plan.changes)
    found = regional_directory(after, NOW.date())
    (folder / "directory.html").write_text(directory_page(found, say), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of a register with hundreds of findings, on a sheet that rows can be linked in."""
    folder = tmp_path_factory.mktemp("check")
    outcome = check_book(planted().book, RuleContext(NOW.date()))
    past = tuple(PastRun(NOW.replace(day=day), day, 10 * day, 3) for day in (20, 21, 22))
    around = ReportContext(lambda tab, row: f"https://example.org/sheet#gid=0&range=A{row}", past)
    page = outcome_forms(outcome, Sentences("fi"), around).forms["html"]()
    (folder / "check.html").write_text(page, encoding="utf-8")
    return folder / "check.html"


def seen(page, rows):
    """Return the texts of the rows that can be seen."""
    return [row.inner_text() for row in page.locator(rows).all() if row.is_visible()]


@pytest.mark.parametrize("name", ["report", "directory"])
@pytest.mark.parametrize("width", [1280, 400])
def test_a_page_runs_without_a_fault_and_takes_no_orders_from_cells(opened, pages, name, width):
    with opened(pages / f"{name}.html", width=width) as page:
        assert page.title() != "taken"
        assert "Espoon kyläyhdistys ry" in page.content()
        assert page.evaluate("document.images.length") == 0


def test_the_report_shows_what_is_searched_for(opened, pages):
    with opened(pages / "report.html") as page:
        search = page.locator("form[data-list=list-findings] input[type=search]")
        everything = " ".join(seen(page, ROWS))
        assert "Pekka Testi" in everything
        assert "Vantaan asukasyhdistys" in everything
        search.fill("pekka")
        found = " ".join(seen(page, ROWS))
        assert "Pekka Testi" in found
        assert "Vantaan asukasyhdistys" not in found
        search.fill("eiolemassa")
        assert seen(page, ROWS) == []
        search.fill("")
        assert " ".join(seen(page, ROWS)) == everything


def test_the_lists_show_what_is_searched_for(opened, pages):
    rows = "tbody tr:not(.group)"
    with opened(pages / "directory.html") as page:
        assert "Vantaan asukasyhdistys ry" in " ".join(seen(page, rows))
        page.locator("form.filters input[type=search]").fill("espoo kylä")
        espoo = " ".join(seen(page, rows))
        assert "Espoon kyläyhdistys ry" in espoo
        assert "Vantaan" not in espoo


def test_a_click_on_a_chart_filters_the_findings(opened, report):
    with opened(report) as page:
        bar = page.locator(".bars [data-filter=code]").first
        bar.click()
        codes = page.locator(ROWS).evaluate_all("rows => rows.map(row => row.dataset.code)")
        assert set(codes) == {bar.get_attribute("data-value")} and len(codes) > 10


def test_findings_are_filtered_by_municipality(opened, report):
    with opened(report) as page:
        page.locator("form[data-list=list-findings] [data-by=municipality]").select_option(
            "Tampere"
        )
        there = page.locator(ROWS).evaluate_all("rows => rows.map(r => r.dataset.municipality)")
        assert set(there) == {"Tampere"}


def test_findings_are_sorted_both_ways_from_the_keyboard(opened, report):
    with opened(report) as page:
        head = page.locator("#list-findings th:nth-child(4)")
        head.locator("button").focus()
        messages = []
        for order in ("ascending", "descending"):
            page.keyboard.press("Enter")
            assert head.get_attribute("aria-sort") == order
            messages.append(page.locator(f"{ROWS} td:nth-child(4)").first.inner_text())
        assert messages[0] != messages[1]


def test_everything_that_acts_can_be_reached_with_the_keyboard(opened, report):
    with opened(report) as page:
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.tagName"))
        assert {"BUTTON", "INPUT", "SELECT", "A"} <= reached


def test_each_finding_links_to_its_row(opened, report):
    with opened(report) as page:
        links = page.locator(f"{ROWS} a.name").evaluate_all("all => all.map(link => link.href)")
        assert len(links) == page.locator(ROWS).count()
        assert all(link.startswith("https://example.org/sheet#gid=0&range=A") for link in links)


def test_the_trend_shows_the_last_cleanups(opened, report):
    with opened(report) as page:
        text = page.locator(".columns").text_content()
        assert "20.11.2026" in text and "245" in text


@pytest.mark.parametrize("width", [1280, 500, 360])
def test_the_report_is_not_wider_than_the_window(opened, report, width):
    with opened(report, width=width) as page:
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


def test_a_print_holds_every_finding(opened, report):
    with opened(report) as page:
        assert page.locator(ROWS).count() == 100
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(ROWS).count() > 600
        page.emulate_media(media="print")
        assert not page.locator("form[data-list=list-findings]").is_visible()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(ROWS).count() == 100


@pytest.mark.parametrize("width", [1280, 400])
def test_two_rows_that_may_be_one_stand_side_by_side_with_the_evidence(opened, tmp_path, width):
    town = {"municipality": "Espoo", "postcode": "02100", "notes": HOSTILE}
    twice = book(
        organisations=[
            {"id": "O-0A1B2", "name": "Olarin kyläyhdistys ry", **town},
            {"id": "O-0A1B3", "name": "Olarin kyläyhditys ry", **town},
            {"id": "O-0A1B4", "name": HOSTILE, **town},
        ]
    )
    say = Sentences("fi")
    outcome = cleanup(twice, NOW, CleanupOptions(SAFE), say)
    (tmp_path / "pairs.html").write_text(
        outcome_forms(outcome, say).forms["html"](), encoding="utf-8"
    )
    with opened(tmp_path / "pairs.html", width=width) as page:
        (card,) = page.locator("#pairs .part").all()
        assert page.title() != "taken"
        assert "Olarin kyläyhditys ry" in card.inner_text()
        bars = card.locator("svg rect.bar-added").all()
        assert bars and all(bar.bounding_box()["width"] > 0 for bar in bars)
        assert [mark.inner_text() for mark in card.locator("mark").all()]
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
