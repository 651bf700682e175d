"""Unpickling of what the tool itself has written, and of nothing else: no other class and no function is called."""

from __future__ import annotations

import io
import pickle
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = {
    ("array", "_array_reconstructor"),
    ("array", "array"),
    ("builtins", "set"),
    ("collections", "Counter"),
}
"""What may be called besides the tool's own classes."""


class _Unpickler(pickle.Unpickler):
    fetch: Callable[[int, int], bytes] | None = None

    def persistent_load(self, place: Any) -> str:
        if self.fetch is None:
            raise pickle.UnpicklingError("what stands elsewhere cannot be had")
        start, length = place
        return self.fetch(start, length).decode("utf-8", "surrogateescape")

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if (module, name) in PLAIN or _is_own(module) else None
        if found is None or (_is_own(module) and not isinstance(found, type)):
            raise pickle.UnpicklingError(f"{module}.{name} is nothing that is kept in a file")
        return found


def load(file: IO[bytes], fetch: Callable[[int, int], bytes] | None = None) -> Any:
    """The object in a file.

    Args:
        file: where it stands.
        fetch: gives the bytes of a text that stands elsewhere, by their start and length.

    Raises:
        pickle.UnpicklingError: it is damaged, or was written by something else.
    """
    try:
        unpickler = _Unpickler(file)
        unpickler.fetch = fetch
        return unpickler.load()
    except (EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError) as error:
        raise pickle.UnpicklingError(str(error)) from error


def loads(data: bytes, fetch: Callable[[int, int], bytes] | None = None) -> Any:
    """Likewise, in bytes."""
    return load(io.BytesIO(data), fetch)


def _is_own(module: str) -> bool:
    return module.partition(".")[0] == __name__.partition(".")[0]
