"""What people are told of the reasons in :mod:`register.letters.audience`, by code.

``REASON_SENTENCES`` are msgids that tell of several people, ``SHORT`` the words of
:func:`short_reasons`, which stand beside one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from register.book.phrase import Phrase
from register.words.sentences import Sentences

REASON_SENTENCES: Mapping[str, str] = {
    "own-municipality": "{count} work in the area",
    "home-municipality": "{count} are from organisations whose home is in the area",
    "area-of-activity": "{count} are from organisations that are active in the area",
    "nationwide": "{count} are invited because the meeting is nationwide",
    "no-id": "{count} have no id yet: run python3 scripts/cleanup.py first",
    "merged": "{count} rows have been merged into others",
    "archived": "{count} rows are archived",
    "ended": "{count} have ended in their role",
    "ends-before": "{count} leave their role before the meeting",
    "not-to-invite": "{count} are not to be invited ({column:people.invite} is not “yes”)",
    "organisation-archived": "{count} are from organisations that are archived",
    "area": "{count} are outside the area",
    "no-place": "{count} have no known place",
    "type": "{count} are from another type of organisation",
    "group": "{count} are in another group",
    "topic": "{count} have other topics",
    "network": "{count} are in other networks",
    "mailing": "{count} are not in the mailing",
    "mailing-member": "{count} are in the mailing",
    "no-address": "{count} have no e-mail address",
    "bad-address": "{count} have an e-mail address that cannot be written to",
    "unsafe-name": "{count} have a link, an address or hidden characters in their name",
    "garbled-name": "{count} have signs in the place of letters in their name",
    "strange-name": "{count} have a name that shows nothing, a formula or a number for a name",
    "ban-all": "{count} must not be written to",
    "ban-erased": "{count} have asked to be erased, and are never written to again",
    "ban-key": "{count} cannot be told from people who were erased: the register's key is lost",
    "ban-invitations": "{count} do not want invitations",
    "ban-topic": "{count} do not want anything about its topic",
    "ban-letters": "{count} do not want letters",
    "ban-reminders": "{count} do not want reminders",
    "no-source": "{count} have no source, and nobody is written to until it is known where their "
    "details are from: answer {tab:review}, or fill in {column:people.source}",
    "refused": "{count} have refused letters, and {tab:review} asks about it",
    "vetoed": "{count} have been left out by hand in {tab:invitations}",
    "already-invited": "{count} have been invited already",
    "same-mailbox": "{count} share a mailbox with somebody who gets the letter",
    "same-human": "{count} get the letter by another of their posts",
    "gone": "{count} are no longer in the register",
    "address-changed": "{count} have a new address: run python3 scripts/invite.py plan again",
    "no-answer": "{count} have not answered",
    "was-invited": "{count} were invited",
    "was-asked": "{count} were asked which day suits",
    "is-coming": "{count} are coming",
    "is-not-coming": "{count} have not said that they come",
    "was-there": "{count} were there",
    "answered": "{count} have answered",
    "bounced": "{count} invitations came back",
    "had-it": "{count} have had this letter",
    "was-not-there": "{count} were not there",
    "sent-another": "{count} had somebody else come in their place",
    "moved": "{count} have another address now than the invitation went to",
    "other-language": "{count} get the text in another language than their own",
    "empty-field": "{count} have nothing that a field of the introduction or details could show",
    "meeting-past": "The day of the meeting has passed.",
    "rsvp-missing": "The meeting has no day to answer by.",
    "rsvp-past": "The day to answer by has passed.",
    "rsvp-after-meeting": "The day to answer by is after the meeting.",
}

SHORT_REASONS: Sequence[str] = (
    *REASON_SENTENCES,
    "shared",
    "nameless",
    "no-organisation",
    "freshness",
    "untold",
    "met",
)
"""The codes of what is said of one reader in a few words: short names in the catalogues."""


def short_reasons(say: Sentences) -> Mapping[str, str]:
    """Return what is said of each reason beside one reader, in a few words."""
    return {code: say.named("reader", code) for code in SHORT_REASONS}


def count_reasons(reasons: Iterable[str]) -> Iterator[Phrase]:
    """Yield each reason once, with how often it was given, the most frequent first."""
    for code, count in sorted(Counter(reasons).items(), key=lambda one: (-one[1], one[0])):
        yield REASON_SENTENCES[code], {"count": count}
