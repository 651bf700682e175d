"""The rest of the corpus: what a few files are held against, so that a copy of an old text is found in a new file.

`Corpus` keeps the fingerprints of all corpus files below a folder in the cache folder. They are keyed by content: the
manifest says which file has which content, as of which size and time; the segments hold, for each content, its
documents' fingerprints, sorted by key. A file whose size or time has changed is read, and only a content that no
segment knows is fingerprinted; a renamed or restored file costs its reading. To look up a file's few fingerprints
means some binary searches in mapped files, without numpy.

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
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from . import __version__, cache, discover, formats, winnowing
from .reading import Reader, ReadError
from .screen import NUMPY_WORTHWHILE
from .tables import characters
from .winnowing import Sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .config import Settings
    from .document import Document
    from .fingerprints import Fingerprints

FORMAT = 1
ROWS = 1 << 23
"""Fingerprints of a segment at most, or hardly more: 100 MB of them."""
SEGMENTS = 8
"""When there are more, the small ones are made one."""
SMALL = 1 << 20
"""Fingerprints of a segment that is small."""
BATCH = 1 << 18
"""Bytes of text that are fingerprinted at once, at least, when there are so many."""
HOLDERS = 64
"""Documents that have a fingerprint, of which more are not told apart."""
FRESH = 50_000_000
"""Nanoseconds in which a file may change and keep its time: what is younger is read again the next time."""
_END = b"corpus-lint index\n"


class Held(NamedTuple):
    """The documents that share fingerprints with those looked up, numbered from 0.

    Attributes:
        sketch: the fingerprints that they share.
        load: gives a document by its number.
    """

    sketch: Sketch
    load: Callable[[int], Document]


class _Entry(NamedTuple):
    """A file as the manifest knows it; the content is empty for what is no corpus file."""

    size: int
    changed: int
    content: bytes


class _Segment:
    """Contents and their fingerprints: keys in order, with the number of the document in the segment and the place."""

    def __init__(self, data: Any, name: str = "") -> None:
        """Read a segment from its bytes.

        Raises:
            ValueError: it is not whole.
        """
        view = memoryview(data)
        if bytes(view[-len(_END) :]) != _END:
            raise ValueError("not a whole segment")
        rows, header = (int.from_bytes(view[at : at + 8], "little") for at in (0, 8))
        self.name = name
        self.columns = [view[16 + 4 * rows * n : 16 + 4 * rows * (n + 1)].cast("I") for n in range(3)]
        start = 16 + 12 * rows
        self.contents: list[tuple[bytes, list[int]]] = marshal.loads(view[start : start + header])
        """Each content with the folded sizes of its documents."""
        self.starts = [0, *accumulate(len(sizes) for _, sizes in self.contents)]

    def known(self, table: Fingerprints) -> set[int]:
        """The keys of a table, those that the segment has not left out where there are many."""
        if not table.is_numpy:
            return {key for keys in table.all_keys() for key in keys}
        import numpy as np

        own = np.frombuffer(self.columns[0], np.uint32)
        found: set[int] = set()
        for keys in table.all_keys():
            unique = np.unique(np.asarray(keys))
            at = np.searchsorted(own, unique)
            found.update(unique[own.take(at, mode="clip") == unique].tolist() if len(own) else ())
        return found

    def holders(self, keys: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Document, place and key of the fingerprints that have one of the keys."""
        known, documents, positions = self.columns
        for key in keys:
            at = bisect_left(known, key)
            for row in range(at, min(at + HOLDERS, len(known))):
                if known[row] != key:
                    break
                yield documents[row], positions[row], key

    def content_of(self, document: int) -> tuple[bytes, int, int]:
        """The content that a document is of, its number in that, and its folded size."""
        number = bisect_right(self.starts, document) - 1
        content, sizes = self.contents[number]
        ordinal = document - self.starts[number]
        return content, ordinal, sizes[ordinal]


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
        read = (settings.fields, settings.text_field, settings.format)
        grams = (winnowing.SHORT_GRAM, winnowing.LONG_GRAM, winnowing.WINDOW, winnowing.RANK_SHIFT)
        table = crc32(characters())
        self._key = repr((FORMAT, __version__, sys.version, sys.byteorder, grams, table, place, chosen, read)).encode()
        kept = cache.folder()
        self._folder = None if kept is None else os.path.join(kept, f"against-{crc32(place.encode()):08x}")
        self._segments: list[_Segment] = []
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
        columns: list[Any] = [array("I", [row[n] for row in rows]) for n in (2, 0, 1)]
        if table.is_numpy:
            import numpy as np

            columns = [np.frombuffer(column, np.uint32) if rows else np.empty(0, np.uint32) for column in columns]
        return Held(Sketch(0, sizes, *columns), _Loader(self._reader, addresses))

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
        for name in discover.names_in(self._root, tracked=self._settings.tracked):
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
        return Reader(path, fields=settings.fields or [settings.text_field], form=settings.format)

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
        making = _Making(numpy=total >= NUMPY_WORTHWHILE)
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
        if self._folder is not None and _write(os.path.join(self._folder, name), data):
            segment = self._open(name)
            if segment is not None:
                self._segments.append(segment)
                return
        self._segments.append(_Segment(data))

    def _merge(self) -> None:
        """Make the small segments one when there are many, and forget contents that no file has any more."""
        if len(self._segments) <= SEGMENTS:
            return
        small = [segment for segment in self._segments if len(segment.columns[0]) < SMALL]
        wanted = {entry.content for entry in self._files.values()}
        self._segments = [segment for segment in self._segments if segment not in small]
        making = _Making(numpy=sum(len(segment.columns[0]) for segment in small) > SMALL // 8)
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
            _write(os.path.join(self._folder, "manifest"), marshal.dumps((self._key, names, files)))

    def _open(self, name: str) -> _Segment | None:
        import mmap

        try:
            with open(os.path.join(self._folder or "", name), "rb") as file:
                return _Segment(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)
        except (OSError, ValueError, EOFError, TypeError):
            return None


class _Making:
    """A segment being made."""

    def __init__(self, *, numpy: bool) -> None:
        self._numpy = numpy
        self._clear()

    def _clear(self) -> None:
        self.contents: list[tuple[bytes, list[int]]] = []
        self.rows = 0
        self._documents = 0
        self._pending: list[tuple[Document, list[int]]] = []
        self._pending_bytes = 0
        self._columns: tuple[list[Any], list[Any], list[Any]] = ([], [], [])

    def add(self, content: bytes, documents: Iterable[Document]) -> None:
        """Fingerprint the documents of a content, some at a time, so that they need not fit into memory."""
        sizes: list[int] = []
        self.contents.append((content, sizes))
        for document in documents:
            self._pending.append((document, sizes))
            self._pending_bytes += len(document.data)
            if self._pending_bytes >= BATCH:
                self._sketch()

    def _sketch(self) -> None:
        pending, self._pending, self._pending_bytes = self._pending, [], 0
        sketch = winnowing.sketch([document for document, _ in pending], self._documents, numpy=self._numpy)
        for (_, sizes), size in zip(pending, sketch.sizes, strict=True):
            sizes.append(size)
        self._documents += len(pending)
        self._extend(sketch.keys, sketch.documents, sketch.positions)

    def take(self, segment: _Segment, wanted: set[bytes]) -> None:
        """Take over the wanted contents of a segment that are not there yet."""
        have = {content for content, _ in self.contents}
        renumbered: dict[int, int] = {}
        for (content, sizes), start in zip(segment.contents, segment.starts, strict=False):
            if content in wanted and content not in have:
                renumbered.update((start + n, self._documents + n) for n in range(len(sizes)))
                self.contents.append((content, sizes))
                self._documents += len(sizes)
        keys, documents, positions = segment.columns
        kept = [row for row, document in enumerate(documents) if document in renumbered]
        self._extend(
            array("I", [keys[row] for row in kept]),
            array("I", [renumbered[documents[row]] for row in kept]),
            array("I", [positions[row] for row in kept]),
        )

    def _extend(self, *columns: Any) -> None:
        self.rows += len(columns[0])
        for parts, column in zip(self._columns, columns, strict=True):
            parts.append(column)

    def segment(self) -> bytes:
        """The bytes of the segment; begins another one."""
        self._sketch()
        columns = self._sorted_numpy() if self._numpy else self._sorted()
        header = marshal.dumps(self.contents)
        counts = self.rows.to_bytes(8, "little") + len(header).to_bytes(8, "little")
        self._clear()
        return b"".join((counts, *columns, header, _END))

    def _sorted(self) -> list[bytes]:
        columns = [[value for part in parts for value in part] for parts in self._columns]
        rows = sorted(zip(*columns, strict=True))
        return [array("I", [row[n] for row in rows]).tobytes() for n in range(3)]

    def _sorted_numpy(self) -> list[bytes]:
        import numpy as np

        columns = [np.concatenate([np.asarray(part, np.uint32) for part in (*parts, ())]) for parts in self._columns]
        order = np.argsort(columns[0], kind="stable")
        return [column[order].astype(np.uint32).tobytes() for column in columns]


class _Loader:
    """Reads held documents; the last file read is at hand."""

    def __init__(self, reader: Callable[[str], Reader], addresses: list[tuple[str, int]]) -> None:
        self._reader = reader
        self._addresses = addresses
        self._wanted: dict[str, set[int]] = {}
        for name, ordinal in addresses:
            self._wanted.setdefault(name, set()).add(ordinal)
        self._read: dict[str, dict[int, Document]] = {}

    def __call__(self, number: int) -> Document:
        """The document of that number.

        Raises:
            OSError: its file has changed since.
        """
        name, ordinal = self._addresses[number]
        if name not in self._read:
            found: dict[int, Document] = {}
            last = max(self._wanted[name])
            try:
                for at, document in enumerate(self._reader(name).documents()):
                    if at in self._wanted[name]:
                        found[at] = document
                    if at >= last:
                        break
            except ReadError as error:
                raise OSError(f"{name}: {error}") from error
            if len(self._read) >= 8:
                self._read.pop(next(iter(self._read)))
            self._read[name] = found
        if ordinal not in self._read[name]:
            raise OSError(f"{name} has changed while it was read")
        return self._read[name][ordinal]


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


def _write(path: str, data: bytes) -> bool:
    """Write a file whole or not at all; whether it was."""
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        return False
    return True
