"""Open registers for a run: queried over HTTP, or read from a downloaded file."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from register.book.errors import UsageError, VerkostoError
from register.book.schema import Language
from register.intake.registered import Council, CouncilKind, RegisterAnswer
from register.run.session import Session
from register.sources import elections, prh, ptv
from register.sources.downloaded import open_limited, read_whole
from register.sources.open_register import OpenRegister
from register.sources.paging import all_rows, unknown_reply
from register.sources.ptv_organisations import SECTORS, Sector, organisations, sector_of
from register.sources.ptv_services import offered_services, service_topics
from register.values import places

_ELECTIONS = "Vaalit.fi"


def ask_trade_register(
    session: Session,
    municipality: str,
    file: Path | None,
    form: prh.CompanyForm = "associations",
) -> RegisterAnswer:
    """Return the organisations of a municipality (its code) in PRH's Trade Register.

    Raises UsageError, TemporaryFailure. All pages are read before anything is returned: in half an
    answer the missing organisations would look like ones that PRH does not have.
    """
    if file is not None:
        rows = prh.prh_page(_document(file.expanduser())).rows
        return _of_this_place(prh.companies(rows, municipality, form), municipality, file)
    register = _register(session, prh.PRH, session.config.registers.prh_url)
    rows = []
    for code in prh.postal_codes_of(municipality):
        query = {"postCode": code, "companyForm": prh.FORMS[form][0]}
        rows += all_rows(register, "/companies", query, prh.prh_page)
    return prh.companies(rows, municipality, form)


def ask_service_register(
    session: Session,
    municipality: str,
    language: Language,
    file: Path | None,
    sectors: Sequence[Sector] = SECTORS,
) -> RegisterAnswer:
    """Return the organisations of a municipality (its code) in PTV, Suomi.fi's service register.

    They are named in this language where possible. Organisations that are listed but not delivered
    count as ``unread``. A file must hold the whole organisations; it does not give the topics of
    their services. Raises UsageError, TemporaryFailure.
    """
    if file is not None:
        rows = ptv.ptv_page(_document(file.expanduser())).rows
        if not all(map(ptv.is_complete, rows)):
            raise UsageError(
                "{file} has ids and names only.",
                remedy="Download {path} instead.",
                file=str(file),
                path=f"/Organization/list/area/Municipality/code/{municipality}",
            )
        found = organisations(rows, municipality, language, sectors=sectors)
        return _of_this_place(found, municipality, file)
    register = _register(session, ptv.PTV, session.config.registers.ptv_url)
    path = f"/Organization/area/Municipality/code/{municipality}"
    listed = ptv.organisation_guids(all_rows(register, path, {}, ptv.ptv_page))
    rows = _whole(register, "/Organization/list", listed)
    lost = set(listed).difference(row.get("id") for row in rows if isinstance(row, dict))
    offered = {
        guid: None
        for row in rows
        if "associations" in sectors and sector_of(row) == "associations"
        for guid in offered_services(row)
    }
    topics = service_topics(_whole(register, "/Service/list", tuple(offered)))
    answer = organisations(rows, municipality, language, topics, sectors)
    return replace(answer, unread=max(answer.unread, len(lost)))


def _whole(register: OpenRegister, path: str, guids: Sequence[str]) -> list[object]:
    rows: list[object] = []
    for start in range(0, len(guids), ptv.MOST_GUIDS):
        found = register.document(path, {"guids": ",".join(guids[start : start + ptv.MOST_GUIDS])})
        if not isinstance(found, list):
            raise unknown_reply(ptv.PTV)
        rows += found
    return rows


def _of_this_place(answer: RegisterAnswer, municipality: str, file: Path) -> RegisterAnswer:
    """Return a file's answer; raise UsageError where it is another municipality's."""
    if answer.elsewhere and not answer.found:
        raise UsageError(
            "Nothing in {file} is of {place}: {count} organisations are in other municipalities.",
            remedy="Is it the file of another municipality?",
            file=str(file),
            place=places.municipality(municipality).name_fi,
            count=answer.elsewhere,
        )
    return answer


def answers_of_open_registers(
    session: Session, municipality: str, language: Language
) -> tuple[dict[str, RegisterAnswer], list[VerkostoError]]:
    """Return the open registers' answers by register name, and the errors of those that failed.

    A register that is down or has changed does not stop the others.
    """
    answers: dict[str, RegisterAnswer] = {}
    faults: list[VerkostoError] = []
    asked: dict[str, Callable[[], RegisterAnswer]] = {
        prh.PRH: partial(ask_trade_register, session, municipality, None),
        ptv.PTV: partial(ask_service_register, session, municipality, language, None),
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
        with open_limited(file.expanduser(), elections.MOST_UNPACKED) as found:
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
