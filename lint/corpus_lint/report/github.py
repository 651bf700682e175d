"""The ``github`` form: workflow commands that GitHub shows as annotations on the lines of a pull request.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the others
(docs.github.com, "Workflow commands for GitHub Actions"). So no more are written; the others follow as plain lines of
the log, and all of them stand in the job's summary as far as it holds them (1 MiB a step).
"""

from __future__ import annotations

import os
from collections import Counter

from . import concise
from .places import in_record, relative
from .style import Style, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..diagnostic import Diagnostic
    from ..outcome import Outcome

EACH = 10
"""Annotations of one level that GitHub shows of a step."""

SUMMARY_BYTES = 1 << 20
"""Bytes that GitHub takes of a step's summary; of a longer one it takes nothing."""

LEVELS = {"note": "notice", "warning": "warning", "error": "error"}


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the annotations and the lines; add to the job's summary where ``GITHUB_STEP_SUMMARY`` names it."""
    from . import summary

    shown: Counter[str] = Counter()
    style = Style(colour)
    for diagnostic in outcome.diagnostics:
        level = LEVELS[diagnostic.severity.value]
        shown[level] += 1
        line = command(level, diagnostic) if shown[level] <= EACH else concise.line(diagnostic, style)
        stream.write(line + "\n")
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with open(path, "ab") as file:
            room = SUMMARY_BYTES - file.tell()
            file.write(markdown(outcome, summary.lines(outcome, fixing=False, would=False), room))


def command(level: str, diagnostic: Diagnostic) -> str:
    """The workflow command; columns only of what begins and ends on one line, as GitHub wants them."""
    place = diagnostic.place
    properties = {"file": relative(place.filename), "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    where = in_record(diagnostic)
    message = f"{diagnostic.message} ({where})" if where else diagnostic.message
    return f"::{level} {listed}::{_data(visible(message))}"


def markdown(outcome: Outcome, lines: list[str], room: int) -> bytes:
    """The summary's lines and a table of the findings, in at most ``room`` bytes."""
    parts = ["### corpus-lint\n\n" + "  \n".join(lines) + "\n\n"]
    if outcome.diagnostics:
        parts.append("| where | rule | what |\n| --- | --- | --- |\n")
    size = sum(len(part.encode()) for part in parts)
    rest = "\n{} more are in the log.\n"
    for number, diagnostic in enumerate(outcome.diagnostics):
        place = diagnostic.place
        where = ", ".join(filter(None, (f"{place.filename}:{place.line}:{place.column}", in_record(diagnostic))))
        cells = (where, f"{diagnostic.code} {diagnostic.name}")
        row = "| " + " | ".join(_cell(cell) for cell in (*cells, diagnostic.message)) + " |\n"
        size += len(row.encode("utf-8", "replace"))
        if size + len(rest) + 20 > room:
            parts.append(rest.format(f"{len(outcome.diagnostics) - number:,}"))
            break
        parts.append(row)
    whole = "".join(parts).encode("utf-8", "replace")
    return whole if len(whole) <= room else b""


def _cell(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c in "|<>&`*_[]\\" else c for c in visible(text))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
