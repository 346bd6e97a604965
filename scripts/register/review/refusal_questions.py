"""Refusals that came with a list or a form: one question a list before they become bans."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from register.book.change import Change, added_row
from register.book.headers import fold_header
from register.book.ids import fingerprint, new_id
from register.book.phrase import Phrase
from register.book.schema import schema
from register.book.table import Book
from register.letters.tally import TALLY_REASON
from register.people.refusal_words import tells_bounce
from register.people.refusals import Refusal, open_refusals, rows_named
from register.people.suppression import Bans
from register.people.told_refusals import ToldRefusal, told_refusals
from register.review.question import Question, choices_for_proposal, question_cells
from register.values.areas import split_areas
from register.values.email import mailbox_key, one_mailbox_key
from register.words.sentences import Sentences

_NAMED = 5
_MOST = 200
"""The most rows that one question names: its cell has no room for more."""

_WHO = ("id", "name", "first", "last", "org", "email", "consent", "text")
"""Columns of an ``inbox`` row that only refuses letters."""

_Refusals = Sequence[Refusal]


def refusal_questions(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return a question for each list with unanswered refusals; accepting bans them all."""
    return [_question(book, *one, today, say) for one in _batches(book).items()]


def rows_that_only_refuse(book: Book) -> set[str]:
    """Return the ids of ``inbox`` rows that are asked about as refusals, and not taken in."""
    asked = {one.source for one in book.once(open_refusals).values() if one.told}
    return {
        row_id
        for row_id, row in book.table("inbox").rows()
        if row_id in asked and not any(row[key] for key in row if key not in _WHO)
    }


def banned_already(book: Book) -> Iterator[Change]:
    """Yield the result of each such row whose addressees have all been banned."""
    bans, inbox = book.once(Bans), book.table("inbox")
    told: dict[str, list[ToldRefusal]] = {}
    for one in book.once(told_refusals):
        if one.tab == "inbox" and not inbox.cell(one.row_id, "result"):
            told.setdefault(one.row_id, []).append(one)
    known = schema().enum("intake_result").label("known", book.language)
    for row_id, every in told.items():
        if all(bans.stops(one.address, "invitation") for one in every):
            who = next((one.person or one.org for one in every if one.person or one.org), "")
            ban = next((bans.row(one.address) for one in every), "")
            yield Change("inbox", row_id, "result", "", f"{known} {who or ban}", "intake")


def new_refusal_notes(
    book: Book, questions: Iterable[Question], known: Collection[str], say: Sentences
) -> Iterator[Phrase]:
    """Yield a phrase about the refusals that are asked about for the first time.

    ``known`` are the ids of the questions that ``review`` had before.
    """
    new = {question.id for question in questions}.difference(known)
    asked = [one for case_id, batch in _batches(book).items() if case_id in new for one in batch]
    who = list(
        dict.fromkeys(
            book.reference("people", one.person) if one.person else one.source for one in asked
        )
    )
    if who:
        titles = {key: say.title(key) for key in ("review", "bans")}
        named = [*who[:_NAMED], *(["…"] if len(who) > _NAMED else [])]
        yield (
            "{count} have refused letters by a list or a form: they get none, and {review} asks"
            " whether to put them into {bans} ({who}).",
            {"count": len(who), "who": named, **titles},
        )


def ban_changes(
    book: Book,
    sources: Mapping[str, str],
    reason: str,
    today: date,
    scope: str = "invitations",
    topic: str = "",
) -> Iterator[Change]:
    """Yield a row of ``bans`` for each address that has no such ban, or a wider one, yet.

    ``sources`` gives the origin of the ban by address. A bounced address is banned from everything.
    A recipient who accepts only letters, and now refuses those, too, is banned from both. A ban
    with a ``topic`` covers that topic alone.
    """
    about = (fold_header(topic),) if topic else ()
    scope = "all" if reason == "bounced" else scope
    bans, taken = book.once(Bans), book.taken() if sources else set()
    for address, source in sources.items():
        stops = [bans.stops(address, kind, about) for kind in _KINDS.get(scope, ("invitation",))]
        wider = any(one in ("ban-all", "ban-erased", "ban-key") for one in stops)
        if wider or (all(stops) and scope != "all"):
            continue
        row_id = new_id("E", (mailbox_key(address), scope, reason, *about), taken)
        taken.add(row_id)
        cells = {
            "id": row_id,
            "email": address,
            "scope": scope,
            **({"topic": topic} if topic else {}),
            "reason": reason,
            "date": today.isoformat(),
            "source": source,
        }
        yield from added_row("bans", cells, TALLY_REASON)


