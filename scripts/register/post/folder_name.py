"""Names of mail folders in the form of IMAP, modified UTF-7 (RFC 3501, 5.1.3)."""

import re


def encode_folder_name(name: str) -> str:
    """Return a folder's name in modified UTF-7: ``Käsitellyt`` is ``K&AOQ-sitellyt``."""
    return re.sub(r"[^\x20-\x7e]+", _shifted, name.replace("&", "&-"))


def quote_folder_name(name: str) -> str:
    """Return a folder's name as an IMAP quoted string, in modified UTF-7."""
    return '"' + encode_folder_name(name).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(found: re.Match[str]) -> str:
    encoded = found[0].encode("utf-7").decode("ascii")
    return "&" + encoded.removeprefix("+").removesuffix("-").replace("/", ",") + "-"
