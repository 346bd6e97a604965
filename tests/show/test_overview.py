"""The overview of a register: what it tells, and that it leads to pages that are there."""

import re
import shutil
from datetime import date
from urllib.parse import unquote

from register.rules import RuleContext
from register.run.check import check_book
from register.show.overview import overview_files
from register.show.page_model import ReportContext
from register.words.sentences import Sentences
from tests.making import book
from tests.test_scripts import exits, run

TODAY = date(2026, 11, 23)


def overview(**tabs):
    outcome = check_book(book(**tabs), RuleContext(TODAY))
    made = overview_files(outcome, ReportContext(), TODAY, Sentences("en"))
    return made["overview.html"]().decode()


def test_it_leads_to_pages_that_lie_beside_it(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    done = run(tmp_path, "check.py", "--book", "r.xlsx", "--report-dir", "out")
    assert done.returncode == 0 and "out/overview.html" in done.stdout
    page = (tmp_path / "out" / "overview.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="([^"#:]+)"', page))
    assert links == {"check.html", "lists.html", "gaps.html"}
    assert all((tmp_path / "out" / link).is_file() for link in links)


def test_it_leads_to_every_page_that_other_commands_have_written(tmp_path):
    """Lists, gaps, networks in folders of their own; one that is gone is not linked."""
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    (tmp_path / "uusi lista.csv").write_text("Nimi;Kunta\nKylä ry;Espoo\n", encoding="utf-8")
    commands = [
        ("contacts.py", "import", "uusi lista.csv", "--report-dir", "tuonti & muut"),
        ("cleanup.py", "--report-dir", "raportti"),
        ("regions.py", "lists", "--report-dir", "lists"),
        ("regions.py", "gaps", "--report-dir", "gaps"),
        ("regions.py", "networks", "--report-dir", "networks"),
        ("regions.py", "pioneer", "Espoo", "--offline", "--report-dir", "pioneer"),
        ("regions.py", "events", "--report-dir", "gone"),
    ]
    for command in commands:
        run(tmp_path, *command, "--book", "r.xlsx")
    shutil.rmtree(tmp_path / "gone")
    run(tmp_path, "check.py", "--book", "r.xlsx", "--report-dir", "out/check")
    page = tmp_path / "out" / "check" / "overview.html"
    assert "Mitä verkostosta puuttuu (gaps/gaps.html)" in page.read_text("utf-8")
    links = {unquote(one) for one in re.findall(r'href="([^"#:]+)"', page.read_text("utf-8"))}
    reached = {(page.parent / link).resolve() for link in links}
    assert reached == {*tmp_path.rglob("*.html")} - {page} and len(reached) >= 8, reached


def test_cron_says_nothing_of_the_pages_where_nothing_is_wrong(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    done = run(tmp_path, "check.py", "--book", "r.xlsx", "--report-dir", "out", "--cron")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out" / "overview.html").is_file()


def test_coming_meetings_are_told_by_day_and_those_that_are_over_are_not():
    page = overview(
        meetings=[
            {"name": "Talvi", "date": "2026-12-11", "state": "draft"},
            {"name": "Pian", "date": "2026-11-30", "state": "released"},
            {"name": "Tekstinä", "date": "12.2.2027", "state": "draft"},
            {"name": "Eilen", "date": "2026-11-22", "state": "released"},
            {"name": "Ei tule", "date": "2026-12-01", "state": "cancelled"},
        ]
    )
    assert page.index("Pian") < page.index("Talvi") < page.index("Tekstinä")
    assert "Eilen" not in page and "Ei tule" not in page


def test_an_empty_register_has_an_overview():
    page = overview()
    assert "No meeting is coming." in page and "No cleanup has been made yet." in page
