"""Batches: a table of texts in, a table of findings out, for engines that distribute tables.

`lint_batch` is a pure function: what it says of a row depends on that row's texts and on the rules, and on nothing
else. So it may be mapped over the partitions of any table, on any number of machines, as often as it takes. What
needs more than one text (shared passages, duplicate documents, lines that many documents have) is not its business.
"""

from __future__ import annotations

import sys
from numbers import Number
from typing import TYPE_CHECKING, Any

from .document import Document
from .formats import PARQUET
from .formats.columnar import Entry
from .named_tuple import NamedTuple
from .rule_set import require_several
from .source import Source
from .symptoms import without_symptoms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .engine import Result
    from .rule_set import RuleSet

SLICE = 1 << 18
"""Bytes of text that are screened at once, about."""

SLICE_DOCUMENTS = 4096


class Column(NamedTuple):
    """A column of the table of findings: its name, its Arrow type in words, whether it may be null, its meaning."""

    name: str
    kind: str
    is_nullable: bool
    meaning: str


COLUMNS = (
    Column("row", "int64", False, "number of the row in the batch, from 0"),
    Column("field", "string", False, "the field that holds the text: `text`, `messages[1].content`"),
    Column("code", "string", False, "code of the rule"),
    Column("name", "string", False, "name of the rule"),
    Column("severity", "string", False, "`note`, `warning` or `error`"),
    Column("confidence", "string", False, "`low`, `medium` or `high`"),
    Column("message", "string", False, "what is wrong, in a sentence or two"),
    Column("start", "int64", False, "where the finding begins in the text, in code points from 0"),
    Column("end", "int64", False, "where it ends, exclusive, likewise"),
    Column("line", "int64", False, "line of the text on which it begins, from 1"),
    Column("column", "int64", False, "column on that line, in code points from 1"),
    Column("text", "string", False, "what stands from `start` to `end`"),
    Column("occurrences", "int64", False, "how many single defects the finding stands for"),
    Column("related_start", "int64", True, "where the earlier copy begins of what is repeated in the text, as `start`"),
    Column("related_end", "int64", True, "where it ends, as `end`"),
    Column("similarity", "float64", True, "how like the copies are, to 1.0; null where nothing is compared"),
    Column("length", "int64", True, "letters and digits of the later copy, likewise"),
    Column("kind", "string", True, "`exact`, `folded` or `near`, likewise"),
    Column("fingerprint", "string", False, "what the finding is known by: 16 hexadecimal digits, see baseline.md"),
    Column("fix", "string", True, "what the fix does, in the imperative; null where there is none"),
    Column("applicability", "string", True, "`safe` or `unsafe`"),
    Column("edits", "edits", True, "the fix: list of {start, end: int64, code points; content: string}"),
)
"""What a table of findings has, behind the columns that were carried over."""

_OWN_NAMES = frozenset(column.name for column in COLUMNS)


def lint_batch(
    batch: Any,
    rules: RuleSet,
    *,
    fields: Sequence[str] = ("text",),
    keys: Sequence[str] = (),
) -> Any:
    """The findings in the texts of a batch, by row, field, position and rule.

    Args:
        batch: a ``pyarrow.RecordBatch`` or ``pyarrow.Table``, anything that exports Arrow (Polars, DuckDB), or plain
            columns: a mapping from names to sequences. A text that is null has no findings.
        rules: what to look for.
        fields: the fields that hold texts: ``text``, ``messages.content``.
        keys: columns of the batch that the findings carry over, so that they can be joined to their rows.

    Returns:
        A table with the columns ``keys`` and `COLUMNS`: for plain columns a mapping from names to lists, for a record
        batch a record batch, else a ``pyarrow.Table``.

    Raises:
        KeyError: the batch has no column for a field or key.
        TypeError: what should hold texts holds bytes, numbers, or one text for all rows; the batch is no table; or
            ``fields`` or ``keys`` is one text, not a sequence of them.
        ValueError: a key has the name of one of `COLUMNS`, or plain columns are not of one length.
        UnicodeDecodeError: a text of an Arrow batch is not UTF-8.
        RuleError: a rule failed; its message names the rule.
    """
    require_several(fields=fields, keys=keys)
    for key in keys:
        if key in _OWN_NAMES:
            raise ValueError(f"the findings have a column {key!r} of their own; rename that of the batch")
    fields = list(dict.fromkeys(fields))
    if hasattr(batch, "__arrow_c_stream__") or hasattr(batch, "__arrow_c_array__"):
        return _lint_arrow(batch, rules, fields, keys)
    if not hasattr(batch, "keys"):
        raise TypeError(f"a batch is a table of Arrow or a mapping from names to columns, not a {type(batch).__name__}")
    return _lint_columns(batch, rules, fields, keys)


