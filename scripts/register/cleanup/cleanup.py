"""``cleanup.py``: the cron job. Each stage is a function from the book to changes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from register.book.change import Change
from register.book.finding import SEVERITIES, Finding
from register.book.ids import new_id
from register.book.outcome import Outcome, run_id
from register.book.plan_builder import PlanBuilder, undo_key
from register.book.table import Book
from register.cleanup.marks import note_changes, state_changes
from register.cleanup.merging import certain_merges, told_apart_predicate
from register.cleanup.picture import picture_changes
from register.cleanup.undo import requested_undo, undone_changes
from register.cooperation.attendance import attendance_changes
from register.cooperation.cases import cooperation_cases, findings_not_asked
from register.cooperation.matter_lines import contact_rows_of_lines, matter_lines
from register.cooperation.promised import promised_changes
from register.intake.completions import completions
from register.intake.intake import take_in
from register.intake.typed_rows import read_typed_rows
from register.match.certain import SAFE_CERTAIN, Certain
from register.match.evidence import compare_rows
from register.match.learning import UNTAUGHT, LearnedWeights
from register.match.ties import ties
from register.people.records import live_rows
from register.privacy.retention import expired_need_changes
from register.review.address_changes import address_change_questions
from register.review.asked_pairs import drop_asked_pairs, pairs_to_ask
from register.review.astray import open_astray_questions
from register.review.bulk import BulkLine, HandedOut, bulk_changes, bulk_lines, hand_out
from register.review.completions import completion_questions
from register.review.dress import format_changes
from register.review.effects import decision_notes
from register.review.findings import finding_changes, finding_questions
from register.review.gathered import gather_findings, gathered_questions
from register.review.guesses import guess_questions
from register.review.incomplete import incomplete_questions, incomplete_rows
from register.review.life_cycle import questions_left_alone, report_answers, settle_questions
from register.review.links import decided_links, link_inbox, link_questions
from register.review.list_changes import list_change_questions
from register.review.list_gone import gone_questions, moved_people
from register.review.mail_questions import mail_questions
from register.review.nameless_rows import nameless_row_questions
from register.review.orders import DecidedOrders, carry_out, has_pending_decisions
from register.review.own_rules import own_rules, unknown_rules
from register.review.pair_questions import decided_pairs, pair_questions
from register.review.question import Question
from register.review.refusal_questions import (
    banned_already,
    new_refusal_notes,
    refusal_questions,
    rows_that_only_refuse,
)
from register.review.register_questions import register_questions
from register.review.retention import erased_questions, retention_questions, uninformed_questions
from register.review.suggestions import suggestion_questions
from register.review.unsourced import source_questions
from register.review.urgency import review_order, with_urgency
from register.rules import OUT_OF_PLACE_WORDS, SENSITIVE_WORDS, RuleContext, findings, rules_of
from register.values.places import county_of_code, municipality_named, region
from register.words.sentences import Sentences

_ROUNDS = 4
"""Fixing one cell may uncover another one; a chain longer than this waits for the next run."""

_MERGES = 20
"""Each round halves the rows of a group of duplicates, so this is enough for a million rows."""

_WITHOUT_IDS = ("review", "log")


@dataclass(frozen=True, slots=True)
class CleanupOptions:
    """The options of a cleanup from the configuration and the command line."""

    apply_rules: tuple[str, ...]
    stale_months: int = 12
    invite: bool = False
    sensitive_words: tuple[str, ...] = SENSITIVE_WORDS
    foreign_words: tuple[str, ...] = OUT_OF_PLACE_WORDS
    us: str = ""
    """The name of our own organisation, if it is in the register: its offers and needs are ours."""
    certain: tuple[Certain, ...] = SAFE_CERTAIN
    """What two rows must share besides their name to be merged without asking."""
    needs_days: int = 14
    """The number of days after a meeting until the needs that people stated for it are deleted."""
    learned: LearnedWeights = UNTAUGHT
    """What was learned from earlier decisions about two rows."""


def cleanup(book: Book, now: datetime, orders: CleanupOptions, say: Sentences) -> Outcome:
    """Return the outcome with a plan that cleans the register; a second run then plans nothing."""
    draft = PlanBuilder(book)
    rules = dict.fromkeys((*orders.apply_rules, *own_rules(book)))
    orders = replace(orders, apply_rules=tuple(rules))
    setting = RuleContext(
        *(now.date(), orders.stale_months, orders.sensitive_words, orders.foreign_words)
    )
    draft.propose(requested_undo(book, run_id(now)))
    regrets = undone_changes(draft.book)
    draft.leave_out(regrets)
    draft.propose(missing_ids(draft.book))
    passed_over = {row for tab, row, key, _, _ in regrets if (tab, key) == ("inbox", "result")}
    decided, handed = _decisions(draft, setting, orders, say, passed_over)
    fixed = _fix(draft, setting, orders)
    passed = passed_over | _read_inbox(draft, now.date(), passed_over)
    for _ in range(_ROUNDS):
        taken = _take_in(draft, now, orders, passed)
        fixed = _fix(draft, setting, orders, fixed)
        for _ in range(_MERGES):
            if not draft.propose(
                certain_merges(draft.book, draft.regrets, orders.certain, decided.cells)
            ):
                break
        fixed = _fix(draft, setting, orders, fixed)
        if not taken:
            break
    draft.propose(
        ties(draft.book, told_apart_predicate(draft.book, draft.regrets), moved_people(draft.book))
    )
    draft.propose(derived_changes(draft.book, draft.changes))
    draft.propose(attendance_changes(draft.book))
    draft.propose(promised_changes(draft.book, now.date()))
    draft.propose(expired_need_changes(draft.book, now.date(), orders.needs_days))
    found = findings(draft.book, setting)
    asked = _questions(draft.book, found, orders, say, setting, passed_over)
    moment = now.replace(tzinfo=None).isoformat(timespec="minutes")
    shown = with_urgency(draft.book, setting.today, asked, bulk_lines(draft.book, asked, say))
    verdicts = list(settle_questions(draft.book, shown, decided, moment, say))
    draft.propose(verdicts)
    draft.propose(bulk_changes(draft.book, shown, handed, moment, say))
    bulk = bulk_lines(draft.book, shown, say)
    still_open = _mark(draft, setting.today, found, asked, shown, bulk, say)
    order = review_order(draft.book, now.date(), asked, bulk)
    return Outcome(
        "cleanup",
        draft.book,
        run=run_id(now),
        plan=draft.plan(order),
        findings=found,
        notes=(
            *new_refusal_notes(draft.book, still_open, book.table("review").numbers, say),
            *report_answers(draft.book, verdicts, say),
            *unknown_rules(draft.book),
        ),
        comparisons=tuple(
            compare_rows(draft.book, one.pair, say) for one in still_open if one.pair
        ),
        order=order,
    )


def _mark(
    draft: PlanBuilder,
    today: date,
    found: Sequence[Finding],
    asked: Iterable[Question],
    shown: Iterable[Question],
    bulk: Sequence[BulkLine],
    say: Sentences,
) -> list[Question]:
    """Write the marks of open questions to their rows and to ``review``; return these questions.

    ``shown`` are the same questions with the urgency that ``review`` shows.
    """
    still_open, listed = _still_open(draft.book, asked), _still_open(draft.book, shown)
    draft.propose(state_changes(draft.book, still_open, incomplete_rows(draft.book, found)))
    every = [*(line.question for line in bulk), *listed]
    draft.propose(note_changes(draft.book, still_open, decision_notes(draft.book, every, say)))
    draft.propose(format_changes(draft.book, every))
    draft.propose(picture_changes(draft.book, listed, today, say))
    return still_open


def _read_inbox(draft: PlanBuilder, today: date, passed_over: Collection[str]) -> set[str]:
    """Read the rows that people have typed; return the ids of those that are not taken in."""
    draft.propose(banned_already(draft.book))
    named = dict(contact_rows_of_lines(draft.book, today, passed_over))
    told = {line.row_id for line in matter_lines(draft.book, today)} | named.keys()
    told |= rows_that_only_refuse(draft.book)
    draft.propose([change for rows in named.values() for change in rows])
    draft.propose(read_typed_rows(draft.book, told.union(passed_over)))
    return told


def _take_in(
    draft: PlanBuilder, now: datetime, orders: CleanupOptions, passed_over: Collection[str]
) -> int:
    """Take in the waiting rows of ``inbox``; return how many cells that changes."""
    found = link_inbox(draft.book, passed_over, orders.learned)
    return draft.propose(
        take_in(
            draft.book,
            now.date(),
            invite=orders.invite,
            passed_over=passed_over,
            links=found.links,
        )
    )


def missing_ids(book: Book) -> Iterator[Change]:
    """Yield a change with a new id for every row that has none."""
    taken = book.taken()
    for table in book.tables.values():
        if not table.tab.letter or table.tab.key in _WITHOUT_IDS or not table.has("id"):
            continue
        for row_id, row in table.rows():
            if row_id.startswith("#"):
                wanted = new_id(table.tab.letter, (table.tab.key, *row.values()), taken)
                taken.add(wanted)
                yield Change(table.tab.key, row_id, "id", row["id"], wanted, "id")


def derived_changes(book: Book, planned: Iterable[Change] = ()) -> Iterator[Change]:
    """Yield the changes of ``region`` and ``county``, which follow from ``municipality``.

    If one of the ``planned`` changes writes the municipality, they are in its group.
    """
    table = book.table("organisations")
    groups = {
        change.row_id: change.group
        for change in planned
        if (change.tab, change.column) == ("organisations", "municipality")
    }
    for row_id, row in live_rows(table):
        home = municipality_named(row.get("municipality", ""))
        wanted = {"region": "", "county": ""}
        if home:
            wanted["region"] = region(home.region).name(book.language)
            wanted["county"] = (
                county_of_code(home.county).name(book.language) if home.county else ""
            )
        for column, value in wanted.items():
            if table.has(column) and row[column] != value:
                group = groups.get(row_id, "")
                yield Change(
                    "organisations", row_id, column, row[column], value, "derived", group=group
                )


def _decisions(
    draft: PlanBuilder,
    setting: RuleContext,
    orders: CleanupOptions,
    say: Sentences,
    passed_over: Collection[str],
) -> tuple[DecidedOrders, HandedOut]:
    """Carry out the decisions in ``review``; return them, and what was handed out to many rows."""
    if not has_pending_decisions(draft.book):
        return DecidedOrders(), HandedOut()
    found = findings(draft.book, setting)
    questions = _questions(draft.book, found, orders, say, setting, passed_over)
    handed = hand_out(draft.book, questions, say)
    book = draft.book.with_changes(handed.changes)
    decided = carry_out(book, questions, say)
    draft.leave_out(draft.regrets.difference(map(undo_key, decided.changes)))
    draft.propose([*handed.landing(decided), *decided.changes])
    for line_id, members in handed.members.items():
        said = [("review", line_id, column) for column in ("decision", "value", "by")]
        for member in members:
            draft.rest_on(("review", member), said)
    return decided, handed


def _fix(
    draft: PlanBuilder, setting: RuleContext, orders: CleanupOptions, fixed: Book | None = None
) -> Book | None:
    """Apply the rules that need no question, except where people have decided otherwise.

    Returns the book in which nothing is left to fix, None if something may be left. ``fixed`` is
    the result of the previous call.
    """
    if draft.book is fixed:
        return fixed
    alone = questions_left_alone(draft.book)
    fixing = rules_of(orders.apply_rules)
    for _ in range(_ROUNDS):
        fixes = [
            change
            for finding in findings(draft.book, setting, fixing)
            if finding.code in orders.apply_rules and finding.case_id not in alone
            for change in finding_changes(draft.book, finding)
        ]
        if not draft.propose(fixes):
            return draft.book
    return None


def _still_open(book: Book, asked: Iterable[Question]) -> list[Question]:
    review = book.table("review")
    return [question for question in asked if not review.cell(question.id, "done")]


def _questions(
    book: Book,
    found: Iterable[Finding],
    orders: CleanupOptions,
    say: Sentences,
    setting: RuleContext,
    passed_over: Collection[str],
) -> list[Question]:
    passed_over = {*passed_over, *rows_that_only_refuse(book)}
    pairs = pairs_to_ask(book, orders.certain, orders.learned)
    cooperation = cooperation_cases(book, setting.today, say, passed_over, orders.us)
    asked_elsewhere = {row for question in cooperation for _, row in question.rows} | {*passed_over}
    changed = address_change_questions(book, setting.today, say)
    gone = gone_questions(book, setting.today, say)
    leaving = {row for question in gone for row in question.rows}
    rules = [
        one
        for one in drop_asked_pairs(book, findings_not_asked(found, cooperation), pairs)
        if one.column != "end" or (one.tab, one.row_id) not in leaving
    ]
    together = gather_findings(book, rules)
    alone = set(rules).difference(*together.values())
    lone = [one for one in rules if one in alone]
    fillings = [
        *completion_questions(book, completions(book), say),
        *suggestion_questions(book, say),
        *source_questions(book, say),
    ]
    questions = [
        *finding_questions(book, lone, setting.today, say),
        *gathered_questions(book, together, say),
        *cooperation,
        *nameless_row_questions(book, setting.today, say, asked_elsewhere),
        *pair_questions(book, pairs, say),
        *link_questions(book, link_inbox(book, passed_over, orders.learned), say),
        *fillings,
        *incomplete_questions(book, rules, say, _still_open(book, fillings)),
        *register_questions(book),
        *erased_questions(book),
        *retention_questions(book, setting.today),
        *uninformed_questions(book),
        *open_astray_questions(book),
        *mail_questions(book, setting.today, say),
        *refusal_questions(book, setting.today, say),
        *(one for one in changed if leaving.isdisjoint(one.rows)),
        *guess_questions(book, say),
        *list_change_questions(book, setting.today, say),
        *gone,
    ]
    questions += decided_pairs(book, {question.id for question in questions})
    questions += decided_links(book)
    questions.sort(key=lambda question: SEVERITIES.index(question.severity))
    return list({question.id: question for question in questions}.values())
