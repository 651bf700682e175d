"""An orderly end of a run that is told to stop: what it has laid aside goes with it."""

from __future__ import annotations

import signal

REQUESTS = ("SIGTERM", "SIGHUP")
"""Signals by which a scheduler, a time limit or a closed terminal ask a process to end; Windows has not all."""


def heed_requests() -> None:
    """Take a request to end as an interruption from the keyboard, unless somebody has decided otherwise.

    By default it ends the process at once, and the temporary folder stays, with text of the corpus in it.
    """
    for request in _known():
        if signal.getsignal(request) is signal.SIG_DFL:
            try:
                signal.signal(request, signal.default_int_handler)
            except ValueError:
                return  # only the main thread may


def leave_to_parent() -> None:
    """In a process that another has started: leave interruptions to that one, and end at once when asked to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for request in _known():
        if signal.getsignal(request) is signal.default_int_handler:
            signal.signal(request, signal.SIG_DFL)


def _known() -> list[signal.Signals]:
    return [getattr(signal, name) for name in REQUESTS if hasattr(signal, name)]
