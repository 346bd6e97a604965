"""Open registers for a run: asked over HTTP, or read from a file that was downloaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from register.book.errors import UsageError, VerkostoError
from register.book.schema import Language
from register.intake.registered import Council, CouncilKind, RegisterAnswer
from register.run.session import Session
from register.sources import elections, prh, ptv
from register.sources.downloaded import opened_file, read_whole
from register.sources.open_register import OpenRegister
from register.sources.paging import all_rows, unknown_reply

_ELECTIONS = "Vaalit.fi"


def ask_associations(session: Session, municipality: str, file: Path | None) -> RegisterAnswer:
    """Return PRH's associations of a municipality (its code); raises UsageError, TemporaryFailure.

    Nothing is returned before all is read: half an answer would look as if the rest were new.
    """
    if file is not None:
        return prh.companies(prh.prh_page(_document(file.expanduser())).rows, municipality)
    register = _register(session, prh.PRH, session.config.registers.prh_url)
    rows: list[object] = []
    for code in prh.postal_codes_of(municipality):
        query = {"postCode": code, "companyForm": prh.FORM}
        rows += all_rows(register, "/companies", query, prh.prh_page)
    return prh.companies(rows, municipality)


def ask_public_bodies(
    session: Session, municipality: str, language: Language, file: Path | None
) -> RegisterAnswer:
    """Return PTV's public bodies of a municipality; raises UsageError, TemporaryFailure.

    They are named in this language where they can be. A file must hold the organisations whole.
    """
    if file is not None:
        rows = ptv.ptv_page(_document(file.expanduser())).rows
        if not all(map(ptv.is_whole, rows)):
            raise UsageError(
                "{file} has ids and names only.",
                remedy="Download {path} instead.",
                file=str(file),
                path=f"/Organization/list/area/Municipality/code/{municipality}",
            )
        return ptv.bodies(rows, language)
    register = _register(session, ptv.PTV, session.config.registers.ptv_url)
    path = f"/Organization/area/Municipality/code/{municipality}"
    guids = ptv.guids(all_rows(register, path, {}, ptv.ptv_page))
    rows = []
    for start in range(0, len(guids), ptv.MOST_GUIDS):
        some = ",".join(guids[start : start + ptv.MOST_GUIDS])
        found = register.document("/Organization/list", {"guids": some})
        if not isinstance(found, list):
            raise unknown_reply(ptv.PTV)
        rows += found
    return ptv.bodies(rows, language)


def answers_of_open_registers(
    session: Session, municipality: str, language: Language
) -> tuple[dict[str, RegisterAnswer], list[VerkostoError]]:
    """Return what the open registers have of a municipality, by name, and why one did not answer.

    One that is down or has changed stops nothing: the other, and ours, are told all the same.
    """
    answers: dict[str, RegisterAnswer] = {}
    faults: list[VerkostoError] = []
    asked: dict[str, Callable[[], RegisterAnswer]] = {
        prh.PRH: partial(ask_associations, session, municipality, None),
        ptv.PTV: partial(ask_public_bodies, session, municipality, language, None),
    }
    for name, ask in asked.items():
        try:
            answers[name] = ask()
        except VerkostoError as fault:
            faults.append(fault)
    return answers, faults


def ask_council(session: Session, kind: CouncilKind, code: str, file: Path | None) -> Council:
    """Return who was elected in a municipality or a county (its code).

    Raises UsageError, TemporaryFailure.
    """
    year = session.config.registers.elections_year
    if file is not None:
        with opened_file(file.expanduser(), elections.MOST_UNPACKED) as found:
            return elections.read_council(found, file.name, kind, year, code)
    register = _register(session, _ELECTIONS, session.config.registers.elections_url)
    register.most_bytes = elections.MOST_CANDIDATE_BYTES
    path = elections.path_of(kind, year)
    name = path.rpartition("/")[2]
    register.reduced = partial(elections.reduce_candidates, name=name)
    return elections.read_council(BytesIO(register.fetch(path, {})), name, kind, year, code)


def _register(session: Session, name: str, base: str) -> OpenRegister:
    return OpenRegister(name, base, session.state / "registers", keeps=session.options.apply)


def _document(file: Path) -> object:
    try:
        document: object = json.loads(read_whole(file).decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise UsageError(
            "{file} is not whole JSON in UTF-8.", remedy="Download it again.", file=str(file)
        ) from fault
    return document
