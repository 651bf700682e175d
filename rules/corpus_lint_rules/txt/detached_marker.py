"""TXT017: the mark of a list item in a line of its own."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule, expression

from ._layout import in_fence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line

FEWEST = 3
"""Marks of one list; fewer may part the sections of a text."""
FAR = 5
"""Lines from one mark to the next, at most: the items of a list are short, the sections of a story are not."""
LEAST = 2
"""Letters of an item."""
MARK = r"([ \t]*)([-•●▪◦·‣∙])[ \t]*\r?"
ITEM = rf"([ \t]*)(?=[^\n]*(?:[^\W\d_][^\n]*){{{LEAST}}})[^\s|{{}}<>-]"
KEY = r"[\w\"'-]+:(?:\s|$)"
"""How an entry of YAML begins, whose dash may stand alone."""


class DetachedMarker(RegionRule):
    """The mark of a list item stands in a line of its own, and the item in the next: `-`, then 数据分散：….

    Extractors that take the text of a page piece by piece set a line end between the mark and what it marks. A model
    learns dashes that belong to nothing, and whatever counts or cuts lines sees twice as many.

    Three such marks near one another are a list, each with its item directly behind it. Left alone: marks that part
    the sections of a text (few, or with blank lines around), entries of YAML, code, tables.

    The fix joins mark and item; it is unsafe, for the mark may not be one.
    """

    code = "TXT017"
    name = "detached-marker"
    examples = (
        Bad(
            "做日报有三个难处：\n⟦-⟧\n数据分散，要看好几个页面\n⟦-⟧\n格式多，每天都要调整\n⟦-⟧\n时间固定，一天也不能晚\n",
            "做日报有三个难处：\n- 数据分散，要看好几个页面\n- 格式多，每天都要调整\n- 时间固定，一天也不能晚\n",
        ),
        Bad(
            "What you need:\n⟦•⟧\nTwo boards of pine\n⟦•⟧\nA handful of screws\n⟦•⟧\nA saw\n",
            "What you need:\n• Two boards of pine\n• A handful of screws\n• A saw\n",
        ),
        Good("船开走了。\n\n-\n\n第二年春天，他回来了。\n\n-\n\n谁也不认得他。\n\n-\n\n他又走了。\n"),
        Good("船开走了。\n-\n第二年春天，他回来了。\n-\n谁也不认得他。\n"),
        Good("boats:\n-\n  name: Anna\n-\n  name: Berta\n-\n  name: Clara\n"),
        Good("-\nname: Anna\n-\nname: Berta\n-\nname: Clara\n"),
        Good("```\n-\na b\n-\nc d\n-\ne f\n```\n"),
        Good("3\n-\n2\n-\n1\n-\n0\n"),
    )
    triggers = (expression(r"(?m)^[ \t]*(?:-|•|●|▪|◦|·|‣|∙)[ \t]*\r?$", apart=True),)

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """A finding for each mark of a list."""
        marks = [line for line in lines if _is_detached(line)]
        runs = [marks[:1]]
        for one, two in pairwise(marks):
            is_near = two.index - one.index <= FAR and one.text.strip() == two.text.strip()
            if is_near:
                runs[-1].append(two)
            else:
                runs.append([two])
        for run in runs:
            if len(run) >= FEWEST and not in_fence(document, run[0].start):
                yield from map(_finding, run)


def _is_detached(line: Line) -> bool:
    """Whether a line is a mark, and the next one text that is not indented any further."""
    mark = _compiled(MARK).fullmatch(line.text)
    item = _compiled(ITEM).match(line.neighbour(1) or "") if mark else None
    if mark is None or item is None:
        return False
    is_entry = mark[2] == "-" and (len(item[1]) > len(mark[1]) or _compiled(KEY).match(line.neighbour(1) or ""))
    return not is_entry


def _finding(line: Line) -> Finding:
    text = line.text
    start = len(text) - len(text.lstrip())
    starts = line.document.line_starts
    behind = line.neighbour(1) or ""
    end = starts[line.index + 1] - line.start + len(behind) - len(behind.lstrip())
    message = f"`{text.strip()}` marks an item of a list and stands in a line of its own; join it with the item"
    fix = Fix("join it with the item", (Edit(start + 1, end, " "),), Applicability.UNSAFE)
    return Finding(start, start + 1, message, fix).shifted(line.start)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
