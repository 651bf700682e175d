"""A rule pack for the tests of the engine: one rule of each kind that a test needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, DocumentRule, Good, LineRule, PatternRule, literals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.census import Census
    from corpus_lint.document import Document, Line


class Word(LineRule):
    """The word "bad" is in the text.

    A line rule with a literal trigger and a safe fix.
    """

    code = "TST001"
    name = "bad-word"
    triggers = literals(["bad"])
    examples = (Bad("a ⟦bad⟧ word, ⟦bad⟧", "a  word, "), Good("a good word"))

    class Options:
        word: Annotated[str, "the word"] = "bad"

    options: Options

    def check_line(self, line: Line) -> Iterable[Finding]:
        start = line.text.find(self.options.word)
        while start >= 0:
            end = start + len(self.options.word)
            yield Finding(start, end, "a bad word", Fix("remove it", (Edit(start, end, ""),)))
            start = line.text.find(self.options.word, end)


class Pattern(PatternRule):
    """A Han number of years stands before 年.

    A pattern rule whose trigger is derived: it has a look-ahead, which Hyperscan cannot run.
    """

    code = "TST002"
    name = "pattern"
    pattern = r"\b[XＸ]{2,4}(?=\p{Han})"
    message = "`{match}` masks something"
    examples = (Bad("在 ⟦XX⟧年"), Bad("⟦ＸＸ⟧省"), Good("XXL"))


class Controls(DocumentRule):
    """The text has control characters.

    A document rule that the census screens, with an unsafe fix.
    """

    code = "TST003"
    name = "controls"
    examples = (Bad("a⟦\x05⟧b", "ab"), Good("a\tb\n"))

    def wants(self, census: Census) -> bool:
        return census.control > 0

    def check(self, document: Document) -> Iterable[Finding]:
        for offset, character in enumerate(document.text):
            if character < "\x09":
                edits = (Edit(offset, offset + 1, ""),)
                yield Finding(offset, offset + 1, "a control", Fix("remove it", edits, Applicability.UNSAFE))
