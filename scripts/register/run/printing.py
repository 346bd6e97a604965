"""How commands print a page, and the pages of tables, matches, diagnoses and others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from register.book.errors import VerkostoError
from register.book.package_data import package_table
from register.run.options import Options
from register.show.page_model import Page, plain_page

# Modules that only some commands need are imported where they are used, to start fast.
if TYPE_CHECKING:
    from register.book.phrase import Phrase
    from register.imports.match_list import ListMatch
    from register.ports.store import Layout, Traffic
    from register.run.diagnosis import Diagnosis
    from register.values.places.renewal import TableDifference
    from register.words.sentences import Sentences

_MOST_DIFFERENCES = 20
"""Maximum number of differences of a kind shown without ``--verbose``."""

_SENTENCES = package_table("register.run", "sentences")["printing"]

_REMEDY = "Close it where it is open, or give another --report-dir."


def show_page(page: Page, options: Options, *, news: bool = True) -> None:
    """Save a page's files into ``--report-dir``, and print it in the chosen format.

    Without ``news``, ``--cron`` prints nothing.
    """
    saved = save_page(page, options.report_dir) if options.report_dir else []
    if options.quiet or (options.cron and not news):
        return
    print_page(page, options)
    if options.format == "text" and saved:
        click.echo("\n".join(("", *(f"  → {path}" for path in saved))))


def print_page(page: Page, options: Options) -> None:
    """Print a page in the chosen ``--format``, or as text if it has no such form.

    An empty form prints nothing.
    """
    if text := page.forms.get(options.format, page.forms["text"])():
        click.echo(text, color=options.color)


def save_page(page: Page, folder: Path) -> list[Path]:
    """Write a page's files, readable by their owner only as they name people; return the paths."""
    from register.run.files import write_bytes

    made: list[Path] = []
    for form in page.saved:
        made.append(folder / f"{page.name}.{form}")
        write_bytes(made[-1], page.forms[form]().encode(), _REMEDY)
    for name, content in page.files.items():
        made.append(folder / name)
        write_bytes(made[-1], content(), _REMEDY)
    return made


def show_notes(notes: Iterable[Phrase], say: Sentences) -> None:
    """Print notes on stderr."""
    for msgid, values in notes:
        click.echo(say(msgid, **values), err=True)


def show_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    options: Options,
    say: Sentences,
    *,
    value: object = None,
    above: str = "",
    name: str = "",
    title: str = "",
) -> NoReturn:
    """Print a plain table, or with ``--format json`` a list of objects, and exit with 0.

    ``value`` replaces that list, ``above`` is a text before the table. A table with a ``name`` and
    a ``title`` also has a page, which ``--report-dir`` saves.
    """
    lines = list(rows)

    def text() -> str:
        shown = [[say(header) for header in headers], *lines]
        widths = [max(len(line[i]) for line in shown) for i in range(len(headers))]
        padded = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in shown)
        return "\n".join((*((above,) if above else ()), *padded))

    def values() -> object:
        objects = [dict(zip(headers, line, strict=True)) for line in lines]
        return objects if value is None else value

    if name:
        from register.show.document import table_document
        from register.show.document_forms import document_forms

        said = [say(header) for header in headers]
        forms = document_forms(lambda: table_document(title, said, lines), say, values)
        show_page(Page(name, {**forms, "text": text}), options)
    else:
        print_page(plain_page(text, values), options)
    raise SystemExit(0)


def show_matches(matches: Sequence[ListMatch], options: Options) -> NoReturn:
    """Print the duplicates in a list, one pair a line, or as JSON; exit with 0."""
    from register.match.evidence import CHAINED, EVIDENCE
    from register.words.sentences import Sentences

    say = Sentences(options.lang or "fi")

    def line(match: ListMatch) -> str:
        why = ", ".join(
            f"{say(EVIDENCE[f'{one.comparison}_{one.level}'])} ({one.weight:+.1f})"
            for one in match.reasons
        )
        pair = f"{match.left} = {match.right}"
        return f"{pair}  {match.probability:.3f}  {match.decision}  {why or say(CHAINED)}"

    def pairs() -> str:
        lines = (json.dumps(match.contract(), ensure_ascii=False) for match in matches)
        return '{"pairs": [' + ",".join(f"\n {pair}" for pair in lines) + "\n]}"

    forms = {"text": lambda: "\n".join(map(line, matches)), "json": pairs}
    print_page(Page("", forms, saved=()), options)
    raise SystemExit(0)


def diagnosis_lines(diagnosis: Diagnosis, say: Sentences, *, silent: bool = False) -> Iterator[str]:
    """Yield a line for each step of a diagnosis; if ``silent``, only for those to act on."""
    for one in diagnosis.lines:
        if isinstance(one.found, VerkostoError):
            yield f"✗ {say.error(one.found)}"
        elif one.state == "warning":
            yield f"! {say(one.said[0], **one.said[1])} {say(one.remedy[0], **one.remedy[1])}"
        elif not silent:
            yield f"✓ {say(one.said[0], **one.said[1])}"


