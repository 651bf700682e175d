"""What a rule is: one class, which is its own documentation, configuration and test.

A rule says in ``triggers`` (or ``wants``) which text it must see, and judges only that. The docstring is the
rule's page: its first line is the summary; the rest says why the defect harms, what is left alone, how safe the
fix is, and where data comes from. The examples are its tests (`corpus_lint.testing`).
"""

from __future__ import annotations

from . import expressions as re
from .finding import Confidence, Finding, Severity
from .named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, ClassVar

    from .census import Census
    from .document import Document, Line
    from .duplication.common_lines import CommonLine
    from .finding import Pending
    from .repeats import Duplicate, Loop, Repeat
    from .source import Source


SHORT_LINE = 240
"""Bytes of a line that counts as short: 80 Han characters, or a long line of Latin text."""

_NOT_BYTES = r"(?<!\\)(?:\\\\)*(?:\[(?:\\.|[^\]\\])*[^\x00-\x7f]|[^\x00-\x7f][*+?{])"
"""A character outside ASCII in a class, or directly before a quantifier."""


class Trigger(NamedTuple):
    """A byte pattern whose match makes a line or a document a candidate.

    ``pattern`` is UTF-8 for Hyperscan: a literal, or an expression of bytes. A trigger never matches across a
    line end, and may match too often but never too rarely. With ``prefilter`` the pattern is a whole Unicode
    expression of which Hyperscan runs what it can. With ``in_short_lines`` only lines of at most `SHORT_LINE` bytes
    are looked at: so a trigger of a line rule may be a frequent word and yet cost prose nothing. With ``is_apart`` it
    is looked for in a pass of its own, with others of the kind: an expression whose only fixed part is a line feed, a
    bracket or white space slows the search for thousands of longer strings down by more than such a pass costs. With
    ``is_everywhere`` all lines are searched, though only some have a character that it needs: what is rare elsewhere
    need not be rare in the corpus that a user writes phrases for. With ``head`` or ``tail`` a literal of a line rule
    counts only where at most so many bytes of its line stand in front of it or behind it: thousands of expressions that
    say so would take seconds to compile.
    """

    pattern: bytes
    is_literal: bool = False
    caseless: bool = False
    prefilter: bool = False
    in_short_lines: bool = False
    is_apart: bool = False
    is_everywhere: bool = False
    head: int | None = None
    tail: int | None = None


def literal(text: str, *, caseless: bool = False) -> Trigger:
    """A trigger for a fixed string; ``caseless`` folds ASCII letters only."""
    return Trigger(text.encode(), is_literal=True, caseless=caseless)


def literals(texts: Iterable[str], *, caseless: bool = False) -> tuple[Trigger, ...]:
    """A trigger for each of the strings."""
    return tuple(literal(text, caseless=caseless) for text in texts)


def expression(pattern: str, *, caseless: bool = False, apart: bool = False) -> Trigger:
    """A trigger for a regular expression over bytes, written as text; ``apart`` as for `Trigger.is_apart`.

    Hyperscan sees bytes, so a character outside ASCII may not stand in a class or directly before a quantifier:
    write ``(?:省|市)`` or `any_of`. Start a run with a non-member to be called once a run: ``[^_]_{4}``.

    Raises:
        ValueError: the pattern would mean something else as bytes.
    """
    if not pattern.isascii() and re.search(_NOT_BYTES, pattern):
        raise ValueError(
            f"trigger {pattern!r}: put characters outside ASCII into (?:…|…), not into […] or before a quantifier"
        )
    return Trigger(pattern.encode(), caseless=caseless, is_apart=apart)


def any_of(members: Iterable[str]) -> str:
    """An alternation of the members, for use inside `expression`."""
    return "(?:" + "|".join(re.escape(member) for member in members) + ")"


EVERY_LINE = Trigger(rb"\n")
"""Fires once a line: for an expression of which Hyperscan can run nothing."""


class RuleStopped(Exception):  # noqa: N818 - it is no error of the rule
    """A rule could not finish, through no fault of the tool; the message says why and what to do."""


class Bad(NamedTuple):
    """An example with a defect: every finding is marked ⟦so⟧.

    ``fixed`` is the text after all fixes, safe and unsafe; None when the rule must leave the text alone.
    Bytes are a file, in which nothing is marked. A tuple of texts is a corpus of several documents, and so is what they
    become.
    """

    text: str | bytes | tuple[str, ...]
    fixed: str | bytes | tuple[str, ...] | None = None


class Good(NamedTuple):
    """An example in which the rule finds nothing."""

    text: str | bytes | tuple[str, ...]


