"""Where a run's register, configuration and state are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from register.book.errors import UsageError
from register.book.hashes import Hashes
from register.book.schema import Language
from register.configuration.load import CONFIG_FILE, configured_language, load_configuration
from register.configuration.sections import Config
from register.ports.journal import Journal
from register.run.options import Options
from register.run.spoken_language import learn_language
from register.state.folder import state_folder
from register.state.keys import register_keys
from register.stores.google_address import names_a_sheet, spreadsheet_key
from register.stores.workbook import Workbook

if TYPE_CHECKING:
    from register.stores.google import GoogleSheet


@dataclass(frozen=True, slots=True)
class Location:
    """The register's file or web address, its configuration and state folder.

    ``beside`` is the folder to which the configuration's paths are relative.
    """

    config: Config
    address: Path | str
    beside: Path
    state: Path
    language: Language


def find_location(options: Options) -> Location:
    """Return the location of the register named by the flags or the configuration.

    Raises UsageError where none is named or its folder does not exist.
    """
    file = config_file(options)
    learn_language(configured_language(file))
    config = load_configuration(file)
    named = options.book or config.book.file
    if not named:
        raise UsageError(
            "Which register? None is named.",
            remedy="Give --book FILE.xlsx or the address of a Google Sheet, or name it in {config} "
            "under [book] file.",
            config=CONFIG_FILE,
        )
    home = file.parent if file else None
    address = _address(named, home if home and not options.book else Path.cwd())
    beside = home or (address.parent if isinstance(address, Path) else Path.cwd())
    state = state_folder(address, beside, config.state.dir)
    return Location(config, address, beside, state, options.lang or config.book.language)


def _address(named: str, beside: Path) -> Path | str:
    """Return the register's file, or the address of its Google Sheet."""
    if names_a_sheet(named):
        return f"https://docs.google.com/spreadsheets/d/{spreadsheet_key(named)}"
    path = (beside / Path(named).expanduser()).absolute()
    if not path.parent.is_dir():
        raise UsageError(
            "There is no folder {folder}.", remedy="Check --book.", folder=str(path.parent)
        )
    return path


def store_of(location: Location, journal: Journal) -> Workbook | GoogleSheet:
    """Return the store of the register."""
    hashes = Hashes(keys) if (keys := register_keys(location.state)) else None
    if isinstance(location.address, Path):
        return Workbook(location.address, location.language, journal.known, hashes)
    # Importing Google's libraries takes a fifth of a second; only a sheet needs them.
    from register.stores.google import GoogleSheet
    from register.stores.google_signin import quota_client

    http = quota_client(location.config.google, beside=location.beside)
    return GoogleSheet(http, spreadsheet_key(location.address), journal.known, hashes)


def config_file(options: Options) -> Path | None:
    """Return the configuration's file; None where there is none.

    Without ``--config`` it is searched for beside the given register, then in the current folder.
    """
    if options.config:
        return options.config.expanduser().absolute()
    places = [Path.cwd()]
    if options.book and not names_a_sheet(options.book):
        places.insert(0, Path(options.book).expanduser().absolute().parent)
    return next((place / CONFIG_FILE for place in places if (place / CONFIG_FILE).is_file()), None)
