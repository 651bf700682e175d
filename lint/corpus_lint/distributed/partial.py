"""Parts of a run: what one of several runs has found, kept in a folder for the run that reports on all of them.

A part is a folder that appears whole or not at all: it is filled under another name and renamed. In it are

- ``complete``: JSON, which says what the part is of: the number of the shard, by which rules, of which input;
- ``findings``: the outcome, the files, and where their documents are (a pickle, read by `unpickling`);
- ``fingerprints/``, ``lines/``: what a comparison of all documents needs (`corpus_lint.duplication.partitions`);
- ``texts/``: documents that cannot be read again by their place, because their file is packed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..named_tuple import NamedTuple
from ..options import ConfigurationError, hints
from . import unpickling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..config import Settings
    from ..duplication.shelf import Places
    from ..outcome import Outcome

CONTRACT = 3
"""Raised whenever parts are laid out otherwise: since 3 findings know the id of their record."""
MARKER, FINDINGS, TEXTS = "complete", "findings", "texts"
STALE = 24 * 3600
"""Seconds after which an unfinished folder is taken for one whose run was killed."""

OF_THE_REPORT = {"jobs", "cache", "cache_size", "output_format", "baseline", "redact", "fail_on", "max_share"}
"""Settings that do not change what a part holds."""


class Marker(NamedTuple):
    """What a part is of.

    Attributes:
        contract: version of the folder's layout.
        version: of the tool.
        shard: its number, from 1; of: how many there are.
        rules: digest of the tool, the rule packs and the settings that decide what is found.
        input: digest of the names and sizes of all files, in order: those of all shards.
        state: likewise of the shard's own files, with their times.
        settings: those that decide what is found.
        root: the folder that globs are relative to, from the working directory.
        paths: what the user named.
        failures: how many things could not be done.
        sizes: bytes of each file of the part.
    """

    contract: int
    version: str
    shard: int
    of: int
    rules: str
    input: str
    state: str
    settings: dict[str, Any]
    root: str
    paths: list[str]
    failures: int = 0
    sizes: dict[str, int] = {}


class Part(NamedTuple):
    """A part that is there: its folder and its marker."""

    folder: str
    marker: Marker


class Content(NamedTuple):
    """What a part says: its outcome, its files with their sizes, and where its documents are."""

    outcome: Outcome
    files: list[tuple[str, int]]
    places: Places


class Unfinished:
    """A part that is being made, in a folder of its own until it is published."""

    def __init__(self, folder: str, shard: int, of: int) -> None:
        """Make the folder, and remove what runs of this shard that were killed have left.

        Raises:
            OSError: it cannot be made.
        """
        self._final = os.path.join(folder, name(shard, of))
        os.makedirs(folder, exist_ok=True)
        prefix = f".{name(shard, of)}."
        sweep(folder, prefix)
        self.folder = os.path.join(folder, f"{prefix}{os.getpid()}-{os.urandom(4).hex()}")
        os.mkdir(self.folder)
        self.texts = os.path.join(self.folder, TEXTS)
        os.mkdir(self.texts)

    def publish(self, marker: Marker, content: Content) -> str:
        """Write what is left to write and give the part its name; the folder that it has then.

        Raises:
            OSError: it cannot be written.
        """
        import pickle

        origins = content.places.origins
        for number, origin in enumerate(origins):
            if origin.path and not origin.source.name:
                origins[number] = origin._replace(path=os.path.relpath(origin.path, self.folder))
        with open(os.path.join(self.folder, FINDINGS), "wb") as file:
            pickle.dump(content, file, pickle.HIGHEST_PROTOCOL)
        sizes = {}
        for place, _, names in os.walk(self.folder):
            for one in names:
                path = os.path.join(place, one)
                with open(path, "rb") as file:
                    os.fsync(file.fileno())
                sizes[os.path.relpath(path, self.folder).replace(os.sep, "/")] = os.path.getsize(path)
        with open(os.path.join(self.folder, MARKER), "w", encoding="utf-8") as written:
            # In ASCII, since names of files need not be UTF-8.
            json.dump(marker._replace(sizes=sizes)._asdict(), written, indent=1)
            written.flush()
            os.fsync(written.fileno())
        while True:
            try:
                os.rename(self.folder, self._final)
                return self._final
            except OSError:
                if not os.path.isdir(self._final):
                    raise
                # Another run of this shard, or an earlier one: what it has made is replaced as a whole.
                old = f"{self.folder}.old"
                os.rename(self._final, old)
                shutil.rmtree(old, ignore_errors=True)

    def discard(self) -> None:
        """Remove what has been written."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(folder: str, prefix: str) -> None:
    """Remove the folders whose names begin so and that nobody has put anything into for long: what a kill has left."""
    for entry in os.scandir(folder):
        if entry.name.startswith(prefix) and entry.is_dir() and time.time() - entry.stat().st_mtime > STALE:
            shutil.rmtree(entry.path, ignore_errors=True)


