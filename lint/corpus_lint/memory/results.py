"""Results of earlier runs, kept by content, so that what is unchanged need not be linted again.

The cache stands between discovery and linting. A run of which every file is unchanged is answered as a whole; of a run
in which some files have changed, those are linted, and the others' parts taken from the cache, in the same order and
with the same comparison across documents, so that nobody can tell the difference.

What is kept belongs to one working directory and to one set of `circumstances`. Each run that has found something new
writes one volume: for each file its signature and digest, for each linted file its part, for the run its outcome.
When there are many volumes, small ones are made one.
"""

from __future__ import annotations

import marshal
import os
from time import time_ns
from typing import TYPE_CHECKING, Any

from .. import cache
from ..discover import STANDARD_INPUT
from ..jobs import Dead, Item, Part
from ..named_tuple import NamedTuple
from ..outcome import Failure, Outcome
from . import circumstances
from .signature import NONE, Signature, digest, sign
from .volumes import Piece, Volume, Writing, bound, remove, volumes

try:  # hashlib loads OpenSSL, which costs as much as half a bare start
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python than CPython
    from hashlib import blake2b

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..config import Settings
    from ..duplication.standing import Earlier, Standing
    from ..jobs import Read
    from ..reading import Reader

FOLDER = "results"
"""Below the cache folder."""
VOLUMES = 8
"""When there are more, the small ones are made one."""
OUTCOMES = 4
"""Outcomes of whole runs that are kept when volumes are made one."""
TOGETHER = 1 << 23
"""Bytes of known parts that are brought together at once."""

_STANDING = b"standing"
"""What the keys of `Standing` begin with among those of outcomes; the rest is the time in nanoseconds."""

_Key = tuple[str, bytes, bool]
"""The name of a file, the digest of its bytes, whether the user named it."""


class _Entry(NamedTuple):
    """A file as it was: its signature, and the digest of its bytes."""

    signature: Signature
    content: bytes


