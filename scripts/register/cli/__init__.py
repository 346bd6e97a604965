"""The command line that all scripts share: one set of flags, one way to show, one way to fail."""

from register.cli.options import DEFAULTS, VERSION, Options, shared_options
from register.cli.running import agreed, finish, main
from register.cli.showing import (
    show_diagnosis,
    show_differences,
    show_layout,
    show_matches,
    show_rules,
    show_table,
    show_traffic,
)

__all__ = [
    "DEFAULTS",
    "VERSION",
    "Options",
    "agreed",
    "finish",
    "main",
    "shared_options",
    "show_diagnosis",
    "show_differences",
    "show_layout",
    "show_matches",
    "show_rules",
    "show_table",
    "show_traffic",
]
