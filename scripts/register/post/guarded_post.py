"""A post office that runs a check before it sends; an exception of the check prevents sending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from register.letters.message import Letter
from register.ports.post import Post, SendRecorder


@dataclass(frozen=True, slots=True)
class GuardedPost:
    """Implements the port ``Post`` through another one; ``before`` is called before letters go."""

    post: Post
    before: Callable[[], None]

    @property
    def rehearsal(self) -> bool:
        """Whether letters only go to a folder, so that no recipient gets them."""
        return self.post.rehearsal

    def deliver(self, letters: Sequence[Letter], clerk: SendRecorder) -> None:
        """Call ``before`` if there are letters, then send them; see the port."""
        if letters:
            self.before()
        self.post.deliver(letters, clerk)
