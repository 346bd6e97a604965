"""What the ledger keeps of first letters: which told whom of the register (GDPR art. 14)."""

from collections.abc import Iterable, Mapping, Sequence

from register.letters.campaign import REHEARSAL
from register.ports.ledger import NoticeEntry
from register.state.released_letters import ReleasedLetters
from register.values.email import mailbox_key

NOTICE_TABLE = """
create table if not exists notice (
  campaign text not null, address text not null, person text not null,
  primary key (campaign, address, person)) without rowid;
"""

_PLANNED = " exists (select 1 from letter where campaign = ? and address = ? and state = 'planned')"


class ToldReaders(ReleasedLetters):
    """The part of the port ``Ledger`` that is about who has been told of the register."""

    def notices(self) -> Sequence[NoticeEntry]:
        """Return who has been told of the register by a letter that went, or may have gone."""
        rows = self._db.execute(
            "select notice.person, notice.address, letter.changed_at from notice"
            " join letter using (campaign, address)"
            " where letter.state in ('intent', 'sent', 'unknown') and substr(campaign, ?) != ?"
            " order by letter.changed_at, notice.person",
            (-len(REHEARSAL), REHEARSAL),
        )
        return [NoticeEntry(*row) for row in rows]

    def keep_notices(self, campaign: str, told: Mapping[str, Iterable[str]]) -> None:
        """Keep which planned letters tell which people of the register, by address.

        A letter that was planned earlier and has not gone is written anew, with a notice or
        without; one that has been claimed keeps what it was claimed with.
        """
        with self._writing() as db:
            for address, people in told.items():
                key = (campaign, mailbox_key(address))
                db.execute(
                    f"delete from notice where campaign = ? and address = ? and{_PLANNED}",  # noqa: S608
                    (*key, *key),
                )
                for person in people:
                    db.execute(
                        f"insert or ignore into notice select ?, ?, ? where{_PLANNED}",
                        (*key, person, *key),
                    )
