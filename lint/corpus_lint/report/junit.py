"""The ``junit`` form: a test case for each finding, and one that passes for each file without any."""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from .places import in_record, relative
from .style import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..diagnostic import Diagnostic
    from ..outcome import Failure, Outcome


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write the test suites, one a file; what could not be read is an error."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    suites = {name: ([], []) for name in outcome.names}  # type: dict[str, tuple[list[Diagnostic], list[Failure]]]
    for failure in outcome.failures:
        suites.setdefault(failure.filename, ([], []))[1].append(failure)
    for name, group in groupby(outcome.diagnostics, key=lambda diagnostic: diagnostic.place.filename):
        suites.setdefault(name, ([], []))[0].extend(group)
    failures, errors = len(outcome.diagnostics), len(outcome.failures)
    tests = sum(len(found) + len(failed) or 1 for found, failed in suites.values())
    stream.write(f'<testsuites name="corpus-lint" tests="{tests}" failures="{failures}" errors="{errors}">\n')
    for name, (found, failed) in suites.items():
        _write_suite(relative(name), found, failed, stream)
    stream.write("</testsuites>\n")


def _write_suite(name: str, found: list[Diagnostic], failed: list[Failure], stream: IO[str]) -> None:
    file = _attribute(name)
    tests = len(found) + len(failed) or 1
    stream.write(f' <testsuite name={file} tests="{tests}" failures="{len(found)}" errors="{len(failed)}">\n')
    if not found and not failed:
        stream.write(f'  <testcase classname={file} name="corpus-lint"/>\n')
    for failure in failed:
        message = _attribute(failure.message)
        stream.write(f'  <testcase classname={file} name="line {failure.line}">\n')
        stream.write(f'   <error type="corpus-lint" message={message}/>\n  </testcase>\n')
    for diagnostic in found:
        place = diagnostic.place
        title = _attribute(f"{place.line}:{place.column} {diagnostic.code} {diagnostic.name}")
        where = f"{name}:{place.line}:{place.column}: {diagnostic.code} {diagnostic.message}"
        if record := in_record(diagnostic):
            where += f" ({record})"
        stream.write(f"  <testcase classname={file} name={title}>\n")
        stream.write(
            f"   <failure type={_attribute(diagnostic.severity.value)} message={_attribute(diagnostic.message)}>"
        )
        stream.write(f"{escape(_plain(where))}</failure>\n  </testcase>\n")
    stream.write(" </testsuite>\n")


def _attribute(text: str) -> str:
    return quoteattr(_plain(text))


def _plain(text: str) -> str:
    """The text without what XML cannot hold."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
