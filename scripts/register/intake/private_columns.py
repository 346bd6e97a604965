"""Personal data that the register does not keep, such as home addresses and diets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from register.intake.column_map import ColumnLink
from register.intake.header_names import EITHER, header_letters

_WORK = re.compile(
    r"tyo|business|work|arbet|yrity|yhdist|organi|jarjest|seura|foretag|foren|company|toimisto"
    r"|office|kaynti|besok"
)
_OF_ORGANISATION = re.compile(
    r"^(?:yhdisty|jarjest|seura|kerho|klubi|osasto|yhteiso|organisaatio|foren|klubb|avdelning"
    r"|organi[sz]ation|association|club|society)"
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
"""What people say they may not eat; it may reveal their health or their faith."""

_SAID = re.compile(r"[^.;!\n]+[.;!]*|\n")
_CITY = re.compile(r"(?:kaupunki|stad)$")
_COUNTRY = re.compile(r"^(?:address)?(?:maa|land|country)$")
_ADDRESSES = ("address", "postcode", "municipality")


def make_homes_private(links: Sequence[ColumnLink]) -> Iterator[ColumnLink]:
    """Yield the columns; those that say where a person lives become private.

    In a list of people a street is a home unless its header says that it is a workplace; the postal
    code and the town beside it are of the same place. If the list names organisations too, such a
    column is spare: in rows that name no person it is the organisation's address.
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
    """Whether a column is about a person's home, or a part of that address."""
    plain = header_letters(link.header)
    if link.target == "address" and _at_home(link):
        return True
    place = link.target in _ADDRESSES or (not link.target and _PLACE.search(plain))
    return bool(place and _HOME.search(plain))


def _at_home(link: ColumnLink) -> bool:
    return not is_work_header(link.header)


def is_work_header(header: str) -> bool:
    """Whether a header is about an organisation or a workplace: "Seuran sähköposti"."""
    return bool(_WORK.search(header_letters(header)))


def is_of_organisation(header: str) -> bool:
    """Whether a header begins with the organisation as the owner: "Seuran puhelin"."""
    return bool(_OF_ORGANISATION.match(header_letters(header)))


def is_post_office_box(address: str) -> bool:
    """Whether an address is a post-office box, which is nobody's home."""
    return bool(_BOX.match(address))


def is_profile(address: str) -> bool:
    """Whether a website is a person's own page in a social network, not an organisation's."""
    return bool(_PROFILE.match(address))


def without_diet(cell: str) -> str:
    """Return a cell without the sentences about what a person may not eat."""
    if not _DIET.search(cell):
        return cell
    kept = (said for said in _SAID.findall(cell) if not _DIET.search(said))
    return "".join(kept).strip()
