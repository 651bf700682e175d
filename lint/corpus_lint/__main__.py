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

    What was registered for the end of the process is called. Where a thread is at work, or a profiler, it comes to its
    own end.
    """
    status = main()
    threading = sys.modules.get("threading")
    if sys.getprofile() or sys.gettrace() or (threading is not None and threading.active_count() > 1):
        return status
    if "atexit" in sys.modules:
        sys.modules["atexit"]._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return status  # the interpreter will tell
    os._exit(status)


if __name__ == "__main__":
    sys.exit(command())
