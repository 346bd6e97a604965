"""Nothing that a cell says is a mark of Markdown: a Markdown reader shows just the text."""

from html import unescape

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from register.words.display import escape_markdown

CELLS = ["# x", "- x", "1. x", "12) x", "+ x", "=", "---", "*a* _b_", "[a](http://x)", "<b>", "&amp;", "`x`", "a|b", "\\", "10.2.2026 ilta"]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_in_a_list_is_shown_as_it_is(cell):
    html = MarkdownIt().render(f"- {escape_markdown(cell)}")
    assert unescape(html) == f"<ul>\n<li>{cell}</li>\n</ul>\n"


@given(
    st.text(alphabet="#-+=*_`[]()<>!|~&\\1.) ab", min_size=1)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)
def test_no_text_becomes_anything_but_text(text):
    html = MarkdownIt().render(escape_markdown(text))
    assert unescape(html) == f"<p>{text}</p>\n"


def test_a_plain_text_stays_as_it_is():
    assert (
        escape_markdown("Kyläpäivä (yhteistyö) 12.3.2026, T-7K3MQ")
        == "Kyläpäivä (yhteistyö) 12.3.2026, T-7K3MQ"
    )
