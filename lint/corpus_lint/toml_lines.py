"""Where in a TOML file a key stands, which `tomllib` does not tell: for messages about what a file says."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = r"""(?:[\w-]+|"(?:\\.|[^"\\])*"|'[^']*')"""
_KEY = re.compile(rf"[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=")
_HEADER = re.compile(rf"[ \t]*\[(\[?)[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*\]")


def line_of(text: str, keys: Sequence[str | int]) -> int:
    """The line, from 1, of what says most of the keys; 0 when nothing says any.

    A key inside an inline table is on the line of that table. What looks like a key inside a text of several lines is
    taken for one.

    Args:
        text: a file that `tomllib` accepts.
        keys: names of tables and at last of a value, the outermost first; in an array of tables a number, from 0.
    """
    table: list[str | int] = []
    counts: dict[str, int] = {}
    found, most = 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        if header:
            table = list(_parts(header[2]))
            if header[1]:
                counts[header[2]] = counts.get(header[2], -1) + 1
                table.append(counts[header[2]])
        elif not key:
            continue
        said = [*table, *(_parts(key[1]) if key else ())]
        if most < len(said) <= len(keys) and said == list(keys[: len(said)]):
            found, most = number, len(said)
    return found


def _parts(key: str) -> list[str]:
    """The names in a dotted key, their quotes read by who knows them."""
    names = []
    table: Any = tomllib.loads(f"{key} = 0")
    while isinstance(table, dict):
        ((name, table),) = table.items()
        names.append(name)
    return names
