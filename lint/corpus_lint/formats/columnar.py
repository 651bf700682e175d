"""Columns: what Parquet and Arrow share. A text is a cell, or a string inside a nested cell.

A row stands for a line: reports give its number, from 1, as the line, and code points of the text as the column.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from .layout import NoTextError
from .place import Place as FilePlace
from .record import Record, Steps, named, shown
from .records import RecordLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..document import Document
    from ..finding import Edit

Place = tuple[int, Steps]
"""A text in a table: the number of its row (from 0), and the steps to it."""

FIRST = 500
"""Rows by which the fields of texts are known."""

BATCH = 1 << 22
"""Bytes of text that are decoded at once, about."""


class Entry(Record):
    """A text in a row: the whole cell, or a string in it."""

    __slots__ = ("steps", "text")

    def __init__(self, number: int, steps: Steps, text: str) -> None:
        """The text at ``steps``, the name of the column first, in a row."""
        super().__init__(number, shown(steps))
        self.steps = steps
        self.text = text

    @property
    def key(self) -> Steps:
        """The steps to the text."""
        return self.steps

    @property
    def raw(self) -> str:
        """The text itself."""
        return self.text

    def position(self, offset: int) -> tuple[int, int]:
        """The row is the line."""
        return 0, offset

    def edited(self, edits: Sequence[Edit], text: str) -> Entry:
        """The new text."""
        return Entry(self.number, self.steps, text)


class Columns(RecordLayout):
    """The rows of a table, batch by batch."""

    _offered: Sequence[str] = ()
    """What `--field` could name: fields that hold texts, else all columns."""

    def names(self, schema: Any, first: Callable[[], Any]) -> list[str]:
        """The columns that hold wanted fields; ``first`` gives the first rows, None when there are none.

        Raises:
            NoTextError: there is none.
        """
        self._offered = [path for field in schema for path in text_paths(field.name, field.type)] or schema.names
        if not self.host.fields:
            self._choose(first())
        found = dict.fromkeys(name for field in self.host.fields for name, _ in named(field, schema.names))
        if not found:
            wanted = " or ".join(f'"{field}"' for field in self.host.fields)
            offered = ", ".join(f'"{name}"' for name in self._offered[:20])
            raise NoTextError(
                f"there is no column {wanted}; its fields are {offered}: name the one that holds the text with --field"
            )
        return list(found)

    def _choose(self, batch: Any) -> None:
        """Choose the fields of texts, as nobody has named any."""
        from .text_fields import of_values

        values: dict[str, list[str]] = {}
        for field in self._offered if batch is not None else ():
            for name, rest in named(field, batch.schema.names):
                values[field] = [text for found in texts(batch.column(name), rest) for _, text in found]
        self.host.fields = of_values(values)

    def rows(self, batches: Iterable[Any]) -> Iterator[Document]:
        """The documents of record batches, which have the columns that hold wanted fields."""
        place = FilePlace()
        for batch in batches:
            names = batch.schema.names
            columns = [one for field in self.host.fields for one in named(field, names)]
            fields = [(name, texts(batch.column(name), rest)) for name, rest in columns]
            for row in range(batch.num_rows):
                found = {(name, *steps): text for name, cells in fields for steps, text in cells[row]}
                for steps, text in found.items():
                    yield self.document(text, Entry(place.record, steps, text), 0, place)
                if not found:
                    self.without_text(b"", self._offered, place)
                place.record += 1
                place.line += 1
        self.check_readable()


def texts(array: Any, path: str) -> list[list[tuple[Steps, str]]]:
    """For each value of an Arrow array, the strings at a path in it."""
    import pyarrow.types as of

    kind = array.type
    if of.is_list(kind) or of.is_large_list(kind) or of.is_fixed_size_list(kind):
        return _in_lists(array, path)
    if of.is_struct(kind) and path:
        rows: list[list[tuple[Steps, str]]] = [[] for _ in range(len(array))]
        valid = array.is_valid().to_pylist()
        for name, rest in named(path, [field.name for field in kind]):
            for row, found, is_valid in zip(rows, texts(array.field(name), rest), valid, strict=True):
                row += [((name, *steps), text) for steps, text in found] if is_valid else []
        return rows
    if path or not is_text(kind):
        return [[] for _ in range(len(array))]
    return [[] if text is None else [((), text)] for text in array.to_pylist()]


def is_text(kind: Any) -> bool:
    """Whether an Arrow type is that of strings, as they are or in a dictionary."""
    import pyarrow.types as of

    if of.is_dictionary(kind):
        kind = kind.value_type
    return bool(of.is_string(kind) or of.is_large_string(kind) or of.is_string_view(kind))


def text_paths(name: str, kind: Any) -> Iterator[str]:
    """The fields of a column that are texts, each as `texts` can be asked for it."""
    import pyarrow.types as of

    if is_text(kind):
        yield name
    elif of.is_list(kind) or of.is_large_list(kind) or of.is_fixed_size_list(kind):
        yield from text_paths(name, kind.value_type)
    elif of.is_struct(kind):
        for field in kind:
            yield from text_paths(f"{name}.{field.name}", field.type)


def _in_lists(array: Any, path: str) -> list[list[tuple[Steps, str]]]:
    starts, ends = _bounds(array)
    first, last = (starts[0], ends[-1]) if starts else (0, 0)
    inner = texts(array.values.slice(first, last - first), path)
    valid = array.is_valid().to_pylist()
    return [
        [((at - start, *steps), text) for at in range(start, end) for steps, text in inner[at - first]] if ok else []
        for start, end, ok in zip(starts, ends, valid, strict=True)
    ]


def _bounds(array: Any) -> tuple[list[int], list[int]]:
    """Where the elements of each list begin and end among all values."""
    import pyarrow.types as of

    if of.is_fixed_size_list(array.type):
        size = array.type.list_size
        starts = [(array.offset + number) * size for number in range(len(array))]
        return starts, [start + size for start in starts]
    offsets = array.offsets.to_pylist()
    return offsets[:-1], offsets[1:]


class Rewriting:
    """What is to be written differently in a table that comes batch by batch."""

    def __init__(self, edits: Mapping[Place, tuple[str, str]]) -> None:
        """Old and new texts by number of the row and steps to the text, the name of the column first."""
        self._left = deque(sorted(edits.items()))
        self._first = 0
        self._columns = dict.fromkeys(str(steps[0]) for _, steps in edits)
        self._new = dict(edits.values())

    def batch(self, table: Any) -> Any:
        """The next table or record batch, with its texts replaced."""
        columns: dict[str, dict[Place, str]] = {name: {} for name in self._columns}
        while self._left and self._left[0][0][0] < self._first + table.num_rows:
            (row, steps), (_, text) = self._left.popleft()
            columns[str(steps[0])][(row - self._first, steps[1:])] = text
        self._first += table.num_rows
        for name, of_column in columns.items():
            at = table.schema.get_field_index(name)
            column = table.column(at)
            whole = column.combine_chunks() if hasattr(column, "combine_chunks") else column
            table = table.set_column(at, table.schema.field(at), changed(whole, of_column, self._new))
        return table


def changed(array: Any, edits: Mapping[Place, str], new: Mapping[str, str]) -> Any:
    """The array with texts replaced, and all else the same.

    Args:
        array: of Arrow, beginning at its buffers' beginning.
        edits: the new texts by number of the value and steps inside it.
        new: the new text of every text that is replaced anywhere in the file: a file has one dictionary for all its
            batches, and the old text is not to stay in it.
    """
    import pyarrow as pa
    import pyarrow.types as of

    kind = array.type
    if of.is_struct(kind):
        children = []
        for name in (field.name for field in kind):
            inner = {(row, steps[1:]): text for (row, steps), text in edits.items() if steps[0] == name}
            children.append(changed(array.field(name), inner, new))
        return pa.StructArray.from_arrays(children, fields=list(kind), mask=array.is_null())
    if of.is_list(kind) or of.is_large_list(kind) or of.is_fixed_size_list(kind):
        starts, _ = _bounds(array)
        inner = {(starts[row] + int(steps[0]), steps[1:]): text for (row, steps), text in edits.items()}
        values = changed(array.values, inner, new)
        if of.is_fixed_size_list(kind):
            return pa.FixedSizeListArray.from_arrays(values, type=kind, mask=array.is_null())
        make = pa.ListArray if of.is_list(kind) else pa.LargeListArray
        return make.from_arrays(array.offsets, values, type=kind, mask=array.is_null() if array.null_count else None)
    if of.is_dictionary(kind) and is_text(kind):
        return _changed_dictionary(array, edits, new)
    if not edits:
        return array
    texts = array.to_pylist()
    for (row, _), text in edits.items():
        texts[row] = text
    return pa.array(texts, kind)


def _changed_dictionary(array: Any, edits: Mapping[Place, str], new: Mapping[str, str]) -> Any:
    """Likewise of an array with a dictionary, in which the texts themselves are replaced where that is the same."""
    import pyarrow as pa

    kind = array.type
    texts = array.to_pylist()
    for (row, _), text in edits.items():
        texts[row] = text
    values = [new.get(text, text) for text in array.dictionary.to_pylist()]
    replaced = pa.DictionaryArray.from_arrays(array.indices, pa.array(values, kind.value_type), ordered=kind.ordered)
    if replaced.to_pylist() == texts:
        return replaced
    return pa.array(texts, kind.value_type).dictionary_encode().cast(kind)
