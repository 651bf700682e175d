"""Unpickling of what the tool itself has written, and of nothing else: no other class and no function is called."""

from __future__ import annotations

import io
import pickle
from typing import IO, Any

PLAIN = {
    ("array", "_array_reconstructor"),
    ("array", "array"),
    ("builtins", "set"),
    ("collections", "Counter"),
}
"""What may be called besides the tool's own classes."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if (module, name) in PLAIN or _is_own(module) else None
        if found is None or (_is_own(module) and not isinstance(found, type)):
            raise pickle.UnpicklingError(f"{module}.{name} is nothing that is kept in a file")
        return found


def load(file: IO[bytes]) -> Any:
    """The object in a file.

    Raises:
        pickle.UnpicklingError: it is damaged, or was written by something else.
    """
    try:
        return _Unpickler(file).load()
    except (EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError) as error:
        raise pickle.UnpicklingError(str(error)) from error


def loads(data: bytes) -> Any:
    """Likewise, in bytes."""
    return load(io.BytesIO(data))


def _is_own(module: str) -> bool:
    return module.partition(".")[0] == __name__.partition(".")[0]