class Rule:
    """Base of every rule; derive from one of the kinds below.

    ``Options`` is a plain class of annotated defaults: ``minimum: Annotated[int, "what it is"] = 5``. Its
    attributes become the rule's configuration keys, with hyphens for underscores.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING
    confidence: ClassVar[Confidence] = Confidence.HIGH
    examples: ClassVar[tuple[Bad | Good, ...]] = ()
    triggers: ClassVar[Sequence[Trigger]] = ()
    whole_lines: ClassVar[bool] = False
    """Whether a finding sits on the first defect of its line and stands for all of them, however many are left."""
    explains: ClassVar[bool] = False
    """Whether what it finds is no text as it stands: findings of other rules inside it are but its symptoms."""
    explains_of: ClassVar[tuple[str, ...]] = ()
    """Codes of the rules whose findings inside one of its own say nothing more."""
    is_always_used: ClassVar[bool] = False
    """Whether it is used whatever is selected, unless it is ignored: for what may not be passed over in silence."""
    wants_some_of: ClassVar[tuple[str, ...]] = ()
    """Fields of the census without any of which ``wants`` is never true, so that the rule need not be asked."""

    class Options:
        """A rule has no options unless it says so."""

    options: Any

    def __init__(self, options: object | None = None) -> None:
        self.options = self.Options() if options is None else options

    @classmethod
    def real(cls) -> type[Rule]:
        """The class that judges: this one, but for a stand-in (`corpus_lint.deferred`)."""
        return cls

    def make_triggers(self) -> Sequence[Trigger]:
        """The triggers; override where they are made from data. Called only when no compiled ones are cached."""
        return self.triggers

    def wants(self, census: Census) -> bool:
        """Whether the census alone makes a document a candidate (document rules only)."""
        return False


class LineRule(Rule):
    """A rule that judges one line at a time, with its neighbours in reach."""

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The findings in a line; their offsets count from the start of the line.

        Called for every line in which a trigger matches.
        """
        raise NotImplementedError


class RegionRule(Rule):
    """A rule that judges some lines of a document together, with what stands around them: a list, a form, a menu."""

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """The findings around lines in which a trigger matches; their offsets are those of the document.

        Without a screen ``lines`` are all lines. Other lines may be looked at, but must not be what decides.
        """
        raise NotImplementedError


class PatternRule(LineRule):
    """A rule that is a regular expression (of the ``regex`` package) and a message.

    Without ``triggers`` one is derived from the expression. ``{match}`` in the message is the matched text.
    """

    pattern: ClassVar[str]
    message: ClassVar[str]
    _search: Callable[..., Any] | None = None

    def make_triggers(self) -> Sequence[Trigger]:
        """The declared triggers, or one made from the expression."""
        if self.triggers:
            return self.triggers
        from . import prefilter

        return prefilter.triggers(self.pattern)

    def check_line(self, line: Line) -> Iterable[Finding]:
        """Every match of the pattern that has a text and that `accept` does not refuse."""
        if self._search is None:
            import regex

            self._search = regex.compile(self.pattern).finditer
        for match in self._search(line.text):
            if match[0] and self.accept(match, line):
                yield Finding(match.start(), match.end(), self.message.format(match=match[0]))

    def accept(self, match: Any, line: Line) -> bool:
        """Whether a match (of ``regex``) is a finding."""
        return True


class DocumentRule(Rule):
    """A rule that judges a document as a whole."""

    @property
    def least_matches(self) -> int:
        """How many matches of the triggers make a document a candidate."""
        return 1

    def check(self, document: Document) -> Iterable[Finding]:
        """The findings in a document in which a trigger matches or of which ``wants`` approves."""
        raise NotImplementedError


class SourceRule(Rule):
    """A rule about a file's bytes: its encoding, its byte-order mark."""

    asked_about: ClassVar[tuple[str, ...]] = ()
    """Properties of a `Source` without any of which there is nothing to find; when it names none it sees every file."""

    def check_source(self, source: Source) -> Iterable[Finding]:
        """The findings of a file; their offsets are those of its first document."""
        raise NotImplementedError


class RecordRule(Rule):
    """A rule about records that cannot be read. It sees every one of them."""

    def check_record(self, document: Document, reason: str) -> Iterable[Finding]:
        """The findings of a record that could not be read for a reason; the document is the record as it is written."""
        raise NotImplementedError


class RepeatRule(Rule):
    """A rule about text that stands twice: it sees what the engine has found and confirmed.

    Such a rule may be of another kind as well, for what a document shows alone.
    """

    @property
    def shortest_passage(self) -> int | None:
        """Least weight of the passages that the rule must see; None when it wants no passages and is shown none."""
        return None

    def check_repeat(self, repeat: Repeat) -> Iterable[Finding | Pending]:
        """The findings of a passage, on its later copy; offsets are those of the later document.

        Of most passages little is sure, and nothing told without ``--pedantic``: what finds out where the copies stand
        and what they say is better left to `Pending.make`.
        """
        return ()

    def check_earlier(self, repeat: Repeat) -> Iterable[Finding]:
        """The findings on its earlier copy, where the two show that this one is damaged; its document's offsets."""
        return ()

    def check_loop(self, loop: Loop) -> Iterable[Finding]:
        """The findings of text that says the same again and again."""
        return ()

    def check_duplicate(self, duplicate: Duplicate) -> Iterable[Finding]:
        """The findings of a document that an earlier one equals, on the later."""
        return ()


class CommonLineRule(Rule):
    """A rule about short lines that many documents have; `corpus_lint.duplication.common_lines` counts them."""

    @property
    def fewest_documents(self) -> int:
        """How many documents make a line common: an option of the rule."""
        fewest: int = self.options.fewest_documents
        return fewest

    def accepts(self, text: str, documents: int, company: int) -> bool:
        """Whether a line can be a finding: its text, how many documents have it, how many lines stand together."""
        raise NotImplementedError

    def check_common(self, document: Document, lines: Sequence[CommonLine]) -> Iterable[Finding]:
        """The findings in a document with accepted lines, which are given in order."""
        raise NotImplementedError
