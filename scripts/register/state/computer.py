"""The name of this computer in a shared register: its host name and a random id."""

import platform
import secrets
from contextlib import suppress
from pathlib import Path

from register.disk import read_limited, write_private
from register.words.display import display_text

_FILE = "computer"
_SIGN = 8
_LONGEST = 40


def this_computer(state: Path) -> str:
    """Return the name of this computer, such as ``laptop 3f9a01bc``.

    The id is kept in the state folder; it is needed because host names are not unique.
    """
    path = state / _FILE
    sign = ""
    with suppress(OSError):
        sign = read_limited(path, 1024).decode("ascii", "replace").strip()[:_SIGN]
    if not sign:
        sign = secrets.token_hex(_SIGN // 2)
        write_private(path, sign.encode())
    return f"{display_text(platform.node(), limit=_LONGEST)} {sign}"
