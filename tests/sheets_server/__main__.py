"""Start the server alone: ``python -m tests.sheets_server --anybody --port N``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.sheets_server.server import SheetsServer


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument(
        "--latency", type=float, default=0, help="before each answer (milliseconds)"
    )
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--anybody",
        action="store_true",
        help="let any bearer token and any service account's key in, as the owner of everything",
    )
    who.add_argument("--key", type=Path, help="let one service account in, whose key goes here")
    given = parser.parse_args()
    server = SheetsServer(given.port, anybody=given.anybody, latency=given.latency / 1000)
    if given.key:
        given.key.touch(mode=0o600)
        given.key.write_text(json.dumps(server.service_account()), encoding="utf-8")
    print(server.url, flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
