"""Plain arguments: those that most calls are made of, understood without `argparse`.

To import it, and to describe to it what the command understands, costs a small run a twentieth of its time. What is
not written out in full, or is wrong in any way, is left to it, and so is the help. A test holds both to one another.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_OFF = {"fix", "unsafe_fixes", "diff", "merge", "baseline_accept", "baseline_prune", "statistics", "isolated"}
_UNSET = {
    *("select", "ignore", "pedantic", "explain", "fields", "format", "force_exclude", "tracked", "against", "jobs"),
    *("cache", "shard", "parts", "baseline", "new_since", "new_since_merge_base", "fail_on", "output_format", "redact"),
    "config",
}
_LISTS = {"exclude", "max_share", "output"}

SWITCHES: Mapping[str, tuple[str, bool]] = {
    "--fix": ("fix", True),
    "--unsafe-fixes": ("unsafe_fixes", True),
    "--diff": ("diff", True),
    "--pedantic": ("pedantic", True),
    "--force-exclude": ("force_exclude", True),
    "--tracked": ("tracked", True),
    "--no-cache": ("cache", False),
    "--redact": ("redact", True),
    "--statistics": ("statistics", True),
    "--isolated": ("isolated", True),
}
"""Options without a value: what they set."""

VALUES: Mapping[str, str] = {
    "--select": "select",
    "--ignore": "ignore",
    "--field": "fields",
    "--stdin-filename": "stdin_filename",
    "--exclude": "exclude",
    "--against": "against",
    "-j": "jobs",
    "--jobs": "jobs",
    "--baseline": "baseline",
    "--max-share": "max_share",
    "--output-format": "output_format",
    "--output": "output",
    "--config": "config",
}
"""Options with a value: what it is called."""


def parse(argv: Sequence[str] | None, formats: Sequence[str]) -> dict[str, Any] | None:
    """What the arguments say, by the names that `argparse` gives it; None when it is to be asked.

    Args:
        argv: the arguments; None for those of the process.
        formats: of reports.
    """
    given = sys.argv[1:] if argv is None else argv
    found: dict[str, Any] = {"paths": [], "list_rules": False, "stdin_filename": "-"}
    found |= dict.fromkeys(_OFF, False) | dict.fromkeys(_UNSET) | {name: [] for name in _LISTS}
    left = iter(given)
    are_over = False
    for argument in left:
        if argument == "-" or not argument.startswith("-"):
            if are_over or not argument:
                return None  # paths on both sides of an option
            found["paths"].append(argument)
            continue
        are_over = bool(found["paths"])
        if argument in SWITCHES:
            name, value = SWITCHES[argument]
            found[name] = value
            continue
        option, _, text = argument.partition("=")
        named = VALUES.get(option)
        if named is None or (option == "-j" and text):
            return None
        text = text if "=" in argument else next(left, "")
        if not text or (text.startswith("-") and "=" not in argument):
            return None
        if named == "jobs":
            if not (text.isascii() and text.isdecimal()):
                return None
            found[named] = int(text)
        elif named == "fields" or named in _LISTS:
            found[named] = [*(found[named] or ()), text]
        elif named == "output_format" and text not in formats:
            return None
        else:
            found[named] = text
    return found
