"""What of people a register does not keep: their homes, where a list of people tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from register.intake.column_map import ColumnLink
from register.intake.header_names import header_letters

_WORK = re.compile(
    r"tyo|business|work|arbet|yrity|yhdist|organi|jarjest|seura|foretag|foren|company|toimisto"
    r"|office|kaynti|besok"
)
_HOME = re.compile(r"koti(?!kun|pai|kau|siv)|hem(?!kom|ort|sta|sid)|home(?!mun|pag)|private|privat")
_TOWN = re.compile(
    r"city|town|postitoimi|^ptp|^ptmp|postitmp|postort|postanstalt|locality|suburb|^ort$"
)
_ADDRESSES = ("address", "postcode", "municipality")


def without_homes(links: Sequence[ColumnLink]) -> Iterator[ColumnLink]:
    """Yield the columns; those that tell where somebody lives are private.

    A street in a list of people is a home unless its header says that it is a place of work, and
    the postal code and post town beside it are of the same place.
    """
    own = {link.target for link in links if not link.holder}
    people = bool(own & {"name", "first", "last"})
    homes = people and any(link.target == "address" and _at_home(link) for link in links)
    for link in links:
        asked = link.how == "asked" or link.target not in _ADDRESSES
        plain = header_letters(link.header)
        beside = link.target in ("address", "postcode") or _TOWN.search(plain)
        if not asked and (
            link.holder or (people and _HOME.search(plain)) or (homes and beside and _at_home(link))
        ):
            yield replace(link, target="", how="private", samples=())
        else:
            yield link


def _at_home(link: ColumnLink) -> bool:
    return not _WORK.search(header_letters(link.header))
