"""Which files the runs on a register have written: reports, lists, letter previews.

They name people, so an export searches them and an erasure deletes them.
"""

import json
from contextlib import suppress
from pathlib import Path

from register.disk import PRIVATE_FILE, read_limited, write_private
from register.state.folder import open_private

WRITTEN_FILE = "files.jsonl"
_MOST = 64 * 1024 * 1024


def note_file(folder: Path, path: Path) -> None:
    """Record a written file; without a state folder nothing is recorded. Never raises OSError."""
    whole = str(path.absolute())
    with suppress(OSError):
        if folder.is_dir() and whole not in _paths(folder):
            with open_private(folder / WRITTEN_FILE).open("a", encoding="utf-8") as file:
                file.write(json.dumps(whole, ensure_ascii=False) + "\n")


def written_files(folder: Path) -> list[Path]:
    """Return the recorded files that still exist, sorted by path."""
    return sorted(path for path in map(Path, _paths(folder)) if path.is_file())


def written_names(folder: Path) -> frozenset[str]:
    """Return the names of all recorded files, even if they have been moved or deleted since."""
    return frozenset(Path(path).name for path in _paths(folder))


def forget_files(folder: Path) -> None:
    """Drop the records of files that no longer exist."""
    if (folder / WRITTEN_FILE).is_file():
        lines = "".join(
            json.dumps(str(path), ensure_ascii=False) + "\n" for path in written_files(folder)
        )
        write_private(folder / WRITTEN_FILE, lines.encode())
        (folder / WRITTEN_FILE).chmod(PRIVATE_FILE)


def _paths(folder: Path) -> list[str]:
    try:
        lines = read_limited(folder / WRITTEN_FILE, _MOST).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        with suppress(ValueError):
            found.append(str(json.loads(line)))
    return list(dict.fromkeys(found))
