"""Formats: how a file's bytes hold documents, known by the file's name, else by its content.

Each format is one module, imported when a file of it is met. All text formats share one protocol: a `Layout` takes
the bytes of a text as a stream, in pieces of any size, and yields documents; what it knows survives a change of mind
about the encoding. Packed formats (columnar files, web archives) read and write files of their own kind.
"""

from __future__ import annotations

from ..named_tuple import NamedTuple

TEXT, MARKDOWN, JSONL, JSON, CSV, TSV = "text", "markdown", "jsonl", "json", "csv", "tsv"
PARQUET, ARROW, WARC = "parquet", "arrow", "warc"

FORMATS = (TEXT, MARKDOWN, JSONL, JSON, CSV, TSV, PARQUET, ARROW, WARC)
"""What ``--format`` takes."""

COLUMNAR = (PARQUET, ARROW)
PACKED = (*COLUMNAR, WARC)
"""Formats that are no text themselves."""

USUAL_FIELDS = ("text",)
"""The fields of texts in a file of records that has one of them, when nobody names others."""

RECORD_LIMIT = 32 << 20
"""Bytes of a record, at most, that is read: memory is bounded whatever the input."""

SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".json": JSON,
    ".csv": CSV,
    ".tsv": TSV,
    ".tab": TSV,
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".arrow": ARROW,
    ".feather": ARROW,
    ".ipc": ARROW,
    ".warc": WARC,
    ".wet": WARC,
}

COMPRESSIONS = {
    ".gz": "gzip",
    ".bgz": "gzip",
    ".bz2": "bzip2",
    ".xz": "xz",
    ".lzma": "xz",
    ".zst": "zstd",
    ".zstd": "zstd",
}

PACKINGS = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
"""How compressed files begin."""

SIGNATURES = (
    (b"PAR1", PARQUET),
    (b"ARROW1\0\0", ARROW),
    (b"FEA1", ARROW),
    (b"\xff\xff\xff\xff", ARROW),
    (b"WARC/1.", WARC),
)
"""How files begin that are no plain text."""
_PACKED, _SIGNED = (tuple(magic for magic, _ in known) for known in (PACKINGS, SIGNATURES))


class Named(NamedTuple):
    """What a file's name says: its format and its compression, None where it says nothing."""

    form: str | None
    compression: str | None


def by_name(name: str) -> Named:
    """The format that a name promises: ``a.jsonl.gz`` is JSON lines, compressed with gzip."""
    lower = name.lower()
    stem, dot, suffix = lower.rpartition(".")
    compression = COMPRESSIONS.get(dot + suffix)
    if compression is not None:
        stem, dot, suffix = stem.rpartition(".")
    return Named(SUFFIXES.get(dot + suffix), compression)


def by_packing(head: bytes) -> str | None:
    """The compression of bytes that begin so."""
    if not head.startswith(_PACKED) or (head.startswith(b"BZh") and head[4:10] != b"1AY&SY"):
        return None
    return next(packing for magic, packing in PACKINGS if head.startswith(magic))


def by_content(head: bytes, *, is_named: bool = False) -> str | None:
    """The format of (unpacked) bytes that begin so; None for plain text.

    ``is_named`` when the name says that it is text: what may be text is text then.
    """
    if head.startswith(_SIGNED):
        return next(form for magic, form in SIGNATURES if head.startswith(magic))
    if is_named:
        return None
    from .. import expressions as re

    if re.match(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"", head):
        return JSON
    if re.match(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"", head):
        return JSONL if _is_record(head) else JSON
    return None


def _is_record(head: bytes) -> bool:
    """Whether the first line is a JSON object, or the beginning of one as far as the head goes."""
    line, end, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return not end or line.rstrip().endswith(b"}")
