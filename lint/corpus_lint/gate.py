"""The gate: which findings count, and whether a run fails.

A finding that the baseline knows, or that was there at a revision, does not count. What counts fails the run, unless
it is less severe than ``fail-on`` says or its rules have a budget.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .finding import Severity
from .named_tuple import NamedTuple
from .options import ConfigurationError
from .outcome import affected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .baseline import Baseline, Entry, Lines, Scope
    from .config import Settings
    from .diagnostic import Diagnostic
    from .outcome import Outcome

    Relint = Callable[[Sequence[tuple[str, str]]], list[Diagnostic]]
    """Lints files, each given by its path and by the name that it goes by."""

A_FEW = 100
"""Files, at most, of a run that is not told what is gone from the baseline when it finds nothing: it is a hook's."""

SEVERITIES = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


class Known(NamedTuple):
    """A finding that does not count: what knows it ("baseline", or a revision), and the reason kept with it."""

    diagnostic: Diagnostic
    by: str
    reason: str = ""


class Budget(NamedTuple):
    """How many documents may have findings of some rules, and how many have."""

    rules: str
    share: float
    affected: int
    documents: int

    @property
    def is_kept(self) -> bool:
        """Whether no more documents are affected than may be."""
        return self.affected <= self.share * self.documents


class Gate:
    """What a run's findings are held against.

    Args:
        baseline: the baseline file; empty for none.
        accepts: whether the baseline is written anew with all that was found.
        prunes: whether what is gone is removed from it.
        redacts: whether it is written without texts of the corpus.
        since: a revision of git; empty for none.
        merge_base: whether the last common ancestor of the revision and ``HEAD`` is meant.

    Raises:
        ConfigurationError: the baseline cannot be read or is none, or git cannot resolve the revision.
    """

    def __init__(
        self,
        baseline: str = "",
        *,
        accepts: bool = False,
        prunes: bool = False,
        redacts: bool = False,
        since: str = "",
        merge_base: bool = False,
    ) -> None:
        self.file = baseline
        self._accepts = accepts
        self._prunes = prunes
        self._redacts = redacts
        self._since = since
        if (accepts or prunes) and not baseline:
            raise ConfigurationError("which baseline? name it with --baseline FILE or the key `baseline`")
        self._lines = self._load() if baseline else None
        self._revision = None
        if since:
            from .revision import Revision

            self._revision = Revision(since, merge_base=merge_base)

    def owns(self, path: str) -> bool:
        """Whether the path is the baseline file, which is no corpus."""
        return bool(self.file) and os.path.abspath(path) == os.path.abspath(self.file)

    def apply(self, outcome: Outcome, active: set[str], known: set[str], relint: Relint) -> None:
        """Move what does not count from the outcome's findings to its known ones; write the baseline when asked to.

        Args:
            outcome: what was found.
            active: codes of the rules that were used.
            known: codes of all rules that there are.
            relint: lints other versions of the files with the same rules.

        Raises:
            ConfigurationError: the baseline cannot be written, or the revision cannot be used.
        """
        outcome.has_baseline = self._lines is not None
        is_needed = outcome.diagnostics or outcome.hidden or self._accepts or self._prunes
        if self._lines is not None and (is_needed or len(outcome.names) > A_FEW):
            from .baseline import Scope, read

            failed = {failure.filename for failure in outcome.failures}
            linted = {self._relative(name) for name in outcome.names if name not in failed}
            scope = Scope(linted, self._is_gone, lambda code: code in active or code not in known)
            self._subtract(outcome, read(self._lines), scope)
        outcome.since = self._since
        if self._revision is not None and outcome.diagnostics:
            old = self._revision.known(outcome.diagnostics, [known.diagnostic for known in outcome.known], relint)
            outcome.known += [
                Known(d, self._since) for d, is_old in zip(outcome.diagnostics, old, strict=True) if is_old
            ]
            outcome.diagnostics = [d for d, is_old in zip(outcome.diagnostics, old, strict=True) if not is_old]

    def _subtract(self, outcome: Outcome, old: Baseline, scope: Scope) -> None:
        from . import baseline

        found, hidden = [self._entry(d) for d in outcome.diagnostics], [self._entry(d) for d in outcome.hidden]
        if self._accepts:
            accepted, added, dropped = baseline.accept(old, found, hidden, scope, redact=self._redacts)
            self._write(accepted)
            outcome.accepted = added, dropped, len(accepted.entries)
            old = accepted
        matched = baseline.subtract(old.entries, [*found, *hidden], scope)
        if self._prunes:
            pruned, outcome.pruned = baseline.prune(old, [*found, *hidden], scope, redact=self._redacts)
            if pruned != old:
                self._write(pruned)
        else:
            used = set(matched)
            outcome.stale = sum(n not in used and scope.covers(e) for n, e in enumerate(old.entries))
        outcome.in_baseline = sum(number is not None for number in matched[: len(found)])
        fresh = []
        for diagnostic, number in zip(outcome.diagnostics, matched, strict=False):
            if number is None:
                fresh.append(diagnostic)
            else:
                outcome.known.append(Known(diagnostic, "baseline", old.entries[number].reason))
        outcome.diagnostics = fresh

    def _load(self) -> Lines:
        from . import baseline

        try:
            with open(self.file, encoding="utf-8-sig", newline="") as file:
                text = file.read()
        except FileNotFoundError:
            if self._accepts:
                return baseline.Lines(self.file, [], False)
            raise ConfigurationError(
                f"{self.file}: there is no such baseline; make it with --baseline {self.file} --baseline-accept"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise ConfigurationError(f"{self.file}: the baseline cannot be read: {reason}") from None
        return baseline.load(text, self.file)

    def _write(self, changed: Baseline) -> None:
        from . import baseline
        from .splicing import RewriteError
        from .writing import write

        is_new = not os.path.exists(self.file)
        try:
            if is_new:
                open(self.file, "xb").close()
            write(self.file, baseline.render(changed).encode())
        except OSError as error:
            raise ConfigurationError(f"{self.file}: the baseline cannot be written: {error.strerror}") from None
        except RewriteError as error:
            if is_new:
                os.unlink(self.file)
            raise ConfigurationError(f"{self.file}: the baseline cannot be written: {error}") from None

    def _entry(self, diagnostic: Diagnostic) -> Entry:
        from .baseline import entry
        from .identity import Identity

        name = self._relative(diagnostic.place.filename)
        return entry(name, diagnostic.code, diagnostic.identity or Identity("", ""), diagnostic.text)

    def _relative(self, name: str) -> str:
        """A file's name as the baseline has it: its path from the folder of the baseline, with slashes."""
        if name == "-":
            return name
        folder = os.path.dirname(os.path.abspath(self.file))
        try:
            return os.path.relpath(os.path.abspath(name), folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return os.path.abspath(name).replace(os.sep, "/")

    def _is_gone(self, file: str) -> bool:
        return file != "-" and not os.path.lexists(os.path.join(os.path.dirname(os.path.abspath(self.file)), file))


def make_budgets(outcome: Outcome, settings: Settings) -> list[Budget]:
    """The budgets that are configured, with the documents that have any findings of their rules, known ones too."""
    found = [*outcome.diagnostics, *(known.diagnostic for known in outcome.known)]
    return [
        Budget(rules, share, affected(d for d in found if _means(rules, d)), outcome.documents)
        for rules, share in settings.max_share.items()
    ]


def fails(outcome: Outcome, settings: Settings) -> bool:
    """Whether what counts fails the run: a finding is severe enough and has no budget, or a budget is overdrawn."""
    if not all(budget.is_kept for budget in outcome.budgets):
        return True
    least = SEVERITIES.index(Severity(settings.fail_on))
    return any(
        SEVERITIES.index(diagnostic.severity) >= least
        and not any(_means(budget.rules, diagnostic) for budget in outcome.budgets)
        for diagnostic in outcome.diagnostics
    )


def _means(selector: str, diagnostic: Diagnostic) -> bool:
    return selector in ("ALL", diagnostic.name) or diagnostic.code.startswith(selector)
