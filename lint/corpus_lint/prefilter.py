"""What Hyperscan is given in the place of an expression of the ``regex`` package: one that matches at least as often.

They read most of the syntax alike, but not all: Hyperscan knows the characters of an older Unicode, takes other ones
for letters and white space, and sees many lines where the package sees one. Whatever is not surely the same is widened,
and where that cannot be done every line is a candidate. What Hyperscan reads is in its developer reference, "Pattern
Support".
"""

from __future__ import annotations

import re

from .rule import EVERY_LINE, Trigger

_OTHERWISE = re.compile(
    r"""
      \\[LmMXKGRN]                                   # named lists, word starts, graphemes, named characters
    | \(\?(?: [|r] | P> | & | R | [+-]?[0-9] )       # branch reset, reverse search, recursion
    | \(\?[a-zA-Z]*(?: [aLVebpwf] | -[a-z]*m )       # flags of its own; the end of a line is no end any more
    | -- | && | ~~ | \|\| | \[\[ | \[:               # sets
    | \{(?! [0-9]+ (?: ,[0-9]* )? \} )               # fuzzy matching, and {,n}, which elsewhere is plain text
    """,
    re.VERBOSE,
)
"""What only the package understands, or otherwise than Hyperscan."""

_PLAIN = re.compile(r"\\[pP]\{[^{}]*\}|\\[^a-zA-Z0-9]")
"""What `_OTHERWISE` need not see."""

_CASELESS = re.compile(r"\(\?[a-zA-Z]*i")
_CASED = re.compile(r"\\x | \\[pP] (?! \{[MNPSZ]\} )", re.VERBOSE)
"""What is not looked at for letters, and may be of one case."""

_TOKEN = re.compile(
    r"""
      (?P<class> \[ \^? \]? (?: \\. | [^\]\\] )* \] )
    | (?P<escape> \\[pP]\{[^{}]*\} | \\. )
    | (?P<group> \(\? (?: \#[^)]*\) | P?<\w+> | P=\w+\) | \(\w+\) | [a-zA-Z-]*[:)] ) )
    | (?P<letter> [iI\x80-\U0010ffff] )
    """,
    re.VERBOSE | re.DOTALL,
)
_KIND = re.compile(r"\\[wWsSdDhHpP]")
_EDGE = re.compile(r"\\[bBAZz]")

_OF_UNSURE_KIND = r"[^\x00-\x1b\x20-\x7f]"
"""Characters that may be letters, white space or of a script for one and not for the other."""

_NEWER_LETTERS = "\u10a0"
"""From this character on letters may have another case of which Hyperscan does not know."""

_OF_UNSURE_CASE = "[İı\u10a0-\u2e7f\ua640-\uabff\ufb00-\ufb1f\U00010000-\U0001ffff]"
"""What letters in front of those may be the other case of, for the package alone."""


def triggers(pattern: str) -> tuple[Trigger]:
    """The trigger of an expression; that of every line where it can have none of its own."""
    wider = widened(pattern)
    return (EVERY_LINE if wider is None else Trigger(wider.encode(), prefilter=True),)


def widened(pattern: str) -> str | None:
    """The expression as Hyperscan must see it to match at least as often; None when it cannot be trusted to."""
    if _OTHERWISE.search(_PLAIN.sub("", pattern)):
        return None
    caseless = bool(_CASELESS.search(pattern))
    if caseless and (_CASED.search(pattern) or any(map(_has_newer_case, pattern))):
        return None
    return _TOKEN.sub(lambda token: _wider(token, caseless=caseless), pattern)


def _has_newer_case(character: str) -> bool:
    return character in "İı" or (character >= _NEWER_LETTERS and character.lower() != character.upper())


def _wider(token: re.Match[str], *, caseless: bool) -> str:
    text = token[0]
    if token["escape"] and _EDGE.fullmatch(text):
        return "(?:)"
    others = ""
    if token["class"]:
        text = re.sub(r"\\(.)", lambda escape: r"\x08" if escape[1] == "b" else escape[0], text)
        others = _OF_UNSURE_CASE if caseless else ""
    elif token["letter"] and caseless and text.lower() != text.upper():
        others = _OF_UNSURE_CASE
    if (token["class"] or token["escape"]) and _KIND.search(text):
        others = _OF_UNSURE_KIND
    return f"(?:{text}|{others})" if others else text
