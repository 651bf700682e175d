"""Anchors: the plain text inside a phrase of which its triggers are made, in every spelling.

Folding makes one spelling of many; the screen sees the raw bytes. So a trigger is made for each spelling of the
anchor, and a phrase counts only where one of them stands (`is_triggered`): what the screen cannot see, no check of
this family accepts.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.census import class_of
from corpus_lint.folding import reading_spans, unfolded
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import SHORT_LINE, Trigger
from corpus_lint.tables import CharacterClass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONG_RUN = 4
"""Han, kana or Hangul characters from which a run of plain text is so rare in prose that it triggers anywhere."""
LONG_LETTERS = 9
"""The same for letters of alphabets."""
MOST_HAN = 4
"""Most characters of a run with Han that go into a trigger: fewer spellings, and fewer places for a space."""
MOST_LETTERS = 24
"""Most characters of a run in an alphabet that go into a trigger."""
MARK_BYTES = 12
"""Bytes of marks that may stand between a short anchor and the start or the end of its line."""
REST_BYTES = 90
"""Bytes that may stand behind a short anchor in the middle of a line: such a line is short."""
NUMBER_BYTES = 16
"""Bytes between the last digit of a number and the run behind it: 1.2万+, white space."""
COMMON = frozenset({
    *("建议使用", "推荐使用", "显示所有", "使用其他", "下一篇文", "一篇文章", "可以输入", "你的浏览", "的浏览器"),
    *("查看所有", "查看更多", "官方微博", "投诉举报", "微信公众", "信公众号", "文件格式", "文件大小"),
})  # fmt: skip
"""Runs of four characters that prose has often all the same."""
LONGEST_COMMON = 6
"""Characters of a run that is taken whole when its pieces are such."""
SPACES = rb"(?:[ \t]|\xc2\xa0|\xe3\x80\x80){0,2}"
DIGIT = rb"(?:[0-9]|\xef\xbc[\x90-\x99])"
TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


class Anchor(NamedTuple):
    """A run of plain text as it was written, and what stands around it.

    Prose often has a short run, so its triggers look at what stands around it: ``head`` says that nothing but marks
    may stand in front of it, ``tail`` behind it, ``digit`` that a number follows, ``number`` that one is in front, and
    ``behind`` has texts one of which follows, at some distance.
    """

    run: str
    short: bool
    head: bool = False
    tail: bool = False
    digit: bool = False
    number: bool = False
    behind: tuple[str, ...] = ()

    @property
    def widest(self) -> Anchor:
        """The same without what makes its trigger more exact."""
        return self._replace(number=False, behind=())


def make_anchor(
    run: str, *, first: bool, last: bool, digit: bool, number: bool = False, behind: Iterable[str] = ()
) -> Anchor:
    """The anchor for a run that is the first or the last thing of a line, or has a number behind it or in front.

    ``behind`` are texts one of which follows.
    """
    piece = clipped(run)
    if not is_short(piece):
        return Anchor(piece, short=False)
    begins, ends = run.startswith(piece), run.endswith(piece)
    head, tail, digit, number = first and begins, last and ends, digit and ends, number and begins
    is_word = piece.isalnum()  # with a mark in it, it is no word of prose
    words = () if tail or digit or not is_word else (max(text.split(), key=len) for text in behind)
    needed = tuple(dict.fromkeys(map(clipped, words)))
    return Anchor(piece, True, head, tail, digit, number, needed)


def clipped(run: str) -> str:
    """The part of a run of plain text that goes into the trigger: of a long run the piece with fewest spellings."""
    if not any("\u3400" <= c <= "\u9fff" for c in run):
        if len(run) <= MOST_LETTERS:
            return run
        at = run.rfind(" ", 0, MOST_LETTERS + 1)
        return run[:at] if at > 0 else run[:MOST_LETTERS]
    pieces = [run[start : start + MOST_HAN].strip() for start in range(max(1, len(run) - MOST_HAN + 1))]
    piece = min(pieces, key=_cost)
    return run if piece in COMMON and len(run) <= LONGEST_COMMON else piece


def _cost(piece: str) -> tuple[bool, int, int, int]:
    return piece in COMMON, sum(c < "\u3400" for c in piece), -len(piece), len(spellings(piece))


def is_short(run: str) -> bool:
    """Whether a run is so short that prose has it often, or one that it has often though it is long."""
    if run[:MOST_HAN] in COMMON:
        return True
    return len(run) < (LONG_RUN if run[-1] >= "\u2e80" or run[0] >= "\u2e80" else LONG_LETTERS)


def triggers_for(anchors: Iterable[Anchor]) -> list[Trigger]:
    """Triggers for the anchors: each once, and none for an anchor that holds another one."""
    anchors = dict.fromkeys(anchors)
    anchors = [anchor for anchor in anchors if anchor.widest == anchor or anchor.widest not in anchors]
    anywhere = {anchor.run for anchor in anchors if not anchor.short}
    found: dict[Trigger, None] = {}
    for anchor in anchors:
        run = anchor.run
        parts = (run[i:j] for i in range(len(run)) for j in range(i + LONG_RUN, len(run) + (i > 0)))
        if not any(part in anywhere for part in parts):
            found.update(dict.fromkeys(triggers_of(anchor)))
    return list(found)


@cache
def triggers_of(anchor: Anchor) -> tuple[Trigger, ...]:
    """The triggers of an anchor: a literal for each spelling, or one expression for all that a literal cannot say."""
    caseless = any("a" <= c <= "z" or "A" <= c <= "Z" for text in (anchor.run, *anchor.behind) for c in text)
    forms = [form.encode() for form in spellings(anchor.run)]
    if not anchor.short:
        return tuple(Trigger(form, is_literal=True, caseless=caseless) for form in forms)
    is_bare = anchor == anchor.widest and not anchor.digit and not anchor.run.isascii()
    if is_bare and all(c.isalnum() or c == " " for c in anchor.run):
        head = MARK_BYTES if anchor.head else None
        tail = MARK_BYTES if anchor.tail else None if anchor.head else REST_BYTES
        near = Trigger(b"", is_literal=True, caseless=caseless, in_short_lines=True, head=head, tail=tail)
        return tuple(near._replace(pattern=form) for form in forms)
    mark = rb"[^\na-zA-Z0-9]" if anchor.run.isascii() else rb"[^\n]"
    front = b"\\n%s{0,%d}" % (mark, MARK_BYTES) if anchor.head else b""
    if anchor.number:
        front = DIGIT + b"[^\\n]{0,%d}" % NUMBER_BYTES
    if anchor.digit:
        back = rb"[^\n0-9]{0,6}" + DIGIT
    elif anchor.behind:
        back = rb"[^\n]*(?:" + b"|".join(_spaced(form) for text in anchor.behind for form in spellings(text)) + b")"
    elif anchor.head and not anchor.tail:
        back = b""
    else:
        back = b"%s{0,%d}\\n" % ((mark, MARK_BYTES) if anchor.tail else (rb"[^\n]", REST_BYTES))
    pattern = front + b"(?:" + b"|".join(map(_spaced, spellings(anchor.run))) + b")" + back
    return (Trigger(pattern, caseless=caseless, in_short_lines=True),)


def _spaced(form: str) -> bytes:
    """An expression for a spelling in which white space may stand between words and marks: 首页 > 新闻."""
    pieces: list[bytes] = []
    for before, character in zip(" " + form, form, strict=False):
        if " " not in before + character and before.isalnum() != character.isalnum():
            pieces.append(SPACES)
        pieces.append(re.escape(character.encode()))
    return b"".join(pieces)


def is_triggered(anchor: Anchor, text: str) -> bool:
    """Whether a trigger of the anchor fires on the line ``text``.

    A reading with a tone mark makes the engine show every line of its document, so such readings are looked through.
    """
    spans = reading_spans(text)
    if not spans and not anchor.short and anchor.run in text:
        return True  # as it is written, which is one of the spellings
    if spans and any(TONES.intersection(text[start:end]) for start, end in spans):
        for start, end in reversed(spans):
            text = text[:start] + text[end:]
    data = b"\n" + text.encode("utf-8", "surrogatepass") + b"\n"
    return fires(anchor, data)


def fires(anchor: Anchor, data: bytes) -> bool:
    """Whether a trigger of the anchor fires on a line with a line feed on both sides."""
    is_short = len(data) <= SHORT_LINE + 2
    return any(_fires(trigger, data) for trigger in triggers_of(anchor) if is_short or not trigger.in_short_lines)


def _fires(trigger: Trigger, data: bytes) -> bool:
    """Whether a trigger fires on a line with a line feed on both sides."""
    if trigger.is_literal and not trigger.caseless and trigger.head is trigger.tail is None:
        return trigger.pattern in data
    return _search(trigger)(data) is not None


@cache
def _search(trigger: Trigger) -> Callable[[bytes], object]:
    """A search for the trigger by ``re``, which agrees with Hyperscan on these patterns."""
    source = re.escape(trigger.pattern) if trigger.is_literal else trigger.pattern
    if trigger.head is not None:
        source = b"\\n[^\\n]{0,%d}" % trigger.head + source
    if trigger.tail is not None:
        source += b"[^\\n]{0,%d}\\n" % trigger.tail
    return re.compile(source, re.IGNORECASE if trigger.caseless else 0).search


def spellings(run: str) -> list[str]:
    """The ways to write a run: simplified and traditional, full width and half width, capitals.

    A traditional spelling is traditional throughout, but for characters that both scripts use (于, 后), which
    converters leave. Letters of alphabets other than Latin, whose case Hyperscan does not fold, come in lower case,
    capitals and both customary mixtures. Compatibility characters are left out.
    """
    if any(c.islower() and c > "\x7f" for c in run):
        return sorted({run, run.upper(), run.capitalize(), run.title()})
    widths = [(c, *_marks().get(c, "")) if c < "\x80" else (c,) for c in run]
    forms = dict.fromkeys("".join(form) for form in product(*widths))
    if any(map(_traditional, run)):
        for form in list(forms):
            forms.update(dict.fromkeys("".join(other) for other in product(*(_traditional(c) or c for c in form))))
    return list(forms)


@cache
def _marks() -> dict[str, str]:
    """The full-width form of each ASCII mark."""
    return {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()}


@cache
def _traditional(character: str) -> str:
    """What traditional text has for a simplified character; nothing when that is no other."""
    others = [c for c in unfolded().get(character, "") if "\u3400" <= c < "\ua000" and c != character]
    if not others:
        return ""
    simplified_only = class_of(ord(character)) == CharacterClass.SIMPLIFIED
    return "".join(([] if simplified_only else [character]) + others)
