"""Takes letters that another computer sent into the ledger, so that none is sent twice."""

from collections.abc import Iterable, Mapping

from register.state.informed_readers import InformedReaders
from register.values.email import mailbox_key

_Row = Mapping[str, str | int]


class AdoptedLetters(InformedReaders):
    """The part of the port ``Ledger`` about letters of other computers."""

    def adopt(self, campaign: str, letters: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Enter letters of another ledger: ``(address, person, message id, state, begun at)``.

        A letter that is only planned here takes the given state; any other letter stays as it is.
        """
        now = self._now()
        rows = [(campaign, mailbox_key(address), *rest, now) for address, *rest in letters]
        with self._writing() as db:
            db.executemany(
                "insert into letter"
                " (campaign, address, person, message_id, state, begun_at, changed_at)"
                " values (?, ?, ?, ?, ?, ?, ?) on conflict do update set state = excluded.state,"
                " begun_at = excluded.begun_at, changed_at = excluded.changed_at"
                " where letter.state = 'planned'",
                rows,
            )

    def learn(
        self, letters: Iterable[_Row], notices: Iterable[_Row], told: Iterable[_Row], us: str
    ) -> None:
        """Merge rows of another computer's ledger, each a mapping by column, into this one.

        Letters claimed by the computer ``us``, or only planned there, are skipped. A letter that is
        planned here takes the other's state. One that is sent, failed or unknown here takes it if
        the other changed later. Notices and announcements that are known here stay as they are.
        """
        news = [one for one in letters if one["state"] != "planned" and one["host"] != us]
        with self._writing() as db:
            db.executemany(
                "insert into letter (campaign, address, person, message_id, state, changed_at,"
                " claimed_at, host) values (:campaign, :address, :person, :message_id, :state,"
                " :changed_at, :claimed_at, :host) on conflict do update set"
                " state = excluded.state, changed_at = excluded.changed_at,"
                " claimed_at = excluded.claimed_at, host = excluded.host"
                " where letter.state = 'planned' or (letter.state in ('sent', 'unknown', 'failed')"
                " and excluded.changed_at > letter.changed_at)",
                news,
            )
            db.executemany(
                "insert or ignore into notice (campaign, address, person)"
                " values (:campaign, :address, :person)",
                notices,
            )
            db.executemany(
                "insert or ignore into told (meeting, sequence, kind, number, facts, at)"
                " values (:meeting, :sequence, :kind, :number, :facts, :at)",
                told,
            )