def findings_schema(batch_schema: Any = None, keys: Sequence[str] = ()) -> Any:
    """The ``pyarrow.Schema`` of a table of findings.

    Args:
        batch_schema: the schema of the batches; needed for the types of ``keys`` only.
        keys: the columns that are carried over.

    Raises:
        KeyError: the schema has no column for a key.
        TypeError: ``keys`` is one text, not a sequence of them.
    """
    import pyarrow as pa

    require_several(keys=keys)
    edit = pa.struct([pa.field("start", pa.int64()), pa.field("end", pa.int64()), pa.field("content", pa.string())])
    kinds = {"int64": pa.int64(), "float64": pa.float64(), "string": pa.string(), "edits": pa.list_(edit)}
    own = [pa.field(column.name, kinds[column.kind], column.is_nullable) for column in COLUMNS]
    return pa.schema([*(batch_schema.field(key) for key in keys), *own])


def _lint_columns(
    batch: Mapping[str, Sequence[Any]], rules: RuleSet, fields: Sequence[str], keys: Sequence[str]
) -> dict[str, list[Any]]:
    split_fields = _named(fields, list(batch))
    _require(batch, keys)
    columns = {name: batch[name] for name in (*(name for name, _ in split_fields), *keys)}
    for name, column in columns.items():
        if isinstance(column, (str, bytes)):
            raise TypeError(f"column {name!r} is one text, not a sequence of them; write [text]")
    if len({len(column) for column in columns.values()}) > 1:
        lengths = ", ".join(f"{name!r} has {len(column)}" for name, column in columns.items())
        raise ValueError(f"the columns are not of one length: {lengths}")
    found = _lint(_texts_of_columns(columns, split_fields), rules)
    # By the order of values and not by number: a pandas Series takes a number for a label.
    carried = {key: list(columns[key]) for key in keys}
    return {**{key: [values[row] for row in found["row"]] for key, values in carried.items()}, **found}


def _lint_arrow(batch: Any, rules: RuleSet, fields: Sequence[str], keys: Sequence[str]) -> Any:
    import pyarrow as pa

    if not isinstance(batch, (pa.RecordBatch, pa.Table)):
        batch = pa.table(batch)
    _require(batch.schema.names, keys)
    found = _lint(_texts_of_arrow(batch, fields), rules)
    found = {name: [_encodable(value) for value in values] for name, values in found.items()}
    schema = findings_schema(batch.schema, keys)
    arrays = [_of_rows(batch.column(key), found["row"]) for key in keys]
    arrays += [pa.array(values, schema.field(name).type) for name, values in found.items()]
    return type(batch).from_arrays(arrays, schema=schema)


def _of_rows(column: Any, rows: Sequence[int]) -> Any:
    """The values of a column in some rows."""
    import pyarrow as pa

    try:
        return column.take(pa.array(rows, pa.int64()))
    except pa.ArrowNotImplementedError:  # of views
        values = column.to_pylist()
        return pa.array([values[row] for row in rows], column.type)


