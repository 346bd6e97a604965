"""The lists themselves as Markdown and as vCards."""

from __future__ import annotations

from collections.abc import Iterator

import vobject

from register.lists.directory import Contact, Directory, Organisation
from register.report.directory_cells import cell, clean, link, place_name, region_name
from register.report.markdown import escaped
from register.report.sentences import Sentences

_PERSON = (("people", "role"), ("people", "phone"), ("people", "email"))
_ORGANISATION = tuple(("organisations", key) for key in ("type", "area", "phone", "email", "url"))


def lists_markdown(directory: Directory, say: Sentences, title: str) -> str:
    """Return the lists as Markdown: a heading a region and a municipality, a line a person."""
    return "\n".join(_lines(directory, say, title)).rstrip() + "\n"


def _lines(directory: Directory, say: Sentences, title: str) -> Iterator[str]:
    yield f"# {escaped(title)}\n"
    yield f"{say('As the register was on {day}.', day=directory.day)}\n"
    for region in directory.regions:
        if not (region.home or region.active):
            continue
        yield f"## {escaped(region_name(region.code, say))}\n"
        for spot in region.localities:
            if spot.home:
                yield f"### {escaped(place_name(spot.code, say))}\n"
                yield from _group(spot.home, say)
        if region.active:
            yield f"### {say('Active here from elsewhere')}\n"
            yield from _group(region.active, say)
    if directory.nationwide:
        yield f"## {say('Active in the whole country')}\n"
        yield from _group(directory.nationwide, say)
    if directory.unplaced:
        yield f"## {say('No municipality that is known')}\n"
        yield from _group(directory.unplaced, say)


def _group(some: tuple[Organisation, ...], say: Sentences) -> Iterator[str]:
    for one in some:
        about = [text for key in _ORGANISATION if (text := cell(one, None, key, say))]
        yield f"- **{escaped(clean(one.name) or one.id)}**{_rest(about)}"
        for who in one.contacts:
            ways = [text for key in _PERSON if (text := cell(one, who, key, say))]
            yield f"  - {escaped(clean(who.name) or who.id)}{_rest(ways)}"
    yield ""


def _rest(parts: list[str]) -> str:
    return f" · {escaped(' · '.join(parts))}" if parts else ""


def as_cards(directory: Directory, say: Sentences) -> bytes:
    """Return a vCard 3.0 of each contact person, and of each organisation that has no contact.

    A person is a contact of one organisation in these lists, so nobody is there twice.
    """
    cards = []
    for one in directory.organisations:
        for who in one.contacts or (None,):
            cards.append(_card(one, who, say))
    return "".join(cards).encode()


def _card(one: Organisation, who: Contact | None, say: Sentences) -> str:
    card = vobject.vCard()
    organisation = clean(one.name) or one.id
    name = (clean(who.name) if who else "") or organisation
    first, _, last = name.rpartition(" ") if who and who.name else ("", "", name)
    card.add("n").value = vobject.vcard.Name(family=last, given=first)
    card.add("fn").value = name
    card.add("org").value = [organisation]
    reach = who or one
    if who and who.role:
        card.add("title").value = clean(who.role)
    if link(reach.email, "email"):
        card.add("email").value = reach.email
    if link(reach.phone, "phone"):
        card.add("tel").value = reach.phone
    if link(one.url, "url"):
        card.add("url").value = link(one.url, "url")
    if one.topics:
        card.add("categories").value = [clean(one.topics)]
    if one.municipality:
        address = vobject.vcard.Address(city=place_name(one.municipality, say))
        card.add("adr").value = address
    text: str = card.serialize()
    return text
