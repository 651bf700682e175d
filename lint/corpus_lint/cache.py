"""The cache folder: small files that hold their keys, written through a temporary name and a rename.

Nothing in it is needed: what is missing, damaged or not writable is made anew. ``CORPUS_LINT_CACHE`` names
another folder; an empty value switches the cache off.
"""

from __future__ import annotations

import marshal
import os
import sys
from array import array
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

_END = b"corpus-lint cache\n"


def folder() -> str | None:
    """The folder by the platform's convention; None when the cache is off."""
    chosen = os.environ.get("CORPUS_LINT_CACHE")
    if chosen is not None:
        return chosen or None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "corpus-lint")


def read(kind: str, key: bytes) -> bytes | None:
    """What `write` has kept under the key; None when there is nothing whole."""
    return checked(read_parts(kind, key))


def read_parts(kind: str, key: bytes) -> Iterator[bytes]:
    """The parts that `write_parts` has kept under the key; none when there is nothing whole.

    Each is read when it is asked for, so that it can lie where the one before has lain: to read megabytes takes less
    time than to get memory for them from the system. Nothing says that they are undamaged: see `checked`.
    """
    place = folder()
    if place is None:
        return
    path = _path(place, kind, key)
    head = _head(key)
    try:
        with open(path, "rb") as file:
            if file.read(len(head)) != head:
                return
            sizes = array("Q")
            sizes.frombytes(file.read(file.read(1)[0] * sizes.itemsize))
            first = file.tell()
            file.seek(first + sum(sizes))
            if file.read() != _END:
                return
            try:  # noqa: SIM105 - importing contextlib costs a fiftieth of a clean page
                os.utime(path)  # what is in use is not what `_prune` takes for old
            except OSError:
                pass
            file.seek(first)
            for size in sizes:
                yield file.read(size)
    except (OSError, IndexError, ValueError, OverflowError, MemoryError):
        return


def write(kind: str, key: bytes, content: bytes) -> None:
    """Keep ``content`` under the key, where that is possible; older entries of the kind go when there are many."""
    write_parts(kind, key, checkable(content))


def checkable(content: bytes) -> tuple[bytes, bytes]:
    """Two parts for `write_parts`, of which `checked` gives the content back."""
    return crc32(content).to_bytes(4, "little"), content


def checked(parts: Iterator[bytes]) -> bytes | None:
    """The content of the next two parts; None when they are not there, or were damaged."""
    checksum, content = next(parts, None), next(parts, None)
    return content if content is not None and crc32(content).to_bytes(4, "little") == checksum else None


def write_parts(kind: str, key: bytes, parts: Sequence[bytes]) -> None:
    """Keep up to 255 parts under the key, where that is possible; older entries of the kind go when there are many."""
    place = folder()
    if place is None:
        return
    target = _path(place, kind, key)
    temporary = f"{target}.{os.getpid()}"
    sizes = array("Q", map(len, parts))
    try:
        os.makedirs(place, exist_ok=True)
        with open(temporary, "wb") as file:
            file.writelines((_head(key), bytes((len(parts),)), sizes.tobytes(), *parts, _END))
        os.replace(temporary, target)
        _prune(place, kind)
    except OSError:
        try:  # what a full disk has taken of it
            os.unlink(temporary)
        except OSError:
            return


def made(kind: str, key: bytes, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, from the folder where that has it: plain values, tuples and dicts, as `marshal` writes them.

    Args:
        kind: what the values are.
        key: what they depend on.
        make: makes them, when they are not there.
    """
    stored = read(kind, key)
    if stored is not None:
        try:
            return marshal.loads(stored)
        except (ValueError, EOFError, TypeError):
            pass
    found = make()
    write(kind, key, marshal.dumps(found))
    return found


def state(paths: Sequence[str]) -> bytes:
    """What changes when one of the files does: their places, sizes and times.

    Raises:
        OSError: a file is not there.
    """
    found = [(path, status.st_size, status.st_mtime_ns) for path in paths for status in (os.stat(path),)]
    return repr(found).encode()


def _path(place: str, kind: str, key: bytes) -> str:
    # The name may be that of another key: the key stands in the file. (Importing hashlib costs half a bare start.)
    return os.path.join(place, f"{kind}-{crc32(key):08x}")


def _head(key: bytes) -> bytes:
    return len(key).to_bytes(8, "little") + key


def _prune(place: str, kind: str, keep: int = 32) -> None:
    entries = [entry for entry in os.scandir(place) if entry.name.startswith(f"{kind}-")]
    entries.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[keep:]:
        os.unlink(entry.path)
