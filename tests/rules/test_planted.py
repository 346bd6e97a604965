"""Every planted fault is found with its code on its cell; near-misses are left alone."""

from collections import defaultdict

import pytest

from register.book.finding import Finding
from register.rules import RuleContext, findings, rule_catalogue
from tests.rules.expecting import TODAY
from tests.rules.planted import Planted, cases, planted

AT_LEAST = 400
FALSE_ALARMS = 0.01


@pytest.fixture(scope="module")
def register() -> Planted:
    return planted()


@pytest.fixture(scope="module")
def found(register) -> dict[tuple[str, str], list[Finding]]:
    by_row = defaultdict(list)
    for finding in findings(register.book, RuleContext(TODAY)):
        by_row[finding.tab, finding.row_id].append(finding)
    return by_row


def test_there_are_enough_of_both():
    planted_faults = [case for case in cases() if case.code]
    assert len(planted_faults) >= AT_LEAST
    assert len(cases()) - len(planted_faults) >= AT_LEAST


def test_every_code_of_the_catalogue_is_planted():
    assert {case.code for case in cases() if case.code} == set(rule_catalogue())


def test_every_fault_is_found(register, found):
    missed = []
    for case, row, proposal in register.cases:
        if not case.code:
            continue
        here = [f for f in found[case.tab, row] if (f.column, f.code) == (case.column, case.code)]
        if not here:
            other = [(f.column, f.code, f.suggestion) for f in found[case.tab, row]]
            missed.append(f"{case.where} {case.column}:{case.code} {dict(case.cells)} {other}")
        elif case.proposal is not None and here[0].suggestion != proposal:
            missed.append(f"{case.where} {dict(case.cells)}: proposes {here[0].suggestion!r}")
    assert not missed, "\n".join(missed)


def test_near_misses_are_left_alone(register, found):
    near = [(case, row) for case, row, _ in register.cases if not case.code]
    alarms = [
        f"{case.where} {dict(case.cells)} {f.column}:{f.code} {f.suggestion!r}"
        for case, row in near
        for f in found[case.tab, row]
    ]
    assert len(alarms) <= FALSE_ALARMS * len(near), "\n".join(alarms)
