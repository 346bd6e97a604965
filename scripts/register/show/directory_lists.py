"""The lists themselves as Markdown and as text: a line an organisation, a line a person."""

from __future__ import annotations

from collections.abc import Iterator

from register.lists.directory import Directory, ListedContact, ListedOrganisation
from register.show.directory_cells import (
    clean_cell,
    list_cell,
    person_cell,
    place_name,
    region_name,
)
from register.show.directory_summary import figures_markdown
from register.show.markdown import escape_markdown
from register.words.sentences import Sentences

_WAYS = ("role", "phone", "email")
_ORGANISATION = tuple(("organisations", key) for key in ("type", "area", "phone", "email", "url"))

_Line = tuple[str, str, str]
"""What it is ('##', '###', '-', '  -' as in Markdown), a name, and what is told of it."""


def lists_markdown(directory: Directory, say: Sentences, title: str) -> str:
    """Return the figures and the lists as Markdown."""
    lines = [
        f"# {escape_markdown(title)}\n",
        f"{say('As the register was on {day}.', day=directory.day)}",
    ]
    lines += ["", figures_markdown(directory, say)]
    before = ""
    for mark, name, told in _lines(directory, say):
        if mark.startswith("#") or before.startswith("#"):
            lines.append("")
        shown = f"**{escape_markdown(name)}**" if mark == "-" else escape_markdown(name)
        lines.append(f"{mark} {shown}{f' · {escape_markdown(told)}' if told else ''}")
        before = mark
    return "\n".join(lines).rstrip() + "\n"


def lists_text(directory: Directory, say: Sentences) -> str:
    """Return the lists as a person reads them on a terminal."""
    indents = {"##": "\n", "###": "\n  ", "-": "    ", "  -": "      "}
    lines = (
        f"{indents[mark]}{name}{f' · {told}' if told else ''}"
        for mark, name, told in _lines(directory, say)
    )
    return "\n".join(lines).lstrip("\n")


def _lines(directory: Directory, say: Sentences) -> Iterator[_Line]:
    for region in directory.regions:
        if not (region.home or region.active):
            continue
        yield "##", region_name(region.code, say), ""
        for spot in region.localities:
            if spot.home:
                yield "###", place_name(spot.code, say), ""
                yield from _group(spot.home, say)
        if region.active:
            yield "###", say("Active here from elsewhere"), ""
            yield from _group(region.active, say)
    if directory.nationwide:
        yield "##", say("Active in the whole country"), ""
        yield from _group(directory.nationwide, say)
    if directory.unplaced:
        yield "##", say("No municipality that is known"), ""
        yield from _group(directory.unplaced, say)
    if directory.apart:
        yield "##", say("People without an organisation"), ""
        for who in directory.apart:
            yield "-", *_person(who, ("municipality", *_WAYS), say)


def _group(some: tuple[ListedOrganisation, ...], say: Sentences) -> Iterator[_Line]:
    for one in some:
        about = [text for key in _ORGANISATION if (text := list_cell(one, None, key, say))]
        yield "-", clean_cell(one.name) or one.id, " · ".join(about)
        for who in one.contacts:
            yield "  -", *_person(who, _WAYS, say)


def _person(who: ListedContact, keys: tuple[str, ...], say: Sentences) -> tuple[str, str]:
    told = [text for key in keys if (text := person_cell(who, key, say))]
    return clean_cell(who.name) or who.id, " · ".join(told)
