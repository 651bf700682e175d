"""The ``jsonl`` form: the objects of the ``json`` form, one a line."""

from __future__ import annotations

from .json_list import as_object, dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..outcome import Outcome


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the objects."""
    for diagnostic in outcome.diagnostics:
        stream.write(dumps(as_object(diagnostic)) + "\n")
