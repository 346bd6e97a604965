"""Decide which of several people in a row gets its posts, addresses and numbers."""

import re
from collections.abc import Mapping, Sequence

from register.intake.cell_parts import contacts_in_cell, owner_of_address
from register.values import email
from register.values.post import whole_role

_NAMES = ("name", "first", "last")
_REACH = ("email", "phone", "phone2")
_SAME = re.compile(
    r"(?:sama|samma|same)(?: (?:henkilö|person))?"
    r"(?: (?:kuin|som|as) (?:the )?(?P<post>[^\W\d][^\d]{1,40}))?",
    re.IGNORECASE,
)
"""What stands for the name of a person named elsewhere in the row: "sama", "sama kuin pj"."""


def name_of_card(one: Mapping[str, str]) -> str:
    """Return the person's name on a card, from whichever columns, '' for none."""
    return one.get("name") or f"{one.get('first', '')} {one.get('last', '')}".strip()


def return_addresses(own: dict[str, str], people: Sequence[dict[str, str]]) -> None:
    """Move an address that is made of another person's name in the row to that person.

    So columns that stand crosswise are put right. The address that the owner had goes to the
    organisation if it is an office's, else into the owner's message. Changes the cards in place.
    """
    names = list(map(name_of_card, people))
    for number, one in enumerate(people):
        owner = owner_of_address(one.get("email", ""), names) if one.get("email") else None
        if (
            owner is None
            or owner == number
            or owner_of_address(people[owner].get("email", ""), names) == owner
        ):
            continue
        theirs, had = people[owner], people[owner].get("email", "")
        theirs["email"], one["email"] = one["email"], ""
        if had and email.is_role_mailbox(had) and not own.get("email"):
            own["email"] = had
        elif had:
            theirs["text"] = "; ".join(filter(None, (theirs.get("text", ""), had)))


def unite_cards(people: list[dict[str, str]]) -> list[dict[str, str]]:
    """Merge a row's cards of one name whose addresses and numbers agree, and join their posts."""
    found: list[dict[str, str]] = []
    for one in people:
        called = [one.get(key, "").casefold() for key in _NAMES]
        for known in found:
            same = called == [known.get(key, "").casefold() for key in _NAMES]
            if same and all(
                not one.get(key) or not known.get(key) or one[key] == known[key] for key in _REACH
            ):
                roles = dict.fromkeys(filter(None, (known.get("role"), one.get("role"))))
                known.update({key: cell for key, cell in one.items() if not known.get(key)})
                known["role"] = ", ".join(roles)
                break
        else:
            found.append(one)
    return found


def give_family_name(own: dict[str, str], people: Sequence[dict[str, str]]) -> None:
    """Move the last name that a row has alone to its people with a first name alone."""
    if own.get("first") or own.get("name") or not people:
        return
    family = own.pop("last", "")
    for one in people if family else ():
        name = name_of_card(one)
        if " " not in name:
            one["name"] = f"{name} {family}"


def person_meant_by(cell: str, people: Sequence[dict[str, str]]) -> dict[str, str] | None:
    """Return the person of a row whom "the same" in a cell means, None if that is not clear.

    It is the holder of the post that the cell names ("sama kuin pj"), or else the row's only
    person.
    """
    found = _SAME.fullmatch(cell.strip())
    if not found:
        return None
    role = whole_role(found["post"] or "")
    meant = [one for one in people if not role or role in one.get("role", "").split(", ")]
    return meant[0] if len(meant) == 1 else None


def add_post(one: dict[str, str], role: str, cells: Mapping[str, str]) -> None:
    """Give a person another post, and its addresses and numbers where the person lacks them.

    An address or number that differs goes into the message.
    """
    one["role"] = ", ".join(dict.fromkeys(filter(None, (one.get("role", ""), role))))
    for key in _REACH:
        told = cells.get(key, "")
        if told and one.setdefault(key, "") not in ("", told):
            one["text"] = "; ".join(filter(None, (one.get("text", ""), f"{role}: {told}")))
        one[key] = one.get(key) or told


def distribute_cells(cells: dict[str, str], cards: list[dict[str, str]], names: list[str]) -> None:
    """Give addresses, numbers and posts to the right one of several people, else to the message.

    Two numbers of two people go to them in order.
    """
    unclear: list[str] = []
    posts = re.split(r"\s*[,/;]\s*", cells.get("role", ""))
    if len(posts) == len(cards) and not any(one.get("role") for one in cards[1:]):
        for card, post in zip(cards, posts, strict=True):
            card["role"] = whole_role(post) or post
    if cells.get("phone") and cells.get("phone2") and len(cards) == 2:
        cards[0].update(phone=cells["phone"], phone2="")
        cards[1]["phone"] = cells["phone2"]
    elif cells.get("phone"):
        cards[0]["phone"] = ""
        for piece in re.split(r"\s*[,/;\n]\s*", cells["phone"]):
            reach = contacts_in_cell(piece)
            owner = owner_of_address(reach.rest, names) if len(reach.phones) == 1 else None
            if owner is None or cards[owner].get("phone"):
                unclear.append(piece)
            else:
                cards[owner]["phone"] = reach.phones[0]
    if address := cells.get("email", ""):
        cards[0]["email"] = ""
        found = contacts_in_cell(address)
        for one in found.emails or (address,):
            owner = 0 if email.is_role_mailbox(one) else owner_of_address(one, names)
            if owner is None or cards[owner].get("email"):
                unclear.append(one)
            else:
                cards[owner]["email"] = one
        unclear += [found.rest] if found.emails and found.rest else []
    unclear = [f"{' / '.join(names)}: {one}" for one in unclear]
    cards[0]["text"] = "; ".join(filter(None, (cards[0].get("text", ""), *unclear)))
