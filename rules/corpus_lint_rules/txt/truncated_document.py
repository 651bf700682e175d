"""TXT002 truncated-document."""

from __future__ import annotations

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence, Finding
from corpus_lint.rule import Bad, DocumentRule, Good

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.census import Census
    from corpus_lint.document import Document

LEAST = 100
"""Han characters that a document has at least before its end says anything."""
ENOUGH = 300
"""Those that it has before an end says anything that a sentence might have."""
PARAGRAPHS = 6
"""Other paragraphs that must be there then, and end with a mark nearly all."""
FEW = 2
"""Those that must be there, and all end with one, where the last ends in a word or with a comma."""
ENDED = 0.9
IMPOSSIBLE, POSSIBLE = -0.5, 1.0
"""Scores of `at_end`: a sentence hardly ever ends so, and it may well end so, with a full stop forgotten."""
NO_END = -9.0
"""The score of what no sentence ends with."""
STOPS = "。！？!?…"
TAIL, TAIL_LENGTH = 12, 1000
"""Lines after the last paragraph that may be the furniture of the page, and characters in which it is looked for."""
TEXT = 2 * "".join(
    f"第{n}点，要提高认识，加强领导，落实责任，完善制度，加强检查，确保防范工作取得实实在在的成效和进步。\n"
    for n in "一二三四"
)
LAST = "最后，要积极争取资源，引进更为先进的预警监测系统，提升识别和拦截诈骗的能力。"
"""A document for the examples, and how its last paragraph begins."""


class TruncatedDocument(DocumentRule):
    """The document stops before its end.

    A preview was cut at a number of characters: 加强数据分析研. A model learns to stop in the middle of a word, and
    what the document says is not what it says in full. The rest is not known, so there is no fix: fetch the whole
    document, or drop the last paragraph.

    A document that ends inside a word, or with what sentences hardly ever end with, while its other paragraphs end with
    full stops, is certain, also a page of three paragraphs when they all do; one that merely lacks the last full stop
    is of medium confidence, and left alone when its last words often end a sentence. Lines that only belong to the page
    (a site's name, a counter) may follow the cut. Left alone: lists, code, headings, signatures, verse, documents
    shorter than some paragraphs or that do not end their sentences with marks. What says itself that it was cut
    (`...展开全文`) has a rule of its own.

    Source: words of two characters from jieba (MIT licence), ``words.txt``; ``seams.txt`` as for TXT001.
    """

    code = "TXT002"
    name = "truncated-document"
    examples = (
        Bad(TEXT + LAST + "加强数据分⟦析研⟧\n文档网\n\n评论(0)"),
        Bad(TEXT + LAST + "会议指出，各单位应当按照要求，认⟦真把⟧"),
        Bad(2 * LAST + "\n" + 3 * LAST + "\n" + LAST + "加强数据分⟦析研⟧\n"),
        Good(2 * LAST + "\n" + 3 * LAST + "\n" + LAST + "会议号召大家学习\n"),
        Good(TEXT + LAST + "加强数据分析研究工作。\n\n某某单位\n2023年5月1日"),
        Good(TEXT + LAST + "大家都说，这样的活动应该多搞一些才好呢"),
        Good(TEXT + "附：名单\n张三\n李四"),
        Good(LAST + "加强数据分析研"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is enough Chinese prose to see how its paragraphs end."""
        return census.all_han >= LEAST

    def check(self, document: Document) -> Iterable[Finding]:
        """The end of the document, if it is none."""
        ended = _end(document) if self.wants(document.census) else None
        return () if ended is None else (ended,)


def _end(document: Document) -> Finding | None:
    """The end of the last paragraph, when it lacks what the others end with."""
    text = document.text
    tail = text[-TAIL_LENGTH:].rstrip()
    if tail[-1:] in STOPS or ("\n" not in text and "\r" not in text):
        return None  # as nearly every document ends, of which nothing more need be known, or there is one line
    from ._layout import ENDING, HAN, PARAGRAPH

    lines = tail.splitlines()
    for line in reversed(lines[-TAIL - 1 :]):
        last = line.rstrip()
        if not last:
            continue
        if len(last) >= PARAGRAPH:
            break
        if last[-1] in STOPS:
            return None
    else:
        return None
    if last[-1] in ENDING or not re.match(f"[{HAN}，、]", last[-1]):
        return None
    return _judge(document, last)


def _judge(document: Document, last: str) -> Finding | None:
    from ._layout import ENDING, PARAGRAPH, in_fence, is_code, is_heading
    from ._seams import at_end
    from ._words import band, opens_only

    if not re.search("[，。；,]", last):
        return None
    text = document.text
    start = text.rfind(last)
    if is_code(last) or (is_heading(last) and not re.search("[。；]", last)) or in_fence(document, start):
        return None
    paragraphs = [line for line in map(str.rstrip, text[:start].splitlines()) if len(line) >= PARAGRAPH]
    ended = sum(line[-1] in ENDING for line in paragraphs)
    word = opens_only(last[-1]) and band(last[-2:]) is None
    is_open = word or last[-1] in "，、"
    if is_open and FEW <= len(paragraphs) == ended:
        score = NO_END
    elif document.census.all_han < ENOUGH or len(paragraphs) < PARAGRAPHS or ended < ENDED * len(paragraphs):
        return None
    else:
        score = NO_END if is_open else at_end(last)
    linked = re.search(r"\]\([^，。]*$", last) is not None
    if score > POSSIBLE or linked or (score > IMPOSSIBLE and is_heading(last)):
        return None
    end = start + len(last)
    return Finding(
        end - 2,
        end,
        f"the document ends inside a {'word' if word else 'sentence'}: `{last[-12:]}`; "
        f"its other paragraphs end with a mark",
        confidence=None if score <= IMPOSSIBLE else Confidence.MEDIUM,
    )
