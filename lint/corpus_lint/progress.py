"""Progress of long work, on a terminal."""

from __future__ import annotations

import time
from typing import IO

QUIET = 1.0
"""Seconds before the first line is shown: short work shows none."""


class Progress:
    """One line that is written over and over, at most ten times a second."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._next = time.monotonic() + QUIET
        self._shown = False

    def __call__(self, count: int) -> None:
        """Show that ``count`` bytes have been read."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + 0.1
            self._write(f"{count / 1e6:,.0f} MB read")

    def say(self, text: str) -> None:
        """Show what the person is waiting for, at once."""
        self._write(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("")

    def _write(self, line: str) -> None:
        self._shown = True
        self._stream.write(f"\r{line}\x1b[K")
        self._stream.flush()
