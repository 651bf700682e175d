"""The ``gitlab`` form: a code quality report.

GitLab compares the fingerprints of two reports and takes those that it has not seen for new ones. So equal findings
are numbered, and the file belongs to the fingerprint: else one more in one file would be shown in another.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from .json_list import dumps
from .places import in_record, relative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

    from ..outcome import Outcome

SEVERITIES = {"note": "info", "warning": "minor", "error": "major"}


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the list, one object a line."""
    stream.write("[")
    for number, issue in enumerate(issues(outcome)):
        stream.write((",\n " if number else "\n ") + dumps(issue))
    stream.write("\n]\n" if outcome.diagnostics else "]\n")


def issues(outcome: Outcome) -> list[dict[str, Any]]:
    """The report's objects."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for diagnostic in outcome.diagnostics:
        path = relative(diagnostic.place.filename)
        key = (path, diagnostic.fingerprint)
        seen[key] += 1
        where = in_record(diagnostic)
        whole = "\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")
        found.append(
            {
                "description": f"{diagnostic.message} ({where})" if where else diagnostic.message,
                "check_name": f"{diagnostic.code} {diagnostic.name}",
                "fingerprint": hashlib.blake2b(whole, digest_size=16).hexdigest(),
                "severity": SEVERITIES[diagnostic.severity.value],
                "location": {
                    "path": path,
                    "lines": {"begin": diagnostic.place.line, "end": diagnostic.place.end_line},
                },
            }
        )
    return found
