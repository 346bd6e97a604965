"""After every run: what Tarkista calls handled is true in the book, all else is open or answered."""

import os

from hypothesis import given, settings, strategies as st

from register.book.cells import cell_text
from register.book.change import Change
from register.book.log import log_rows
from register.book.schema import schema
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.review.mail_questions import mail_question
from register.review.register_questions import value_question as register_question
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.contract.memory_store import MemoryStore
from tests.making import book

ORDERS, SAY, CLOCK = CleanupOptions(SAFE), Sentences("fi"), TickingClock()
INVITATION = "K-MYRB1"
IDS = ("O-MYRB1", "O-C30J9", "O-0JCDN", "O-FGVWW")
TWIN = {"name": "Lähimmäisapu ry", "municipality": "Espoo", "type": "association", "source": "x"}
WORDS = {
    "": "", "sama": "same", "SAMA ": "same", "samma": "same", "eri": "different",
    "Olika.": "different", "hyväksy": "yes", "OK!": "yes", "kyllä": "yes", "ei": "no",
    "ohita": "ignore", "en tiedä": "unsure", "kysy": "unsure", "poista": "other", "arkistoi": "archive",
    "hyväksy kaikki": "yes", "hyväksy aina": "other",
}  # fmt: skip
HANDED = {"accept": "yes", "carry_out": "yes", "confirm": "yes", "ignore": "ignore"}
"""What a line above alike questions hands out to them."""
VALUES = {
    "Vantaa": "Vantaa", "vanda": "Vantaa", "040 765 4321": "+358407654321", "Atlantis": "",
    "säätiö": "säätiö", "12.3.2026": "12.3.2026", "messuilta saatu": "messuilta saatu",
}  # fmt: skip
SPOILT = {
    "municipality": ["Espoo", "Esppo", "Nummi-Pusula"],
    "phone": ["", "040 123", "+358401111111"],
    "type": ["association", "yhdistyss", ""],
    "source": ["x", ""],
    "verified_on": ["", "31.2.2026", "2020-01-01"],
}
ROW = st.fixed_dictionaries({key: st.sampled_from(cells) for key, cells in SPOILT.items()})
CARD = st.fixed_dictionaries(
    {
        "org": st.sampled_from(["Lähimmäisapu ry", "Lähimäisapu ry"]),
        "municipality": st.just("Espoo"),
        "phone": st.sampled_from(["", "040 111 2222", "040 333 4444"]),
    }
)
NAMES = ("Aino", "Otto", "Elli")
REFUSER = st.builds(
    lambda first, consent, source: {
        "org": "Lähimmäisapu ry",
        "municipality": "Espoo",
        "first": first,
        "last": "Meri",
        "email": f"{first.lower()}@meri.example",
        "consent": consent,
        "source": source,
    },
    st.sampled_from(NAMES),
    st.sampled_from(["no", "no", "yes", "perunut"]),
    st.sampled_from(["lista", "lista", "lomake"]),
)
TYPED = st.tuples(
    st.sampled_from([*WORDS, *WORDS, *VALUES]), st.sampled_from(["", "", "", *VALUES, "eri"])
)
EDIT = st.tuples(st.integers(0, 3), st.sampled_from(list(SPOILT)), st.sampled_from(["Vantaa", ""]))
ROUND = st.tuples(st.lists(TYPED, max_size=12), st.lists(EDIT, max_size=2))


def run(store, meanwhile=()):
    """Run a cleanup; ``meanwhile`` a person edits cells between its reading and its writing."""
    there = store.read()
    outcome = cleanup(there, CLOCK.now(), ORDERS, SAY)
    hand(store, meanwhile)
    return store.write(
        outcome.plan, lambda changes, now: log_rows(changes, outcome.run, "2026-11-23T09:00", now)
    )


def hand(store, edits):
    organisations = store.book.table("organisations")
    for number, column, value in edits:
        row = IDS[number]
        if row in organisations:
            store.book = store.book.with_changes(
                [Change("organisations", row, column, organisations.cell(row, column), value, "p")]
            )


def types(store, words):
    """Have a person write these decisions, and values into Ehdotus, beside the open questions."""
    review = store.book.table("review")
    still = [case for case, row in review.rows() if not row["done"]]
    for case, (word, value) in zip(still, words, strict=False):
        cells = {"decision": word} | ({"suggestion": value} if value else {})
        store.book = store.book.with_changes(
            [Change("review", case, key, review.cell(case, key), text, "p") for key, text in cells.items()]
        )  # fmt: skip


def end(there, row_id):
    table, steps = there.table("organisations"), 0
    while table.cell(row_id, "status") == "merged":
        row_id, steps = table.cell(row_id, "merged_into").rpartition(" · ")[2], steps + 1
    return row_id, steps


def says(there, row, text):
    """Whether the cell that a row of Tarkista is about shows this text, in its column's form."""
    row_id, header = row["link"].rpartition(" · ")[2], row["left"].partition(":")[0]
    tab = schema().tab_of_id(row_id)
    column = next(c for c in tab.columns if header in c.headers.values())
    wanted = text if column.type == "text" else VALUES.get(text, text)
    return cell_text(column, there.table(tab.key).cell(row_id, column.key), "fi") == wanted


