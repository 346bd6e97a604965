"""A row's letters from preview to release, as its state asks for them."""

from collections.abc import Sequence
from dataclasses import replace
from hmac import compare_digest

from register.book.errors import TemporaryFailure, VerkostoError
from register.book.phrase import Phrase
from register.letters.campaign import (
    INVITATION,
    LETTER,
    POLL,
    first_campaign,
    is_letter,
)
from register.letters.correspondents import self_registered
from register.letters.digest import read_release_code
from register.people.mailings import ReleasedRow
from register.people.meetings import Invitation, Meeting
from register.ports.ledger import PreviewEntry
from register.rounds.day_choice import is_polled, report_poll
from register.rounds.meeting_desk import MeetingDesk
from register.rounds.parcel import LATER, Parcel, keep_promises, parcel_of
from register.rounds.previews import moment_text, send_preview
from register.rounds.schedule import is_past, read_send_time
from register.rounds.standing import call_off, standing_sentence, unclear_letters

_TYPE_CODE = "A preview is in the mail; type its code into {column:meetings.release}."

_THANKS_CHANGED = (
    "The thanks are not what was released any more. A preview of them is in the mail; type its code"
    " into {column:meetings.release}."
)


def preview_row(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Send the preview that a person has asked for, or write into the row why there is none."""
    parcel = _parcel(desk, row)
    if not is_letter(row.id) and not Invitation.to(desk.book, row.id):
        state = desk.label("gather")
        desk.answer(
            row, ("Gather first: set {column:meetings.state} to “{state}”.", {"state": state})
        )
    elif not parcel.count and desk.room.rehearsal and _has_gone(desk, row, parcel):
        msgid = (
            "These letters have been rehearsed: they are in the outbox, and nobody has got one."
            " They can go once the configuration names a mail server: [post] kind."
        )
        desk.answer(row, (msgid, {}))
    elif (
        not parcel.count
        and isinstance(row, Meeting)
        and is_polled(desk, row)
        and desk.is_promised(row, parcel.promises)
    ):
        report_poll(desk, row)
    elif not (parcel.count or (parcel.promises and _has_gone(desk, row, parcel))):
        msgid = "There is nobody to write to any more; set {column:meetings.state} to “{state}”."
        state = "sent" if desk.room.invited(row.id) else "gather"
        state = "draft" if state == "gather" and is_letter(row.id) else state
        desk.answer(row, (msgid, {"state": desk.label(state)}))
    elif _show(desk, row, parcel):
        desk.answer(row, state="previewed", preview=_shown_cell(desk, parcel))
        _mark_told(desk, row)


def send_released(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Send what a person has released, if it is what was previewed and its time has come.

    Otherwise the row says why not.
    """
    parcel, earlier = _parcel(desk, row), _earlier(desk, row)
    typed = read_release_code(row.release)
    if _is_code(typed, parcel):
        _send_in_time(desk, row, parcel)
    elif _is_left_over(desk, row, parcel):
        _send(desk, row, parcel)
    elif not parcel.count and _has_gone(desk, row, parcel) and _is_used(earlier, desk, row, typed):
        if desk.is_promised(row, parcel.promises):
            _send(desk, row, parcel)
        else:
            desk.return_to_preview(row, [LATER])
    elif seen := next((one for one in reversed(earlier) if one.code == typed), None):
        desk.return_to_preview(row, parcel.changed_since(seen.parts))
    elif not earlier:
        msgid = "Nothing has been previewed: set {column:meetings.state} to “{state}” first."
        desk.answer(row, (msgid, {"state": desk.label("preview")}))
    else:
        desk.answer(row, _wrong_code(desk, row, typed))


def announce_change(desk: MeetingDesk, row: Meeting) -> None:
    """Send the letters that a meeting has moved or is cancelled, or the thanks once it is held.

    People who joined an open meeting without an invitation get them too, even if nobody was
    invited. Thanks need this only if they differ from what was released with the invitation. If the
    meeting's day was being polled, those who were asked are told of the cancellation.
    """
    asked = row.state == "cancelled" and desk.room.asked(row.id)
    joined = self_registered(desk.book, row.id)
    if not (asked or joined or desk.room.invited(row.id)):
        if row.state == "moved":
            msgid = "Nobody has been invited yet: set {column:meetings.state} to “{state}”."
            desk.answer(row, (msgid, {"state": desk.label("preview")}))
        else:
            call_off(desk, row)
        return
    parcel, earlier = _parcel(desk, row), _earlier(desk, row)
    typed = read_release_code(row.release)
    if not parcel.count:
        _finish(desk, row, parcel)
    elif _is_code(typed, parcel):
        _send_in_time(desk, row, parcel)
    elif _is_left_over(desk, row, parcel):
        _send(desk, row, parcel)
    elif earlier and earlier[-1].code == parcel.code and earlier[-1].told:
        wrong = typed and not _is_used(earlier, desk, row, typed)
        desk.answer(row, _wrong_code(desk, row, typed) if wrong else _type_code(desk, row))
    elif _show(desk, row, parcel):
        desk.answer(row, _type_code(desk, row), preview=_shown_cell(desk, parcel))
        _mark_told(desk, row)


def resume_invitations(desk: MeetingDesk, row: ReleasedRow) -> bool:
    """Continue a released round that was interrupted; return True if any letter was left.

    If its letters have changed since the preview, the row goes back to preview instead.
    """
    parcel = _parcel(desk, row)
    if not parcel.count or not (earlier := _earlier(desk, row)):
        return False
    if _is_left_over(desk, row, parcel):
        _send(desk, row, parcel)
    else:
        desk.return_to_preview(row, parcel.changed_since(earlier[-1].parts))
    return True


def continue_letter(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Send what is left of a released letter; write the row's remark again."""
    left = any(one.state == "planned" for one in desk.room.entries(first_campaign(row.id)))
    if not (left and resume_invitations(desk, row)):
        desk.answer(row, unclear_letters(desk, row) or standing_sentence(desk, row))


def stopped_remark(fault: VerkostoError) -> Phrase | VerkostoError:
    """Return a row's remark for the error that ended a round early."""
    if isinstance(fault, TemporaryFailure):
        return "Not all letters have gone; the rest is tried again in each run.", {}
    return fault


def _parcel(desk: MeetingDesk, row: ReleasedRow) -> Parcel:
    return parcel_of(desk.book, row, desk.room, desk.settings)


def _earlier(desk: MeetingDesk, row: ReleasedRow) -> Sequence[PreviewEntry]:
    ledger = desk.room.ledger
    return ledger.previews(desk.room.listed(row.id)) if ledger else ()


def _show(desk: MeetingDesk, row: ReleasedRow, parcel: Parcel) -> bool:
    """Send a preview, or continue the last one; return True if it has been sent.

    Where it cannot be sent, the row says why.
    """
    if not desk.settings.addresses:
        msgid = "Who may release letters? The configuration names nobody: [letters] release."
        desk.answer(row, (msgid, {}))
        return False
    if not desk.live or desk.room.ledger is None:
        return True
    last = next(reversed(_earlier(desk, row)), None)
    number = last.number + 1 if last else 1
    if last and last.code == parcel.code and not last.told:
        number = last.number
    entry = PreviewEntry(number, parcel.kind, parcel.release, parcel.code, parcel.parts)
    desk.room.ledger.keep_preview(desk.room.listed(row.id), entry)
    done = send_preview(desk.book, row, parcel, number, desk.room, desk.settings)
    desk.notes += done.notes
    desk.failed += done.failed
    if done.stopped:
        desk.stopped = desk.stopped or done.stopped
        msgid = "The mail server does not take the preview now; it is tried again in each run."
        passing = isinstance(done.stopped, TemporaryFailure)
        desk.answer(row, (msgid, {}) if passing else done.stopped)
        return False
    if done.failed:
        desk.room.ledger.keep_preview(desk.room.listed(row.id), replace(entry, told=True))
        msgid = "The preview could not be sent to {addresses}."
        before = "draft" if is_letter(row.id) else "gathered"
        state = before if row.state == "preview" else row.state
        desk.answer(row, (msgid, {"addresses": list(desk.settings.addresses)}), state=state)
        return False
    return True


def _mark_told(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Record that the row shows the preview as sent, so that the next request sends a new one."""
    earlier = _earlier(desk, row)
    if desk.live and desk.room.ledger and earlier:
        told = replace(earlier[-1], told=True)
        desk.room.ledger.keep_preview(desk.room.listed(row.id), told)


def _shown_cell(desk: MeetingDesk, parcel: Parcel) -> str:
    at = moment_text(desk.room.now)
    if desk.room.rehearsal:
        msgid = "{count} letters, in the folder {folder} {at}"
        return desk.say(msgid, count=parcel.count, folder=desk.room.outbox, at=at)
    return desk.say("{count} letters, by mail {at}", count=parcel.count, at=at)


def _send_in_time(desk: MeetingDesk, row: ReleasedRow, parcel: Parcel) -> None:
    now = desk.room.now
    if row.send_at and parcel.kind in (INVITATION, POLL, LETTER):
        moment = read_send_time(row.send_at, now.tzinfo)
    else:
        moment = desk.settings.hours.next(now)
    if is_past(moment, now):
        _send(desk, row, parcel)
    else:
        desk.answer(row, ("The letters go {moment}.", {"moment": moment_text(moment)}))


def _send(desk: MeetingDesk, row: ReleasedRow, parcel: Parcel) -> None:
    """Send a parcel that a person has released, or what is left of it."""
    if desk.live and _is_code(read_release_code(row.release), parcel):
        keep_promises(parcel, row.id, desk.room)
    released = desk.room.ledger.released(_listed(desk, parcel)) if desk.room.ledger else ()
    agreed = next(iter(released), parcel.release)
    if stopped := desk.send(
        parcel.this,
        lambda wanted: wanted if wanted == parcel.release else agreed,
    ):
        desk.answer(row, stopped_remark(stopped))
    elif desk.room.rehearsal:
        desk.answer(row, ("A rehearsal: the letters are in the outbox, nobody has got them.", {}))
    elif parcel.kind == POLL:
        report_poll(desk, Meeting.at(desk.book, row.id), gathered=desk.room.apply)
    else:
        _finish(desk, type(row).at(desk.book, row.id), parcel)


def _finish(desk: MeetingDesk, row: ReleasedRow, parcel: Parcel) -> None:
    """Write into the row that all letters have gone; released and moved rows become sent."""
    over = row.state in ("cancelled", "held")
    state = "sent" if desk.room.apply and not over else row.state
    campaign = parcel.this.mailing.campaign if row.state == "cancelled" else ""
    said = unclear_letters(desk, row, campaign)
    told = [one for one in desk.room.entries(campaign) if one.state == "sent"]
    if campaign and told and not said:
        said = "{count} have been told that it is called off.", {"count": len(told)}
    desk.answer(row, said, state=state)


def _has_gone(desk: MeetingDesk, row: ReleasedRow, parcel: Parcel) -> bool:
    """Return True if any invitation of a row, or any letter of its poll, has gone."""
    if parcel.kind == POLL:
        return bool(desk.room.already_sent(parcel.this.mailing.campaign))
    return bool(desk.room.invited(row.id))


def _listed(desk: MeetingDesk, parcel: Parcel) -> str:
    return desk.room.listed(parcel.this.mailing.campaign)


def _is_code(typed: str, parcel: Parcel) -> bool:
    return bool(typed) and compare_digest(typed, parcel.code)


def _is_left_over(desk: MeetingDesk, row: ReleasedRow, parcel: Parcel) -> bool:
    """Return True if all these letters were released as they are now but interrupted."""
    ledger = desk.room.ledger
    if ledger is None or not parcel.count:
        return False
    known = {one.address for one in desk.room.entries(parcel.this.mailing.campaign)}
    released = ledger.released(_listed(desk, parcel))
    return any(
        one.release in released and one.parts.get("source") == parcel.source
        for one in _earlier(desk, row)
    ) and all(letter.mailbox in known for _, letter in parcel.drafts)


def _is_used(
    earlier: Sequence[PreviewEntry], desk: MeetingDesk, row: ReleasedRow, typed: str
) -> bool:
    """Return True if a code has released letters of this row."""
    ledger = desk.room.ledger
    return ledger is not None and any(
        one.code == typed
        and any(
            one.release in ledger.released(name)
            for name in ledger.campaigns(_beginning(row, one.kind))
        )
        for one in earlier
    )


def _beginning(row: ReleasedRow, kind: str) -> str:
    """Return the prefix of the names of a row's campaigns of a kind."""
    return first_campaign(row.id) if is_letter(row.id) else f"{row.id}/{kind}/"


def _type_code(desk: MeetingDesk, row: ReleasedRow) -> Phrase:
    """Return the remark on a preview that waits for its code."""
    if desk.room.rehearsal:
        msgid = "A preview is in the folder {folder}; type its code into {column:meetings.release}."
        return msgid, {"folder": desk.room.outbox}
    return (_THANKS_CHANGED if row.state == "held" else _TYPE_CODE), {}


def _wrong_code(desk: MeetingDesk, row: ReleasedRow, typed: str) -> Phrase:
    if not row.release:
        return _type_code(desk, row)
    ledger = desk.room.ledger
    every = {one.code for one in ledger.previews("")} if ledger else set[str]()
    if typed in every - {one.code for one in _earlier(desk, row)}:
        msgid = (
            "The code in {column:meetings.release} is that of other letters; type the one that the"
            " preview of these brought."
        )
        return msgid, {}
    if row.state != "released":
        msgid = (
            "The code in {column:meetings.release} is not that of the last preview; look it up in"
            " the newest one."
        )
        return msgid, {}
    msgid = (
        "The code in {column:meetings.release} is not that of the last preview; look it up there,"
        " or set {column:meetings.state} to “{state}” for a new one."
    )
    return msgid, {"state": desk.label("preview")}
