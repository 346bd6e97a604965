"""Names and addresses pasted from a letter: "Eila Kaski <eila@kaisla.example>; Ivo Tamm <…>"."""

import re

_LABEL = re.compile(
    r"^\s*(?:to|cc|bcc|vastaanottajat?|kopio|till|kopia)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_ENTRY = re.compile(
    r"\s*(?:[\"'“”](?P<quoted>[^<>@\"“”]+)[\"'“”]|(?P<name>[^<>@;\"]*?))\s*"
    r"<\s*(?:mailto:)?(?P<address>[^\s<>@]+@[^\s<>@]+)\s*>\s*"
    r"|\s*(?P<bare>[^\s<>@,;]+@[^\s<>@,;]+)\s*"
)
_BETWEEN = {";": r"[;\n]", "\n": r"[,;]?\s*\n", ",": r",(?=[^,<>]*<|[^,<>]*@)|\n"}
_LONGEST, _LONGEST_ENTRY = 1 << 20, 400


def mailbox_rows(text: str) -> list[list[str]] | None:
    """Return ``[name, address]`` of each entry of a pasted list; None where a text is none.

    Entries are parted by semicolons, by lines, or by commas; nothing else may stand in the text.
    """
    if "<" not in text or len(text) > _LONGEST:
        return None
    plain = _LABEL.sub("", text.strip().rstrip(",;"))
    for between in _BETWEEN.values():
        parts = [one.strip() for one in re.split(between, plain) if one.strip(" ,;\n")]
        if max(map(len, parts), default=0) > _LONGEST_ENTRY:
            continue
        entries = [_ENTRY.fullmatch(one) for one in parts]
        if len(entries) > 1 and all(entries):
            return [
                [one["quoted"] or (one["name"] or "").strip(), one["address"] or one["bare"]]
                for one in entries
                if one
            ]
    return None
