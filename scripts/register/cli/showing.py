"""What commands print besides an outcome: tables, matches, what doctor found, one way for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from register.cli.options import Options
from register.errors import VerkostoError

# What is only shown by some commands is loaded where it is shown: a run starts with what it takes.
if TYPE_CHECKING:
    from register.flows.contacts_match import Match
    from register.flows.doctor import Diagnosis
    from register.places.renewal import Difference
    from register.ports import Layout, Traffic
    from register.report.sentences import Sentences


def show_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], options: Options, say: Sentences
) -> NoReturn:
    """Print a plain table, or with ``--format json`` a list of objects, and exit with 0."""
    lines = list(rows)
    if options.format == "json":
        objects = [dict(zip(headers, line, strict=True)) for line in lines]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=1))
        raise SystemExit(0)
    shown = [[say(header) for header in headers], *lines]
    widths = [max(len(line[i]) for line in shown) for i in range(len(headers))]
    for line in shown:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    raise SystemExit(0)


def show_matches(matches: Sequence[Match], options: Options) -> NoReturn:
    """Print who is there twice, one pair a line, or as JSON; exit with 0."""
    if options.format == "json":
        pairs = (json.dumps(match.contract(), ensure_ascii=False) for match in matches)
        click.echo('{"pairs": [' + ",".join(f"\n {pair}" for pair in pairs) + "\n]}")
        raise SystemExit(0)
    from register.report.pair_evidence import EVIDENCE
    from register.report.sentences import Sentences

    say = Sentences(options.lang or "fi")
    for match in matches:
        why = ", ".join(
            f"{say(EVIDENCE[f'{one.comparison}_{one.level}'])} ({one.weight:+.1f})"
            for one in match.reasons
        )
        click.echo(
            f"{match.left} = {match.right}  {match.probability:.3f}  {match.decision}  {why}"
        )
    raise SystemExit(0)


def show_diagnosis(diagnosis: Diagnosis, options: Options, say: Sentences) -> NoReturn:
    """Print what ``doctor`` found, and exit with the fault's code."""
    faults = [say.error(fault) for fault in diagnosis.faults]
    if options.format == "json":
        value = {
            "in_place": [say(msgid, **values) for msgid, values in diagnosis.said],
            "fault": faults[0] if faults else None,
            "faults": faults,
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        raise SystemExit(diagnosis.exit_code)
    for found in diagnosis.found:
        if isinstance(found, VerkostoError):
            click.echo(f"✗ {say.error(found)}")
        elif not options.quiet and (faults or not options.cron):
            click.echo(f"✓ {say(found[0], **found[1])}")
    if not (faults or options.quiet or options.cron):
        click.echo(say("Everything is in place."))
    raise SystemExit(diagnosis.exit_code)


def show_differences(
    found: Sequence[Difference], kept: Sequence[Path], options: Options, say: Sentences
) -> NoReturn:
    """Print how the places of the new year differ, and exit; 3 where that was asked for."""
    from register.report.place_differences import differences_text

    if options.format == "json":
        value = {"differences": [asdict(one) for one in found], "written": [str(p) for p in kept]}
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
    elif not options.quiet and (found or not options.cron):
        click.echo(differences_text(found, say, full=options.verbose))
        for path in kept:
            click.echo(f"→ {path}")
        if found and not options.apply:
            click.echo(say("Nothing was written. Add --apply to do it."))
    raise SystemExit(3 if found and options.detailed_exitcode and not options.apply else 0)


def show_traffic(traffic: Traffic, say: Sentences) -> None:
    """Print what a run cost at Google, on stderr."""
    cost = say(
        "Google: {reads} reads, {writes} writes, {sent} kB sent, {received} kB received, "
        "{waited} s waited.",
        reads=traffic.reads,
        writes=traffic.writes,
        sent=round(traffic.bytes_sent / 1000),
        received=round(traffic.bytes_received / 1000),
        waited=round(traffic.waited),
    )
    click.echo(cost, err=True)


def show_rules(code: str, options: Options) -> NoReturn:
    """Print what one rule means, or with '' all rules in a line each, and exit with 0."""
    from register.report.explain import as_rules_json, explained, listed
    from register.report.sentences import Sentences
    from register.rules import catalogue, rule_named

    say = Sentences(options.lang or "fi")
    known = rule_named(code.strip()).code if code.strip() else ""
    if options.format == "json":
        click.echo(as_rules_json([known] if known else sorted(catalogue()), say))
    else:
        click.echo(explained(catalogue()[known], say) if known else listed(say))
    raise SystemExit(0)


def show_layout(layout: Layout, name: str, options: Options, say: Sentences) -> NoReturn:
    """Print what ``create`` made or would make, and exit."""
    pending = bool(layout.created or layout.added)
    if options.format == "json":
        added = [{"message": msgid, **values} for msgid, values in layout.added]
        kept = [{"message": msgid, **values} for msgid, values in layout.kept]
        value = {"created": layout.created, "added": added, "applied": options.apply, "kept": kept}
        click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))
    elif not options.quiet and (pending or not options.cron):
        for msgid, values in layout.added:
            click.echo(f"+ {say(msgid, **values)}")
        for msgid, values in layout.kept:
            click.echo(f"! {say(msgid, **values)}")
        if not pending:
            click.echo(say("{book} has everything; nothing to add.", book=name))
        elif options.apply:
            click.echo(say("{book} is ready.", book=name))
        else:
            click.echo(say("Nothing was written. Add --apply to do it."))
    raise SystemExit(3 if pending and options.detailed_exitcode and not options.apply else 0)
