"""Every page can be used by everybody: axe-core finds nothing, wide, on a phone, on paper and in the
dark, and each thing that acts is reached, and seen to be reached, by the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from register.book.schema import LANGUAGES

pytestmark = pytest.mark.browser
VIEWS = (
    (1280, "screen", "light"),
    (800, "screen", "light"),
    (390, "screen", "light"),
    (794, "print", "light"),
    (1280, "screen", "dark"),
)
OPEN = "for (const one of [...document.querySelectorAll('details')].slice(0, 3)) one.open = true"
ACTING = """all = () => [...document.querySelectorAll(
  "a[href], button, input, select, summary, iframe, [tabindex='0']")]
  .filter(one => one.checkVisibility() && !one.disabled)"""
LEFT = f"(reached) => {{ const {ACTING}; return all().filter((_, n) => !reached.includes(n)).map(one => one.outerHTML.slice(0, 120)) }}"
REACHED = f"""() => {{
  const {ACTING}, one = document.activeElement, box = one.getBoundingClientRect();
  const shown = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const marked = one.tagName === "IFRAME" || getComputedStyle(one).outlineStyle !== "none";
  return [all().indexOf(one), shown && marked, one.outerHTML.slice(0, 120)];
}}"""


def violations(page):
    for fault in Axe().run(page).response["violations"]:
        for node in fault["nodes"]:
            yield fault["id"], node["html"][:150], node["failureSummary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(opened, pages, language):
    found = []
    for path in pages(language):
        with opened(path) as page:
            page.evaluate(OPEN)
            for width, media, scheme in VIEWS:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(media=media, color_scheme=scheme)
                found += [(path.stem, width, media, scheme, *one) for one in violations(page)]
    assert found == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_alone_reaches_all_that_acts_and_shows_where_it_is(opened, pages, width):
    for path in pages("fi"):
        with opened(path, width=width) as page:
            acting = page.evaluate(f"() => {{ const {ACTING}; return all().length }}")
            reached = set()
            for _ in range(acting + 1):
                page.keyboard.press("Tab")
                number, seen, what = page.evaluate(REACHED)
                assert seen or number < 0, (path.stem, what)
                reached.add(number)
            assert page.evaluate(LEFT, list(reached)) == [], path.stem


def test_on_a_phone_a_letter_is_opened_and_left_by_the_keyboard(opened, pages):
    (path,) = (one for one in pages("fi") if one.stem == "preview")
    with opened(path, width=390) as page:
        page.locator("#list").focus()
        for key, there in (
            ("Enter", "back"),
            ("Escape", "list"),
            ("/", "search"),
            ("Enter", "back"),
        ):
            page.keyboard.press(key)
            assert page.evaluate("document.activeElement.id") == there
        page.keyboard.press("2")
        assert page.locator("#view-text").is_visible() and list(violations(page)) == []
