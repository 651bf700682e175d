"""Rewriting: a file that was read as documents, written anew with what was edited in them and nothing else changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import formats
from .discover import STANDARD_INPUT
from .reading import HEAD
from .splicing import RewriteError, splice, spliced
from .writing import replace, write

if TYPE_CHECKING:
    from .reading import Reader


def rewrite(reader: Reader, *, recode: bool = False, line_end: str = "") -> None:
    """Write a file anew.

    Args:
        reader: what has read the file, and knows the edits.
        recode: whether it is written as UTF-8 without byte-order mark.
        line_end: what every line end becomes, unless empty.

    Raises:
        RewriteError: it cannot be written, or has changed meanwhile; it is as it was.
        OSError: it cannot be read.
    """
    if reader.form in formats.COLUMNAR:
        _rewrite_columns(reader)
        return
    with reader.open() as file:
        pieces = splice(file, reader.source.decoding, reader.edits, recode=recode, line_end=line_end)
        if not reader.compression:
            write(reader.path, pieces)
            return
        from functools import partial

        from .formats.compression import packed

        with open(reader.path, "rb") as old:
            head = old.read(HEAD)
        write(reader.path, pieces, packed=partial(packed, compression=reader.compression, head=head))


def rewritten(reader: Reader, *, recode: bool = False, line_end: str = "") -> tuple[bytes, bytes]:
    """The text before and after, unpacked, as `rewrite` would write it.

    Raises:
        RewriteError: it cannot be written so.
        OSError: it cannot be read.
    """
    is_columnar = reader.form in formats.COLUMNAR
    if reader.path == STANDARD_INPUT and (reader.compression or is_columnar):
        raise RewriteError("standard input is written again only when it is text; name a file")
    if is_columnar:
        # What is shown of a file that is no text: the texts that change, each below its place.
        cells = reader.cells
        shown = [f"record {b.first_line}, {b.record.field if b.record else ''}:\n".encode() for b, _ in cells]
        before, after = (
            b"".join(head + cell[which].data + b"\n" for head, cell in zip(shown, cells, strict=True))
            for which in (0, 1)
        )
        return before, after
    with reader.open() as file:
        before = file.read()
    return before, spliced(before, reader.source.decoding, reader.edits, recode=recode, line_end=line_end)


def _rewrite_columns(reader: Reader) -> None:
    if reader.compression:
        raise RewriteError("a compressed columnar file is not written again; unpack it first")
    module = reader.module()
    edits = {
        (before.record.number - 1, before.record.key): (before.text, after.text)
        for before, after in reader.cells
        if before.record
    }
    replace(reader.path, lambda file: module.rewrite(reader.path, file, edits))
