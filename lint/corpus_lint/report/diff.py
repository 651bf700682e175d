"""The ``--diff`` form: a unified diff of every file that fixing would change."""

from __future__ import annotations

from difflib import unified_diff

from .style import file_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    from ..outcome import Change


def write(changes: Sequence[Change], stream: IO[str]) -> None:
    """Write the diffs, each with a line before it where the file is written in another encoding."""
    for change in changes:
        encoding, name = change.source.decoding.encoding, file_name(change.filename)
        before, after = _text(change.before, encoding), _text(change.after, encoding)
        if _is_plain(change.after) and not _is_plain(change.before):
            unchanged = ", its text unchanged" if before == after else ""
            stream.write(f"{name}: written as UTF-8 without byte-order mark{unchanged}\n")
        for line in unified_diff(_lines(before), _lines(after), name, f"{name} (fixed)"):
            stream.write(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")


def _is_plain(data: bytes) -> bool:
    """Whether bytes are UTF-8 without byte-order mark."""
    try:
        return not data.decode().startswith("\ufeff")
    except UnicodeDecodeError:
        return False


def _text(data: bytes, encoding: str) -> str:
    """The text of a file that was in ``encoding`` and may be UTF-8 by now."""
    for codec in ("utf-8-sig", encoding):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "backslashreplace")


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
