"""The ``full`` form: each finding with its excerpt, a caret line under it, and its fix."""

from __future__ import annotations

from collections import Counter

from .concise import headline
from .places import in_record
from .style import Style, file_name, visible, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from ..diagnostic import Diagnostic, Excerpt
    from ..outcome import Outcome

CELLS = 96
"""Width of an excerpt."""

LEAD = 24
"""Cells that are shown before a finding, where the line is cut."""

EACH = 3
"""Findings of one rule in one file that are shown whole; the others are counted, with their lines."""


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the diagnostics; of many of one rule in one file, the first few and a count."""
    style = Style(colour)
    shown: Counter[tuple[str, str]] = Counter()
    rest: dict[tuple[str, str], list[Diagnostic]] = {}
    filename = None
    for diagnostic in outcome.diagnostics:
        if diagnostic.place.filename != filename:
            _write_rest(rest, stream)
            filename = diagnostic.place.filename
        key = (diagnostic.place.filename, diagnostic.code)
        shown[key] += 1
        if shown[key] > EACH:
            rest.setdefault(key, []).append(diagnostic)
            continue
        for line in block(diagnostic, style):
            stream.write(line.rstrip() + "\n")
        stream.write("\n")
    _write_rest(rest, stream)


def block(diagnostic: Diagnostic, style: Style) -> list[str]:
    """The lines of one finding."""
    number = str(diagnostic.place.line)
    margin = " " * len(number)
    bar = style.faint("|")
    lines = [headline(diagnostic, style)]
    where = in_record(diagnostic)
    told = [f"{margin} {style.faint('=')} in: {visible(where)}"] if where else []
    if diagnostic.excerpt is None:
        return lines + told
    text, marks = picture(diagnostic.excerpt)
    lines.append(f"{margin} {bar}")
    lines.append(f"{style.faint(number)} {bar} {text}")
    lines.append(f"{margin} {bar} {style.severity(diagnostic.severity, marks)}")
    if diagnostic.place.end_line > diagnostic.place.line:
        end, column = diagnostic.place.end_line, diagnostic.place.end_column - 1
        lines.append(
            f"{margin} {bar} … " + (f"to line {end}, column {column}" if column else f"to the start of line {end}")
        )
    lines += told
    for place in diagnostic.related:
        until = f" to line {place.end_line}" if place.end_line > place.line else ""
        first = f"{file_name(place.filename)}:{place.line}:{place.column}"
        lines.append(f"{margin} {style.faint('=')} first: {first}{until}")
    if diagnostic.fix is not None:
        option = "--fix" if diagnostic.fix.applicability.value == "safe" else "--unsafe-fixes"
        lines.append(f"{margin} {style.faint('=')} {style.cyan('fix')}: {visible(diagnostic.fix.message)} ({option})")
    return lines


def picture(excerpt: Excerpt) -> tuple[str, str]:
    """The excerpt, cut to `CELLS`, and the line of carets that stands under the finding."""
    text = visible(excerpt.text)
    start, end = excerpt.start, max(excerpt.end, excerpt.start)
    first = 0
    if width(text) > CELLS:
        while width(text[first:start]) > LEAD:
            first += 1
    last = len(text)
    while width(text[first:last]) > CELLS:
        last -= max((width(text[first:last]) - CELLS) // 2, 1)
    before = "…" if first or excerpt.is_cut_before else ""
    behind = "…" if last < len(text) or excerpt.is_cut_behind else ""
    carets = "^" * max(width(text[start : min(end, last)]), 1)
    return f"{before}{text[first:last]}{behind}", " " * (width(text[first:start]) + len(before)) + carets


def _write_rest(rest: dict[tuple[str, str], list[Diagnostic]], stream: IO[str]) -> None:
    for (filename, code), found in rest.items():
        lines, records = [d.place.line for d in found], [d.record for d in found if d.record is not None]
        # Of a list of records on one line the line says nothing.
        name, on = ("line", lines) if len({*lines}) >= len({*records}) else ("record", records)
        where = f"{'on' if on is lines else 'in'} {name}{'s' if len({*on}) > 1 else ''} {_ranges(on)}"
        stream.write(f"{file_name(filename)}: {len(found)} more {code} {where}\n\n")
    rest.clear()


def _ranges(lines: Iterable[int], most: int = 12) -> str:
    """``3, 5-9, 12``: the numbers, neighbours joined; of very many the first and the last."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    if len(words) > most:
        words[most - 1 : -1] = ["…"]
    return ", ".join(words)
