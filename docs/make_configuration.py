"""Make the table of keys in ``configuration.md`` from the settings themselves: ``python docs/make_configuration.py``.

A test holds the table to what this makes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import get_args

from corpus_lint.config import Settings
from corpus_lint.options import hints

TARGET = Path(__file__).with_name("configuration.md")
TABLE = re.compile(r"(?<=<!-- keys -->\n).*(?=<!-- end of keys -->)", re.DOTALL)
LONG = 60
"""Characters of a default from which on the table says only that there is one."""


def table() -> str:
    """A row for each key: name, default, meaning."""
    rows = ["| key | default | |", "| --- | --- | --- |"]
    for name, hint in hints(Settings).items():
        default = json.dumps(getattr(Settings, name))
        shown = f"`{default}`" if len(default) <= LONG else "below"
        rows.append(f"| `{name.replace('_', '-')}` | {shown} | {get_args(hint)[-1]} |")
    plain = [glob for glob in Settings.include if f"{glob}.gz" in Settings.include]
    packed = [glob for glob in Settings.include if glob.count(".") == 1 and glob not in plain]
    rows += ["", f"`include` by default: {_listed(plain)}, these also with `.gz`, `.bz2`, `.xz` or `.zst` behind them;"]
    rows += [f"{_listed(packed)}.", "", f"`exclude` by default: {_listed(Settings.exclude)}."]
    return "\n".join(rows) + "\n"


def _listed(globs: list[str]) -> str:
    return " ".join(f"`{glob}`" for glob in globs)


def page(old: str) -> str:
    """The page with the table as it is now."""
    return TABLE.sub(lambda _: table(), old)


if __name__ == "__main__":
    TARGET.write_text(page(TARGET.read_text("utf-8")), "utf-8")
    sys.exit(0)
