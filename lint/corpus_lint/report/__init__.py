"""Reports: diagnostics in a form, one module a form."""

from __future__ import annotations

from importlib import import_module
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostic import Diagnostic

FORMATS = {"full": "full", "concise": "concise", "json": "json_list"}


def write(form: str, diagnostics: Sequence[Diagnostic], stream: IO[str], *, colour: bool = False) -> None:
    """Write the diagnostics to the stream in a form of `FORMATS`."""
    import_module(f"{__name__}.{FORMATS[form]}").write(diagnostics, stream, colour=colour)
