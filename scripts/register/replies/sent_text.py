"""Recognises our own letters in a reply, however they are quoted, by runs of their words.

A letter's template has sentences of fixed words, some with fields in them. A reply is read as one
stream of words, without line ends, quote marks, links, accents and punctuation, so that wrapping, a
hard space, or a mark before each line makes no difference.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise, takewhile

from register.book.schema import schema

RUN = 4
"""The fewest words in a row that count as ours if one of our letters has them in this order."""

_GAP = 14
_FIELD = "\x01"
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_LINKS = re.compile(
    r"<?\b(?:https?://|mailto:|www\.)[^\s>\]]+[>\]]?|(?<![^\s<>@\]])[^\s<>@]+@[^\s<>@]+"
)
"""An address begins where its word does: tried from each letter on, a long word takes seconds."""
_WORD = re.compile(rf"[^\W_]+(?:['’][^\W_]+)*|{_FIELD}")
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_COLUMNS = re.compile(r"\{\{[^{}]*\|\s*list\s*\}\}")
"""A field that lists columns of the register."""
_BEFORE = 3
"""How many words before such a field show that columns follow."""
_SHOWN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_HEAD = re.compile(r"(?m)^(?:---|[a-z-]+:(?= ))")
_ENDS = re.compile(r"(?<=[.!?])\s|\n\s*\n|\\\n|\n(?=[>#-])")
_LABEL = re.compile(r"\*\*([^*\n{}]{2,40}):\*\*")


def visible_text(text: str) -> str:
    """Return a text without invisible characters, and with ordinary spaces."""
    return text.translate(_UNSEEN).replace("\xa0", " ").replace("\u202f", " ")


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    return [word for word, _, _ in words_with_places(text)]


def words_with_places(text: str) -> list[tuple[str, int, int]]:
    """Return ``(word, begin, end)`` of a text's words, except those of links and addresses."""
    bare = _LINKS.sub(lambda one: " " * len(one[0]), text)
    return [(_plain(one[0]), one.start(), one.end()) for one in _WORD.finditer(bare)]


class SentText:
    """The fixed words of all letters.

    ``labels`` are the first words of lines that show a field, ``lines`` short lines as a whole.
    """

    def __init__(
        self, templates: Iterable[Mapping[str, str]] = (), names: Iterable[str] = ()
    ) -> None:
        """Read folders of templates; ``names`` are the senders', which every letter contains."""
        self._runs: set[tuple[str, ...]] = set()
        self._split: dict[str, list[list[list[str]]]] = {}
        self._lists: set[tuple[str, ...]] = set()
        self.labels: set[str] = set()
        self.lines: set[tuple[str, ...]] = {tuple(plain_words(one)) for one in names if one}
        for folder in templates:
            for name, source in folder.items():
                if name.endswith(".j2") and ".html." not in name:
                    self._read(source)

    def _read(self, source: str) -> None:
        self.labels.update(" ".join(plain_words(one)) for one in _LABEL.findall(source))
        plain = _LINK.sub(r"\1", _TAG.sub("\n\n", _HEAD.sub("\n\n", source)))
        for listed in _COLUMNS.finditer(plain):
            self._lists.add(tuple(plain_words(_SHOWN.sub(" ", plain[: listed.start()]))[-_BEFORE:]))
        text = _SHOWN.sub(f" {_FIELD} ", plain)
        for paragraph in re.split(r"\n\s*\n", text):
            for piece in _pieces(plain_words(paragraph)):
                self._runs.update(tuple(piece[at : at + RUN]) for at in range(len(piece) - RUN + 1))
            for sentence in _ENDS.split(paragraph):
                pieces = _pieces(plain_words(sentence))
                if len(pieces) == 1 and len(pieces[0]) < RUN:
                    self.lines.add(tuple(pieces[0]))
                elif len(pieces) > 1 and sum(map(len, pieces)) >= 3:
                    self._split.setdefault(pieces[0][0], []).append(pieces)

    def covers(self, words: Sequence[str]) -> list[bool]:
        """Return for each word of a stream whether it is ours."""
        ours = [False] * len(words)
        for at in range(len(words)):
            if tuple(words[at : at + RUN]) in self._runs:
                ours[at : at + RUN] = [True] * RUN
            for pieces in self._split.get(words[at], ()):
                end = _matched(words, at, pieces)
                if end:
                    ours[at:end] = [True] * (end - at)
            if tuple(words[at : at + _BEFORE]) in self._lists:
                named = takewhile(_column_words().__contains__, words[at + _BEFORE :])
                end = at + _BEFORE + len(list(named))
                ours[at:end] = [True] * (end - at)
        return ours


@cache
def _column_words() -> frozenset[str]:
    """Return the words of all headers of ``people`` in each language, and the words for "and"."""
    headers = (one for column in schema().tab("people").columns for one in column.headers.values())
    return frozenset(plain_words(" ".join(["ja och and", *headers])))


def _matched(words: Sequence[str], at: int, pieces: list[list[str]]) -> int:
    """Return where a sentence with fields that begins at ``at`` ends, 0 if none begins there.

    A field is filled with up to 14 words.
    """
    end = at + len(pieces[0])
    if list(words[at:end]) != pieces[0]:
        return 0
    for _, piece in pairwise(pieces):
        for begin in range(end, min(end + _GAP, len(words)) + 1):
            if list(words[begin : begin + len(piece)]) == piece:
                end = begin + len(piece)
                break
        else:
            return 0
    return end


def _pieces(words: list[str]) -> list[list[str]]:
    """Return the runs of fixed words between fields."""
    found: list[list[str]] = [[]]
    for word in words:
        if word == _FIELD:
            found.append([])
        else:
            found[-1].append(word)
    return [one for one in found if one]


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    small = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(one for one in small if not unicodedata.combining(one))
