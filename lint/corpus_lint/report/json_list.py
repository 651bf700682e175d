"""The ``json`` form: a list of objects, lines and columns from 1, columns in code points, ends exclusive."""

from __future__ import annotations

import json

_encode = json.JSONEncoder(ensure_ascii=False).encode
"""`json.dumps` would make an encoder each time."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

    from ..diagnostic import Diagnostic, Place, PlacedFix
    from ..finding import Likeness
    from ..outcome import Outcome


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the list, one object a line."""
    stream.write("[")
    for number, diagnostic in enumerate(outcome.diagnostics):
        stream.write(",\n " if number else "\n ")
        stream.write(dumps(as_object(diagnostic)))
    stream.write("\n]\n" if outcome.diagnostics else "]\n")


def dumps(value: object) -> str:
    """The value as JSON on one line; what is no UTF-8 becomes a question mark."""
    return _encode(value).encode("utf-8", "replace").decode()


def as_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """The object of one diagnostic."""
    return {
        **_place(diagnostic.place),
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "confidence": diagnostic.confidence.value,
        "message": diagnostic.message,
        "text": diagnostic.text,
        "occurrences": diagnostic.occurrences,
        "record": diagnostic.record,
        "record_id": diagnostic.record_id,
        "field": diagnostic.field,
        "text_line": diagnostic.text_line,
        "text_column": diagnostic.text_column,
        "related": [_place(place) for place in diagnostic.related],
        "likeness": likeness(diagnostic.likeness),
        "fix": _fix(diagnostic.fix),
        "fingerprint": diagnostic.fingerprint,
    }


def likeness(found: Likeness | None) -> dict[str, Any] | None:
    """The object of a likeness, the similarity rounded down, so that 1 is nothing but the same."""
    return None if found is None else {**found._asdict(), "similarity": int(found.similarity * 10_000) / 10_000}


def _place(place: Place) -> dict[str, Any]:
    return place._asdict()


def _fix(fix: PlacedFix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = []
    for edit in fix.edits:
        where = _place(edit.place)
        del where["filename"]
        edits.append({**where, "content": edit.content})
    return {
        "applicability": fix.applicability.value,
        "message": fix.message,
        "edits": edits,
        "recode": fix.recode,
        "line_end": fix.line_end or None,
    }
