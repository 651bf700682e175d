"""Writing a file anew: at every moment it is the old one or the new one, and what a kill has left is cleared away."""

from __future__ import annotations

import os
import stat

from .splicing import CHANGED, RewriteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO

SUFFIX = ".corpus-lint"
"""How the names of temporary files end; before it stands the number of the process that writes it."""


def write(path: str, data: bytes | Iterable[bytes], *, packed: Callable[[IO[bytes]], IO[bytes]] | None = None) -> None:
    """Write a file through a temporary one in the same folder, flushed and renamed over it; its mode stays.

    A symbolic link is followed: the file that it names is rewritten.

    Args:
        path: the file.
        data: its new content, whole or in pieces.
        packed: makes of the file's own stream one that compresses.

    Raises:
        RewriteError: the file cannot be written; it is as it was.
    """
    pieces = (data,) if isinstance(data, bytes) else data

    def fill(file: IO[bytes]) -> None:
        stream = packed(file) if packed else file
        for piece in pieces:
            stream.write(piece)
        if packed:
            stream.close()

    replace(path, fill)


def replace(path: str, fill: Callable[[IO[bytes]], None]) -> None:
    """As `write`; ``fill`` writes the new content to the stream that it is given.

    Raises:
        RewriteError: the file cannot be written; it is as it was.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    # Behind the file's own name, which may be as long as names can be, it would find no room.
    temporary = os.path.join(folder, f".{os.urandom(4).hex()}.{os.getpid()}{SUFFIX}")
    try:
        before = os.stat(target)
        with open(temporary, "xb") as file:
            try:
                _lock(file)
                fill(file)
                file.flush()
                mode = stat.S_IMODE(before.st_mode)
                os.fchmod(file.fileno(), mode) if hasattr(os, "fchmod") else os.chmod(temporary, mode)
                os.fsync(file.fileno())
                now = os.stat(target)
                if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
                    raise RewriteError(CHANGED)
            except BaseException:
                os.unlink(temporary)
                raise
        os.replace(temporary, target)
    except OSError as error:
        told = error.strerror or str(error)
        raise RewriteError(f"{told}; make its folder writable, with room for a copy of it") from error
    # The rename itself is safe only when the folder is.
    _sync(folder)


def _sync(folder: str) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)


def clean(folder: str) -> None:
    """Remove the temporary files that killed processes have left in a folder."""
    try:
        names = [name for name in os.listdir(folder) if name.endswith(SUFFIX)]
    except OSError:
        return
    for name in names:
        if name.removesuffix(SUFFIX).rpartition(".")[2].isdecimal():
            _remove_abandoned(os.path.join(folder, name))


def _remove_abandoned(path: str) -> None:
    """Remove a temporary file that no process holds; where there are no locks, an open file cannot be removed."""
    try:
        with open(path, "rb") as file:
            if _lock(file):
                os.unlink(path)
    except OSError:
        return


def _lock(file: IO[bytes]) -> bool:
    """Hold a file until it is closed; False when another process does. Processes that die let go."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
