"""What the keyboard reaches also works by it: Enter and Space do what a click does, nothing traps."""

import pytest

pytestmark = pytest.mark.browser
ACTING = """[...document.querySelectorAll(
  "a[href], button, input, select, summary, iframe, [tabindex='0']")]
  .filter(one => one.checkVisibility() && !one.disabled)"""
PRESSED = """[...document.querySelectorAll("button, summary")]
  .filter(one => one.checkVisibility() && !one.disabled)"""
KINDS = f"""() => {{ const seen = new Set(); return {PRESSED}
  .map((one, n) => [n, [one.tagName, one.id, one.type, one.parentElement.className].join()])
  .filter(([, kind]) => !seen.has(kind) && seen.add(kind)).map(([n]) => n) }}"""
"""The first of each kind: all of a kind are made by one line of the page's script."""
STATE = """async () => {
  await new Promise(done => setTimeout(done));
  const all = [...document.querySelectorAll("*")];
  return [document.title, document.body.textContent, location.hash, ...all.map(one =>
    [one.hidden, one.open, one.value, one.checked, one.ariaSort, one.ariaPressed, one.ariaSelected].join())]
    .join("\\n") }"""
SPREAD = """[...document.querySelectorAll("[tabindex='0']")]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)"""


def test_enter_and_space_do_what_a_click_does(opened, pages):
    pressed = 0
    for path in pages("fi"):
        with opened(path) as page:
            for number in page.evaluate(KINDS):
                states = set()
                for way in ("click", "Enter", "Space"):
                    page.goto(path.as_uri())
                    page.evaluate("window.print = () => { document.title = 'printed' }")
                    one = page.evaluate_handle(f"() => {PRESSED}[{number}]").as_element()
                    if way == "click":
                        one.evaluate("one => one.click()")
                    else:
                        one.focus()
                        page.keyboard.press(way)
                    states.add(page.evaluate(STATE))
                assert len(states) == 1, (path.stem, one.evaluate("one => one.outerHTML"))
                pressed += 1
    assert pressed > 10


def test_shift_and_tab_go_all_the_way_back(opened, pages):
    """So nothing holds who is in it: neither a table's region nor a letter's frame."""
    for path in pages("fi"):
        with opened(path) as page:
            count = page.evaluate(f"() => {ACTING}.length")
            left, presses = set(range(count)), 0
            while left and presses < 3 * count:  # a letter's frame has links of its own
                page.keyboard.press("Shift+Tab")
                left.discard(page.evaluate(f"() => {ACTING}.indexOf(document.activeElement)"))
                presses += 1
            assert not left, path.stem


def test_tables_that_are_too_wide_are_moved_by_the_arrows(opened, pages):
    moved = 0
    for path in pages("fi"):
        with opened(path, width=390) as page:
            for number in range(page.evaluate(f"() => {SPREAD}.length")):
                one = page.evaluate_handle(f"() => {SPREAD}[{number}]").as_element()
                one.focus()
                page.keyboard.press("ArrowRight")
                page.wait_for_function("one => one.scrollLeft > 0", arg=one)
                moved += 1
    assert moved


@pytest.mark.parametrize("name", ["check", "directory"])
def test_a_list_is_searched_narrowed_and_cleared_without_a_mouse(opened, pages, name):
    (path,) = (one for one in pages("fi") if one.stem == name)
    with opened(path) as page:
        rows = "() => [...document.querySelectorAll('tbody tr')].filter(o => o.checkVisibility()).length"
        every, search = page.evaluate(rows), page.get_by_role("searchbox").first
        search.focus()
        page.keyboard.type("eiolemassa")
        assert page.evaluate(rows) < every
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        assert page.evaluate(rows) == every
        select = page.locator("select:visible").first
        select.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert select.evaluate("one => one.selectedIndex") == 2
        assert page.evaluate(rows) < every
        page.locator("[type=reset]").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(f"every => ({rows})() === every", arg=every)
