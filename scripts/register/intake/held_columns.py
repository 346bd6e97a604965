"""Columns of one of several people in a row, and new holders for columns of nameless ones."""

from dataclasses import dataclass, replace

NAME_FIELDS = ("name", "first", "last")
"""The fields of a person's name."""

REACH_FIELDS = ("email", "phone")
"""The fields by which a person is reached."""


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """A column of one of the people who share a row.

    ``holder`` is the post, a number, or both ("yhteyshenkilö 2"). ``field`` is '' for a column that
    fills nothing. ``contact`` means that the header asks for any contact, not for one post.
    """

    index: int
    holder: str
    role: str
    field: str
    contact: bool


def assign_bare_numbers(held: list[HeldColumn]) -> list[HeldColumn]:
    """Give the columns of a numbered holder without a name ("Pj puhelin 2") to the post itself."""
    named = {one.holder for one in held if one.field in NAME_FIELDS}
    return [
        replace(one, holder=one.role)
        if one.holder not in named and one.role in named
        else one
        for one in held
    ]  # fmt: skip


def assign_to_longer_names(held: list[HeldColumn]) -> list[HeldColumn]:
    """Give the columns of a nameless post to the only named one like it: "Chair(person)"."""
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


def assign_to_name_before(held: list[HeldColumn]) -> list[HeldColumn]:
    """Give the columns of a post without a name to the person of the column before.

    That person must have no address or number in a column of their own.
    """
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