def _texts_of_arrow(batch: Any, fields: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Row, field and text."""
    from .formats.columnar import texts
    from .formats.record import shown

    columns = []
    for name, rest in _named(fields, batch.schema.names):
        column = batch.column(name)
        _require_texts(name, column.type)
        columns.append((name, rest, column.chunks if hasattr(column, "chunks") else [column]))
    cells = [(name, (cell for chunk in chunks for cell in texts(chunk, rest))) for name, rest, chunks in columns]
    for row in range(batch.num_rows):
        for name, column in cells:
            for steps, text in next(column):
                yield row, shown((name, *steps)), text


def _texts_of_columns(
    columns: Mapping[str, Sequence[Any]], fields: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, str, str]]:
    """Likewise, of fields each given as column and path in it."""
    from .formats.json_literal import texts
    from .formats.record import shown

    for row, values in enumerate(zip(*(columns[name] for name, _ in fields), strict=True)):
        for (name, rest), value in zip(fields, values, strict=True):
            if isinstance(value, bytes):
                raise TypeError(f"column {name!r} holds bytes; decode them to texts first")
            if isinstance(value, Number) and not rest and value == value:  # pandas has NaN for a text that is missing
                raise TypeError(
                    f"column {name!r} holds a number, {value!r}; make it a text first, or name another field"
                )
            for steps, text in texts(value, rest):
                yield row, shown((name, *steps)), text


def _named(fields: Sequence[str], names: Sequence[str]) -> list[tuple[str, str]]:
    """The columns that fields are in, each with the rest of the way to the texts."""
    from .formats.record import named

    columns = []
    for field in fields:
        found = list(named(field, names))
        _require(names, [found[0][0] if found else field])
        columns += found
    return columns


def _lint(texts: Iterable[tuple[int, str, str]], rules: RuleSet) -> dict[str, list[Any]]:
    """The findings in texts, each given with its row and field, in columns."""
    found: dict[str, list[Any]] = {column.name: [] for column in COLUMNS}
    documents: list[Document] = []
    size = 0
    for row, field, text in texts:
        record = Entry(row + 1, (field,), text)
        documents.append(Document(text, source=_SOURCE, index=row, first_line=row + 1, record=record))
        size += len(documents[-1].data)
        if size >= SLICE or len(documents) >= SLICE_DOCUMENTS:
            _judge(documents, rules, found, numpy=True)
            documents, size = [], 0
    _judge(documents, rules, found, numpy="numpy" in sys.modules)
    return found


_SOURCE = Source("batch", form=PARQUET)
"""What the texts come from, as far as rules ask."""


def _judge(documents: Sequence[Document], rules: RuleSet, found: dict[str, list[Any]], *, numpy: bool) -> None:
    """Add the findings of documents, each as if it were the only one."""
    if not documents:
        return
    counting = [result for result in rules.engine.check_each_alone(documents, numpy=numpy) if rules.counts(result)]
    by_document: dict[int, list[Result]] = {}
    for result in without_symptoms(counting):
        by_document.setdefault(id(result.document), []).append(result)
    for document in documents:
        results = by_document.get(id(document), [])
        results.sort(key=lambda result: (result.finding.start, result.rule.code))
        for result in results:
            for name, value in _row(result).items():
                found[name].append(value)


def _row(result: Result) -> dict[str, Any]:
    from .diagnostic import identify_result

    rule, document, finding = result
    assert document.record is not None
    line, column = document.position(finding.start)
    fix = finding.fix
    edits = None if fix is None else [{"start": e.start, "end": e.end, "content": e.content} for e in fix.edits]
    related = finding.related[0] if finding.related else None
    likeness = finding.likeness
    return {
        "row": document.record.number - 1,
        "field": document.record.field,
        "code": rule.code,
        "name": rule.name,
        "severity": (finding.severity or rule.severity).value,
        "confidence": (finding.confidence or rule.confidence).value,
        "message": finding.message,
        "start": finding.start,
        "end": finding.end,
        "line": line + 1,
        "column": column + 1,
        "text": document.text[finding.start : finding.end],
        "occurrences": finding.occurrences,
        "related_start": related.start if related else None,
        "related_end": related.end if related else None,
        "similarity": likeness.similarity if likeness else None,
        "length": likeness.length if likeness else None,
        "kind": likeness.kind if likeness else None,
        "fingerprint": identify_result(result).fingerprint,
        "fix": fix.message if fix else None,
        "applicability": fix.applicability.value if fix else None,
        "edits": edits,
    }


def _require(names: Iterable[str], wanted: Iterable[str]) -> None:
    names = list(names)
    for name in wanted:
        if name not in names:
            raise KeyError(f"the batch has no column {name!r}; its columns are {', '.join(map(repr, names))}")


def _require_texts(name: str, kind: Any) -> None:
    """Make sure that an Arrow column of some type can hold a text; one of nothing but nulls need not say its type.

    Raises:
        TypeError: it cannot.
    """
    from pyarrow.types import is_null

    from .formats.columnar import text_paths

    if not is_null(kind) and next(text_paths(name, kind), None) is None:
        raise TypeError(f"column {name!r} holds {kind}, not texts; decode or cast it first")


def _encodable(value: Any) -> Any:
    """A value that Arrow can hold: what is no character becomes a question mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [{**edit, "content": _encodable(edit["content"])} for edit in value]
    return value
