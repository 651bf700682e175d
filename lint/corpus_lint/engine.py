"""The engine: rules on documents, a batch at a time. It knows no rule, no file and no report."""

from __future__ import annotations

from functools import cached_property

from .finding import Applicability, Pending
from .named_tuple import NamedTuple
from .rule import CommonLineRule, DocumentRule, LineRule, RecordRule, RegionRule, RepeatRule, RuleStopped, SourceRule
from .screening.screen import Screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .document import Document, Line
    from .duplication.common_lines import CommonLines
    from .finding import Edit, Finding
    from .formats.record import Problem
    from .look_up import LookedUp
    from .repeats import Duplicate, Loop, Repeat
    from .rule import Rule
    from .screening.screen import Candidates
    from .source import Source


class Result(NamedTuple):
    """A finding with the rule that made it and the document it is in."""

    rule: Rule
    document: Document
    finding: Finding


class PendingResult(NamedTuple):
    """A finding that is made when it is told, with the rule that makes it and the document it is in."""

    rule: Rule
    document: Document
    finding: Pending

    def made(self) -> Result:
        """The result with the finding.

        Raises:
            RuleError: the rule failed.
        """
        try:
            return Result(self.rule, self.document, self.finding.make())
        except OSError:
            raise
        except Exception as error:
            raise _named(self.rule, error) from error


class RuleError(Exception):
    """A rule failed on a document; the message names it by its code.

    ``is_bug`` says whether the rule is to blame, and not what the user wrote.
    """

    def __init__(self, message: str, *, is_bug: bool = True) -> None:
        super().__init__(message)
        self.is_bug = is_bug


class Engine:
    """Some rules, ready to check documents."""

    def __init__(
        self, rules: Sequence[Rule], *, screened: bool = True, say: Callable[[str], None] | None = None
    ) -> None:
        """Make some rules ready; ``say`` is told what takes seconds, before it does."""
        self.rules = list(rules)
        self.source_rules = [rule for rule in rules if isinstance(rule, SourceRule)]
        self.record_rules = [rule for rule in rules if isinstance(rule, RecordRule)]
        self.repeat_rules = [rule for rule in rules if isinstance(rule, RepeatRule)]
        self.common_line_rules = [rule for rule in rules if isinstance(rule, CommonLineRule)]
        self._asked_about = {name for rule in self.source_rules for name in rule.asked_about}
        self._order = {rule.code: number for number, rule in enumerate(rules)}
        checked = [rule for rule in rules if isinstance(rule, (LineRule, RegionRule, DocumentRule))]
        self._screen = Screen(checked, say)
        self._screened = screened

    @property
    def looks(self) -> bool:
        """Whether any rule looks at documents one by one, and not only at what they have in common."""
        return bool(self._screen.line_rules or self._screen.document_rules or self.common_line_rules)

    def load(self) -> None:
        """Load what is else loaded when a document needs it."""
        self._screen.load()

    def look_up(self, documents: Sequence[Document]) -> LookedUp:
        """Look up the characters of much text, for `check` and for fingerprints; the documents get their census."""
        from .census import take

        return take(documents, self._screen.table)

    def check(self, documents: Sequence[Document], looked_up: LookedUp | None = None) -> list[Result]:
        """The findings in the documents, by document, position and rule.

        ``looked_up``, what `look_up` gave, chooses the way of the screen, never the result.

        Raises:
            RuleError: a rule failed.
        """
        results: list[Result] = []
        for candidates in self._candidates(documents, looked_up):
            found = list(self._judge(candidates))
            found.sort(key=self._place)
            if found:
                results += _unless_guessed(_in_its_line_ends(found, candidates.document), candidates.document)
        return results

    def check_source(self, source: Source, document: Document) -> list[Result]:
        """The findings about a file, placed in its first document.

        Raises:
            RuleError: a rule failed.
        """
        results: list[Result] = []
        present = {name for name in self._asked_about if getattr(source, name)}
        for rule in self.source_rules:
            if rule.asked_about and present.isdisjoint(rule.asked_about):
                continue
            try:
                results += [Result(rule, document, _inside(found, document)) for found in rule.check_source(source)]
            except Exception as error:
                raise _named(rule, error) from error
        return _unless_guessed(results, document)

    def check_problems(self, problems: Iterable[Problem]) -> list[Result]:
        """The findings about records that could not be read.

        Raises:
            RuleError: a rule failed.
        """
        results = []
        for document, reason in problems:
            for rule in self.record_rules:
                try:
                    results += [Result(rule, document, found) for found in rule.check_record(document, reason)]
                except Exception as error:
                    raise _named(rule, error) from error
        return results

    def check_repeats(self, repeats: Iterable[Repeat | Loop | Duplicate]) -> list[Result]:
        """The findings about text that stands twice, in the order of the repeats.

        Raises:
            RuleError: a rule failed.
        """
        found = (result for repeat in repeats for result in self.check_repeat(repeat))
        return [result.made() if isinstance(result, PendingResult) else result for result in found]

    def check_repeat(self, repeat: Repeat | Loop | Duplicate) -> list[Result | PendingResult]:
        """The findings about one text that stands twice; some of them are still to be made.

        Raises:
            RuleError: a rule failed.
            OSError: a document can no longer be read.
        """
        from .repeats import Duplicate, Repeat

        results: list[Result | PendingResult] = []
        for rule in self._passage_rules if isinstance(repeat, Repeat) else self.repeat_rules:
            found: Iterable[Finding | Pending]
            try:
                if isinstance(repeat, Repeat):
                    found = rule.check_repeat(repeat)
                else:
                    found = rule.check_duplicate(repeat) if isinstance(repeat, Duplicate) else rule.check_loop(repeat)
                for one in found:
                    if isinstance(one, Pending):
                        results.append(PendingResult(rule, repeat.document, one))
                    else:
                        results.append(Result(rule, repeat.document, one))
                if isinstance(repeat, Repeat):
                    results += [Result(rule, repeat.earlier_document, one) for one in rule.check_earlier(repeat)]
            except OSError:
                raise
            except Exception as error:
                raise _named(rule, error) from error
        return results

    def check_alone(
        self, document: Document, found: Sequence[Result] | None = None, *, numpy: bool = False
    ) -> list[Result]:
        """The findings in a document as if there were no other: with what it repeats of itself.

        ``found`` is what `check` gives for it, when that is known already.

        Raises:
            RuleError: a rule failed.
        """
        results = self.check([document]) if found is None else list(found)
        if self.repeat_rules:
            from .duplication.passages import repeats

            results += self.check_repeats(repeats([document], self.shortest_passage, numpy=numpy))
            results.sort(key=self._place)
        return results

    def check_each_alone(self, documents: Sequence[Document], *, numpy: bool = False) -> list[Result]:
        """As `check_alone` for each of many documents: what one says does not depend on the others.

        Raises:
            RuleError: a rule failed.
        """
        looked_up = self.look_up(documents) if numpy else None
        results = self.check(documents, looked_up)
        if self.repeat_rules:
            from .duplication.passages import repeats_alone

            results += self.check_repeats(repeats_alone(documents, self.shortest_passage, looked_up))
        return results

    @cached_property
    def _passage_rules(self) -> list[RepeatRule]:
        """Those of the rules for what stands twice that want passages."""
        return [rule for rule in self.repeat_rules if rule.shortest_passage is not None]

    @property
    def shortest_passage(self) -> int | None:
        """Least weight of the passages that any rule must see; None when none wants passages."""
        wanted = [rule.shortest_passage for rule in self.repeat_rules]
        return min((weight for weight in wanted if weight is not None), default=None)

    def check_common_lines(self, lines: CommonLines, load: Callable[[int], Document]) -> Iterator[Result]:
        """The findings about short lines that many documents have, by rule and document.

        Args:
            lines: the short lines of all documents.
            load: gives a document by its number.

        Raises:
            RuleError: a rule failed.
        """
        for rule in self.common_line_rules:
            for document, common in lines.find(load, rule.fewest_documents, rule.accepts):
                try:
                    found = list(rule.check_common(document, common))
                except Exception as error:
                    raise _named(rule, error) from error
                yield from (Result(rule, document, finding) for finding in found)

    def _candidates(self, documents: Sequence[Document], looked_up: LookedUp | None) -> Iterable[Candidates]:
        if self._screened:
            return self._screen.scan(documents, looked_up)
        return map(self._screen.everything, documents)

    def _judge(self, candidates: Candidates) -> Iterator[Result]:
        document = candidates.document
        regions: dict[RegionRule, list[Line]] = {}
        for line, rules in candidates.lines:
            for line_rule in rules:
                if isinstance(line_rule, RegionRule):
                    regions.setdefault(line_rule, []).append(line)
                    continue
                try:
                    for finding in line_rule.check_line(line):
                        yield Result(line_rule, document, finding.shifted(line.start))
                except Exception as error:
                    raise _named(line_rule, error) from error
        for region_rule, lines in regions.items():
            try:
                for finding in region_rule.check_lines(document, lines):
                    yield Result(region_rule, document, finding)
            except Exception as error:
                raise _named(region_rule, error) from error
        for rule in candidates.rules:
            try:
                for finding in rule.check(document):
                    yield Result(rule, document, finding)
            except Exception as error:
                raise _named(rule, error) from error

    def _place(self, result: Result) -> tuple[int, int, int]:
        return result.finding.start, result.finding.end, self._order[result.rule.code]


