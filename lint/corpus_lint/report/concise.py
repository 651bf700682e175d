"""The ``concise`` form: one line a finding."""

from __future__ import annotations

from .places import in_record
from .style import Style, file_name, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..diagnostic import Diagnostic
    from ..outcome import Outcome


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write ``path:line:column: CODE message (record 1, field text)`` for each diagnostic."""
    style = Style(colour)
    for diagnostic in outcome.diagnostics:
        stream.write(line(diagnostic, style) + "\n")


def line(diagnostic: Diagnostic, style: Style) -> str:
    """The headline, and in a file of records the record and the field."""
    where = in_record(diagnostic)
    return headline(diagnostic, style) + (style.faint(f" ({visible(where)})") if where else "")


def headline(diagnostic: Diagnostic, style: Style) -> str:
    """Where, what and why, and ``[*]`` when ``--fix`` mends it."""
    place = diagnostic.place
    where = f"{style.bold(file_name(place.filename))}:{place.line}:{place.column}:"
    fixable = ""
    if diagnostic.fix is not None:
        fixable = f"[{style.cyan('*' if diagnostic.fix.applicability.value == 'safe' else '~')}] "
    return f"{where} {style.severity(diagnostic.severity, diagnostic.code)} {fixable}{visible(diagnostic.message)}"