def show_diagnosis(diagnosis: Diagnosis, options: Options, say: Sentences) -> NoReturn:
    """Print a diagnosis, and exit with the first fault's code or 0."""
    faults = [say.error(fault) for fault in diagnosis.faults]

    def lines() -> Iterator[str]:
        silent = options.quiet or (options.cron and not faults)
        yield from diagnosis_lines(diagnosis, say, silent=silent)
        if not (faults or options.quiet or options.cron):
            yield say("Everything is in place.")

    def value() -> object:
        lines = [
            {
                "about": one.about,
                "state": one.state,
                "said": say(one.said[0], **one.said[1]),
                "next": say(one.remedy[0], **one.remedy[1]),
            }
            for one in diagnosis.lines
        ]
        placed = [line["said"] for line in lines if line["state"] == "ok"]
        fault = faults[0] if faults else None
        return {"lines": lines, "in_place": placed, "fault": fault, "faults": faults}

    print_page(plain_page(lambda: "\n".join(lines()), value), options)
    raise SystemExit(diagnosis.exit_code)


def show_differences(
    found: Sequence[TableDifference], kept: Sequence[Path], options: Options, say: Sentences
) -> NoReturn:
    """Print how the places of the new year differ, and exit.

    The code is 3 with ``--detailed-exitcode`` where differences were not written, else 0.
    """

    def text() -> str:
        if options.quiet or (options.cron and not found):
            return ""
        lines = [_differences_text(found, say, full=options.verbose)]
        lines += [f"→ {path}" for path in kept]
        if found and not options.apply:
            lines.append(say("Nothing was written. Add --apply to do it."))
        return "\n".join(lines)

    def value() -> object:
        return {"differences": [asdict(one) for one in found], "written": [str(p) for p in kept]}

    print_page(plain_page(text, value), options)
    raise SystemExit(3 if found and options.detailed_exitcode and not options.apply else 0)


def _differences_text(found: Sequence[TableDifference], say: Sentences, *, full: bool) -> str:
    from register.words.display import display_text

    if not found:
        return say("The tables are as they are published; nothing differs.")
    lines: list[str] = []
    for kind, sentence in _SENTENCES.items():
        some = [one for one in found if f"{one.sign}{one.kind}" == kind]
        for one in some if full else some[:_MOST_DIFFERENCES]:
            values = {
                key: display_text(getattr(one, key)) for key in ("name", "code", "old", "new")
            }
            lines.append(f"{one.sign} {say(sentence, **values)}")
        if not full and len(some) > _MOST_DIFFERENCES:
            more = say("… and {count} more: -v prints all.", count=len(some) - _MOST_DIFFERENCES)
            lines.append(f"{kind[0]} {more}")
    return "\n".join(lines)


def show_traffic(traffic: Traffic, say: Sentences) -> None:
    """Print on stderr how much a run used Google: calls, bytes and waiting time."""
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
    """Print what one rule means, or with '' one line for each rule, and exit with 0."""
    from register.rules import rule_catalogue, rule_named
    from register.show.explain import explain_rule, list_rules, rule_values
    from register.words.sentences import Sentences

    say = Sentences(options.lang or "fi")
    known = rule_catalogue()
    rules = [rule_named(code.strip())] if code.strip() else [known[one] for one in sorted(known)]
    page = plain_page(
        lambda: explain_rule(rules[0], say) if code.strip() else list_rules(say),
        lambda: [rule_values(rule, say) for rule in rules],
    )
    print_page(page, options)
    raise SystemExit(0)


def show_layout(layout: Layout, name: str, options: Options, say: Sentences) -> NoReturn:
    """Print what ``create.py`` made or would make, and exit."""
    pending = bool(layout.created or layout.added)

    def text() -> str:
        if options.quiet or (options.cron and not pending):
            return ""
        lines = [f"+ {say(msgid, **values)}" for msgid, values in layout.added]
        lines += [f"! {say(msgid, **values)}" for msgid, values in layout.kept]
        if not pending:
            lines.append(say("{book} has everything; nothing to add.", book=name))
        elif options.apply:
            lines.append(say("{book} is ready.", book=name))
            if layout.created:
                lines.append(
                    say(
                        "Next: bring in a list (python3 scripts/contacts.py import FILE --apply),"
                        " or write into {tab:inbox}; then python3 scripts/cleanup.py --apply."
                    )
                )
        else:
            lines.append(say("Nothing was written. Add --apply to do it."))
        return "\n".join(lines)

    def value() -> object:
        added = [{"message": msgid, **values} for msgid, values in layout.added]
        kept = [{"message": msgid, **values} for msgid, values in layout.kept]
        return {"created": layout.created, "added": added, "applied": options.apply, "kept": kept}

    print_page(plain_page(text, value), options)
    raise SystemExit(3 if pending and options.detailed_exitcode and not options.apply else 0)