class Results:
    """What is known of some files, and what is found out about them."""

    def __init__(self, files: Sequence[Item], named: set[str], folder: str, owner: str, limit: int) -> None:
        """Look the files up.

        Args:
            files: the files of the run, in order.
            named: paths that the user named.
            folder: where volumes are.
            owner: what is known in other circumstances is another owner's.
            limit: bytes of the folder at most.
        """
        self._files = files
        self._named = named
        self._folder = folder
        self._owner = owner
        self._limit = limit
        self._volumes = volumes(folder, owner)
        self._entries: dict[str, list[_Entry]] = {}
        """What was known of each name, latest last."""
        self._parts: dict[_Key, tuple[Volume, Piece]] = {}
        self._outcomes: dict[bytes, tuple[Volume, Piece]] = {}
        for volume in self._volumes:
            volume.touch()
            entries, parts, outcomes = volume.index
            for name, signature, content in entries:
                self._entries.setdefault(name, []).append(_Entry(Signature(*signature), content))
            self._parts.update((key, (volume, Piece(*piece))) for key, piece in parts)
            self._outcomes.update((key, (volume, Piece(*piece))) for key, piece in outcomes)
        self._now: dict[str, _Entry] = {}
        """The files of this run whose content is known."""
        for file in files:
            entry = self._look(file)
            if entry is not None:
                self._now[file.name] = entry
        keys = ((file, self._key(file, self._now[file.name].content)) for file in files if file.name in self._now)
        self._found = {file.order: self._parts[key] for file, key in keys if key in self._parts}
        self._writing: Writing | None = None
        self._added: dict[_Key, Piece] = {}
        self._is_writable = True

    def whole(self) -> Outcome | None:
        """The outcome of the same run on the same files, if it is known."""
        run = self._run()
        found = self._outcomes.get(run) if run else None
        data = found[0].read(found[1]) if found else None
        if found is None or data is None:
            return None
        from .plain import diagnostic

        outcome = Outcome()
        diagnostics, hidden, outcome.held_back, skipped, textless, guessed, outcome.names, outcome.documents = (
            marshal.loads(data)
        )
        outcome.diagnostics = list(map(diagnostic, diagnostics))
        outcome.hidden = list(map(diagnostic, hidden))
        outcome.skipped.update(skipped)
        outcome.textless = list(map(Failure._make, textless))
        outcome.guessed.update(guessed)
        return outcome

    def unknown(self) -> list[list[Item]]:
        """The files that are to be linted: those that follow one another together, all in order."""
        stretches: list[list[Item]] = [[]]
        for file in self._files:
            if file.order not in self._found:
                stretches[-1].append(file)
            elif stretches[-1]:
                stretches.append([])
        return stretches if stretches[-1] else stretches[:-1]

    def merged(
        self, linted: Iterable[Part | Dead | Item], reader: Callable[[str, str], Reader], *, numpy: bool
    ) -> Iterator[Part | Dead | Item]:
        """All of a run in order: what is made of `unknown` files, which is kept, and around it what is known.

        Args:
            linted: what is made of the unknown files in order; a file that is to be linted is handed through.
            reader: gives what reads a file, by its path and name.
            numpy: the way, never the result.
        """
        position = 0
        for one in linted:
            first = _first(one)
            yield from self._between(position, first, reader, numpy=numpy)
            yield one
            if isinstance(one, Part):
                self._keep(one)
            position = first + 1
        yield from self._between(position, len(self._files), reader, numpy=numpy)

    def read(self, reads: Iterable[Read]) -> None:
        """Remember files that have been linted, when nothing is to be kept of each."""
        for read in reads:
            if read.content:
                self._now[read.item.name] = _Entry(read.signature, read.content)
            else:
                self._now.pop(read.item.name, None)

    def earlier(self) -> Earlier | None:
        """What the latest run of these or some other files has found by comparing them, where that may be of use."""
        from ..duplication.standing import Earlier

        latest = max((key for key in self._outcomes if key.startswith(_STANDING)), default=None)
        data = None if latest is None else self._outcomes[latest][0].read(self._outcomes[latest][1])
        if data is None:
            return None
        files, found = marshal.loads(data)
        was = dict.fromkeys(map(tuple, files))
        now = {self._key(file, self._now[file.name].content): None for file in self._files if file.name in self._now}
        if [key for key in was if key in now] != [key for key in now if key in was]:
            return None
        lost = [self._keys(key) for key in was if key not in now]
        changed = {file.name for file in self._files} - {key[0] for key in now if key in was}
        kept = [keys for keys in lost if keys is not None]
        return Earlier(found, changed, kept) if len(kept) == len(lost) else None

    def _keys(self, key: _Key) -> bytes | None:
        """The keys of the fingerprints of a file that was; None when they are known no more."""
        place = self._parts.get(key)
        data = None if place is None else place[0].read(place[1])
        if data is None:
            return None
        from .parts import keys

        return keys(data)

    def finish(self, outcome: Outcome | None = None, standing: Standing | None = None) -> None:
        """Write down what is new.

        Args:
            outcome: that of the run, when it came to its end.
            standing: what it has found by comparing documents.
        """
        added: dict[bytes, Piece] = {}
        run = self._run()
        # What has failed may not fail again, and costs little.
        if outcome is not None and run and run not in self._outcomes and not outcome.failures:
            data = _written(outcome)
            piece = self._write(data) if data is not None and len(data) < self._limit // 4 else None
            if piece is not None:
                added[run] = piece
            piece = None if standing is None else self._stand(standing)
            if piece is not None:
                added[_STANDING + time_ns().to_bytes(8, "big")] = piece
        entries = {name: entry for name, entry in self._now.items() if entry not in self._entries.get(name, ())}
        if entries or added or self._added:
            self._close(entries, added)
        for volume in self._volumes:
            volume.close()

    def _stand(self, standing: Standing) -> Piece | None:
        from .parts import written

        data = written(([self._key(file, self._now[file.name].content) for file in self._files], standing.plain()))
        return self._write(data) if data is not None and len(data) < self._limit // 4 else None

    def _look(self, file: Item) -> _Entry | None:
        """The file as it is now, when it is one that is known or may be."""
        entries = self._entries.get(file.name)
        if entries is None:
            return None
        began = time_ns()
        signature = sign(file.path)
        for entry in reversed(entries):
            if entry.signature == signature != NONE:
                return entry
        if all(entry.signature.size != signature.size for entry in entries):
            return None
        content = digest(file.path)
        return _Entry(signature.trusted(began), content) if content and sign(file.path) == signature else None

    def _key(self, file: Item, content: bytes) -> _Key:
        return file.name, content, file.path in self._named

    def _run(self) -> bytes:
        """What the run's outcome is known by; empty when not all files are known."""
        if len(self._now) < len(self._files):
            return b""
        told = repr([self._key(file, self._now[file.name].content) for file in self._files])
        return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).digest()

    def _between(
        self, position: int, end: int, reader: Callable[[str, str], Reader], *, numpy: bool
    ) -> Iterator[Part | Item]:
        """The known parts of some files, many in one; a file whose part is damaged is given itself."""
        from .parts import join

        together: list[tuple[Item, bytes]] = []
        size = 0
        for file in self._files[position:end]:
            found = self._found.get(file.order)
            if found is None:
                continue
            data = found[0].read(found[1])
            if data is not None:
                together.append((file, data))
                size += len(data)
            if together and (data is None or size >= TOGETHER):
                yield join(together, reader, numpy=numpy)
                together, size = [], 0
            if data is None:
                yield file
        if together:
            yield join(together, reader, numpy=numpy)

    def _keep(self, part: Part) -> None:
        from .parts import split

        self.read(part.reads)
        for read, data in split(part):
            key = self._key(read.item, read.content)
            piece = self._write(data)
            if piece is not None:
                self._added[key] = piece

    def _write(self, data: bytes) -> Piece | None:
        """Write a piece down, where that is possible and there is room."""
        try:
            if self._is_writable and self._writing is None:
                self._writing = Writing(self._folder, self._owner)
            if self._writing is not None and self._writing.size + len(data) <= self._limit // 2:
                return self._writing.add(data)
        except OSError:
            self._is_writable = False
        return None

    def _close(self, entries: dict[str, _Entry], outcomes: dict[bytes, Piece]) -> None:
        """Give the new volume its name; it takes in others when they are many."""
        merged: list[Volume] = []
        try:
            if self._writing is None:
                self._writing = Writing(self._folder, self._owner)
            if len(self._volumes) >= VOLUMES:
                merged = self._small()
                self._take_in(merged, entries, outcomes)
            listed = [(name, tuple(entry.signature), entry.content) for name, entry in entries.items()]
            pieces = [[(key, tuple(piece)) for key, piece in kept.items()] for kept in (self._added, outcomes)]
            self._writing.finish((listed, *pieces))
        except (OSError, ValueError):
            if self._writing is not None:
                self._writing.abandon()
            return
        for volume in merged:
            volume.close()
            remove(volume.path)
        bound(self._folder, self._limit)

    def _small(self) -> list[Volume]:
        """All volumes but the largest, when that is larger than the others together and most of it is in use."""
        largest = max(self._volumes, key=lambda volume: volume.size)
        rest = [volume for volume in self._volumes if volume is not largest]
        used = sum(piece.size for key, (volume, piece) in self._parts.items() if volume is largest and self._lives(key))
        return rest if 2 * used > largest.size > sum(volume.size for volume in rest) else self._volumes

    def _take_in(self, merged: Sequence[Volume], entries: dict[str, _Entry], outcomes: dict[bytes, Piece]) -> None:
        """Copy what is in use of some volumes: entries and parts of files that are still so, the latest outcomes."""
        # An entry may stand in a volume that stays, too; it is small.
        for name, (*_, entry) in self._entries.items():
            if name not in self._now and entry.signature == sign(name):
                entries[name] = entry
        entries |= {name: entry for name, entry in self._now.items() if name not in entries}
        for key, (volume, piece) in self._parts.items():
            if volume in merged and key not in self._added and self._lives(key):
                self._copy(volume, piece, self._added, key)
        latest = [(key, *found) for key, found in self._outcomes.items() if found[0] in merged]
        stood = max((key for key in (*self._outcomes, *outcomes) if key.startswith(_STANDING)), default=b"")
        latest = [one for one in latest if not one[0].startswith(_STANDING) or one[0] == stood]
        for run, volume, piece in latest[-OUTCOMES:]:
            if run not in outcomes:
                self._copy(volume, piece, outcomes, run)

    def _lives(self, key: _Key) -> bool:
        """Whether the file of a part still has the content of the part."""
        name, content, _ = key
        entry = self._now.get(name)
        if entry is None:
            entry = self._entries[name][-1]
            if entry.signature != sign(name):
                return False
        return entry.content == content

    def _copy(self, volume: Volume, piece: Piece, target: dict[Any, Piece], key: object) -> None:
        data = volume.read(piece)
        copied = None if data is None else self._write(data)
        if copied is not None:
            target[key] = copied


