"""Parquet: read by row groups, and written again with the same schema, groups, compression and metadata."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from ..splicing import RewriteError
from .columnar import BATCH, FIRST, Columns, Rewriting
from .layout import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..document import Document
    from .columnar import Place
    from .layout import Host

BUFFER = 1 << 20


def documents(host: Host, path: str) -> Iterator[Document]:
    """The documents of a file.

    Raises:
        FormatError: the file cannot be read.
    """
    import pyarrow as pa

    try:
        file = _open(path)
        layout = Columns(host)
        names = layout.names(file.schema_arrow, lambda: next(file.iter_batches(FIRST, use_threads=False), None))
        metadata = file.metadata
        size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
        rows = max(1, min(4096, BATCH * max(metadata.num_rows, 1) // max(size, 1)))
        yield from layout.rows(file.iter_batches(rows, columns=names, use_threads=False))
    except (pa.ArrowException, OSError) as error:
        raise FormatError(f"it cannot be read as Parquet: {error}") from error


def rewrite(path: str, target: IO[bytes], edits: Mapping[Place, tuple[str, str]]) -> None:
    """Write a file again with texts replaced.

    Args:
        path: the old file.
        target: where the new one is written to.
        edits: old and new texts by number of the row (from 0) and steps to the text, the name of the column first.

    Raises:
        RewriteError: something of the file would not be the same.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        old = _open(path)
        rewriting = Rewriting(edits)
        with pq.ParquetWriter(target, old.schema_arrow, **_options(old)) as writer:
            for number in range(old.metadata.num_row_groups):
                table = old.read_row_group(number, use_threads=False)
                writer.write_table(rewriting.batch(table), row_group_size=max(table.num_rows, 1))
            # The Arrow schema among it, as it was: what is read differs from it in the names inside lists.
            writer.add_key_value_metadata(old.metadata.metadata or {})
        target.flush()
        _compare(old, pq.ParquetFile(target.name))
    except pa.ArrowException as error:
        raise RewriteError(f"Parquet: {error}") from error


def _open(path: str) -> Any:
    import pyarrow.parquet as pq

    return pq.ParquetFile(path, pre_buffer=False, buffer_size=BUFFER)


def _options(file: Any) -> dict[str, Any]:
    """How the file was written, as far as it says so."""
    metadata = file.metadata
    options: dict[str, Any] = {
        "version": metadata.format_version if metadata.format_version in ("1.0", "2.4", "2.6") else "2.6",
        "store_schema": False,
    }
    if not metadata.num_row_groups:
        return options
    group = metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    with_dictionary = [c.path_in_schema for c in columns if any("DICTIONARY" in e for e in c.encodings)]
    names = [column.path_in_schema for column in columns]
    options |= {
        "compression": {column.path_in_schema: _codec(column.compression) for column in columns},
        "use_dictionary": with_dictionary or False,
        "write_statistics": [column.path_in_schema for column in columns if column.is_stats_set] or False,
        "use_deprecated_int96_timestamps": any(column.physical_type == "INT96" for column in columns),
        "use_compliant_nested_type": not any(".list.item" in name for name in names),
        "write_page_index": any(column.has_column_index for column in columns),
        "sorting_columns": group.sorting_columns or None,
    }
    return options


def _codec(name: str) -> str:
    return "NONE" if name == "UNCOMPRESSED" else name


def _compare(old: Any, new: Any) -> None:
    """Make sure that nothing but texts has changed.

    Raises:
        RewriteError: something has.
    """
    before, after = old.metadata, new.metadata
    for what, one, other in (
        ("schema", old.schema, new.schema),
        ("key-value metadata", before.metadata or {}, after.metadata or {}),
        ("row groups", _groups(before), _groups(after)),
    ):
        if one != other:
            raise RewriteError(f"its {what} would not be the same in a file that pyarrow writes")


def _groups(metadata: Any) -> list[Any]:
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    return [
        (group.num_rows, [group.column(number).compression for number in range(group.num_columns)]) for group in groups
    ]
