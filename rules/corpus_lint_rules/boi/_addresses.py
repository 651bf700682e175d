"""Addresses of sites that were disguised, so that no filter finds them: ｗＷｗ．ＸＸ。ＣｏＭ, www點xx點com, w w w. x x.

Folding undoes width and case; what is left are marks in place of the dots and marks between the letters. An address
counts as disguised when its plain form differs from what stands in the text by more than capitals at its beginning.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.rule import Trigger

NAMES = "com|net|org|cc|cn|tw|la|xyz|biz|hk|io|cx"
ENDINGS = f"{NAMES}|co|me|info|top|vip|tv|in|us|site|club|online|so"
"""The others are words, with which a sentence may begin that stands behind another one's full stop."""
DOT = r"[.。,，、·•．｡/\\=*_|~^-]{1,3}|点|點|dot"
GAP = r"[*·•_~^-]{0,2}"
HOST = rf"w{GAP}w{GAP}w(?:{DOT})(?:[a-z0-9-]{{1,24}}|[a-z0-9](?:{GAP}[a-z0-9]){{1,24}})(?:{DOT})(?:{ENDINGS})(?![a-z])"
BARE = rf"(?<![a-z0-9@./])[a-z0-9-]{{2,24}}(?:[。·•．]|点|點)(?:{NAMES})(?![a-z0-9])"
PLAIN = rf"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{ENDINGS})"
WIDE = "".join(chr(0xFEE0 + ord(c)) for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Address(NamedTuple):
    """A disguised address; offsets count from the start of the line. ``plain`` is what it says."""

    start: int
    end: int
    plain: str


def triggers() -> list[Trigger]:
    """What a disguised address has: full-width letters in www or an ending, odd capitals, odd dots."""
    from corpus_lint.rule import expression, literals

    w, c, o, m = ("(?:" + "|".join((a, a.upper(), *_wide(a))) + ")" for a in "wcom")
    return [
        *literals(("wWw", "WwW", "wwW", "wWW", "WWw", "Www.", "w w w")),
        *literals("www" + dot for dot in "。，、·点點．"),
        *literals(("WWW。", "WWW．", "．ｃ", "．Ｃ", "。ｃ", "。Ｃ", "．ｎ", "．Ｎ")),
        *literals(dot + end for dot in "。．，、点點" for end in ("com", "COM", "net", "cc")),
        expression(f"(?:{'|'.join(_wide('w'))}){w}{w}|{w}(?:{'|'.join(_wide('w'))}){w}"),
        expression(f"(?:{'|'.join(_wide('c'))}){o}{m}|{c}(?:{'|'.join(_wide('o'))}){m}"),
        expression(r"\.(?:cO|Co|CO|co)[mM][^a-zA-Z.\n]{0,3}[\x80-\xff]|\.cOm|\.COm|\.coM|\.CoM|\.cOM"),
    ]  # fmt: skip


def _wide(letter: str) -> tuple[str, str]:
    return chr(ord(letter) + 0xFEE0), chr(ord(letter.upper()) + 0xFEE0)


def disguised(text: str) -> Iterator[Address]:
    """The disguised addresses in a line."""
    folded = fold(text)
    for match in _search().finditer(folded.text):
        start, end = folded.span(*match.span())
        raw = text[start:end]
        if _is_disguised(raw):
            yield Address(start, end, _plain(match[0]))


def _is_disguised(raw: str) -> bool:
    """Whether the address is not written as people write one."""
    if any(not c.isascii() for c in raw):
        return True
    if re.fullmatch(PLAIN, raw, re.IGNORECASE):
        host = re.sub(r"^https?://", "", raw)
        return _odd_case(host)
    return raw.lower().startswith("w") and " " in raw


def _odd_case(host: str) -> bool:
    """Whether capitals are strewn in: neither all, nor none, nor one at the beginning of each part."""
    parts = [part for part in re.split(r"[.-]", host) if part]
    first, last = parts[0], parts[-1]
    return any(part not in (part.lower(), part.upper(), part.capitalize()) for part in (first, last) if len(part) > 1)


def _plain(folded: str) -> str:
    """The address as it is meant."""
    text = re.sub(r"[^a-z0-9]+|点|點|dot", ".", folded)
    return re.sub(r"^w\.?w\.?w\.", "www.", text)


@cache
def _search() -> re.Pattern[str]:
    return re.compile(f"{HOST}|{BARE}")
