"""Open registers for a run: asked over HTTP, or read from a file that was downloaded."""

from __future__ import annotations

import json
from pathlib import Path

from register.errors import UsageError
from register.intake.registered import Answer
from register.sources import prh
from register.sources.limits import MOST_BYTES
from register.sources.open_register import OpenRegister
from register.wiring.desk import Desk

MOST_PAGES = 50
"""So many pages a postal code may have; PRH's have a hundred rows each."""


def associations(desk: Desk, municipality: str, file: Path | None) -> Answer:
    """Return PRH's associations of a municipality (its code); raises UsageError, TemporaryFailure.

    Nothing is returned before all is read: half an answer would look as if the rest were new.
    """
    if file is not None:
        return prh.companies(prh.page(_document(file.expanduser()))[1], municipality)
    cache = desk.state / "registers"
    register = OpenRegister(
        prh.NAME, desk.config.registers.prh_url, cache, keeps=desk.options.apply
    )
    rows: list[object] = []
    for code in prh.postal_codes_of(municipality):
        rows += _of_postal_code(register, code)
    return prh.companies(rows, municipality)


def _of_postal_code(register: OpenRegister, code: str) -> list[object]:
    rows: list[object] = []
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        query = {"postCode": code, "companyForm": prh.FORM, "page": str(number)}
        total, found = prh.page(register.document("/companies", query))
        print_ = json.dumps(found, sort_keys=True)
        if not found or print_ in seen:
            break
        seen.add(print_)
        rows += found
        if len(rows) >= total:
            return rows
    if not rows:
        return rows
    raise UsageError(
        "{register} gives page after page without an end; nothing was read.",
        remedy="Try again later, or give a file that you downloaded: --file",
        register=register.name,
    )


def _document(file: Path) -> object:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UsageError(
                "{file} is larger than {size} MB.",
                remedy="Download a smaller part of it.",
                file=str(file),
                size=MOST_BYTES // (1024 * 1024),
            )
        document: object = json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as fault:
        raise UsageError(
            "The file {file} cannot be read.", remedy="Check its name.", file=str(file)
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise UsageError(
            "{file} is not whole JSON in UTF-8.", remedy="Download it again.", file=str(file)
        ) from fault
    return document