def look_up(settings: Settings, files: Sequence[Item], named: set[str], *circumstance: object) -> Results | None:
    """What is known of some files; None where that is not asked for, not worthwhile or not possible.

    Args:
        settings: the configuration.
        files: the files of the run, in order.
        named: paths that the user named.
        circumstance: what findings depend on besides the settings.
    """
    kept = cache.folder()
    if not settings.cache or kept is None:
        return None
    if any(file.path == STANDARD_INPUT or file.path != file.name for file in files):
        return None
    owner = circumstances.digest(settings, *circumstance).hex()
    return Results(files, named, os.path.join(kept, FOLDER), owner, settings.cache_size << 20)


def _first(one: Part | Dead | Item) -> int:
    """The number of the first file that something was made of."""
    if isinstance(one, Part):
        return (one.reads[0].item if one.reads else one.ends[0][0]).order
    return one.item.order if isinstance(one, Dead) else one.order


def _written(outcome: Outcome) -> bytes | None:
    from .parts import written
    from .plain import plain

    diagnostics, hidden = (list(map(plain, found)) for found in (outcome.diagnostics, outcome.hidden))
    left_out, textless = dict(outcome.skipped), [tuple(failure) for failure in outcome.textless]
    counts = (outcome.held_back, left_out, textless, dict(outcome.guessed), outcome.names, outcome.documents)
    return written((diagnostics, hidden, *counts))
