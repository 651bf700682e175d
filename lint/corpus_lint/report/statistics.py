"""Statistics: how many findings each rule has, in how many files, and how many can be fixed."""

from __future__ import annotations

import json
from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..outcome import Outcome


def write(outcome: Outcome, stream: IO[str], *, form: str = "full") -> None:
    """Write one row a rule, the most frequent first; ``form`` is one of `WITH_STATISTICS`."""
    names: dict[str, str] = {}
    findings: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    fixable: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for diagnostic in outcome.diagnostics:
        code = diagnostic.code
        names[code] = diagnostic.name
        findings[code] += 1
        occurrences[code] += diagnostic.occurrences
        fixable[code] += diagnostic.fix is not None
        files.setdefault(code, set()).add(diagnostic.place.filename)
    rows = [
        {
            "code": code,
            "name": names[code],
            "findings": number,
            "occurrences": occurrences[code],
            "fixable": fixable[code],
            "files": len(files[code]),
        }
        for code, number in sorted(findings.items(), key=lambda item: (-item[1], item[0]))
    ]
    if form == "json":
        stream.write(json.dumps(rows, indent=1) + "\n")
        return
    if form == "jsonl":
        stream.writelines(json.dumps(row) + "\n" for row in rows)
        return
    if not rows:
        return
    table = [["findings", "defects", "fixable", "files", "rule", ""]]
    table += [
        [*(str(row[key]) for key in ("findings", "occurrences", "fixable", "files", "code", "name"))] for row in rows
    ]
    widths = [max(len(row[column]) for row in table) for column in range(6)]
    for row in table:
        cells = [row[i].rjust(widths[i]) for i in range(4)] + [row[i].ljust(widths[i]) for i in (4, 5)]
        stream.write("  ".join(cells).rstrip() + "\n")
    stream.write("\n")
