"""Rewriting a file: only what was edited changes, and at every moment the file is the old one or the new one."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .source import Decoding


class RewriteError(Exception):
    """A file that was not written; the message says why."""


class RawEdit(NamedTuple):
    """``old``, at byte ``start`` of the file's text as UTF-8 without byte-order mark, becomes ``new``."""

    start: int
    old: bytes
    new: bytes


def spliced(data: bytes, decoding: Decoding, edits: Sequence[RawEdit], *, recode: bool = False) -> bytes:
    """The file's bytes with parts of its text replaced.

    Args:
        data: the bytes of the file as it is.
        decoding: how they were decoded.
        edits: in order and apart.
        recode: whether the result is UTF-8 without byte-order mark instead of the file's own encoding.

    Raises:
        RewriteError: the bytes are not those that were linted, or the file's encoding cannot hold the new text or
            does not give the file's own bytes again.
    """
    from .decode import decode, encode

    in_utf8 = decoding.encoding == "utf-8"
    if in_utf8:
        text = data[len(decoding.bom) :]
    else:
        if not decoding.exact:
            raise RewriteError(f"its bytes are not exactly {decoding.encoding}, so that rewriting would change more")
        text = decode(data)[0].encode("utf-8", "surrogatepass")
    pieces: list[bytes] = []
    position = 0
    for start, old, content in edits:
        if text[start : start + len(old)] != old:
            raise RewriteError("it changed while it was being linted; run again")
        pieces += (text[position:start], content)
        position = start + len(old)
    pieces.append(text[position:])
    new = b"".join(pieces)
    if recode:
        return new
    if in_utf8:
        return decoding.bom + new
    try:
        return encode(new.decode("utf-8", "surrogatepass"), decoding)
    except UnicodeEncodeError as error:
        raise RewriteError(f"{decoding.encoding} cannot hold {error.object[error.start]!r}") from error


def write(path: str, data: bytes) -> None:
    """Write a file through a temporary one in the same folder, flushed and renamed over it; its mode stays.

    A symbolic link is followed: the file that it names is rewritten.

    Raises:
        RewriteError: the file cannot be written; it is as it was.
    """
    target = os.path.realpath(path)
    temporary = f"{target}.{os.getpid()}.corpus-lint"
    try:
        mode = stat.S_IMODE(os.stat(target).st_mode)
        with open(temporary, "xb") as file:
            try:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), mode) if hasattr(os, "fchmod") else os.chmod(temporary, mode)
                os.fsync(file.fileno())
            except BaseException:
                os.unlink(temporary)
                raise
        os.replace(temporary, target)
    except OSError as error:
        raise RewriteError(error.strerror or str(error)) from error
