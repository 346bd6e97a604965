"""Records which first letters informed which people about the register (GDPR art. 14)."""

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


class InformedReaders(ReleasedLetters):
    """The part of the port ``Ledger`` about people who were informed about the register."""

    def notices(self) -> Sequence[NoticeEntry]:
        """Return the letters that informed, or may have informed, people about the register.

        They are sorted by time; rehearsals are left out.
        """
        rows = self._db.execute(
            "select notice.person, notice.address, letter.changed_at from notice"
            " join letter using (campaign, address)"
            " where letter.state in ('intent', 'sent', 'unknown') and substr(campaign, ?) != ?"
            " order by letter.changed_at, notice.person",
            (-len(REHEARSAL), REHEARSAL),
        )
        return [NoticeEntry(*row) for row in rows]

    def keep_notices(self, campaign: str, told: Mapping[str, Iterable[str]]) -> None:
        """Store, by address, which people each planned letter informs about the register.

        The notices of a letter that is still planned are replaced, since it is rendered anew; a
        letter that has been claimed keeps its own.
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
