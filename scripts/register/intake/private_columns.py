"""What of people a register does not keep: their homes, where a list tells them of people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from register.intake.column_map import ColumnLink
from register.intake.header_names import EITHER, header_letters

_WORK = re.compile(
    r"tyo|business|work|arbet|yrity|yhdist|organi|jarjest|seura|foretag|foren|company|toimisto"
    r"|office|kaynti|besok"
)
_HOME = re.compile(r"koti(?!kun|pai|kau|siv)|hem(?!kom|ort|sta|sid)|home(?!mun|pag)|private|privat")
_TOWN = re.compile(
    r"city|town|^kotikaupunki|^hemstad|postitoimi|^ptp|^ptmp|postitmp|postort|postanstalt|locality|suburb|^ort$"
)
_PLACE = re.compile(
    r"osoite|katu|adress|gatu|street|zip|postal|postnum|postinum|kaupunki|stad|city|country|region"
    r"|state|land$|maa$"
)
_BOX = re.compile(r"\s*(?:PL|PB|P\.? ?O\.? ?Box|Postilokero|Postbox)\.? ?\d", re.IGNORECASE)
_PROFILE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)?(?:linkedin\.com/in/|facebook\.com/(?:profile\.php|people/))",
    re.IGNORECASE,
)
_DIET = re.compile(
    r"\b(?:glute(?:en|n)\w*|lakto\w*|lactos\w*|maidot\w*|mjölkfri\w*|vegaan\w*|vegan\w*|kasvisr\w*"
    r"|kasvissyö\w*|vegetar\w*|halal\w*|kosher|\w+allergi(?:a|k\w*)|allergi(?:nen|sk|c)\w*|keliakia)\b",
    re.IGNORECASE,
)
"""What people say of what they may eat: of their health, maybe, or of their faith."""

_SAID = re.compile(r"[^.;!\n]+[.;!]*|\n")
_CITY = re.compile(r"(?:kaupunki|stad)$")
_COUNTRY = re.compile(r"^(?:address)?(?:maa|land|country)$")
_ADDRESSES = ("address", "postcode", "municipality")


def make_homes_private(links: Sequence[ColumnLink]) -> Iterator[ColumnLink]:
    """Yield the columns; those that tell where somebody lives are private.

    A street in a list of people is a home unless its header says that it is a place of work, and
    the postal code and post town beside it are of the same place. Where the list names
    organisations too, these are spare: they are an organisation's in a row that names nobody.
    """
    own = {link.target for link in links if not link.holder}
    people = bool(own & {"name", "first", "last", EITHER})
    homes = people and any(_is_home(link) for link in links)
    for link in links:
        told = link.target in _ADDRESSES and link.how != "asked"
        plain = header_letters(link.header)
        town = _TOWN.search(plain) or ("org" not in own and _CITY.search(plain))
        beside = link.target in ("address", "postcode") or town
        at_home = people and _is_home(link)
        if (told and (link.holder or at_home or (homes and beside and _at_home(link)))) or (
            not link.target
            and link.how in ("unknown", "none")
            and (at_home or (homes and _COUNTRY.search(plain)))
        ):
            office = told and not link.holder and bool(own & {"org", EITHER})
            spare = link.target if office and not _HOME.search(plain) else ""
            yield replace(link, target="", how="private", samples=(), spare=spare)
        else:
            yield link


def _is_home(link: ColumnLink) -> bool:
    """Whether a column tells of somebody's home, whatever of it."""
    plain = header_letters(link.header)
    if link.target == "address" and _at_home(link):
        return True
    place = link.target in _ADDRESSES or (not link.target and _PLACE.search(plain))
    return bool(place and _HOME.search(plain))


def _at_home(link: ColumnLink) -> bool:
    return not is_at_work(link.header)


def is_at_work(header: str) -> bool:
    """Whether a header speaks of an organisation or of somebody's work: "Seuran sähköposti"."""
    return bool(_WORK.search(header_letters(header)))


def is_post_office_box(address: str) -> bool:
    """Whether an address is a post-office box, which is nobody's home."""
    return bool(_BOX.match(address))


def is_profile(address: str) -> bool:
    """Whether a website is somebody's own page of a social network, and no organisation's."""
    return bool(_PROFILE.match(address))


def without_diet(cell: str) -> str:
    """Return a cell without the sentences that say what somebody may not eat."""
    if not _DIET.search(cell):
        return cell
    kept = (said for said in _SAID.findall(cell) if not _DIET.search(said))
    return "".join(kept).strip()
