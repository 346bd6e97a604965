"""Show the main job on a messy sample list: make, import, clean, list, invite. In ./demo/."""

from environment import ensure

ensure()

import click

from register.book.schema import LANGUAGES, Language
from register.run.command_line import run_command


@click.command(help=__doc__)
@click.option(
    "--lang", type=click.Choice(list(LANGUAGES)), default="fi", help="Language of the output."
)
def command(lang: Language) -> int:
    """Run the demo."""
    from register.run.demo import run_demo

    return run_demo(lang)


if __name__ == "__main__":
    run_command(command)
