"""Errors of the computer itself, explained by a cause, a remedy and an exit code."""

import errno
import sqlite3

from register.book.errors import (
    BookLocked,
    TemporaryFailure,
    UnforeseenError,
    UsageError,
    VerkostoError,
)
from register.disk import FULL, remedy_for_passing_fault

_PASSING = (errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ETIMEDOUT)


def explain_fault(fault: BaseException) -> VerkostoError | None:
    """Return the error that explains a fault of the computer, or None for a bug in the program."""
    match fault:
        case sqlite3.Error():
            return _of_state(fault)
        case ConnectionError() | TimeoutError():
            return TemporaryFailure(
                "The connection broke ({fault}).",
                remedy="Give the same command again later.",
                fault=str(fault) or type(fault).__name__,
            )
        case OSError():
            return _of_files(fault)
        case MemoryError():
            return TemporaryFailure(
                "The memory of this computer was not enough.",
                remedy="Close other programs, and give the same command again.",
            )
        case RecursionError():
            return UsageError(
                "Something that was read is nested too deeply.",
                remedy="Look at the file that was given last: the configuration, a plan, a "
                "template.",
            )
        case UnicodeEncodeError():
            return UsageError(
                "A name or a text holds a sign that cannot be written ({fault}).",
                remedy="Name the file with ordinary letters, or set the language of the terminal "
                "to one in UTF-8.",
                fault=ascii(fault.object[fault.start : fault.end][:20]),
            )
        case ValueError() if "null byte" in str(fault) or "null character" in str(fault):
            return UsageError(
                "A file's name holds a NUL character.",
                remedy="Look at the names in the command and in the configuration.",
            )
    return None


def describe_unforeseen(fault: Exception) -> UnforeseenError:
    """Return the error that reports a bug in the program."""
    return UnforeseenError(
        "This should not have happened: {fault}. Give the same command with -v and send "
        "what it prints to whoever maintains your register.",
        fault=f"{type(fault).__name__}: {fault}",
    )


def is_interrupted(fault: BaseException | None) -> bool:
    """Return True if Ctrl-C caused a fault; a library being imported may have hidden it."""
    while fault is not None:
        if isinstance(fault, KeyboardInterrupt):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _of_files(fault: OSError) -> VerkostoError | None:
    file, told = str(fault.filename or "–"), fault.strerror or str(fault)
    if fault.errno in (*FULL, *_PASSING):
        return TemporaryFailure(
            "The computer could not write or read ({file}: {fault}).",
            remedy=remedy_for_passing_fault(fault),
            file=file,
            fault=told,
        )
    if fault.errno is None or fault.filename is None:
        return None
    return UsageError(
        "{file} cannot be used ({fault}).",
        remedy="Check its name, and that you may read it and write there.",
        file=file,
        fault=told,
    )


def _of_state(fault: sqlite3.Error) -> VerkostoError:
    text = str(fault)
    if "locked" in text:
        return BookLocked(
            "Another run of Verkosto is at work on this register.",
            remedy="Wait until it is done and give the same command again.",
        )
    if "full" in text or "disk I/O" in text:
        return TemporaryFailure(
            "The tool's own state cannot be written ({fault}).",
            remedy="The disk is full. Make room on it, and give the same command again.",
            fault=text,
        )
    if "readonly" in text or "unable to open" in text:
        return UsageError(
            "The tool's own state cannot be written ({fault}).",
            remedy="Name a folder that you may write to in the configuration: [state] dir.",
            fault=text,
        )
    return UsageError(
        "The tool's own state is damaged ({fault}).",
        remedy="Put the folder .verkosto back from a backup.",
        fault=text,
    )
