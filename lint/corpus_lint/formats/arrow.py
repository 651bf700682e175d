"""Arrow IPC files and streams, Feather (version 2) among them: read and written by record batches."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from ..splicing import RewriteError
from .columnar import FIRST, Columns, Rewriting
from .layout import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..document import Document
    from .columnar import Place
    from .layout import Host

MAGIC = b"ARROW1"
CODECS = {0: "lz4", 1: "zstd"}
ROWS = 256
"""Rows that are turned into texts at once; a batch may hold a whole corpus."""


def documents(host: Host, path: str) -> Iterator[Document]:
    """The documents of a file.

    Raises:
        FormatError: the file cannot be read.
    """
    import pyarrow as pa

    try:
        with pa.memory_map(path) as source:
            schema, batches = _open(source)
            layout = Columns(host)
            names = layout.names(schema, lambda: _first(path))
            yield from layout.rows(
                batch.slice(start, ROWS).select(names)
                for batch, _ in batches
                for start in range(0, batch.num_rows, ROWS)
            )
    except (pa.ArrowException, OSError) as error:
        raise FormatError(f"it cannot be read as Arrow: {error}") from error


def rewrite(path: str, target: IO[bytes], edits: Mapping[Place, tuple[str, str]]) -> None:
    """Write a file again with texts replaced; as `parquet.rewrite`.

    Raises:
        RewriteError: something of the file would not be the same.
    """
    import pyarrow as pa

    try:
        with pa.memory_map(path) as source:
            schema, batches = _open(source)
            options = pa.ipc.IpcWriteOptions(compression=_compression(path))
            rewriting = Rewriting(edits)
            make = pa.ipc.new_file if _is_file(path) else pa.ipc.new_stream
            with make(target, schema, options=options) as writer:
                for batch, metadata in batches:
                    writer.write_batch(rewriting.batch(batch), custom_metadata=metadata)
    except pa.ArrowException as error:
        raise RewriteError(f"Arrow: {error}") from error


def _first(path: str) -> Any:
    """The first rows; None when there are none."""
    import pyarrow as pa

    with pa.memory_map(path) as source:
        return next((batch.slice(0, FIRST) for batch, _ in _open(source)[1]), None)


def _is_file(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _open(source: Any) -> tuple[Any, Iterator[tuple[Any, Any]]]:
    """The schema, and the record batches with what metadata they have."""
    import pyarrow as pa

    head = source.read(8)
    source.seek(0)
    if head.startswith(b"FEA1"):
        raise FormatError("it is Feather version 1, which is obsolete; write it again with pyarrow.feather")
    if not head.startswith(MAGIC):
        stream = pa.ipc.open_stream(source)
        return stream.schema, _from_stream(stream)
    file = pa.ipc.open_file(source)
    return file.schema, (tuple(file.get_batch_with_custom_metadata(n)) for n in range(file.num_record_batches))


def _from_stream(stream: Any) -> Iterator[tuple[Any, Any]]:
    while True:
        try:
            batch, metadata = stream.read_next_batch_with_custom_metadata()
        except StopIteration:
            return
        yield batch, metadata


def _compression(path: str) -> str | None:
    """The codec of the first record batch, read from its header (a flatbuffer: Arrow's Message.fbs)."""
    import pyarrow as pa

    with pa.memory_map(path) as source:
        if _is_file(path):
            source.seek(8)
        reader = pa.ipc.MessageReader.open_stream(source)
        while True:
            try:
                message = reader.read_next_message()
            except StopIteration:
                return None
            if message.type == "record batch":
                return _codec(message.metadata.to_pybytes())


def _codec(message: bytes) -> str | None:
    def number(at: int, size: int) -> int:
        return int.from_bytes(message[at : at + size], "little", signed=size == 4)

    def field(table: int, index: int) -> int | None:
        """Where a field of a flatbuffer table is; None when it is left out."""
        about = table - number(table, 4)
        slot = 4 + 2 * index
        offset = int.from_bytes(message[about + slot : about + slot + 2], "little") if slot < _short(about) else 0
        return table + offset if offset else None

    def _short(at: int) -> int:
        return int.from_bytes(message[at : at + 2], "little")

    header = field(number(0, 4), 2)
    batch = header + number(header, 4) if header is not None else None
    compression = field(batch, 3) if batch is not None else None
    if compression is None:
        return None
    codec = field(compression + number(compression, 4), 0)
    return CODECS[message[codec] if codec is not None else 0]
