"""Outlook's format ``winmail.dat`` (MS-OXTNEF): reads a meeting response as a calendar reply.

Some servers send TNEF to everybody, so the answer to an invitation is in it alone. Two things are
read: the message's class, and the UID of the invitation, which Outlook keeps behind ``vCal-Uid`` in
the meeting's global object id (MS-OXCICAL, 2.1.3.1.1.20.26).
"""

import re

_SIGNATURE = b"\x78\x9f\x3e\x22"
_CLASSES = {
    b"MtgRespP": "ACCEPTED",
    b"MtgRespA": "TENTATIVE",
    b"MtgRespN": "DECLINED",
    b"Meeting.Resp.Pos": "ACCEPTED",
    b"Meeting.Resp.Tent": "TENTATIVE",
    b"Meeting.Resp.Neg": "DECLINED",
}
_CLASS = re.compile(
    rb"IPM\.(?:Microsoft Schedule\.|Schedule\.)(MtgResp[PAN]|Meeting\.Resp\.(?:Pos|Tent|Neg))"
)
_UID = re.compile(rb"vCal-Uid\x01\x00\x00\x00([\x21-\x7e]{1,500})")
_OBJECT_ID = re.compile(r"(?i)040000008200e00074c5b7101a82e008[0-9a-f]{0,1200}")


def tnef_calendar(data: bytes) -> str:
    """Return the meeting response in a TNEF stream as an iCalendar REPLY, '' if there is none."""
    if not data.startswith(_SIGNATURE):
        return ""
    kind, uid = _CLASS.search(data.replace(b"\x00", b"")), _UID.search(data)
    if not kind or not uid:
        return ""
    lines = (
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{uid[1].decode('ascii')}",
        f"ATTENDEE;PARTSTAT={_CLASSES[kind[1]]}:",
        "END:VEVENT",
    )
    return "\r\n".join(lines)


def plain_uid(uid: str) -> str:
    """Return the UID inside a hexadecimal global object id; any other UID is returned as it is."""
    if not _OBJECT_ID.fullmatch(uid) or len(uid) % 2:
        return uid
    found = _UID.search(bytes.fromhex(uid))
    return found[1].decode("ascii") if found else uid
