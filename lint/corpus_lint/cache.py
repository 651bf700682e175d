"""The cache folder: small files keyed by content, written through a temporary name and a rename.

Nothing in it is needed: what is missing, damaged or not writable is made anew. ``CORPUS_LINT_CACHE`` names
another folder; an empty value switches the cache off.
"""

from __future__ import annotations

import os
import sys

_CHECK = b"corpus-lint cache\n"


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


def read(kind: str, key: str) -> bytes | None:
    """What was kept under the key; None when there is nothing whole."""
    place = folder()
    if place is None:
        return None
    try:
        with open(os.path.join(place, f"{kind}-{key}"), "rb") as file:
            stored = file.read()
    except OSError:
        return None
    return stored[len(_CHECK) : -len(_CHECK)] if stored[:1] and stored.endswith(_CHECK) else None


def write(kind: str, key: str, content: bytes) -> None:
    """Keep ``content`` under the key, where that is possible; older entries of the kind go when there are many."""
    place = folder()
    if place is None:
        return
    target = os.path.join(place, f"{kind}-{key}")
    temporary = f"{target}.{os.getpid()}"
    try:
        os.makedirs(place, exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(_CHECK + content + _CHECK)
        os.replace(temporary, target)
        _prune(place, kind)
    except OSError:
        return


def _prune(place: str, kind: str, keep: int = 16) -> None:
    entries = [entry for entry in os.scandir(place) if entry.name.startswith(f"{kind}-")]
    entries.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[keep:]:
        os.unlink(entry.path)
