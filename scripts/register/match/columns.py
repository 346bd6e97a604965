"""From cells to what the models compare: folded names, personal mailboxes and phones, places.

A mailbox, phone or street that several different names share says nothing of who somebody is (role
mailboxes, switchboards, offices): it is left out as evidence and only helps to find candidates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from register.fields import organisation_name
from register.fields.email import is_role_mailbox, mailbox_key
from register.match.folding import folded

SHARED = 4
"""From so many different names on, a mailbox or a phone is nobody's own."""

PEOPLE = (
    *("first", "last", "whole", "mailbox", "email", "phone", "phone7"),
    *("org", "place", "region", "street", "road", "line", "postcode", "role", "notes"),
)
_JOINED = re.compile(r"(?<=\w)-(?=\w)")


def people_columns(rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Return a row of :data:`PEOPLE` for each row of cells, with its number as ``unique_id``.

    Cells are by the register's column keys; a list that is not a register's may have ``street``
    and ``region`` besides. '' becomes null: nothing is known.
    """
    found: dict[str, list[str]] = {key: [] for key in PEOPLE}
    for row in rows:
        first, last = folded(row.get("first", "")), folded(row.get("last", ""))
        address = mailbox_key(row.get("email", ""))
        phone = "".join(c for c in row.get("phone", "") if c.isdigit())[:20]
        found["first"].append(first)
        found["last"].append(last)
        found["whole"].append(" ".join(sorted(f"{first} {last}".split())))
        found["mailbox"].append(_own(address, first, last))
        found["email"].append("" if is_role_mailbox(address) else address)
        found["phone"].append(phone)
        found["phone7"].append(phone[-7:] if len(phone) >= 7 else "")
        found["org"].append(folded(organisation_name.key(row.get("org", ""))))
        found["place"].append(folded(row.get("municipality", "")))
        found["region"].append(folded(row.get("region", "")))
        found["street"].append(folded(row.get("street", "")))
        long = [word for word in found["street"][-1].split() if len(word) > 3]
        found["road"].append(" ".join(long))
        found["line"].append(found["street"][-1].replace(" ", ""))
        found["postcode"].append(row.get("postcode", "").strip())
        found["role"].append(folded(row.get("role", "")))
        found["notes"].append("")
    frame = pd.DataFrame(found, dtype="str")
    for column in ("email", "phone"):
        nobodys = _shared(frame, column)
        frame.loc[nobodys, column] = ""
        frame.loc[nobodys, {"email": "mailbox", "phone": "phone7"}[column]] = ""
    frame.loc[frame["email"] == "", "mailbox"] = ""
    frame.insert(0, "unique_id", range(len(frame)))
    return frame.replace("", None)


def _own(address: str, first: str, last: str) -> str:
    """Return the part before the @ if it is a person's own invention: not just their name."""
    user = re.sub(r"[^a-z]", "", folded(address.partition("@")[0]))
    names = {"".join(pair).replace(" ", "") for pair in ((first, last), (last, first))}
    short = {first[:1] + last, last + first[:1], first + last[:1], last[:1] + first, first, last}
    names |= {one.replace(" ", "") for one in short}
    return "" if user in names else address.partition("@")[0]


def _shared(frame: pd.DataFrame, column: str) -> pd.Series[bool]:
    """Tell the rows whose value in a column stands beside many different names."""
    names = frame.groupby(column)["whole"].transform("nunique")
    return (names >= SHARED) & (frame[column] != "")
