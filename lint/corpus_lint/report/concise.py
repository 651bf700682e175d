"""The ``concise`` form: one line a finding."""

from __future__ import annotations

from .style import Style, file_name, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..diagnostic import Diagnostic
    from ..outcome import Outcome


def write(outcome: Outcome, stream: IO[str], *, colour: bool = False) -> None:
    """Write ``path:line:column: CODE message`` for each diagnostic."""
    style = Style(colour)
    for diagnostic in outcome.diagnostics:
        stream.write(headline(diagnostic, style) + "\n")


def headline(diagnostic: Diagnostic, style: Style) -> str:
    """Where, what and why, and ``[*]`` when ``--fix`` mends it."""
    place = diagnostic.place
    where = f"{style.bold(file_name(place.filename))}:{place.line}:{place.column}:"
    fixable = ""
    if diagnostic.fix is not None:
        fixable = f"[{style.cyan('*' if diagnostic.fix.applicability.value == 'safe' else '~')}] "
    return f"{where} {style.severity(diagnostic.severity, diagnostic.code)} {fixable}{visible(diagnostic.message)}"
