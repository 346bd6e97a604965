"""The public directory as data: CSV, JSON, and a description of each column.

The description is a Data Package with a Table Schema (Frictionless Data, version 1), so that
programs can read the data with its types. The tests validate it against the published schemas.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

from register.book.package_data import package_table
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.lists.public import PublicOrganisation
from register.show.directory_cells import cached_national_phone, cell_link, clean_cell
from register.show.page_model import json_text
from register.show.tables import no_formula
from register.values import places
from register.words.sentences import Sentences

_NOTES = package_table("register.show", "sentences")["data_package"]
"""The columns in order, with a description of each."""

_MORE: Mapping[str, dict[str, Any]] = {
    "id": {"constraints": {"unique": True}},
    "name": {"constraints": {"required": True}},
    "business_id": {"constraints": {"pattern": r"\d{7}-\d"}},
    "municipality_code": {"constraints": {"pattern": r"\d{3}"}},
    "email": {"format": "email"},
    "url": {"format": "uri"},
    "language": {"constraints": {"enum": list(schema().enum("language").labels)}},
}


def data_package(
    some: Sequence[PublicOrganisation], say: Sentences, title: str, day: date, licence: str = ""
) -> dict[str, bytes]:
    """Return the files of the package by name: CSV, JSON and ``datapackage.json``.

    ``licence`` is an identifier of opendefinition.org or SPDX ("CC-BY-4.0"), '' for none.
    """
    records = [_record(one, say) for one in some]
    text = StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow(_NOTES)
    write.writerows([no_formula(cell) for cell in record.values()] for record in records)
    described = {
        "profile": "tabular-data-package",
        "name": "organisations",
        "title": title,
        "created": f"{day.isoformat()}T00:00:00Z",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": f"organisations-{kind}",
                "path": f"organisations.{kind}",
                "format": kind,
                "mediatype": mediatype,
                "encoding": "utf-8",
                "schema": table_schema(say),
            }
            for kind, mediatype in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }
    if licence:
        described["licenses"] = [{"name": licence}]
    return {
        "organisations.csv": text.getvalue().encode(),
        "organisations.json": json_text(records).encode(),
        "datapackage.json": json_text(described).encode(),
    }


def table_schema(say: Sentences) -> dict[str, Any]:
    """Return the Table Schema: names, types and constraints; titles and descriptions translated."""
    return {
        "fields": [
            {
                "name": key,
                "type": "string",
                "title": _title(key, say),
                "description": say(description),
                **_MORE.get(key, {}),
            }
            for key, description in _NOTES.items()
        ],
        "missingValues": [""],
    }


def _title(key: str, say: Sentences) -> str:
    return (
        say("Municipality code") if key == "municipality_code" else say.header("organisations", key)
    )


def _record(one: PublicOrganisation, say: Sentences) -> dict[str, str]:
    home = places.municipality(one.municipality) if one.municipality else None
    known = schema().enum("language").labels
    cells = {
        "id": one.id,
        "name": one.name,
        "short": one.short,
        "type": say.value("organisations", "type", one.type),
        "business_id": one.business_id,
        "municipality": home.name(say.language) if home else "",
        "municipality_code": one.municipality,
        "region": places.region(home.region).name(say.language) if home else "",
        "area": one.area,
        "topics": one.topics,
        "email": one.email if cell_link(one.email, "email") else "",
        "phone": cached_national_phone(one.phone),
        "url": cell_link(one.url, "url"),
        "language": one.language if one.language in known else "",
    }
    return {key: mask_identity_codes(clean_cell(cell)) for key, cell in cells.items()}
