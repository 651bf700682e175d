"""The summary: what was found, what can be fixed, and what was read, skipped and failed."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from ..run import Outcome


def write(outcome: Outcome, stream: IO[str], *, fixing: bool = False, would: bool = False) -> None:
    """Write the summary's lines; ``would`` when fixing has written nothing."""
    for line in lines(outcome, fixing=fixing, would=would):
        stream.write(line + "\n")


def lines(outcome: Outcome, *, fixing: bool, would: bool) -> list[str]:
    """The lines of the summary."""
    summary = []
    found = outcome.diagnostics
    if fixing:
        mended = sum(outcome.mended.values())
        verb = "would be fixed" if would else "fixed"
        summary.append(f"{_number(mended, 'defect')} {verb} in {_number(len(outcome.changes), 'file')}.")
    if found:
        left = " left" if fixing else ""
        documents = f"{outcome.affected:,} of {_number(outcome.documents, 'document')}"
        summary.append(f"{_number(len(found), 'finding')}{left} in {documents}.")
        safe = sum(d.fix is not None and d.fix.applicability.value == "safe" for d in found)
        unsafe = sum(d.fix is not None and d.fix.applicability.value == "unsafe" for d in found)
        if safe and not fixing:
            more = f", and {unsafe:,} more with --unsafe-fixes" if unsafe else ""
            summary.append(f"{safe:,} can be fixed with --fix{more}.")
        elif unsafe:
            summary.append(f"{unsafe:,} can be fixed with --unsafe-fixes.")
    elif not fixing and not outcome.failures:
        summary.append("No findings.")
    if outcome.held_back:
        summary.append(f"{outcome.held_back:,} less certain; --pedantic shows them.")
    skipped = ", ".join(f"{number:,} {reason}" for reason, number in sorted(outcome.skipped.items()))
    parts = [
        f"{_number(outcome.documents, 'document')} in {_number(outcome.files, 'file')} read",
        f"{outcome.skipped.total():,} skipped" + (f" ({skipped})" if skipped else ""),
        f"{len({failure.filename for failure in outcome.failures}):,} failed",
    ]
    summary.append(", ".join(parts) + ".")
    return summary


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
