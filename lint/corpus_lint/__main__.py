"""The command ``corpus-lint``, and ``python -m corpus_lint``."""

from __future__ import annotations

import gc
import os
import sys

INTERRUPTED = 130
"""128 and the number of the signal."""


def main() -> int:
    """Run the command, as `corpus_lint.cli.main`; the status of one that is interrupted is that of shells."""
    # What is loaded stays: looking through it for garbage again and again costs a tenth of a start.
    gc.set_threshold(100_000)
    try:
        from .cli import main as run

        return run()
    except KeyboardInterrupt:
        print("corpus-lint: interrupted; files are as they were or fixed whole", file=sys.stderr)
        return INTERRUPTED


def command() -> int:
    """Run the command and leave the process: to take apart what has been made, piece by piece, costs another tenth.

    Where something waits for the end of the process (threads, what was registered for it, a profiler) it comes to it.
    """
    status = main()
    if "threading" in sys.modules or "atexit" in sys.modules or sys.getprofile() or sys.gettrace():
        return status
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return status  # the interpreter will tell
    os._exit(status)


if __name__ == "__main__":
    sys.exit(command())