def asks_elsewhere(kind):
    """The register with a question of another's: an open register's, or a mail's."""
    start = {"invitations": [{"id": INVITATION, "email": "x@meri.example"}]}
    bare = book(organisations=[{"id": IDS[0], **TWIN}], **start)
    raised = {
        "": lambda: (),
        "source": lambda: register_question(
            bare, ("organisations", IDS[0], "phone"), "+358409998888", "Puhelin?", SAY
        ),
        "answer": lambda: mail_question(
            *(bare, SAY, "answer", ("invitations", INVITATION), "Tulossa?"),
            suggestion=SAY.label("rsvp", "coming"),
        ),
    }[kind]()
    row = {change.column: change.after for change in raised}
    return start | ({"review": [row]} if row else {})


def is_banned(there, row):
    """Whether everybody whom a question of refusals names is in Kiellot."""
    inbox = there.table("inbox")
    cards = row["left"].split() if row["left"].startswith("S-") else row["message"].split()[1:2]
    banned = {ban["email"] for _, ban in there.table("bans").rows()}
    return {inbox.cell(card, "email") for card in cards} <= banned


def handed_out(there, line):
    """Return the questions that have got their decision from a line above them."""
    log = there.table("log").rows()
    return [row["row"] for _, row in log if line in row["why"] and row["col"] == "Päätös"]


def is_true(there, row):
    """Whether the book says what a handled row asked for; told without the tool's own reading."""
    word = row["decision"]
    if row["kind"] == "bulk":
        return all(there.table("review").cell(one, "done") for one in handed_out(there, row["id"]))
    meant = (WORDS | HANDED).get(word, "value")
    if "Kiellot" in row["suggestion"]:
        return is_banned(there, row) if meant == "yes" else meant != "value"
    if row["kind"] in ("source", "answer") and meant in ("yes", "value"):
        tab, about, column = {
            "source": ("organisations", IDS[0], "phone"),
            "answer": ("invitations", INVITATION, "rsvp"),
        }[row["kind"]]
        text = row["suggestion"] if meant == "yes" else VALUES[word]
        shown = SAY.value(tab, column, there.table(tab).cell(about, column))
        return text in (shown, there.table(tab).cell(about, column))
    if row["kind"] == "duplicate":
        sources = [one for one in IDS if one in row["message"]]
        if meant == "yes":
            meant = {"": "same", "eri": "different"}.get(row["suggestion"].replace("sama", ""), "")
        if "Saapuneet" in row["link"]:
            result = there.table("inbox").cell(row["link"].rpartition(" ")[2], "result")
            known = {end(there, part.rpartition(" ")[2])[0] for part in result.split(", ")}
            return meant != "same" or end(there, sources[0])[0] in known
        one, other = (end(there, row_id)[0] for row_id in sources)
        return {"same": one == other, "different": one != other, "no": one != other}.get(
            meant, True
        )
    if meant == "value":
        return says(there, row, word)
    if meant == "archive":
        return (
            there.table("organisations").cell(row["link"].rpartition(" · ")[2], "status")
            == "archived"
        )
    if meant == "yes" and row["kind"] == "stale" and not row["suggestion"]:
        return says(there, row, "23.11.2026")
    if meant in ("yes", "same"):  # "same" where a person has meanwhile written the proposal
        return says(there, row, row["suggestion"])
    # A word that asks for no change closes what somebody has meanwhile put right by hand.
    return meant in ("", "ignore", "no", "unsure", "different")


def holds(there, before, *, settled, edited=()):
    """Check the rows that a run has closed, and that all others are open or answered.

    ``edited`` are rows that a person has changed meanwhile where the run had nothing to write.
    """
    for case, row in there.table("review").rows():
        if row["done"] and not before.table("review").cell(case, "done"):
            assert row["link"].rpartition(" · ")[2] in edited or is_true(there, row), (case, row)
        elif (
            settled
            and not row["done"]
            and WORDS.get(row["decision"], "value") not in ("", "unsure")
        ):
            assert row["answer"], (case, row)
    for row_id in IDS:
        assert end(there, row_id)[1] <= 1


def not_asked_again(store):
    """What was closed without a word is asked no more, and nothing else is left to be done."""
    left = cleanup(store.read(), CLOCK.now(), ORDERS, SAY).plan.changes
    assert [change for change in left if change.kind != "note"] == []


@settings(
    max_examples=int(os.environ.get("STORIES", "10")), derandomize="STORIES" not in os.environ
)
@given(
    st.lists(ROW, min_size=2, max_size=4),
    st.lists(CARD, max_size=2),
    st.lists(ROUND, min_size=1, max_size=3),
    st.lists(REFUSER, max_size=3, unique_by=lambda card: card["first"]),
    st.sampled_from(["", "source", "answer"]),
)
def test_what_is_handled_is_true_and_all_else_is_open_or_answered(
    rows, cards, rounds, refusers, elsewhere
):
    organisations = [{"id": row_id, **TWIN, **row} for row_id, row in zip(IDS, rows, strict=False)]
    tabs = asks_elsewhere(elsewhere)
    store = MemoryStore(book(organisations=organisations, inbox=[*cards, *refusers], **tabs))
    run(store)
    for words, edits in rounds:
        types(store, words)
        before = store.read()
        outcome = run(store, edits)
        targets = {change.row_id for change in outcome.changes if change.tab == "organisations"}
        edited = {IDS[number] for number, _, _ in edits} - targets
        holds(store.read(), before, settled=not edits, edited=edited)
    for _ in range(2):
        before = store.read()
        run(store)
        holds(store.read(), before, settled=True)
    not_asked_again(store)