_KINDS = {
    "invitations": ("invitation", "letter", "reminder"),
    "letters": ("letter",),
    "reminders": ("reminder",),
}
"""The kinds of mail that each scope stops; if all are stopped already, no ban is added."""

_WIDENED = {
    "letter": {"letters": "lifted", "invitations": "all_but_letters"},
    "reminder": {"reminders": "lifted"},
    "invitation": {"invitations": "lifted", "all_but_letters": "lifted"},
}


def lifted_bans(book: Book, addresses: Iterable[str], kind: str) -> Iterator[Change]:
    """Yield the changes that let one kind of mail go again to recipients who ask for it anew.

    Only bans that they asked for themselves are lifted or narrowed: not a ban on everything, one
    with another reason, or one on a topic.
    """
    for row_id, row in _own_bans(book, addresses):
        if (after := _WIDENED[kind].get(row["scope"], "")) and not row.get("topic"):
            yield _narrowed(row_id, "scope", row["scope"], after)


def lifted_topics(book: Book, addresses: Iterable[str], topic: str) -> Iterator[Change]:
    """Yield the changes that let mail about a topic go again to recipients who ask for it anew."""
    for row_id, row in _own_bans(book, addresses):
        topics = split_areas(row.get("topic", ""))
        left = [one for one in topics if fold_header(one) != fold_header(topic)]
        if left and left != topics:
            yield _narrowed(row_id, "topic", row["topic"], ", ".join(left))
        elif topics and not left:
            yield _narrowed(row_id, "scope", row["scope"], "lifted")


