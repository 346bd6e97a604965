"""A post office that asks before it sends: what is raised there prevents it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from register.letters.message import Letter
from register.ports.post import Post, SendRecorder


@dataclass(frozen=True, slots=True)
class GuardedPost:
    """Fulfils the port ``Post`` with another one; ``before`` is called before letters go."""

    post: Post
    before: Callable[[], None]

    @property
    def rehearsal(self) -> bool:
        """Whether letters only go to a folder."""
        return self.post.rehearsal

    def deliver(self, letters: Sequence[Letter], clerk: SendRecorder) -> None:
        """Hand over letters; see the port."""
        if letters:
            self.before()
        self.post.deliver(letters, clerk)
