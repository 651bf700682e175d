"""The rest of the corpus: what a few files are held against, so that a copy of an old text is found in a new file.

`Corpus` keeps the fingerprints of all corpus files below a folder in the cache folder. They are keyed by content: the
manifest says which file has which content, as of which size and time; the segments hold, for each content, its
documents' fingerprints, sorted by key. A file whose size or time has changed is read, and only a content that no
segment knows is fingerprinted; a renamed or restored file costs its reading.

Nothing of it is needed and nothing locks it. Every file is written under another name and renamed, a segment never
changes, and a manifest that names a segment that is gone or damaged only makes its contents unknown: of two processes
that write at once one may have to do its work again, later. What another version has written is not looked at.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from array import array
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from .. import __version__, cache, discover, formats
from ..named_tuple import NamedTuple
from ..native import is_much
from ..reading import Reader, ReadError
from ..tables import characters
from . import winnowing
from .segments import Making, Segment, write
from .winnowing import Sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..config import Settings
    from ..document import Document
    from .fingerprints import Fingerprints

FORMAT = 1
ROWS = 1 << 23
"""Fingerprints of a segment at most, or hardly more: 100 MB of them."""
SEGMENTS = 8
"""When there are more, the small ones are made one."""
SMALL = 1 << 20
"""Fingerprints of a segment that is small."""
FRESH = 50_000_000
"""Nanoseconds in which a file may change and keep its time: what is younger is read again the next time."""


class Held(NamedTuple):
    """The documents that share fingerprints with those looked up, numbered from 0.

    Attributes:
        sketch: the fingerprints that they share.
        load: gives a document by its number.
        fields: gives all documents of the record that it is a field of, be they held or not.
    """

    sketch: Sketch
    load: Callable[[int], Document]
    fields: Callable[[int], Sequence[Document]]


class _Entry(NamedTuple):
    """A file as the manifest knows it; the content is empty for what is no corpus file."""

    size: int
    changed: int
    content: bytes


class Corpus:
    """The corpus files below a folder."""

    def __init__(self, root: str, settings: Settings) -> None:
        """Bring what is known of them up to date.

        Args:
            root: the folder.
            settings: which files are corpus, and the key of a record's text.
        """
        self._root = root
        self._settings = settings
        place = os.path.realpath(root)
        chosen = (settings.include, settings.exclude, settings.extend_exclude, settings.root)
        read = (settings.named_fields, settings.format)
        grams = (winnowing.SHORT_GRAM, winnowing.LONG_GRAM, winnowing.WINDOW, winnowing.RANK_SHIFT)
        table = crc32(characters())
        self._key = repr((FORMAT, __version__, sys.version, sys.byteorder, grams, table, place, chosen, read)).encode()
        kept = cache.folder()
        self._folder = None if kept is None else os.path.join(kept, f"against-{crc32(place.encode()):08x}")
        self._segments: list[Segment] = []
        self._files: dict[str, _Entry] = self._read_manifest()
        self._refresh()

    def holding(self, table: Fingerprints, given: set[str]) -> Held:
        """The documents that share a fingerprint with any of the table.

        Args:
            table: what to look up.
            given: real paths of the files that are not to be held against themselves.
        """
        names = self._names(given)
        numbers: dict[tuple[int, int], int] = {}
        addresses: list[tuple[str, int]] = []
        sizes: list[int] = []
        rows: list[tuple[int, int, int]] = []
        for order, segment in enumerate(self._segments):
            for document, position, key in sorted(segment.holders(segment.known(table))):
                number = numbers.get((order, document))
                if number is None:
                    content, ordinal, size = segment.content_of(document)
                    name = names.get(content)
                    number = numbers[order, document] = -1 if name is None else len(addresses)
                    if name is not None:
                        addresses.append((name, ordinal))
                        sizes.append(size)
                if number >= 0:
                    rows.append((number, position, key))
        documents, positions, keys = (array("I", [row[n] for row in rows]) for n in (0, 1, 2))
        sketch = Sketch(0, sizes, keys, documents, positions, is_much=table.is_much)
        loader = _Loader(self._reader, addresses)
        return Held(sketch, loader.load, loader.fields)

    def _names(self, given: set[str]) -> dict[bytes, str]:
        """A file of each content that is not given, the first by name."""
        found: dict[bytes, str] = {}
        base = os.path.realpath(self._root)
        inside = {os.path.relpath(path, base) for path in given if path.startswith(base)}
        for name, entry in self._files.items():
            if entry.content and name not in inside:
                found.setdefault(entry.content, name)
        return found

    def _refresh(self) -> None:
        """Bring manifest and segments up to date."""
        now = time.time_ns()
        known = {content for segment in self._segments for content, _ in segment.contents}
        files: dict[str, _Entry] = {}
        changed: list[tuple[str, int, int]] = []
        for name in discover.names_in(self._root, tracked=self._settings.tracked).names:
            try:
                status = os.stat(os.path.join(self._root, name))
            except OSError:
                continue
            entry = self._files.get(name)
            is_same = entry is not None and (entry.size, entry.changed) == (status.st_size, status.st_mtime_ns)
            if entry is not None and is_same and (not entry.content or entry.content in known):
                files[name] = entry
            else:
                files[name] = _Entry(status.st_size, status.st_mtime_ns, b"")
                changed.append((name, status.st_size, status.st_mtime_ns))
        added: list[tuple[str, bytes]] = []
        for name, size, at in changed:
            if self._is_corpus(name):
                content = _content(os.path.join(self._root, name))
                # What has just been written may be written again without a change of time.
                files[name] = _Entry(size, 0 if now - at < FRESH else at, content)
                if content not in known:
                    known.add(content)
                    added.append((name, content))
        was = self._files
        self._files = files
        if added:
            self._add(added)
        if files != was or added:
            self._merge()
            self._write_manifest()

    def _reader(self, name: str) -> Reader:
        settings = self._settings
        path = os.path.normpath(os.path.join(self._root, name))
        return Reader(path, fields=settings.named_fields, form=settings.format)

    def _is_corpus(self, name: str) -> bool:
        path, settings = os.path.normpath(os.path.join(self._root, name)), self._settings
        if name.startswith(".") or "/." in name:
            return False
        if discover.matches(path, [*settings.exclude, *settings.extend_exclude], settings.root):
            return False
        return discover.matches(path, settings.include, settings.root)

    def _add(self, added: Sequence[tuple[str, bytes]]) -> None:
        """Fingerprint contents into new segments."""
        total = sum(self._files[name].size for name, _ in added)
        making = Making(numpy=is_much(total))
        for name, content in added:
            try:  # noqa: SIM105 - importing contextlib costs a fifth of a bare start
                making.add(content, self._reader(name).documents())
            except ReadError:
                pass  # what could be read of it counts; when it is given, the error is told
            if making.rows >= ROWS:
                self._keep(making.segment())
        if making.contents:
            self._keep(making.segment())

    def _keep(self, data: bytes) -> None:
        """Write a segment down and use it."""
        name = f"{time.time_ns():x}-{os.getpid()}.segment"
        if self._folder is not None and write(os.path.join(self._folder, name), data):
            segment = self._open(name)
            if segment is not None:
                self._segments.append(segment)
                return
        self._segments.append(Segment(data))

    def _merge(self) -> None:
        """Make the small segments one when there are many, and forget contents that no file has any more."""
        if len(self._segments) <= SEGMENTS:
            return
        small = [segment for segment in self._segments if len(segment.columns[0]) < SMALL]
        wanted = {entry.content for entry in self._files.values()}
        self._segments = [segment for segment in self._segments if segment not in small]
        making = Making(numpy=sum(len(segment.columns[0]) for segment in small) > SMALL // 8)
        for segment in small:
            making.take(segment, wanted)
        if making.contents:
            self._keep(making.segment())
        self._sweep()

    def _sweep(self) -> None:
        """Remove segments that are used no more; those of the last hour another process may be using."""
        if self._folder is None:
            return
        used = {segment.name for segment in self._segments}
        for entry in os.scandir(self._folder):
            if entry.name not in used and entry.name.endswith(".segment"):
                try:
                    if time.time() - entry.stat().st_mtime > 3600:
                        os.unlink(entry.path)
                except OSError:
                    continue

    def _read_manifest(self) -> dict[str, _Entry]:
        """The files as they were; opens the segments."""
        if self._folder is None:
            return {}
        try:
            with open(os.path.join(self._folder, "manifest"), "rb") as file:
                key, names, files = marshal.load(file)
            if key != self._key:
                return {}
            self._segments = [segment for name in names if (segment := self._open(name)) is not None]
            return {name: _Entry(*entry) for name, entry in files.items()}
        except (OSError, ValueError, EOFError, TypeError):
            self._segments = []
            return {}

    def _write_manifest(self) -> None:
        if self._folder is not None:
            names = [segment.name for segment in self._segments if segment.name]
            files = {name: tuple(entry) for name, entry in self._files.items()}
            write(os.path.join(self._folder, "manifest"), marshal.dumps((self._key, names, files)))

    def _open(self, name: str) -> Segment | None:
        import mmap

        try:
            with open(os.path.join(self._folder or "", name), "rb") as file:
                return Segment(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)
        except (OSError, ValueError, EOFError, TypeError):
            return None


class _Loader:
    """Reads held documents; the last file read is at hand."""

    def __init__(self, reader: Callable[[str], Reader], addresses: list[tuple[str, int]]) -> None:
        self._reader = reader
        self._addresses = addresses
        self._wanted: dict[str, set[int]] = {}
        for name, ordinal in addresses:
            self._wanted.setdefault(name, set()).add(ordinal)
        self._read: dict[str, dict[int, Document]] = {}

    def load(self, number: int) -> Document:
        """The document of that number.

        Raises:
            OSError: its file has changed since.
        """
        name, ordinal = self._addresses[number]
        documents = self._documents(name)
        if ordinal not in documents:
            raise OSError(f"{name} has changed while it was read")
        return documents[ordinal]

    def fields(self, number: int) -> list[Document]:
        """All documents of the record that the one of that number is a field of.

        Raises:
            OSError: its file has changed since.
        """
        record = self.load(number).record
        if record is None:
            return [self.load(number)]
        name, ordinal = self._addresses[number]
        documents = self._documents(name)
        first, end = ordinal, ordinal + 1
        while _number(documents.get(first - 1)) == record.number:
            first -= 1
        while _number(documents.get(end)) == record.number:
            end += 1
        return [documents[at] for at in range(first, end)]

    def _documents(self, name: str) -> dict[int, Document]:
        """The wanted documents of a file, each with all those of its record."""
        if name not in self._read:
            found: dict[int, Document] = {}
            wanted = self._wanted[name]
            last = max(wanted)
            try:
                numbered = enumerate(self._reader(name).documents())
                for _, of_record in groupby(numbered, lambda one: _number(one[1]) or -1 - one[0]):
                    together = dict(of_record)
                    if not wanted.isdisjoint(together):
                        found.update(together)
                    if max(together) >= last:
                        break
            except ReadError as error:
                raise OSError(f"{name}: {error}") from error
            if len(self._read) >= 8:
                self._read.pop(next(iter(self._read)))
            self._read[name] = found
        return self._read[name]


def _number(document: Document | None) -> int:
    """The number of the record that a document is a field of, or 0."""
    return 0 if document is None or document.record is None else document.record.number


def _content(path: str) -> bytes:
    """What a file's documents are known by: a digest of its bytes and of its format."""
    from _blake2 import blake2b

    digest = blake2b(repr(formats.by_name(path)).encode(), digest_size=16)
    try:
        with open(path, "rb", buffering=0) as file:
            while data := file.read(1 << 20):
                digest.update(data)
    except OSError:
        return b""
    return digest.digest()
