"""Dropdowns and links of a workbook's cells, read from the package and written into it."""

import re
from collections.abc import Mapping, MutableMapping

from register.stores.formats import DROPDOWNS, LINKS, CellFormats
from register.stores.package import Package
from register.stores.reading import StoreReading
from register.stores.sheet_formats import put_dropdowns, put_links, read_dropdowns, read_links
from register.stores.sheet_xml import cell_place
from register.unpacking import column_letters

_PLACE = re.compile(r"#?(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d{1,7})")


def read_formats(package: Package, reading: StoreReading) -> dict[str, CellFormats]:
    """Return the dropdowns and links of the register's tabs, in the columns that have them."""
    keys = {place.title: key for key, place in reading.places.items()}
    found: dict[str, CellFormats] = {}
    for key in (key for key in {**DROPDOWNS, **LINKS} if key in reading.places):
        place = reading.places[key]
        xml = package.parts[package.sheets[place.title]]
        dropdown, link = (place.columns.get(of.get(key, ""), 0) for of in (DROPDOWNS, LINKS))
        links = {}
        for at, location in read_links(xml).items():
            to = _PLACE.fullmatch(location)
            title = (to[1] or to[2]).replace("''", "'") if to else ""
            if to and at[1] == link and title in keys:
                links[at] = (keys[title], cell_place(to[3]))
        offered = read_dropdowns(xml, dropdown, place.free_row - 1) if dropdown else {}
        found[key] = CellFormats(offered, links)
    return found


def put_formats(
    parts: MutableMapping[str, bytes],
    package: Package,
    reading: StoreReading,
    wanted: Mapping[str, CellFormats],
) -> None:
    """Write the wanted dropdowns and links into the package's parts."""
    for key, formats in wanted.items():
        part = package.sheets[reading.places[key].title]
        links = {at: _location(reading, *to) for at, to in formats.links.items()}
        parts[part] = put_links(put_dropdowns(parts[part], formats.dropdowns), links)


def _location(reading: StoreReading, tab: str, at: tuple[int, int]) -> str:
    if not tab:
        return ""
    title = reading.places[tab].title.replace("'", "''")
    return f"'{title}'!{column_letters(at[1])}{at[0]}"
