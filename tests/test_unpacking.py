"""How far a sheet's cells reach is seen however its XML is written."""

import pytest

from register.unpacking import SheetExtent, TooLarge, _measure

ROW = b'<row r="1">'
NEAR = b'<c r="A1"><v>1</v></c><c r="AG1" s="2"/>'


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (NEAR, 26),
        (NEAR + b'<c r="AG1"><v>1</v></c>', 33),
        (NEAR + b'<c s="1" r="AG1"><v>1</v></c>', 33),
        (NEAR + b'<c\nr="AG1"><v>1</v></c>', 33),
        (NEAR + b'<x:c r="AG1"><x:v>1</x:v></x:c>', 33),
    ],
)
def test_a_filled_cell_tells_how_many_columns_there_are(cells, columns):
    extent = SheetExtent()
    _measure(ROW + cells + b"</row>", extent, 1_000, 1_000)
    assert extent.columns == columns
    assert extent.cells == cells.count(b"v>1")


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="ZZZ1"><v>1</v></c>',
        b'<c\tr="XFD1"><v>1</v></c>',
        b'<c t="n" r="XFD1"><v>1</v></c>',
        b'<c r="B900000"><v>1</v></c>',
        b'<c r="AA900000"><is><t>a</t></is></c>',
        b'<x:c r="B900000"><x:v>1</x:v></x:c>',
    ],
)
def test_a_far_cell_is_seen_in_any_piece(cell):
    extent = SheetExtent()
    _measure(ROW + b'<c r="AG1"><v>1</v></c></row>', extent, 1_000, 1_000)
    with pytest.raises(TooLarge):
        _measure(ROW + NEAR + cell + b"</row>", extent, 1_000, 1_000)
