"""Start the server alone: ``python -m tests.sheets_server --port N``."""

from __future__ import annotations

import argparse

from tests.sheets_server.server import SheetsServer


def main() -> None:
    """Serve until interrupted; any bearer token is let in."""
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument(
        "--latency", type=float, default=0, help="before each answer (milliseconds)"
    )
    given = parser.parse_args()
    server = SheetsServer(given.port, anybody=True, latency=given.latency / 1000)
    print(server.url, flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
