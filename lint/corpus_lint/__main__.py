"""The command ``corpus-lint``, and ``python -m corpus_lint``."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command, as `corpus_lint.cli.main`."""
    # What is loaded stays: looking through it for garbage again and again costs a tenth of a start.
    gc.set_threshold(100_000)
    from .cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
