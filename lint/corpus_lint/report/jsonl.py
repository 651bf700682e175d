"""The ``jsonl`` form: the objects of the ``json`` form, one a line."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from .json_list import as_object, dumps

if TYPE_CHECKING:
    from ..outcome import Outcome


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the objects."""
    for diagnostic in outcome.diagnostics:
        stream.write(dumps(as_object(diagnostic)) + "\n")