def _own_bans(book: Book, addresses: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (id, cells) of these addresses' bans that were asked for and still hold."""
    mailboxes = {one_mailbox_key(one) for one in addresses} - {""}
    for row_id, row in book.table("bans").rows():
        mine = one_mailbox_key(row.get("email", "")) in mailboxes
        if mine and row.get("reason") == "request" and row.get("scope", "") not in ("", "lifted"):
            yield row_id, row


def _narrowed(row_id: str, column: str, before: str, after: str) -> Change:
    return Change("bans", row_id, column, before, after, TALLY_REASON, group=f"ban {row_id}")


def suggestion_text(say: Sentences, guess: str, scope: str = "invitations") -> str:
    """Return a guess in words: the label of an answer, or the ban for "unsubscribe"."""
    if guess == "unsubscribe":
        return f"{say.title('bans')}: {say.label('ban_scope', scope)}"
    return say.label("rsvp", guess) if guess else ""


def _batches(book: Book) -> dict[str, _Refusals]:
    """Return the refusals that are asked about together, by question id.

    A refusal stays with the open question that names it, or alone if a person has begun to decide
    about it. The others go by the list that the rows of ``inbox`` came from.
    """
    review, inbox = book.table("review"), book.table("inbox")
    refusals = list(book.once(open_refusals).values())
    asked: dict[str, str] = {}
    for case_id, row in review.rows() if refusals else ():
        if not row.get("done"):
            asked |= dict.fromkeys(rows_named(row), case_id)
    batches: dict[str, list[Refusal]] = {}
    lists: dict[str, dict[str, list[Refusal]]] = {}
    for one in refusals:
        if one.told:
            batches.setdefault(one.case, []).append(one)
        elif review.cell(one.case, "decision") and not review.cell(one.case, "done"):
            batches[one.case] = [one]
        elif one.source in asked:
            batches.setdefault(asked[one.source], []).append(one)
        else:
            rows = lists.setdefault(inbox.cell(one.source, "source"), {})
            rows.setdefault(one.source, []).append(one)
    for every in _by_list(book, lists.values()):
        if len(every) == 1:
            batches |= {one.case: [one] for one in every[0]}
            continue
        for start in range(0, len(every), _MOST):
            batch = [one for row in every[start : start + _MOST] for one in row]
            batches[fingerprint("refusals", *(one.case for one in batch))] = batch
    return dict(batches)


def _by_list(
    book: Book, lists: Iterable[Mapping[str, list[Refusal]]]
) -> Iterator[list[list[Refusal]]]:
    """Yield the rows that are asked about together: a list's, and all rows of one-row lists.

    A row that has been asked about by itself stays so.
    """
    review, ones = book.table("review"), list[list[Refusal]]()
    for rows in lists:
        every = list(rows.values())
        if len(every) > 1 or any(one.case in review for one in every[0]):
            yield every
        else:
            ones += every
    if ones:
        yield ones


def _question(book: Book, case_id: str, batch: _Refusals, today: date, say: Sentences) -> Question:
    if told := batch[0].told:
        return _told_question(book, case_id, told, [one.address for one in batch], today, say)
    rows = [("people", one.person) if one.person else ("inbox", one.source) for one in batch]
    rows = list(dict.fromkeys(rows))
    cards = list(dict.fromkeys(one.source for one in batch))
    came = book.table("inbox").row(cards[0])
    consent = f"{say.header('inbox', 'consent')}: {say.value('inbox', 'consent', came['consent'])}"
    who = [book.reference(*row) for row in rows[:_NAMED]]
    lists = (book.table("inbox").cell(card, "source") for card in cards)
    sources = list(filter(None, dict.fromkeys(lists)))
    several = case_id != batch[0].case
    if several:
        message = say(
            "{count} rows of {tab:inbox} want no letters ({source}): {who}. They are named under A."
            " Choose “{word:carry_out}” if all of them shall go into {tab:bans}; if one should not,"
            " first write “yes” into {column:inbox.consent} of its row.",
            count=len(cards),
            source=sources or consent,
            who=[*who, *(["…"] if len(rows) > _NAMED else [])],
        )
    else:
        message = say(
            "{source} in {inbox} says that {who} wants no letters ({words}). Shall {address} go"
            " into {bans}?",
            source=cards[0],
            inbox=say.title("inbox"),
            who=who[0] if batch[0].person else batch[0].address,
            words=consent,
            address=batch[0].address,
            bans=say.title("bans"),
        )
    cells = question_cells(
        *(book, say, rows[0], "intake", message),
        left=" ".join(cards) if several else " ".join(came["text"].split()) or consent,
        suggestion=suggestion_text(say, "unsubscribe"),
    )
    addresses = {one.address: one.source for one in batch}
    answer = tuple(ban_changes(book, addresses, "request", today))
    return Question(case_id, tuple(rows), cells, choices_for_proposal(answer))


def _told_question(
    book: Book,
    case_id: str,
    told: ToldRefusal,
    addresses: Sequence[str],
    today: date,
    say: Sentences,
) -> Question:
    """Return the question about what words refuse, for a person or all of an organisation."""
    row = ("organisations", told.org) if told.org else ("people", told.person)
    about = row if row[1] else (told.tab, told.row_id)
    who = book.reference(*about) if row[1] else told.address
    bounced, banned = tells_bounce(told.words), told.tab == "bans"
    scope = _typed_scope(book, told.row_id) if banned else "all" if bounced else "invitations"
    message = say(
        "“{line}” in {tab:bans} is no address. Is {who} meant, {addresses}? Until you answer,"
        " nothing is sent there."
        if banned
        else "“{line}” ({place}): do letters to {who} come back? Shall {addresses} go into"
        " {tab:bans}? Until you answer, nothing is sent there."
        if bounced
        else "“{line}” ({place}): does {who} want no more letters? Shall {addresses} go into"
        " {tab:bans}? Until you answer, nothing is sent there.",
        line=told.words,
        place=f"{say.title(told.tab)}: {book.reference(told.tab, told.row_id)}",
        who=who,
        addresses=list(addresses),
    )
    cells = question_cells(
        *(book, say, about, "intake", message),
        left=" ".join(told.words.split()),
        suggestion=suggestion_text(say, "unsubscribe", scope),
    )
    reason = "bounced" if bounced else "request"
    in_place = banned and _all_meant(book, told.row_id, addresses)
    new = addresses[1:] if in_place else addresses
    topic = book.table("bans").cell(told.row_id, "topic") if banned else ""
    sources = dict.fromkeys(new, told.row_id)
    answer = tuple(ban_changes(book, sources, reason, today, scope, topic))
    if in_place:
        meant = Change("bans", told.row_id, "email", told.words, addresses[0], "review")
        answer = (meant, *answer)
    rows = tuple(dict.fromkeys((about, (told.tab, told.row_id))))
    return Question(case_id, rows, cells, choices_for_proposal(answer))


def _typed_scope(book: Book, ban: str) -> str:
    """Return the scope of a row of ``bans``: everything, where it is not known."""
    scope = book.table("bans").cell(ban, "scope")
    return scope if scope in schema().enum("ban_scope").labels else "all"


def _all_meant(book: Book, ban: str, addresses: Collection[str]) -> bool:
    """Whether the cell of a row of ``bans`` can mean no other address than these."""
    return {one.address for one in book.once(told_refusals) if one.row_id == ban} <= {*addresses}
