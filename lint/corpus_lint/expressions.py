"""The functions of `re`, with a memory: what an expression compiles to is kept in the cache folder.

The rules' expressions have large classes of Han characters, and compiling those that one dirty page calls for takes
`re` more time than all the rest of a run. What comes of it is a list of numbers that depends on nothing but the
expression and the Python that made it; given back to `re`, which checks it, it is the same expression in some
microseconds. Modules say ``from corpus_lint import expressions as re``.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from functools import cache, lru_cache
from importlib import import_module
from re import DOTALL, IGNORECASE, MULTILINE, VERBOSE, Match, Pattern, error, escape

from . import __version__
from . import cache as cache_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, AnyStr

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "VERBOSE",
    "Match",
    "Pattern",
    "compile",
    "error",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "keep",
    "match",
    "search",
    "split",
    "sub",
]

KIND = "expressions"
LIMIT = 4_000_000
"""Bytes of numbers from which on only those are kept that this process has used."""
REMEMBERED = 1024

_Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, numbers, groups, the groups' numbers by name and names by number: what `re` makes of an expression."""


class _Shelf:
    """What the cache folder has, and what has been compiled since."""

    def __init__(self) -> None:
        self.is_new = False
        self.used: dict[tuple[str | bytes, int], _Code] = {}
        self.codes: dict[tuple[str | bytes, int], _Code] = {}
        stored = cache_folder.read(KIND, _key())
        if stored is not None:
            try:
                self.codes = dict(marshal.loads(stored))
            except (ValueError, EOFError, TypeError):
                self.codes = {}

    def keep(self) -> None:
        """Write what is new to the cache folder."""
        if not self.is_new:
            return
        self.is_new = False
        size = sum(len(numbers) for _, numbers, *_ in self.codes.values())
        kept = self.codes if size <= LIMIT else self.used
        cache_folder.write(KIND, _key(), marshal.dumps(kept))


def compile(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:  # noqa: A001
    """As `re.compile`.

    Raises:
        error: the pattern is wrong.
    """
    compiled: re.Pattern[AnyStr] = _compiled(pattern, flags)
    return compiled


def search(pattern: AnyStr, text: AnyStr, flags: int = 0) -> re.Match[AnyStr] | None:
    """As `re.search`."""
    found: re.Match[AnyStr] | None = _compiled(pattern, flags).search(text)
    return found


def match(pattern: AnyStr, text: AnyStr, flags: int = 0) -> re.Match[AnyStr] | None:
    """As `re.match`."""
    found: re.Match[AnyStr] | None = _compiled(pattern, flags).match(text)
    return found


def fullmatch(pattern: AnyStr, text: AnyStr, flags: int = 0) -> re.Match[AnyStr] | None:
    """As `re.fullmatch`."""
    found: re.Match[AnyStr] | None = _compiled(pattern, flags).fullmatch(text)
    return found


def finditer(pattern: AnyStr, text: AnyStr, flags: int = 0) -> Iterator[re.Match[AnyStr]]:
    """As `re.finditer`."""
    found: Iterator[re.Match[AnyStr]] = _compiled(pattern, flags).finditer(text)
    return found


def findall(pattern: AnyStr, text: AnyStr, flags: int = 0) -> list[Any]:
    """As `re.findall`."""
    found: list[Any] = _compiled(pattern, flags).findall(text)
    return found


def split(pattern: AnyStr, text: AnyStr, maxsplit: int = 0, flags: int = 0) -> list[Any]:
    """As `re.split`."""
    found: list[Any] = _compiled(pattern, flags).split(text, maxsplit)
    return found


def sub(
    pattern: AnyStr, repl: AnyStr | Callable[[re.Match[AnyStr]], AnyStr], text: AnyStr, count: int = 0, flags: int = 0
) -> AnyStr:
    """As `re.sub`."""
    found: AnyStr = _compiled(pattern, flags).sub(repl, text, count)
    return found


def keep() -> None:
    """Keep what has been compiled for the next process, where that is possible."""
    if _shelf.cache_info().currsize:
        _shelf().keep()


@lru_cache(REMEMBERED)
def _compiled(pattern: str | bytes, flags: int) -> Any:
    shelf = _shelf()
    name = (pattern, int(flags))
    code = shelf.codes.get(name)
    made = None if code is None else _made(pattern, code)
    if made is None:
        code = _numbers(pattern, int(flags))
        made = None if code is None else _made(pattern, code)
        shelf.is_new = made is not None or shelf.is_new
    if code is None or made is None:
        return re.compile(pattern, flags)
    shelf.codes[name] = shelf.used[name] = code
    return made


@cache
def _shelf() -> _Shelf:
    return _Shelf()


def _key() -> bytes:
    return f"{__version__}\0{sys.version}\0{sys.platform}".encode()


def _numbers(pattern: str | bytes, flags: int) -> _Code | None:
    """What `re` makes of a pattern; None when its inner parts are not those that this module knows."""
    try:
        compiler: Any = import_module("re._compiler")
        parsed = compiler._parser.parse(pattern, flags)
        numbers = array("I", compiler._code(parsed, flags)).tobytes()
        names: dict[str, int] = dict(parsed.state.groupdict)
        by_number: list[str | None] = [None] * parsed.state.groups
        for name, number in names.items():
            by_number[number] = name
        return int(flags | parsed.state.flags), numbers, parsed.state.groups - 1, names, tuple(by_number)
    except (ImportError, AttributeError, TypeError, OverflowError):
        return None


def _made(pattern: str | bytes, code: _Code) -> Any:
    """The expression; None when this Python's `re` does not take the numbers."""
    try:
        flags, numbers, groups, names, by_number = code
        listed = array("I")
        listed.frombytes(numbers)
        return import_module("_sre").compile(pattern, flags, listed.tolist(), groups, names, by_number)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return None
