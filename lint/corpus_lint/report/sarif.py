"""The ``sarif`` form: SARIF 2.1.0, for GitHub code scanning and every other reader of it.

With a baseline or a revision every finding has its ``baselineState``, and those that do not count are in it, too:
left out, their alerts would be closed, and opened again another day.
"""

from __future__ import annotations

import json
from collections import Counter

from .. import __version__
from ..identity import VERSION
from .json_list import dumps, likeness
from .places import relative, uri

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

    from ..diagnostic import Diagnostic, Place
    from ..gate import Known
    from ..outcome import Failure, Outcome
    from ..rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PRECISIONS = {"high": "very-high", "medium": "medium", "low": "low"}


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the log, one result a line."""
    driver = {
        "name": "corpus-lint",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in outcome.rules],
    }
    invocation: dict[str, Any] = {"executionSuccessful": not outcome.failures}
    if outcome.failures:
        invocation["toolExecutionNotifications"] = [_notification(failure) for failure in outcome.failures]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "invocations": [invocation], "results": 0}
    frame = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
    head, _, tail = _clean(frame).rpartition('"results": 0')
    stream.write(f'{head}"results": [')
    for number, result in enumerate(results(outcome)):
        stream.write((",\n    " if number else "\n    ") + dumps(result))
    stream.write(f"]{tail}\n")


def results(outcome: Outcome) -> list[dict[str, Any]]:
    """The results: what counts, then what is known."""
    indices = {rule.code: number for number, rule in enumerate(outcome.rules)}
    seen: Counter[tuple[str, str]] = Counter()
    is_gated = bool(outcome.known or outcome.since or outcome.has_baseline)
    found: list[dict[str, Any]] = []
    both: list[tuple[Diagnostic, Known | None]] = [(diagnostic, None) for diagnostic in outcome.diagnostics]
    both += [(known.diagnostic, known) for known in outcome.known]
    for diagnostic, known in both:
        key = (diagnostic.place.filename, diagnostic.fingerprint)
        seen[key] += 1
        result = {
            "ruleId": diagnostic.code,
            "ruleIndex": indices[diagnostic.code],
            "level": diagnostic.severity.value,
            "message": {"text": diagnostic.message},
            "locations": [_location(diagnostic.place)],
            "partialFingerprints": {
                f"corpusLint/v{VERSION}": diagnostic.fingerprint,
                "primaryLocationLineHash": f"{diagnostic.fingerprint}:{seen[key]}",
            },
        }
        if diagnostic.related:
            result["relatedLocations"] = [_location(place) for place in diagnostic.related]
        properties = {
            "record": diagnostic.record,
            "record_id": diagnostic.record_id,
            "field": diagnostic.field,
            "likeness": likeness(diagnostic.likeness),
        }
        if any(value is not None for value in properties.values()):
            result["properties"] = {name: value for name, value in properties.items() if value is not None}
        if is_gated:
            result["baselineState"] = "new" if known is None else "unchanged"
        if known is not None and known.reason:
            result["suppressions"] = [{"kind": "external", "justification": known.reason}]
        if diagnostic.fix is not None and diagnostic.fix.edits:
            result["fixes"] = [_fix(diagnostic)]
        found.append(result)
    return found


def _rule(rule: Rule) -> dict[str, Any]:
    from .. import explain

    summary = explain.summary(rule.real())
    page = explain.page(rule.real())
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"precision": PRECISIONS[rule.confidence.value], "tags": ["corpus", rule.code[:3]]},
    }


def _location(place: Place) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(place.filename), "region": _region(place)}}


def _artifact(name: str) -> dict[str, Any]:
    location = {"uri": uri(name)}
    if not location["uri"].startswith("file:"):
        location["uriBaseId"] = "%SRCROOT%"
    return location


def _region(place: Place) -> dict[str, Any]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(diagnostic: Diagnostic) -> dict[str, Any]:
    fix = diagnostic.fix
    assert fix is not None
    replacements = []
    for edit in fix.edits:
        replacement: dict[str, Any] = {"deletedRegion": _region(edit.place)}
        if edit.written:
            replacement["insertedContent"] = {"text": edit.written}
        replacements.append(replacement)
    change = {"artifactLocation": _artifact(diagnostic.place.filename), "replacements": replacements}
    return {"description": {"text": f"{fix.message} ({fix.applicability.value})"}, "artifactChanges": [change]}


def _notification(failure: Failure) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(failure.filename)}
    if failure.line:
        place["region"] = {"startLine": failure.line}
    text = f"{relative(failure.filename)}: {failure.message}"
    return {"level": "error", "message": {"text": text}, "locations": [{"physicalLocation": place}]}


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
