"""JSON lines: one record a line, some of whose fields are texts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from . import RECORD_LIMIT
from .json_literal import JsonField, paths, texts
from .records import FIELDS_KEPT, RecordLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..document import Document
    from .layout import Host
    from .place import Place
    from .record import Steps

LINE_ENDS = b"\n\r"


class JsonRecords(RecordLayout):
    """Records that are JSON, however they are strung together."""

    def __init__(self, host: Host) -> None:
        import json

        super().__init__(host)
        self._load: Callable[[str], Any] = json.loads

    def record(self, data: bytes, place: Place) -> Iterator[Document]:
        """The documents of the record at ``place``, which is written so."""
        if len(data) > RECORD_LIMIT:
            self.broken(data, f"the record is longer than {RECORD_LIMIT >> 20} MiB; split its text", place)
            return
        raw = self.host.decode(data, place)
        try:
            value = self._load(raw)
        except (ValueError, RecursionError) as error:
            reason = str(getattr(error, "msg", error)).lower()
            self.broken(data, f"not a JSON record ({reason})", place)
            return
        if not isinstance(value, (dict, list, str)):
            self.is_parsed = True
            self.broken(data, "not a JSON record (not an object)", place)
            return
        # What stands in no object is a text; nearly all fields of objects are keys of the record.
        found: dict[Steps, str] = {} if isinstance(value, dict) else dict(texts(value, ""))
        for field in self.host.fields:
            if isinstance(value, dict) and isinstance(text := value.get(field), str):
                found[(field,)] = text
            else:
                found.update(texts(value, field))
        for steps, text in found.items():
            yield self.document(text, JsonField(place.record, steps, raw), len(data), place)
        if not found:
            names = value if isinstance(value, dict) else ()
            self.without_text(data, tuple(islice(paths(value), FIELDS_KEPT)) or names, place)


class JsonLines(JsonRecords):
    """One record a line, by whose number it goes; lines of white space are passed over."""

    def documents(self, chunks: Iterator[bytes], place: Place) -> Iterator[Document]:
        """The documents of the lines from ``place`` on."""
        kept: list[bytes] = []
        size = 0
        for chunk in chunks:
            lines = chunk.split(b"\n")
            if len(lines) > 1:
                kept.append(lines[0])
                yield from self._line(b"".join(kept) + b"\n", place)
                for line in lines[1:-1]:
                    yield from self._line(line + b"\n", place)
                kept, size = [], 0
            size += len(lines[-1])
            if size > 2 * RECORD_LIMIT:
                # Of a line that is far too long only the beginning and the length are of use.
                place.start += len(lines[-1])
                size -= len(lines[-1])
            else:
                kept.append(lines[-1])
        if size:
            yield from self._line(b"".join(kept), place)
        self.check_readable()

    def _line(self, line: bytes, place: Place) -> Iterator[Document]:
        if not line.isspace():
            yield from self.record(line.rstrip(LINE_ENDS), place)
        place.record += 1
        place.pass_over(line, 1)
