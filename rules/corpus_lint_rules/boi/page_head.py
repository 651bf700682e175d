"""BOI013: the heads, feet and numbers of a book's pages."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from operator import eq
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Finding
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RegionRule, expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line

FEWEST = 3
"""Pages of which a text must have the head."""
FEWEST_NUMBERS = 2
"""The same where the number stands between dashes and is nothing else."""
LATER = 4
"""Number of the first page from which on a run of numbers began somewhere else, and so is none of a list here."""
STEP = 2
"""Pages from a head to the next one, as odd and even pages may have heads of their own."""
LONGEST = 60
"""Characters of a head."""
LABEL = 6
"""Han characters of a title; a word of Latin letters counts as two."""
PROSE = 14
"""Characters of a line of text between two pages, or of one that a page cuts."""
PAGE = 80
"""Characters between two numbers, at least once, where numbers alone are those of pages: less is an item of a list."""
NUMBERED = (
    r"[#|>*=+]|(?:第|图|圖|表|例|题|題|問|问|练习|練習|实验|實驗|附录|附錄|案例|步骤|步驟|示例|习题|方法|阶段)"
    r"|(?i:fig|table|step|question|exercise|example|chapter|section|part|lesson|unit|day|week|act|scene|volume|level|case"
    r"|note|item|article|appendix|option|version|season|episode|round|test|type|group|class|phase|stage|season|vol|no)\b"
)
"""How the labels begin that number something of the text itself."""
HEAD = (
    r"\s*(?:(?P<dash>[-–—─·•~]{1,2})\s*(?P<between>\d{1,4})\s*(?P=dash)|(?P<alone>\d{1,4})"
    r"|(?P<before>\S.*?\S)[\s|·•—–-]+(?P<last>\d{1,4})|(?P<first>\d{1,4})[\s|·•—–-]+(?P<behind>[^\W\d].*?\S))\s*"
)
ENDS = r"[。．.！!？?：:；;…”’」』）)\]】\"'—-]\s*$"
GOES_ON = r"\s*[a-zà-öø-ÿа-яё\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af]"


class Head(NamedTuple):
    """A line that may be the head of a page: its number and the page's."""

    line: Line
    page: int