def _inside(finding: Finding, document: Document) -> Finding:
    """A finding about a file at the start of the document, when the place that it means is in a later one."""
    if document.record is None and finding.end <= len(document.text):
        return finding
    return finding._replace(start=0, end=0)


def _unless_guessed(results: list[Result], document: Document) -> list[Result]:
    """The findings; of a text that was guessed from its bytes no fix is safe, for it would write the guess."""
    if document.source is None or not document.source.decoding.is_guess:
        return results
    return [
        result._replace(finding=result.finding._replace(fix=fix._replace(applicability=Applicability.UNSAFE)))
        if (fix := result.finding.fix)
        else result
        for result in results
    ]


def _in_its_line_ends(results: list[Result], document: Document) -> list[Result]:
    """The findings in a document, their fixes writing its own line end where they write a line feed."""
    if "\r" not in document.text:
        return results
    breaking = [result.finding.fix is not None and any(map(_breaks, result.finding.fix.edits)) for result in results]
    if not any(breaking):
        return results
    from . import line_ends

    line_end = line_ends.count(document.data, document.text).commonest
    return [
        _breaking_with(line_end, result) if is_breaking else result
        for result, is_breaking in zip(results, breaking, strict=True)
    ]


def _breaks(edit: Edit) -> bool:
    return "\n" in edit.content and "\r" not in edit.content


def _breaking_with(line_end: str, result: Result) -> Result:
    fix = result.finding.fix
    assert fix is not None
    edits = tuple(e._replace(content=e.content.replace("\n", line_end)) if _breaks(e) else e for e in fix.edits)
    return result._replace(finding=result.finding._replace(fix=fix._replace(edits=edits)))


def _named(rule: Rule, error: Exception) -> RuleError:
    if isinstance(error, RuleStopped):
        return RuleError(f"rule {rule.code}: {error}", is_bug=False)
    return RuleError(f"rule {rule.code} failed: {type(error).__name__}: {error}")
