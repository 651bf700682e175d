"""The shelf: documents that may be asked for again, in memory while they are few, else read again from their files."""

from __future__ import annotations

from typing import NamedTuple

from .document import Document
from .jsonl import RecordText
from .source import Source

KEPT = 32 << 20
"""Bytes of text that are kept in memory."""


class _Address(NamedTuple):
    """Where in a UTF-8 file a document's raw text lies, and what else makes the document again."""

    path: str
    source: Source
    start: int
    length: int
    document_index: int
    first_line: int
    record: tuple[int, str, int] | None


class Shelf:
    """Documents by number, from 0 in the order in which they were put there."""

    def __init__(self, *, keep_all: bool = False) -> None:
        """An empty shelf; ``keep_all`` keeps every document in memory, for files that are about to be rewritten."""
        self._places: list[Document | _Address] = []
        self._room = float("inf") if keep_all else KEPT
        self._recent: dict[int, Document] = {}

    def __len__(self) -> int:
        return len(self._places)

    def put(self, document: Document, path: str) -> None:
        """Remember a document that was read from ``path``."""
        source = document.source
        can_reread = path != "-" and source is not None and source.decoding.encoding == "utf-8"
        self._room -= len(document.data)
        if self._room > 0 or not can_reread or source is None:
            self._places.append(document)
            return
        record = document.record
        self._places.append(
            _Address(
                path,
                source,
                document.file_start + len(source.decoding.bom),
                len(document.raw),
                document.index,
                document.first_line,
                None if record is None else (record.number, record.field, record.column),
            )
        )

    def get(self, number: int) -> Document:
        """The document of that number.

        Raises:
            OSError: its file can no longer be read.
        """
        place = self._places[number]
        if isinstance(place, Document):
            return place
        if number not in self._recent:
            if len(self._recent) >= 8:
                self._recent.pop(next(iter(self._recent)))
            self._recent[number] = _reread(place)
        return self._recent[number]


def _reread(address: _Address) -> Document:
    with open(address.path, "rb") as file:
        file.seek(address.start)
        data = file.read(address.length)
    common = {"source": address.source, "index": address.document_index, "first_line": address.first_line}
    if address.record is None:
        return Document(data.decode("utf-8", "surrogateescape"), data=data, errors="surrogateescape", **common)  # type: ignore[arg-type]
    import json

    raw = data.decode("utf-8", "surrogateescape")
    number, field, column = address.record
    return Document(json.loads(f'"{raw}"'), record=RecordText(number, field, raw, column), **common)  # type: ignore[arg-type]