def name(shard: int, of: int) -> str:
    """What the folder of a part is called."""
    return f"{shard}-of-{of}"


def read(folder: str) -> Part | None:
    """The part in a folder; None when there is none, or an unfinished one.

    Raises:
        ConfigurationError: it is not whole, or was written by another version.
    """
    try:
        with open(os.path.join(folder, MARKER), encoding="utf-8") as file:
            said = json.load(file)
        if not isinstance(said, dict):
            raise ValueError(f"{MARKER} is no object")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{folder}: this part cannot be read ({error}); run its shard again") from None
    if said.get("contract") != CONTRACT or set(said) != set(Marker._fields):
        version = said.get("version", "another version")
        raise ConfigurationError(
            f"{folder}: this part, written by corpus-lint {version}, is laid out in another way than {__version__} "
            "reads parts; run its shard again"
        )
    part = Part(folder, Marker(**said))
    for file_name, size in part.marker.sizes.items():
        path = os.path.join(folder, *file_name.split("/"))
        if not os.path.isfile(path) or os.path.getsize(path) != size:
            raise ConfigurationError(f"{folder}: {file_name} is not whole; copy the part again, or run its shard again")
    return part


def find(paths: Sequence[str]) -> Iterator[Part]:
    """The parts that are named, and those in folders that are named.

    Raises:
        ConfigurationError: a path holds none, or one that is not whole.
    """
    for path in paths:
        part = read(path)
        found = [] if part is None else [part]
        if part is None and os.path.isdir(path):
            inner = [entry.path for entry in os.scandir(path) if entry.is_dir() and not entry.name.startswith(".")]
            found = [part for folder in sorted(inner) if (part := read(folder)) is not None]
        if not found:
            raise ConfigurationError(f"{path}: there is no part of a run here; make parts with --shard K/N")
        yield from found


def content(part: Part) -> Content:
    """What a part says.

    Raises:
        ConfigurationError: it cannot be read.
    """
    import pickle

    try:
        with open(os.path.join(part.folder, FINDINGS), "rb") as file:
            said: Content = unpickling.load(file)
    except (OSError, pickle.UnpicklingError) as error:
        raise ConfigurationError(f"{part.folder}: this part cannot be read ({error}); run its shard again") from None
    origins = said.places.origins
    for number, origin in enumerate(origins):
        if origin.path and not origin.source.name:
            origins[number] = origin._replace(path=os.path.join(part.folder, origin.path))
    return said


def settings_of(settings: Settings) -> dict[str, Any]:
    """The settings that decide what is found."""
    return {name: getattr(settings, name) for name in hints(type(settings)) if name not in OF_THE_REPORT}


def adopt(settings: Settings, marker: Marker) -> None:
    """Take the settings that decide what is found from a part."""
    for name, value in marker.settings.items():
        setattr(settings, name, value)
    settings.root = os.path.abspath(marker.root)


def digest_of_rules(settings: Settings) -> str:
    """What the findings depend on besides the texts: the settings, the tool and the rule packs, which are loaded."""
    from hashlib import blake2b

    from ..memory.circumstances import code

    said = json.dumps(settings_of(settings), sort_keys=True, default=str)
    digest = blake2b(f"{CONTRACT} {__version__} {sys.version_info[:2]} {said}".encode(), digest_size=16)
    digest.update(code(settings.packs))
    return digest.hexdigest()


def digest_of_files(files: Sequence[tuple[str, int]], *, times: bool = False) -> str:
    """What is known of files without reading them: names and sizes, in order, and with ``times`` when they changed."""
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for path, size in files:
        digest.update(path.replace(os.sep, "/").encode("utf-8", "surrogateescape") + f"\0{size}\0".encode())
        if times:
            digest.update(str(os.stat(path).st_mtime_ns if os.path.exists(path) else 0).encode())
    return digest.hexdigest()
