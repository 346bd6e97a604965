"""Columns of one of several people in a row, and whose those are whose holder has no name."""

from dataclasses import dataclass, replace

NAME_FIELDS = ("name", "first", "last")
"""What a person is called by."""

REACH_FIELDS = ("email", "phone")
"""What reaches a person."""


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """A column of one of the people in a row: whose, and what of them ('' for anything else).

    ``holder`` is the post, a number where there are several, or both ("yhteyshenkilö 2").
    """

    index: int
    holder: str
    role: str
    field: str
    contact: bool


def give_bare_numbers(held: list[HeldColumn]) -> list[HeldColumn]:
    """Give a number that names nobody ("Pj puhelin 2") to the post itself."""
    named = {one.holder for one in held if one.field in NAME_FIELDS}
    return [
        replace(one, holder=one.role)
        if one.holder not in named and one.role in named
        else one
        for one in held
    ]  # fmt: skip


def give_to_longer_names(held: list[HeldColumn]) -> list[HeldColumn]:
    """Give the columns of a post without a name to the one whose name goes on: "Chair(person)"."""
    named = {one.holder for one in held if one.field in NAME_FIELDS}
    other = {
        one.holder: alike[0]
        for one in held
        if one.holder not in named and one.role and not one.contact
        and len(alike := [name for name in named if _goes_on(name, one.holder)]) == 1
    }  # fmt: skip
    return [
        replace(one, holder=other[one.holder], role=other[one.holder])
        if one.holder in other
        else one
        for one in held
    ]


def give_to_name_before(held: list[HeldColumn]) -> list[HeldColumn]:
    """Give what reaches a post without a name to the one named just before, who lacks it."""
    named = {one.index: one for one in held if one.field == "name"}
    with_name = {one.holder for one in named.values()}
    reached = {one.holder for one in held if one.field in REACH_FIELDS}
    theirs: dict[str, HeldColumn] = {}
    for one in sorted(held, key=lambda one: one.index):
        before = named.get(one.index - 1)
        if before and one.holder not in with_name and before.holder not in reached and one.role:
            theirs[one.holder] = before
    return [
        replace(one, holder=owner.holder, role=owner.role)
        if (owner := theirs.get(one.holder))
        else one
        for one in held
    ]


def _goes_on(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one) or one.endswith(f" {other}")
