"""The command line: words typed in, what the program prints out."""

from __future__ import annotations

import sys

# As shells count: 128 and the number of the signal.
INTERRUPTED = 130


def main() -> None:
    """Entry of the console script. Loading takes a second; stopped within it, it says so in a line too."""
    try:
        from .app import app, open_streams

        open_streams()
        app()
    except KeyboardInterrupt:
        sys.exit(_stopped())


def _stopped() -> int:
    print("luoshi: stopped", file=sys.stderr)
    return INTERRUPTED
