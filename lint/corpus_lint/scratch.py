"""Scratch: a folder of a run for what it lays aside, text of the corpus among it; it goes with the run.

A run that is killed leaves its folder behind, and a later run takes it away: a folder is in use as long as a process
holds the lock on a file in it, and the system drops the lock with the last of them, however it ends (flock(2)). Without
such locks, as on Windows, folders of killed runs are left to whoever clears temporary files.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

if sys.platform != "win32":
    import fcntl

_HAS_LOCKS = sys.platform != "win32"
PREFIX = "corpus-lint-run-"
LOCK = "lock"


class Scratch:
    """A folder that is there as long as this object is.

    Attributes:
        name: its path.
    """

    def __init__(self) -> None:
        """Make the folder; those of runs that were killed are taken away.

        Raises:
            OSError: there is no room, or no folder for temporary files.
        """
        clean()
        while True:
            self._folder = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
            self._lock = os.open(os.path.join(self._folder.name, LOCK), os.O_RDWR | os.O_CREAT, 0o600)
            # Another run may have taken it for one that was left, before it was locked.
            if not _HAS_LOCKS or (_locked(self._lock) and os.path.exists(os.path.join(self._folder.name, LOCK))):
                break
            os.close(self._lock)
        self.name = self._folder.name


def clean() -> None:
    """Take away the folders of runs that were killed."""
    if not _HAS_LOCKS:
        return
    try:
        left = [entry.path for entry in os.scandir(tempfile.gettempdir()) if entry.name.startswith(PREFIX)]
    except OSError:
        return
    for path in left:
        try:
            lock = os.open(os.path.join(path, LOCK), os.O_RDWR)
        except OSError:
            continue  # it is another user's, or has just been made
        if _locked(lock):
            shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def _locked(file: int) -> bool:
    """Lock an open file; whether no other process has."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
