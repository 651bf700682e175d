"""Where a finding is, as other programs and people want it: file names relative to where the command runs; records."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostic import Diagnostic

IDENTIFIER = 40
"""Characters of a record's own name that are shown."""


def relative(name: str) -> str:
    """The name without ``./`` and, of a file below the working directory, without that directory."""
    if os.path.isabs(name):
        below = os.path.relpath(name)
        if below.startswith(os.pardir):
            return name.replace(os.sep, "/")
        name = below
    return os.path.normpath(name).replace(os.sep, "/")


def uri(name: str) -> str:
    """The name as a URI reference; ``file:`` and all for a file outside the working directory."""
    from urllib.parse import quote

    path = relative(name)
    quoted = quote(os.fsencode(path))
    return f"file://{quoted}" if os.path.isabs(path) else quoted


def in_record(diagnostic: Diagnostic) -> str:
    """The record and the field that a finding is in, in words; empty outside files of records."""
    if diagnostic.record is None:
        return ""
    words = f"record {diagnostic.record}"
    if diagnostic.record_id is not None:
        name = diagnostic.record_id
        words += f", id {name if len(name) <= IDENTIFIER else name[: IDENTIFIER - 1] + '…'}"
    return f"{words}, field {diagnostic.field}" if diagnostic.field else words
