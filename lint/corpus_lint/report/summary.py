"""The summary: what was found, what can be fixed, and what was read, skipped and failed."""

from __future__ import annotations

from ..outcome import TOLD
from .style import file_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ..gate import Budget
    from ..outcome import Outcome


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
    is_gated = outcome.has_baseline or bool(outcome.since)
    if is_gated:
        summary += _gated(outcome)
    if found:
        left = " left" if fixing else ""
        documents = f"{outcome.affected:,} of {_number(outcome.documents, 'document')}"
        what = "The new ones are" if is_gated else f"{_number(len(found), 'finding')}{left}"
        summary.append(f"{what} in {documents}.")
        safe = sum(d.fix is not None and d.fix.applicability.value == "safe" for d in found)
        unsafe = sum(d.fix is not None and d.fix.applicability.value == "unsafe" for d in found)
        if safe and not fixing:
            more = f", and {unsafe:,} more with --unsafe-fixes" if unsafe else ""
            summary.append(f"{safe:,} can be fixed with --fix{more}.")
        elif unsafe:
            summary.append(f"{unsafe:,} can be fixed with --unsafe-fixes.")
    elif not fixing and not outcome.failures and not is_gated:
        summary.append("No findings." if outcome.names else "Nothing was read: there is no file of a corpus there.")
    if outcome.held_back:
        summary.append(f"{outcome.held_back:,} less certain; --pedantic shows them.")
    if found and not outcome.fails:
        summary.append("None of them fails this run: they are below --fail-on or within their budgets.")
    summary += [_budget(budget) for budget in outcome.budgets]
    if outcome.guessed:
        fields = "; ".join(f"{fields} ({_number(number, 'file')})" for fields, number in outcome.guessed.most_common(8))
        more = "; ..." if len(outcome.guessed) > 8 else ""
        summary.append(f"No field was named with --field; read as text: {fields}{more}.")
    if outcome.textless and outcome.names:
        names = ", ".join(file_name(failure.filename) for failure in outcome.textless[:TOLD])
        more = f" and {len(outcome.textless) - TOLD:,} more" if len(outcome.textless) > TOLD else ""
        summary.append(
            f"Not read, as no field of texts was found: {names}{more}; name theirs with --field, or exclude them."
        )
    skipped = ", ".join(f"{number:,} {reason}" for reason, number in sorted(outcome.skipped.items()))
    parts = [
        f"{_number(outcome.documents, 'document')} in {_number(len(outcome.names), 'file')} read",
        f"{outcome.skipped.total():,} skipped" + (f" ({skipped})" if skipped else ""),
        f"{len({failure.filename for failure in outcome.failures}):,} failed",
    ]
    summary.append(", ".join(parts) + ".")
    return summary


def _gated(outcome: Outcome) -> list[str]:
    """What is new, what is known, and what became of the baseline."""
    parts = [f"{len(outcome.diagnostics):,} new"]
    if outcome.has_baseline:
        parts.append(f"{outcome.in_baseline:,} in the baseline")
    if outcome.since:
        parts.append(f"{len(outcome.known) - outcome.in_baseline:,} older than {outcome.since}")
    fixable = sum(
        known.diagnostic.fix is not None and known.diagnostic.fix.applicability.value == "safe"
        for known in outcome.known
    )
    lines = [", ".join(parts) + (f" ({fixable:,} could be fixed)" if fixable else "") + "."]
    if outcome.accepted is not None:
        added, dropped, total = outcome.accepted
        lines.insert(0, f"The baseline is written: +{added:,} -{dropped:,}, {_number(total, 'finding')} in it.")
    if outcome.pruned:
        lines.append(f"{outcome.pruned:,} gone and removed from the baseline.")
    elif outcome.stale:
        are, them = ("is", "it") if outcome.stale == 1 else ("are", "them")
        lines.append(f"{outcome.stale:,} in the baseline {are} gone; --baseline-prune removes {them}.")
    return lines


def _budget(budget: Budget) -> str:
    share = budget.affected / budget.documents if budget.documents else 0.0
    verdict = "within" if budget.is_kept else "over"
    documents = f"{budget.affected:,} of {_number(budget.documents, 'document')} ({share:.3%})"
    return f"{budget.rules}: {documents}, {verdict} the budget of {budget.share:.3%}."


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
