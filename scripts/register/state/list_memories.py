"""Earlier imported lists, recognised by their headers, and how their columns were read (JSON)."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from register.book.errors import UsageError
from register.disk import read_limited, save_private
from register.intake.list_memory import ListMemory

LISTS_FILE = "lists.json"
_MOST_BYTES = 16 * 1024 * 1024
_MOST = 200


def list_memories(folder: Path) -> tuple[ListMemory, ...]:
    """Return the remembered lists, oldest first; raises UsageError if the file cannot be read."""
    path = folder / LISTS_FILE
    if not path.exists():
        return ()
    try:
        return tuple(_memory(one) for one in json.loads(read_limited(path, _MOST_BYTES))["lists"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise UsageError(
            "What is remembered of earlier lists cannot be read: {file}",
            remedy="Move the file away; the columns are then read anew.",
            file=str(path),
        ) from fault


def remember_list(
    folder: Path, known: Sequence[ListMemory], new: ListMemory, before: ListMemory | None
) -> None:
    """Store ``new``, what is now known of a list, in place of ``before``.

    Only the newest lists are kept.
    """
    kept = [one for one in known if one not in (before, new)][-_MOST:]
    text = json.dumps({"lists": [asdict(one) for one in (*kept, new)]}, ensure_ascii=False)
    save_private(folder / LISTS_FILE, text.encode())


def _memory(value: dict[str, Any]) -> ListMemory:
    return ListMemory(
        tuple(map(str, value["headers"])),
        tuple((str(header), str(target)) for header, target in value["columns"]),
        str(value["kind"]),
        tuple(map(str, value["sources"])),
    )
