"""An RTF document is read by its control words: letters of its code page and Unicode, tables."""

import pytest

from register.sources.rich_text import rich_text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 J\'e4rjest\'f6\par Vire\u228? ry}", "Järjestö\nVireä ry"),
        (rb"{\rtf1\uc2 a\u228??b}", "aäb"),
        (rb"{\rtf1{\fonttbl{\f0 Times;}}{\*\generator x;}a\'80}", "a€"),
        (rb"{\rtf1\trowd a\cell b\cell\row c\cell\cell\row}", "a\tb\nc\n"),
        (rb"{\rtf1 x\u-10179?\u-8704?}", "x\N{GRINNING FACE}"),
        (rb"{\rtf1 \{a\}\\ b\~c}", "{a}\\ b\u00a0c"),
        (rb"{\rtf1 }}}}{{{ open \u}", " open \x00"),
        (rb"{\rtf1\ansicpg99999 \'e4}", "ä"),
    ],
)
def test_its_text_is_read(written, text):
    assert rich_text(written) == text