class PageHead(RegionRule):
    """The head, the foot or the number of a printed page stands between the lines of the text.

    Text that was taken from a PDF or a scan has, once a page, the title of the book or the chapter and the number of
    the page: `海州渔业史话 27`, `HARBOURS OF THE COAST 41`, `— 28 —`. They cut sentences in two, and a model learns to
    write a title in the middle of one.

    Such lines say the same, and their numbers rise by one or two: three of them, or two numbers between dashes. On
    facing pages two titles take turns (第三章 渔船 35, 36 海州渔业史话, 第三章 渔船 37), and the number rises by one.
    They count where one of them cuts a sentence, or where the numbers begin so late (at 4) that they count no parts of
    this text; a number alone counts where at least two of them cut a sentence. Left alone: what numbers parts of the
    text (第3章, Figure 2, Exercise 5), years, lists without text between, subtitles, code.

    The fix deletes the lines; it is unsafe, as it does not join what they have cut.
    """

    code = "BOI013"
    name = "page-head"
    examples = (
        Bad(
            "⟦海州渔业史话 27⟧\n明代这里只有十几户人家，多靠捕\n⟦海州渔业史话 28⟧\n捞近海的小鱼为生，逢年过节才进城。\n"
            "⟦海州渔业史话 29⟧\n民国初年，第一家冰厂建成，渔获可以运到更远的城市。\n",
            "明代这里只有十几户人家，多靠捕\n捞近海的小鱼为生，逢年过节才进城。\n"
            "民国初年，第一家冰厂建成，渔获可以运到更远的城市。\n",
        ),
        Bad(
            "The basin was deepened by then.\n⟦HARBOURS OF THE COAST 41⟧\nThe fleet had shrunk, and the\n"
            "⟦HARBOURS OF THE COAST 42⟧\nlast cannery followed it.\n⟦HARBOURS OF THE COAST 43⟧\n",
            "The basin was deepened by then.\nThe fleet had shrunk, and the\nlast cannery followed it.\n",
        ),
        Bad(
            "地方志记载，港内有船三百余艘，其余都\n⟦— 28 —⟧\n是在内湾捕虾的小船，到了乾隆以后才有大船。\n⟦— 29 —⟧\n",
            "地方志记载，港内有船三百余艘，其余都\n是在内湾捕虾的小船，到了乾隆以后才有大船。\n",
        ),
        # Facing pages: the chapter on the right one, the book on the left one.
        Bad(
            "⟦第三章 海州的渔船 35⟧\n明代这里只有十几户人家，靠捕近海的鱼为生。\n"
            "⟦36 海州渔业史话⟧\n逢年过节才进城，把晒好的鱼干换成布和盐。\n"
            "⟦第三章 海州的渔船 37⟧\n民国初年，第一家冰厂建成，渔获可以运到更远的城市。\n",
            "明代这里只有十几户人家，靠捕近海的鱼为生。\n逢年过节才进城，把晒好的鱼干换成布和盐。\n"
            "民国初年，第一家冰厂建成，渔获可以运到更远的城市。\n",
        ),
        Good("练习 1\n把下面的句子翻译成英文，注意动词的时态。\n练习 2\n阅读下面的短文，回答后面的问题。\n练习 3\n"),
        Good(
            "问题 7\n怎样知道一条鱼新鲜不新鲜，要看哪些地方？\n8 个要点\n先看眼睛，再看腮，最后按一按鱼身上的肉。\n"
            "问题 9\n买回来的鱼应该放在哪里，可以放多久？\n9 个办法\n最好当天吃完，吃不完的要抹盐晾干。\n"
        ),
        Good("Boats of the harbour 1\nBoats of the harbour 2\nBoats of the harbour 3\n"),
        Good(
            "海州新闻简报 2001\n今年的渔获比去年少，价钱涨了两成。\n"
            "海州新闻简报 2002\n今年的渔获比去年多，价钱跌了两成。\n海州新闻简报 2003\n"
        ),
        Good("1\n他站在船头，望着远处的灯塔，一句话也没有说。\n2\n天亮的时候，船已经到了岛的另一边。\n3\n"),
        # A list of other pages, each behind its rank.
        Good(
            "1\n海上风电场并网之后，渔民的日子怎么过\n2\n老码头的冷库拆了，鱼价涨了两成\n3\n休渔期里的一家三口和他们的船\n"
        ),
    )
    triggers = (
        expression(r"(?m)[^0-9\n][ \t|-][0-9]{1,4}[ \t]*\r?$", apart=True),
        expression(r"(?m)^[ \t]*[0-9]{1,4}(?:[ \t|]|\r?$)", apart=True),
        expression(r"(?m)^[ \t]*(?:-|–|—|─|·|•|~){1,2}[ \t]*[0-9]{1,4}[ \t]*(?:-|–|—|─|·|•|~)", apart=True),
    )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """A finding for each head of a page."""
        heads: defaultdict[str, list[Head]] = defaultdict(list)
        titled: list[tuple[str, Head]] = []
        for line in lines:
            if len(line.text) > 2 * LONGEST or document.markup.in_code(line.start):
                continue
            match = _compiled(HEAD).fullmatch(line.text)
            if match is None or len(line.text.strip()) > LONGEST:
                continue
            label = match["before"] or match["behind"] or (match["dash"] and "—") or ""
            page = int(match["between"] or match["alone"] or match["last"] or match["first"])
            if _is_long(label):
                titled.append((label, Head(line, page)))
            if label in ("", "—") or (_is_title(label) and not 1900 <= page < 2100):
                heads[label].append(Head(line, page))
        found = {
            head.line.start: head.line
            for label, of_label in heads.items()
            for run in _runs(of_label)
            if _are_pages(label, run)
            for head in run
        }
        found.update((head.line.start, head.line) for head in _alternating(titled))
        yield from (_finding(line) for _, line in sorted(found.items()))


