"""Reports: an outcome in a form. Each form is a module with ``write(outcome, stream)``, imported when it is used."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..outcome import Outcome

FORMATS = {
    "full": "full",
    "concise": "concise",
    "json": "json_list",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}
FOR_PEOPLE = ("full", "concise")
"""Forms in the encoding of the terminal; what programs read is UTF-8."""

TO_READ = (*FOR_PEOPLE, "github")
"""Forms that the summary stands below. Below the others it would spoil them."""

WITH_STATISTICS = (*TO_READ, "json", "jsonl")
"""Forms that have a place for statistics: a table, a list, an object a line."""

IDENTIFYING = ("json", "jsonl", "sarif", "gitlab")
"""Forms that show fingerprints."""


def write(form: str, outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write what was found to the stream in a form of `FORMATS`."""
    import_module(f"{__name__}.{FORMATS[form]}").write(outcome, stream, colour=colour)
