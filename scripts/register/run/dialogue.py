"""Questions at the terminal, each repeated until its answer can be used."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import click

from register.book.errors import VerkostoError
from register.words.sentences import Sentences

_T = TypeVar("_T")


@dataclass(slots=True)
class Dialogue:
    """Asks in one language; a question asked again offers the last answer as its default."""

    say: Sentences
    _answers: dict[str, str] = field(default_factory=dict)

    def has_asked(self, question: str) -> bool:
        """Return True if this question was asked before."""
        return question in self._answers

    def text(self, question: str, default: str = "") -> str:
        """Return a line that is not blank."""
        self._answers[question] = answer = _line(question, self._answers.get(question, default))
        return answer

    def ask_until_accepted(self, question: str, default: str, trial: Callable[[str], None]) -> None:
        """Ask until ``trial`` accepts the answer; print the error that it raises for any other."""
        while True:
            answer = self.text(question, default)
            try:
                return trial(answer)
            except VerkostoError as fault:
                click.echo(f"✗ {self.say.error(fault)}")
                click.echo(self.say("Answer again; Enter tries the same answer once more."))

    def choice(self, question: str, choices: Mapping[str, _T], default: str) -> _T:
        """Ask for one of these words, or for its beginning; return its value."""
        told = ", ".join(choices)
        while True:
            answer = _line(f"{question} ({told})", default).lower()
            found = [word for word in choices if word.startswith(answer)]
            if len(found) == 1:
                return choices[found[0]]
            click.echo(f"✗ {self.say('Answer with one of these: {choices}.', choices=told)}")

    def password(self, question: str) -> str:
        """Return a typed password, which a terminal does not show."""
        return str(click.prompt(question, hide_input=sys.stdin.isatty()))


def _line(question: str, default: str) -> str:
    while True:
        answer = str(click.prompt(question, default=default or None)).strip()
        if answer and answer.isprintable():
            return answer
