"""Whether a sentence goes on behind a line break, and how sure that is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence
from corpus_lint.named_tuple import NamedTuple

from ._layout import (
    HAN,
    PARAGRAPH,
    always_ends_sentences,
    ends_sentences,
    has_empty_lines,
    is_verse,
    parts_by_empty_lines,
)
from ._seams import joined
from ._words import band, is_split

if TYPE_CHECKING:
    from corpus_lint.document import Document, Line

NEVER_FIRST = "，。、；"
"""Marks with which no line begins."""
CLOSING = {"）": "（", "》": "《", "」": "「", "』": "『", "”": "“"}
BOUND = ("的", "了", "们", "及", "以及", "等")
"""What a sentence goes on with and hardly ever begins with."""
JOINING = ("和", "与", "并", "或", "而")
"""What a sentence goes on with and may begin with."""
GOING_ON = "，、"
"""Marks behind which a sentence goes on."""
UNFINISHED = (
    *("以及", "并且", "而且", "因为", "如果", "由于", "关于", "对于", "相关", "有关"),
    *"和与及或把被从向在对为将",
)
"""Words with which no sentence ends; some of them may end in a word that does."""
DOUBTFUL = frozenset(("相关", "有关"))
OPENERS = (
    r"(?:为了?|根据|按照|随着|由于|针对|通过|围绕|经过|關於|关于|在|自从?|當|当|為了?|根據|隨著|針對|通過|圍繞|經過)"
)
"""Words with which an adverbial clause begins; a line that is one such clause is no sentence."""
LONG = 20
"""Characters from which a line is a paragraph and not a title, a label or a verse."""
FRAGMENT = 15
"""Characters up to which a line that ends a sentence may be the rest of one."""
CLAUSE, SENTENCES = 10, 3
"""Characters of a line that says something, and so many such lines around a cut one that end their sentences."""
SENTENCE_END = "[。！？!?…][”」』）]?$"
SALUTATION = "^(?:尊敬|亲爱|敬爱|各位|親愛|敬愛)|(?:们|們|先生|女士|领导|領導|同志|朋友|老师|老師|你好|您好)[，,]$"
LIKELY, SURE = 1.0, 2.0
"""From what score of `joined` a paragraph goes on: one of several sentences, and any line of prose."""
CAPTION = 24
"""Characters behind the last full stop that may be the name of a photographer."""


class Verdict(NamedTuple):
    """How sure it is (None: as the rule), why, and whether the halves are to be joined."""

    confidence: Confidence | None
    why: str
    joins: bool = True


def judge(before: str, after: str, line: Line, next_to: bool) -> Verdict | None:
    """Why a sentence runs from one line into the next, and how sure that is; None when it does not.

    Args:
        before: the nearest line before that is not empty, without white space around.
        after: likewise the line itself.
        line: that line.
        next_to: whether no empty line is between them.
    """
    first, last = after[0], before[-1]
    if first in NEVER_FIRST:
        if after[1:2] == "\t":
            return None  # a token a line, and what it is
        if len(before) < 4 or (after.strip("。，、；… ") == "" and len(before) < FRAGMENT) or after[1:2] == first:
            return None
        is_text = _han().match(last) or last in '”）》)"' or last.isalpha()
        return Verdict(None, f"no line begins with `{first}`") if is_text else None
    if first in CLOSING:
        opening = CLOSING[first]
        if before.count(opening) <= before.count(first) or len(before) < 4 or not _han().match(last):
            return None
        return Verdict(None, f"`{first}` closes a bracket of the line before")
    if not _han().match(first):
        return None
    if next_to and has_empty_lines(line.document):
        # Paragraphs are parted by empty lines: the source may break lines where it likes, as Markdown does.
        if parts_by_empty_lines(line.document):
            verdict = _between_han(before, after, line) if is_split(before[-3:], after[:3]) else None
            return verdict if verdict is not None and always_ends_sentences(line.document) else None
        if not always_ends_sentences(line.document):
            return None
    if last in GOING_ON:
        return _after_comma(before, after, line, next_to)
    if not _han().match(last) or len(before) < FRAGMENT:
        return None
    if not mark().search(after):
        return None
    return _between_han(before, after, line) or _open_end(before, after, line.document)


def _after_comma(before: str, after: str, line: Line, next_to: bool) -> Verdict | None:
    if _is_only_open_line(before, after, line) and not _is_poem(before, after):
        return Verdict(None, f"of the lines around, only the one before ends with `{before[-1]}`")
    if len(before) < LONG or is_verse(line, before, after) or not mark().search(after) or "|" in after:
        return None
    if not re.search("[，。；、,]", before[:-1]) or re.match(
        "(?:尊敬|亲爱|敬爱|各位|親愛|敬愛)", before.lstrip("　 \xa0")
    ):
        return None
    sure = always_ends_sentences(line.document) and re.search("[。！”」…]$", after) and not _is_poem(before, after)
    loose = next_to and has_empty_lines(line.document)
    return Verdict(None if sure and not loose else Confidence.MEDIUM, f"the line before ends with `{before[-1]}`")


def _is_only_open_line(before: str, after: str, line: Line) -> bool:
    """Whether every line around is a sentence of its own, so that the one before was cut: verse has more such lines."""
    clauses = re.split("[，。；！？：、,]", before.strip()[:-1])
    is_metric = len(clauses) > 1 and len(set(map(len, clauses))) == 1
    if len(before) < CLAUSE or is_metric or re.search(SALUTATION, before) or not re.search(SENTENCE_END, after):
        return False
    around = [text.strip() for step in (-5, -4, -3, -2, 1, 2, 3, 4) if (text := line.neighbour(step)) and text.strip()]
    return len(around) >= SENTENCES and all(len(text) >= CLAUSE and re.search(SENTENCE_END, text) for text in around)


def _is_poem(before: str, after: str) -> bool:
    """Whether both lines are clauses of one length, as verse that a novel quotes."""
    lines = (re.split("[，。；！？：、,]", text.strip()[:-1]) for text in (before, after))
    return len({len(clause.strip("“”「」 ")) for clauses in lines for clause in clauses}) == 1


def _between_han(before: str, after: str, line: Line) -> Verdict | None:
    """A break between two Han characters, the second line with a mark in it, where a word shows it."""
    is_prose = comma().search(before) is not None
    head = re.match(f"[{HAN}]*", after)[0]  # type: ignore[index]
    tail = re.search(f"[{HAN}]*$", before)[0]  # type: ignore[index]
    if is_prose and is_split(tail[-3:], head[:3]) and ends_sentences(line.document):
        sure = len(head) == 1 or "。" in before or joined(before, after) >= SURE
        return Verdict(None if sure else Confidence.MEDIUM, f"it cuts the word {tail[-1]}{head[0]}")
    if after.startswith(BOUND) and band(after[:2]) is None and (is_prose or len(before) >= LONG):
        return Verdict(None if is_prose else Confidence.MEDIUM, f"no sentence begins with {after[0]}")
    if after.startswith(JOINING) and len(before) >= LONG and ends_sentences(line.document):
        clause = re.match(OPENERS, before) and not is_prose
        return Verdict(None if clause else Confidence.MEDIUM, f"the sentence goes on with {after[0]}")
    ender = next((word for word in UNFINISHED if before.endswith(word)), None)
    if ender is not None and _is_whole(before, ender):
        return None
    if ender is not None and is_prose and (len(ender) == 2 or band(before[-2:]) is None):
        rest = len(after) <= FRAGMENT and after[-1] in "。！？" and "。" in before
        sure = ender not in DOUBTFUL or rest or joined(before, after) >= SURE
        certain = sure and ends_sentences(line.document)
        return Verdict(None if certain else Confidence.MEDIUM, f"no sentence ends with {ender}")
    return None


def _is_whole(before: str, ender: str) -> bool:
    """Whether a line may end with such a word: a sum (的和, 之和), a relation (与…有关), or a name (　独孤及)."""
    if ender == "和":
        return before[-2:-1] in ("的", "之") and band(before[-3:-1]) is None
    if ender in DOUBTFUL:
        return re.search("[与與和同跟][^，。；]*$", before[:-2]) is not None
    return re.search("\u3000\\S{1,4}$", before) is not None


def _open_end(before: str, after: str, document: Document) -> Verdict | None:
    """A paragraph without a mark at its end, in a document whose paragraphs have one."""
    if not comma().search(before) or not always_ends_sentences(document):
        return None
    sentence = "。" in before and not _is_caption(before)
    score = joined(before, after)
    if (sentence and score >= LIKELY) or (
        len(before) >= PARAGRAPH and score >= SURE and re.search("。[”」]?$", after) and not _is_caption(before)
    ):
        return Verdict(None, f"the paragraph goes on behind `{before[-4:]}`, and has no mark there")
    if sentence and re.search("[。！？][”」]?$", after):
        return Verdict(
            Confidence.MEDIUM,
            f"the paragraph has no mark behind `{before[-4:]}`, as the others have: it was cut, or lost its full stop",
            joins=False,
        )
    return None


def _is_caption(text: str) -> bool:
    """Whether the text ends with the source of a picture: a few words with spaces, behind a full stop."""
    tail = re.split("[。！？]", text)[-1].strip()
    return len(tail) <= CAPTION and re.search(r"[\s/|｜]|[摄攝图圖]$", tail) is not None


@cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")


@cache
def comma() -> re.Pattern[str]:
    """A mark inside a line of prose."""
    return re.compile("[，。；,]")


@cache
def mark() -> re.Pattern[str]:
    """A mark that shows that a line is prose."""
    return re.compile("[，。；！？,]")