def _is_title(label: str) -> bool:
    """Whether a label is long enough for a title, and does not number something."""
    if _compiled(NUMBERED).match(label) or _compiled(r"[\d|=:：,，。;；]").search(label):
        return False
    return _is_long(label)


def _is_long(label: str) -> bool:
    words = _compiled(r"[^\W\d_\u3040-\uffff]{2,}").findall(label)
    return sum(1 for c in label if c >= "\u3040") + 2 * len(words) >= LABEL


def _runs(heads: Sequence[Head]) -> list[list[Head]]:
    """The stretches of heads whose pages follow one another, with text between."""
    found = [[heads[0]]]
    for one, two in pairwise(heads):
        if 0 < two.page - one.page <= STEP and _has_prose(one.line, two.line):
            found[-1].append(two)
        else:
            found.append([two])
    return found


def _alternating(titled: Sequence[tuple[str, Head]]) -> Iterator[Head]:
    """The heads of facing pages, of which the even ones name the book and the odd ones the chapter.

    The number stands at the outer edge: on one page in front of the title, on the next one behind it.
    """
    runs = [list(titled[:1])]
    for one, two in pairwise(titled):
        is_next = two[1].page == one[1].page + 1 and one[0] != two[0] and _leads(one[1].line) != _leads(two[1].line)
        if is_next and _has_prose(one[1].line, two[1].line):
            runs[-1].append(two)
        else:
            runs.append([two])
    for run in runs:
        labels, heads = [label for label, _ in run], [head for _, head in run]
        if len(run) >= FEWEST and any(map(eq, labels, labels[2:])) and _are_late(heads):
            yield from heads


def _leads(line: Line) -> bool:
    """Whether the number of the page stands in front of the title."""
    return line.text.lstrip()[:1].isdigit()


def _are_late(run: Sequence[Head]) -> bool:
    """Whether the heads cut a sentence, or their numbers begin where those of a text's parts do not."""
    return run[0].page >= LATER or any(_cuts(head.line) for head in run)


def _has_prose(one: Line, two: Line) -> bool:
    document = one.document
    return any(len(document.line_text(index).strip()) >= PROSE for index in range(one.index + 1, two.index))


def _length_between(one: Line, two: Line) -> int:
    document = one.document
    return sum(len(document.line_text(index).strip()) for index in range(one.index + 1, two.index))


def _are_pages(label: str, run: Sequence[Head]) -> bool:
    """Whether a run of heads is that of pages, and not of parts of the text."""
    if len(run) < (FEWEST_NUMBERS if label == "—" else FEWEST):
        return False
    if not label:
        cuts = sum(_cuts(head.line) for head in run)
        is_paged = any(_length_between(one.line, two.line) >= PAGE for one, two in pairwise(run))
        return cuts >= FEWEST_NUMBERS and is_paged
    return _are_late(run)


def _cuts(line: Line) -> bool:
    """Whether a sentence begins before a line and goes on behind it."""
    before, behind = _nearest(line, -1), _nearest(line, 1)
    return (
        len(before.strip()) >= PROSE
        and len(behind.strip()) >= PROSE
        and "-->" not in behind
        and not _compiled(ENDS).search(before)
        and _compiled(GOES_ON).match(behind) is not None
    )


def _nearest(line: Line, step: int) -> str:
    """The nearest line on one side that is not blank."""
    document = line.document
    index = line.index + step
    while 0 <= index < len(document.line_starts):
        if document.line_text(index).strip():
            return document.line_text(index)
        index += step
    return ""


def _finding(line: Line) -> Finding:
    from . import _deletion as deletion

    start, end = deletion.line_span(line.text)
    fix = deletion.delete_line(line, lambda text: False, Applicability.UNSAFE)
    message = "head or number of a printed page, between the lines of the text; delete the line"
    return Finding(start, end, message, fix).shifted(line.start)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
