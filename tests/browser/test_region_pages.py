"""The directory and the gaps page as people use them: on a phone, a laptop, paper, by keyboard."""

from datetime import date

import pytest

from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection
from register.show import coverage
from register.show.directory import directory_page
from register.words.sentences import Sentences
from tests.bench.test_speed import doubled
from tests.browser.test_pages import HOSTILE
from tests.large_register import large_register
from tests.making import book

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 23)
PHONE, LAPTOP = 390, 1366
A4 = 794
"""The width of a sheet of paper in CSS pixels."""
ROWS = "section.region tr[data-n]"
LONG = "pitkäyhdyssananimi" * 12


def written(folder, register, language="fi"):
    say = Sentences(language)
    gaps = regional_gaps(register, TODAY, Selection(), language)
    made = {
        "directory": directory_page(regional_directory(register, TODAY), say),
        "gaps": coverage.coverage_page(gaps, say, "Aukot"),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return written(tmp_path_factory.mktemp("regions"), large_register(1, 300, 300))


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Four associations: in two towns, on two topics."""
    rows = [
        {"name": "Olarin kyläyhdistys ry", "municipality": "Espoo", "topics": "tilat, nuoret"},
        {"name": "Leppävaaran nuoret ry", "municipality": "Espoo", "topics": "nuoret"},
        {"name": "Tikkurilan kyläyhdistys ry", "municipality": "Vantaa", "topics": "tilat"},
        {"name": "Munkan kerho ry", "municipality": "Helsinki"},
    ]
    return written(tmp_path_factory.mktemp("few"), book(organisations=rows))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    town = {"municipality": "Espoo", "topics": HOSTILE}
    named = [{"name": name, "notes": name, **town} for name in (HOSTILE, LONG)]
    return written(tmp_path_factory.mktemp("hostile"), book(organisations=named), "sv")


def sideways(page):
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")


@pytest.mark.parametrize("name", ["directory", "gaps"])
@pytest.mark.parametrize("width", [PHONE, LAPTOP, A4])
@pytest.mark.parametrize("sort", ["pages", "hostile"])
def test_nothing_scrolls_sideways_and_no_cell_is_obeyed(opened, request, name, width, sort):
    with opened(request.getfixturevalue(sort) / f"{name}.html", width=width) as page:
        assert sideways(page) == 0
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert sideways(page) == 0
        if width == A4:
            page.emulate_media(media="print")
            assert sideways(page) == 0
        assert page.title() != "taken"
        assert page.evaluate("document.images.length") == 0


def names(page):
    return page.locator(f"{ROWS} td:first-child .name").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.innerText).sort()"
    )


def test_typing_finds_as_a_person_types_and_clearing_brings_all_back(opened, few):
    with opened(few / "directory.html") as page:
        everything = names(page)
        page.get_by_role("searchbox").focus()
        page.keyboard.type("ESPOO kylä")
        assert names(page) == ["Olarin kyläyhdistys ry"]
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        assert names(page) == everything and len(everything) == 4
        page.keyboard.type("eiolemassa")
        assert names(page) == []
        assert page.locator("#nothing").is_visible()


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_municipality_and_topic_together(opened, few, width):
    with opened(few / "directory.html", width=width) as page:
        page.locator("[name=topic]").select_option("tilat")
        assert names(page) == ["Olarin kyläyhdistys ry", "Tikkurilan kyläyhdistys ry"]
        page.locator("[name=at]").select_option("049")
        assert names(page) == ["Olarin kyläyhdistys ry"]
        page.locator("[name=topic]").select_option("")
        assert names(page) == ["Leppävaaran nuoret ry", "Olarin kyläyhdistys ry"]
        page.locator("button[type=reset]").click()
        page.get_by_text("4 / 4", exact=True).wait_for()
        assert len(names(page)) == 4


@pytest.mark.parametrize("way", ["click", "keyboard"])
@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_a_tile_opens_into_its_municipalities(opened, pages, way, width):
    with opened(pages / "gaps.html", width=width) as page:
        tiles = page.locator(".finland a")
        assert tiles.count() == 19
        tile = tiles.nth(7)
        area = page.locator(tile.get_attribute("href"))
        rows = area.locator("tbody tr")
        assert not rows.first.is_visible()
        if way == "click":
            tile.click()
        else:
            tile.focus()
            page.keyboard.press("Enter")
        rows.first.wait_for(state="visible")
        assert area.locator("summary b").inner_text() in tile.inner_text()
        covered = tile.locator(".part").inner_text().split(" / ")
        assert rows.count() == int(covered[1])
        assert area.locator("tr.nobody").count() == int(covered[1]) - int(covered[0])
        area.locator("summary").focus()
        page.keyboard.press("Enter")
        assert not rows.first.is_visible()


def whole(page):
    return page.locator(".matrix tbody td:not(.beside)").all_inner_texts()


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_the_table_of_topics_follows_the_choice_of_a_place(opened, few, width):
    with opened(few / "gaps.html", width=width) as page:
        assert page.locator(".matrix tbody th").all_inner_texts() == [
            *("nuoret", "tilat", "ei nimettyä aihetta"),
        ]
        assert whole(page) == ["2", "2", "1"]
        for place, counts in (
            ("r01", ["2", "2", "1"]),
            ("049", ["2", "1", ""]),
            ("092", ["", "1", ""]),
            ("r19", ["", "", ""]),
            ("", ["2", "2", "1"]),
        ):
            page.locator("#place select").select_option(place)
            assert whole(page) == counts
        assert sideways(page) == 0


def test_the_search_is_the_first_thing_on_a_phone(opened, pages):
    with opened(pages / "directory.html", width=PHONE) as page:
        assert page.get_by_role("searchbox").bounding_box()["y"] < 300
        assert not page.locator("nav.contents").is_visible()


def test_people_without_an_organisation_are_found_but_not_counted(opened, tmp_path):
    register = book(
        organisations=[{"name": "Kerho ry", "municipality": "Espoo"}],
        people=[{"first": "Yksin", "last": "Oleva", "municipality": "Espoo"}],
    )
    with opened(written(tmp_path, register) / "directory.html") as page:
        page.get_by_text("1 / 1", exact=True).wait_for()
        page.get_by_role("searchbox").fill("oleva")
        page.get_by_text("0 / 1", exact=True).wait_for()
        assert page.get_by_text("Yksin Oleva").is_visible()
        assert not page.locator("#nothing").is_visible()
        page.get_by_role("searchbox").fill("nobody")
        assert page.locator("#nothing").is_visible()


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_names_of_municipalities_are_not_broken(opened, pages, width):
    with opened(pages / "gaps.html", width=width) as page:
        lines = page.locator(".ranked .name").evaluate_all(
            "all => all.map(one => one.getClientRects().length)"
        )
        assert lines and set(lines) == {1}


def test_tiles_lie_apart_and_hold_their_words(opened, pages):
    for width in (PHONE, LAPTOP):
        with opened(pages / "gaps.html", width=width) as page:
            tiles = page.locator(".finland a").all()
            boxes = [tile.bounding_box() for tile in tiles]
            for number, one in enumerate(boxes):
                for other in boxes[number + 1 :]:
                    beside = one["x"] + one["width"] <= other["x"] + 0.5
                    beside = beside or other["x"] + other["width"] <= one["x"] + 0.5
                    above = one["y"] + one["height"] <= other["y"] + 0.5
                    above = above or other["y"] + other["height"] <= one["y"] + 0.5
                    assert beside or above
            full = (
                "one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight"
            )
            assert all(tile.evaluate(full) for tile in tiles)


def test_paper_has_everything_and_no_controls(opened, pages):
    with opened(pages / "directory.html", width=A4) as page:
        page.emulate_media(media="print")
        assert not page.locator("form.filters").is_visible()
        assert len(names(page)) == page.locator(ROWS).count() > 250
        assert page.pdf(format="A4").startswith(b"%PDF")
    with opened(pages / "gaps.html", width=A4) as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert all(row.is_visible() for row in page.locator("details.area tbody tr").all())


@pytest.mark.bench
def test_search_among_twenty_thousand(opened, tmp_path, capsys):
    written(tmp_path, doubled(large_register(1, 10_000, 10_000)))
    with opened(tmp_path / "directory.html") as page:
        spent = page.evaluate(
            """async () => {
              const field = document.querySelector("input[type=search]");
              const spent = {};
              for (const words of ["e", "es", "espoo kylä", "eiolemassa", ""]) {
                const start = performance.now();
                field.value = words;
                field.dispatchEvent(new Event("input", {bubbles: true}));
                const answered = performance.now();
                await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                spent[words] = [answered - start, performance.now() - start];
              }
              return spent;
            }"""
        )
        assert page.locator(ROWS).count() > 19_000
    with capsys.disabled():
        for words, (answered, painted) in spent.items():
            print(f"\n{words!r:14} answered {answered:6.0f} ms, painted {painted:6.0f} ms", end="")
