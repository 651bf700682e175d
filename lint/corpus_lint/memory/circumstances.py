"""Circumstances: everything besides the files that findings depend on, as one digest.

The program and the rule packs count by their code, the packages that are installed by their versions, the settings by
their values: what is not known to make no difference makes one.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from .. import cache, contents
from ..contents import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..config import Settings

AFTERWARDS = {"output_format", "baseline", "redact", "fail_on", "max_share"}
"""Settings by which findings are shown and judged when they have been found."""
WHICH_FILES = {"include", "exclude", "extend_exclude", "force_exclude", "tracked"}
"""Settings that say which files there are, or where."""
ON_THE_WAY = {"jobs", "against", "cache", "cache_size"}
"""Settings that make no difference to what is found in one file, nor between those given."""


def digest(settings: Settings, *more: object) -> bytes:
    """16 bytes that are others whenever anything is that findings depend on, the files apart.

    Args:
        settings: the configuration.
        more: what else makes a difference.
    """
    left_out = AFTERWARDS | WHICH_FILES | ON_THE_WAY
    kept = {name: getattr(settings, name) for name in sorted(type(settings).__annotations__) if name not in left_out}
    if settings.per_file_ignores:
        kept["root"] = settings.root
    told = repr((sys.version, sys.byteorder, os.getcwd(), kept, more, list(_installed()), code(settings.packs)))
    return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _installed() -> Iterator[str]:
    """Names and versions of the packages that are installed; asking `importlib` costs more than a small run."""
    for place in sys.path:
        if os.path.basename(place) in ("site-packages", "dist-packages"):
            try:
                yield from sorted(name for name in os.listdir(place) if name.endswith(".dist-info"))
            except OSError:
                continue


def code(packs: Sequence[str]) -> bytes:
    """A digest of the program's and the packs' files, remembered for as long as their sizes and times stay the same."""
    files = [path for place in (os.path.dirname(__file__), *map(_place, packs)) for path in _files(place)]
    states = ((path, os.stat(path)) for path in files)
    state = "\n".join(f"{path}:{status.st_size}:{status.st_mtime_ns}" for path, status in states).encode()
    stored = cache.read("code", state)
    if stored is not None:
        return bytes(stored)
    found = contents.digest((os.path.basename(path), path) for path in files)
    cache.write("code", state, found)
    return found


def _place(pack: str) -> str:
    """The folder of a pack that has been imported, or its file when it is one."""
    module = sys.modules[pack]
    return next(iter(getattr(module, "__path__", ())), module.__file__ or "")


def _files(place: str) -> Iterator[str]:
    if os.path.isfile(place):
        yield place
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        yield from (os.path.join(folder, name) for name in sorted(names))
