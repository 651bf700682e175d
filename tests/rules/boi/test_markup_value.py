"""BOI008 of a text that is an element from end to end: it may be meant as one."""

from __future__ import annotations

import pytest

from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Applicability, Confidence
from corpus_lint_rules.boi.markup_remnant import MarkupRemnant


@pytest.mark.parametrize(
    ("text", "is_value"),
    [
        ("<p>This is some text</p>", True),
        ('<img src="a.png" alt="Bird">', True),
        ("<table> </table>", True),
        ('<button type="button"><a href="https://example.com">Here</a> </button>\n', True),
        ("<p>one</p><p>two</p>", False),
        ("one<br>two", False),
        ("<p>" + "长" * 200 + "</p>", False),
        ("<p>one</p>\ntwo", False),
    ],
)
def test_values(text: str, is_value: bool) -> None:
    results = Engine([MarkupRemnant()]).check([Document(text)])
    assert results
    for _, _, finding in results:
        assert finding.fix is not None
        assert (finding.confidence is Confidence.MEDIUM) == is_value
        assert (finding.fix.applicability is Applicability.UNSAFE) == is_value
