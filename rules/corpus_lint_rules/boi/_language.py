"""The language in which phrases are written, and what expressions it stands for.

A phrase is written in simplified characters and lower case and describes a *whole line* as folding leaves it (script,
width, case, white space and injected readings make no difference). In it

* ``…`` is any text without a sentence mark, ``……`` any text at all (also none);
* ``{n}`` is a number (1,234 or 1.2万), ``{year}`` a year or a span of years, ``{date}`` a date, maybe with a time,
  ``{name}`` 1 to 20 characters without marks, ``{han}`` 1 to 8 Han characters, ``{url}`` an address of the web,
  ``{mail}`` one for mail, ``{code}`` the number of a licence (沪B2-20090059), ``{size}`` the size of a file (6.05K);
  ``{n?}`` and so on may be missing;
* ``{a|b}`` is either, ``{a|}`` may be missing;
* `` ` `` on both sides marks the part of which the trigger is made; without it, the longest run of plain text;
* everything else, white space apart, stands for itself. White space counts in the trigger only: ``版 权 所 有`` is
  another phrase than ``版权所有``, and both are written where a site may do either.

Marks and bullets around the phrase are allowed: ``【返回顶部】``, ``>> 更多``, ``| 登录 |``.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

from . import _anchors as anchors
from ._anchors import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKS = "|·•…>»›«‹<-–—―=*_~◆◇■□●○◎★☆▶►▲▼△▷→←↑↓⇧↵✕×☰【】[]()「」『』:,，。.、!/\\+^\"'“”‘’©®&"
"""What may stand around a phrase; white space is folded away."""
MARKS_BUT_COLON = MARKS.replace(":", "")
MARKS_BUT_STOP = MARKS.replace("。", "")
BRACKETS = "[【("
"""A phrase that begins so is only a phrase with its brackets."""
SENTENCE_MARKS = "。!?;"
TOKEN = r"(?P<any>……)|(?P<some>…)|\{(?P<slot>[^{}]*)\}|(?P<tick>`)|(?P<text>[^…{}`]+)"
ANY = ".*"
"""The pattern of any text."""
MOST_CHOICES = 64
"""Texts that are looked for one by one in place of one expression."""
SLOTS = {
    "n": r"[0-9](?:[0-9,.]*[0-9])?[万千亿k]?\+?",
    "year": r"(?:19|20)[0-9]{2}(?:[-–—~～,](?:(?:19|20)?[0-9]{2}|至今|present))*",
    "date": r"(?:[0-9]{4}|[0-9]{2})[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
    r"(?:[,t]?[0-9]{1,2}[:时][0-9]{2}(?::?[0-9]{2}|分)?)?",
    "name": r"[^。!?;:,|()<>\[\]…]{1,20}",
    "han": r"[\u4e00-\u9fff]{1,8}",
    "code": r"[:(\[〔]?[\u4e00-\u9fff]{0,3}[)\]〕]?[(\[〔a-z0-9-]{3,}",
    "size": r"[0-9][0-9.]*[kmg]b?",
    "url": r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}[a-z0-9/._?=&%#-]*",
    "mail": r"[a-z0-9._-]+@[a-z0-9.-]+",
}


class Phrase(NamedTuple):
    """A phrase: what its anchor is, and an expression for it on folded text.

    ``pattern`` is None when the phrase is plain text, which is ``text`` then; else ``text`` is the folded anchor.
    A line that the pattern matches begins with ``head`` and ends with ``tail``, marks before and behind them apart.
    """

    pattern: str | None
    text: str
    anchor: Anchor
    head: str = ""
    tail: str = ""


def bare(folded: str) -> str:
    """A folded line without the marks around it, a colon behind it apart; a line of marks only stays."""
    return folded.lstrip(MARKS).rstrip(MARKS_BUT_COLON) or folded


def alternatives(phrase: str) -> Iterator[str]:
    """The phrase, once for each choice of those ``{a|b}`` without which it would have no long anchor."""
    pieces = re.split(r"(\{[^{}]*\|[^{}]*\})", phrase)
    if len(pieces) == 1 or _has_anchor(phrase, pieces[::2]):
        return iter((phrase,))
    return map("".join, product(*map(_choices, pieces)))


def _has_anchor(phrase: str, pieces: list[str]) -> bool:
    marked, runs = False, []
    for piece in pieces:
        for number, part in enumerate(piece.split("`")):
            marked ^= number > 0
            if marked or "`" not in phrase:
                runs += [run.strip() for run in re.split(r"…+|\{[^{}]*\}", part) if run.strip()]
    return any("`" in phrase or not anchors.is_short(run) for run in runs)


def _choices(piece: str) -> list[str]:
    options = piece[1:-1].split("|")
    return options if piece.startswith("{") and "|" in piece and "" not in options else [piece]


def parse(written: str) -> Phrase:
    """A phrase without alternatives that its anchor would have to know.

    Raises:
        ValueError: the phrase has an unknown slot, no anchor, or one so short that it would fire everywhere.
    """
    if not re.search("[…{}`]", written) and written[0] not in BRACKETS:
        run = written.strip(MARKS + " ")
        return Phrase(None, bare(fold(written).text), anchors.make_anchor(run, first=True, last=True, digit=False))
    tokens = [token for token in re.finditer(TOKEN, written) if token.lastgroup != "tick"]
    ticks = [token.start() for token in re.finditer("`", written)]
    runs = [
        (sum(tick < token.start() for tick in ticks) % 2, len(fold(token[0]).text), -number)
        for number, token in enumerate(tokens)
        if token.lastgroup == "text" and fold(token[0]).text
    ]
    if not runs:
        raise ValueError(f"phrase {written!r} has no plain text of which a trigger could be made")
    number = -max(runs)[2]
    anchor = anchors.make_anchor(
        tokens[number][0].strip(),
        first=number == 0,
        last=number == len(tokens) - 1,
        digit=number + 1 < len(tokens) and tokens[number + 1][0] == "{n}",
        number=number > 0 and tokens[number - 1][0] in ("{n}", "{date}"),
        behind=_behind(tokens[number + 1 :]),
    )
    if len(anchor.run) < 2 and number > 0 and not anchor.tail and anchor.run != "©":
        raise ValueError(f"phrase {written!r}: its anchor {anchor.run!r} would fire everywhere")
    first, last = (fold(token[0]).text if token.lastgroup == "text" else "" for token in (tokens[0], tokens[-1]))
    head, tail = first.lstrip(MARKS), last.rstrip(MARKS)
    return Phrase(pattern_of(written), fold(anchor.run).text, anchor, head, tail)


def _behind(tokens: Sequence[re.Match[str]]) -> tuple[str, ...]:
    """Texts one of which stands for some token, whatever the line is: as long as possible, and few; the last such."""
    best: tuple[str, ...] = ()
    for token in tokens:
        options = (
            () if _texts(token) is None else (token[0],) if token.lastgroup == "text" else token["slot"].split("|")
        )
        texts = tuple(map(str.strip, options))
        if all(texts) and texts and _worth(texts) >= _worth(best):
            best = texts
    return best


def _worth(texts: Sequence[str]) -> tuple[int, int]:
    return min((len(anchors.clipped(text)) for text in texts), default=0), -len(texts)


def parse_part(written: str) -> Phrase:
    """A phrase that may stand anywhere in a line, as `parse` has it, but always with a pattern."""
    run = parse(written).anchor.run
    text, pattern = fold(run).text, pattern_of(written)
    return Phrase(None if pattern == re.escape(text) else pattern, text, Anchor(run, short=False))


def needed(written: str) -> tuple[tuple[str, ...], str | None]:
    """Texts of which a folded line with the phrase in it has one, and the pattern; None where one text is enough."""
    pieces = [_texts(token) for token in re.finditer(TOKEN, written) if token.lastgroup != "tick"]
    choices = [piece for piece in pieces if piece is not None]
    if len(choices) == len(pieces) and prod(map(len, choices)) <= MOST_CHOICES:
        return tuple(dict.fromkeys(map("".join, product(*choices)))), None
    best = max(choices, key=lambda texts: (min(map(len, texts)), -len(texts)), default=("",))
    return best, pattern_of(written)


def _texts(token: re.Match[str]) -> tuple[str, ...] | None:
    """What may stand for a token, folded; None when it is not one of a few texts."""
    if token.lastgroup == "text":
        return (fold(token[0]).text,)
    if token.lastgroup != "slot" or "|" not in token["slot"]:
        return None
    options = token["slot"].split("|")
    return (*filter(None, (fold(option).text for option in options)), *([""] if "" in options else []))


def pattern_of(written: str) -> str:
    """The expression for a phrase on folded text.

    Raises:
        ValueError: the phrase has an unknown slot.
    """
    return "".join(_token_pattern(token, written) for token in re.finditer(TOKEN, written))


def _token_pattern(token: re.Match[str], written: str) -> str:
    kind = token.lastgroup
    if kind in ("any", "tick"):
        return ANY if kind == "any" else ""
    if kind == "some":
        return f"[^{SENTENCE_MARKS}]*"
    if kind == "text":
        return re.escape(fold(token[0]).text)
    slot = token["slot"]
    if "|" in slot:
        options = slot.split("|")
        folded = "|".join(re.escape(text) for option in options if (text := fold(option).text))
        return f"(?:{folded}){'?' if '' in options else ''}"
    if slot.removesuffix("?") not in SLOTS:
        raise ValueError(f"phrase {written!r}: no slot is called {slot!r}")
    return f"(?:{SLOTS[slot.removesuffix('?')]}){'?' if slot[-1] == '?' else ''}"
