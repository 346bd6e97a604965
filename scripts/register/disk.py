"""Files on disk: only regular files of limited size are read; files are written for their owner.

Files with people's names get the mode 0600, their folders 0700, whatever the umask is.
"""

import codecs
import errno
import glob
import os
import platform
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from register.book.errors import TemporaryFailure, UsageError, VerkostoError

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
"""Error numbers of the operating system for a full disk."""

_SENTENCES = {
    **dict.fromkeys(FULL, "The disk is full. Make room on it, and give the same command again."),
    errno.EMFILE: "Too many files are open. Close other programs, and give the same command again.",
    errno.ENFILE: "Too many files are open. Close other programs, and give the same command again.",
    errno.EIO: "The disk does not answer as it should. Have it looked at, and try again.",
}
_PASSING = (errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ETIMEDOUT)
_WRITABLE_BY_ALL = 0o002
_READABLE_BY_OTHERS = 0o077

POSIX = os.name == "posix"
"""Whether a file's mode says who may read it; on other systems the folder keeps others out."""


def read_limited(path: Path, most: int) -> bytes:
    """Return the bytes of a file of at most ``most`` bytes.

    Raises UsageError for a larger file, which is not read, and at once for a pipe, a device or a
    socket. Raises OSError if the file is missing, is a folder, or cannot be read.
    """
    if not (stat.S_ISREG(mode := path.stat().st_mode) or stat.S_ISDIR(mode)):
        raise _no_file(path)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _no_file(path)
        data = b"" if status.st_size > most else file.read(most + 1)
    if status.st_size > most or len(data) > most:
        raise UsageError(
            "{file} is larger than {size} MB; it is not read.",
            remedy="Check that it is the right file, or divide it.",
            file=str(path),
            size=most // (1024 * 1024),
        )
    return data


def check_regular(path: Path) -> None:
    """Raise UsageError if a path exists and is a pipe, a device or a socket."""
    with suppress(OSError):
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise _no_file(path)


def writable_by_all(path: Path) -> bool:
    """Return True if everybody on this computer may change a file; False if that is unknown."""
    if not POSIX:
        return False
    with suppress(OSError):
        return bool(path.stat().st_mode & _WRITABLE_BY_ALL)
    return False


def readable_by_others(file: Path | int) -> bool:
    """Return True if others than the owner may read a file, or an open one by its descriptor.

    Always False where file modes do not say so (:data:`POSIX`).
    """
    return POSIX and bool(os.stat(file).st_mode & _READABLE_BY_OTHERS)  # noqa: PTH116 descriptors


def make_private_folder(folder: Path) -> None:
    """Create a folder and its missing parents with mode 0700; existing ones stay as they are."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_private_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def write_private(path: Path, data: bytes) -> None:
    """Write a file for its owner only (0600), as a whole or not at all; creates its folder.

    A pipe or a device that a person names gets the bytes directly. Drafts that killed runs have
    left in the folder are removed. Raises OSError.
    """
    make_private_folder(path.parent)
    if path.exists() and not path.is_file():
        with os.fdopen(os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0)), "wb") as file:
            file.write(data)
        return
    whole = path.resolve()
    remove_stale_drafts(whole.parent)
    draft = draft_path(whole)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, flags, PRIVATE_FILE), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(whole)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def draft_path(path: Path) -> Path:
    """Return the path at which this process writes a file until it is complete."""
    return path.with_name(f".verkosto.{os.getpid()}.part")


def remove_stale_drafts(folder: Path) -> None:
    """Remove drafts of killed runs; those of running ones stay."""
    for draft in folder.glob(".verkosto.*.part"):
        number = draft.name.split(".")[2]
        if number.isdecimal() and not (POSIX and _is_alive(int(number))):
            with suppress(OSError):
                draft.unlink()


@contextmanager
def scratch_folder(where: str = "") -> Iterator[Path]:
    """Create a folder of this run in ``where``, by default the system's, and remove it at the end.

    Those of killed runs are removed first.
    """
    remove_stale_scratch(where)
    within = where or tempfile.gettempdir()
    with tempfile.TemporaryDirectory(prefix=f"{_our_scratch()}{os.getpid()}-", dir=within) as name:
        yield Path(name).absolute()


def remove_stale_scratch(where: str = "") -> None:
    """Remove the folders that killed runs of this user have left in ``where`` on this computer."""
    ours = _our_scratch()
    within = Path(where or _system_folder())
    for folder in within.glob(f"{glob.escape(ours)}*") if POSIX else ():
        number = folder.name.removeprefix(ours).partition("-")[0]
        with suppress(OSError):
            told = folder.lstat()
            mine = stat.S_ISDIR(told.st_mode) and told.st_uid == os.getuid()
            if mine and number.isdecimal() and not _is_alive(int(number)):
                shutil.rmtree(folder)


def _system_folder() -> str:
    """Return POSIX's folder for temporary files; ``tempfile`` would write there to try it."""
    return next(filter(None, map(os.environ.get, ("TMPDIR", "TEMP", "TMP"))), "/tmp")  # noqa: S108


def _our_scratch() -> str:
    """Return what the names of this computer's scratch folders begin with."""
    return f"verkosto-{platform.node()}-"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def place_private(draft: Path, path: Path) -> None:
    """Copy a finished file to its place for its owner only, whole or not at all; raises OSError.

    A CSV gets a byte order mark, by which spreadsheets recognise UTF-8.
    """
    make_private_folder(path.parent)
    beside = draft_path(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        with (
            draft.open("rb") as source,
            os.fdopen(os.open(beside, flags, PRIVATE_FILE), "wb") as file,
        ):
            file.write(codecs.BOM_UTF8 if path.suffix == ".csv" else b"")
            shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def save_private(path: Path, data: bytes, remedy: str = "Give another name.") -> None:
    """Write a file as :func:`write_private` does.

    Raises TemporaryFailure if it cannot be written and the fault may pass, else UsageError with
    this ``remedy`` (a msgid).
    """
    try:
        write_private(path, data)
    except OSError as fault:
        kind: type[VerkostoError] = UsageError
        if fault.errno in (*FULL, *_PASSING):
            kind, remedy = TemporaryFailure, remedy_for_passing_fault(fault)
        raise kind(
            "The file {file} cannot be written ({fault}).",
            remedy=remedy,
            file=str(path),
            fault=fault.strerror or str(fault),
        ) from fault


def remedy_for_passing_fault(fault: OSError) -> str:
    """Return the remedy (a msgid) for a fault of the computer that may pass."""
    return _SENTENCES.get(fault.errno or 0, "Give the same command again later.")


def _no_file(path: Path) -> UsageError:
    return UsageError(
        "{file} is a pipe or a device, not a file.", remedy="Name a file.", file=str(path)
    )
