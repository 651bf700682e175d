"""The sieve: which results of rules count in a run, and what becomes of the others.

Of a place that was read wrongly only the rule speaks that says so (`corpus_lint.symptoms`), if its finding counts.
"""

from __future__ import annotations

from collections import Counter

from . import packs
from .discover import matches
from .finding import Confidence
from .symptoms import without_symptoms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .config import Settings
    from .engine import PendingResult, Result
    from .outcome import Outcome


class Sieve:
    """Lets through what is sure enough, not ignored in its file and not explained by another finding.

    Attributes:
        held_back: how many findings are not sure enough, by file.
    """

    def __init__(self, settings: Settings, outcome: Outcome, *, identified: bool, keeps_hidden: bool) -> None:
        """A sieve for a run.

        Args:
            settings: the configuration.
            outcome: what findings are put into.
            identified: whether the findings' fingerprints are wanted.
            keeps_hidden: whether findings that are not sure enough are kept apart, instead of only counted.
        """
        self._settings = settings
        self._outcome = outcome
        self._identified = identified
        self._keeps_hidden = keeps_hidden
        self._ignores: dict[str, list[str]] = {}
        self.held_back: Counter[str] = Counter()

    def into(self, outcome: Outcome) -> Sieve:
        """The same for another outcome."""
        return Sieve(self._settings, outcome, identified=self._identified, keeps_hidden=self._keeps_hidden)

    def counting(self, results: Sequence[Result]) -> list[Result]:
        """The results that count."""
        return without_symptoms([r for r in results if self._is_sure(r) and not self._is_ignored(r)])

    def report(self, results: Sequence[Result]) -> None:
        """Put into the outcome what is to be told of the results."""
        if not results:
            return
        told = [result for result in results if not self._is_ignored(result)]
        sure = {id(result) for result in self.counting(told)}
        doubtful = {id(result) for result in without_symptoms(told) if not self._is_sure(result)}
        for result in told:
            is_sure = id(result) in sure
            if not is_sure and id(result) not in doubtful:
                continue
            if not is_sure:
                self._hold_back(result)
            if is_sure or self._keeps_hidden:
                from .diagnostic import diagnose

                kept = self._outcome.diagnostics if is_sure else self._outcome.hidden
                kept.append(diagnose(result, identified=self._identified))

    def report_pending(self, result: Result | PendingResult) -> None:
        """Likewise of one result, the finding of which is made when it is to be told.

        Raises:
            RuleError: the rule failed.
            OSError: a document can no longer be read.
        """
        from .engine import PendingResult

        if isinstance(result, PendingResult):
            if not self._keeps_hidden and not self._is_sure(result):
                if not self._is_ignored(result):
                    self._hold_back(result)
                return
            result = result.made()
        self.report([result])

    def _hold_back(self, result: Result | PendingResult) -> None:
        self._outcome.held_back += 1
        self.held_back[result.document.source.name if result.document.source else ""] += 1

    def _is_sure(self, result: Result | PendingResult) -> bool:
        confidence = result.finding.confidence or result.rule.confidence
        return self._settings.pedantic or confidence is Confidence.HIGH

    def _is_ignored(self, result: Result | PendingResult) -> bool:
        source = result.document.source
        if not self._settings.per_file_ignores or source is None:
            return False
        if source.name not in self._ignores:
            self._ignores[source.name] = [
                selector
                for glob, selectors in self._settings.per_file_ignores.items()
                if matches(source.name, [glob], self._settings.root)
                for selector in selectors
            ]
        return any(packs.matches(result.rule, selector) for selector in self._ignores[source.name])
