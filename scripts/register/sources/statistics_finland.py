"""Statistics Finland's classifications and Posti's postal codes, as they are published.

Source: https://data.stat.fi/api/classifications/v2 (CC BY 4.0).
``classifications/kunta_1_20270101/classificationItems`` returns codes with names in one language.
``correspondenceTables/kunta_1_20270101%23maakunta_1_20270101/maps`` returns pairs of codes, either
as objects (``sourceLocalId``, ``targetLocalId``) or as addresses that end in the two codes.

Posti: ``PCF_YYYYMMDD.dat``, ISO-8859-1, one postal code in 220 characters (:data:`_PCF`). Its terms
("Posti postal code services, service description and terms of use") allow passing it on together
with the terms and its date.

The content of a file tells what it is, so downloaded files may have any names.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from register.book.errors import UsageError

_PCF = {
    "date": (5, 13),
    "code": (13, 18),
    "place_fi": (18, 48),
    "place_sv": (48, 78),
    "type": (110, 111),
    "municipality": (176, 179),
}
"""The parts of a row that we read: start and end, counted from zero."""

_PCF_WIDTH = 220
_PCF_MARK = b"PONOT"
POSTAL_CODE_TYPES = {
    "1": "normal",
    "2": "po_box",
    "3": "corporate",
    "4": "compilation",
    "5": "reply_mail",
    "6": "parcel_locker",
    "7": "pickup_point",
    "8": "technical",
}
"""Posti's types, which Posti does not describe in one place; a file with other types is refused."""

_ITEM = re.compile(r"([a-z]+)_1_(\d{4})0101/(\w{1,6})$")
_PAIR = re.compile(r"([a-z]+)_1_(\d{4})0101#([a-z]+)_1_\d{8}/maps/(\w{1,6})/(\w{1,6})$")


@dataclass(frozen=True, slots=True)
class PublishedPostalCode:
    """One row of Posti's file; ``kind`` is our name for its type."""

    code: str
    place_fi: str
    place_sv: str
    municipality: str
    kind: str


@dataclass(slots=True)
class PublishedPlaces:
    """What has been read so far.

    ``names`` are by classification and language, ``pairs`` by source and target classification.
    ``years`` are those of the classifications; ``posted`` is the ISO date of Posti's file.
    """

    names: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    postal_codes: tuple[PublishedPostalCode, ...] = ()
    posted: str = ""
    years: set[str] = field(default_factory=set)

    def read(self, data: bytes, name: str) -> None:
        """Add a file or a reply; raises UsageError if it is broken or in neither format."""
        if data.startswith(_PCF_MARK):
            self._postal_codes(data, name)
            return
        try:
            rows = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as fault:
            raise _unknown(name) from fault
        if not isinstance(rows, list) or not rows:
            raise _unknown(name)
        for row in rows:
            try:
                self._row(row)
            except (TypeError, KeyError, ValueError, AttributeError) as fault:
                raise _unknown(name) from fault

    def _row(self, row: Any) -> None:  # noqa: ANN401 (a server's)
        if isinstance(row, str):
            found = _PAIR.search(unquote(row))
            if found is None:
                raise ValueError
            self.years.add(found[2])
            self.pairs.setdefault((found[1], found[3]), {})[found[4]] = found[5]
        elif "sourceLocalId" in row:
            source, target = (
                _ITEM.search(unquote(row[k])) for k in ("sourceLocalId", "targetLocalId")
            )
            if source is None or target is None:
                raise ValueError
            self.years.add(source[2])
            self.pairs.setdefault((source[1], target[1]), {})[source[3]] = target[3]
        else:
            self._item(row)

    def _item(self, row: Mapping[str, Any]) -> None:
        found = _ITEM.search(unquote(row["localId"]))
        if found is None or row["code"] != found[3]:
            raise ValueError
        self.years.add(found[2])
        for name in row["classificationItemNames"]:
            told = " ".join(name["name"].split())
            if not told or len(told) > 80:
                raise ValueError
            self.names.setdefault((found[1], name["lang"]), {})[found[3]] = told

    def _postal_codes(self, data: bytes, name: str) -> None:
        found: dict[str, PublishedPostalCode] = {}
        lines = data.decode("iso-8859-1").replace("\r\n", "\n").split("\n")
        for number, line in enumerate(lines, start=1):
            if number == len(lines) and not line:
                break
            cells = {key: line[start:end].strip() for key, (start, end) in _PCF.items()}
            whole = len(line) == _PCF_WIDTH and line.startswith(_PCF_MARK.decode())
            if (
                not whole
                or not re.fullmatch(r"\d{5}", cells["code"])
                or cells["type"] not in POSTAL_CODE_TYPES
            ):
                raise UsageError(
                    "Row {number} of {file} is no row of Posti's postal codes.",
                    remedy="Download it again, and give it as it is.",
                    number=number,
                    file=name,
                )
            found[cells["code"]] = PublishedPostalCode(
                cells["code"],
                cells["place_fi"],
                cells["place_sv"] or cells["place_fi"],
                cells["municipality"],
                POSTAL_CODE_TYPES[cells["type"]],
            )
            day = cells["date"]
            self.posted = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        self.postal_codes = tuple(found.values())


def _unknown(name: str) -> UsageError:
    return UsageError(
        "{file} is no classification of Statistics Finland (JSON) and no postal codes of Posti "
        "(PCF), or it is not whole.",
        remedy="Download it again, and give it as it is.",
        file=name,
    )
