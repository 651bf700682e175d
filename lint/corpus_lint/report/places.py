"""File names as other programs want them: relative to where the command runs, with slashes; as a URI, quoted."""

from __future__ import annotations

import os


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
