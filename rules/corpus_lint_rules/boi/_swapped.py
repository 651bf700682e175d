"""Characters that a site has swapped for others, so that copies of its text are worthless."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document

RARE = "旳尛箌楿囷伱莪涐哋菿莈媞卟吥芣朲筎淉噈僦幵亊凊唻僟庅沵尒姩哖伩嚸汏仩芐囸恏冇厷囯泩処镓洧鈊吢洎侞嘙溡嘚孓迣恠"
FREQUENT = (
    "的小到相和你我我地到没是不不不人如果就就开事情来几么你你年年信点大上下日好有公国生处家有心心自如破时得子这在"
)
LOOK_ALIKES = dict(zip(RARE, FREQUENT, strict=True))
"""Rare characters that stand for frequent ones that look or sound like them."""
ALSO_WORDS = frozenset("囷莪芣僦冇処镓洧嘚孓哋恠洎嘙汏囯囸侞尒凊")
"""Those of them that some text uses rightly (classical, Cantonese, Japanese, chemistry): alone they do not count."""
CANTONESE = "佢嘅咗喺嚟啲嗰哋"
"""Characters of Cantonese, which writes its sounds with rare ones: 心跳到吥吥聲."""
FEWEST_SWAPS = 3
PER_SWAP = 600
"""Characters of a document, at most, for each swap."""

SYLLABLES = r"(?<=[\u3400-\u9fff，。、；：？！…“「,;:?!])[\uac00-\ud7a3]{1,3}(?=[\u3400-\u9fff，。、；：？！…”」,;:?!])"
"""Up to three Hangul syllables inside a sentence of Chinese."""
FEWEST_UNKNOWN = 3
"""Syllables that Korean has no word with, in such places."""
PER_SYLLABLE = 4
"""Han characters of a Chinese text, at least, for each syllable in it."""


def look_alikes(document: Document) -> Iterator[Finding]:
    """Rare characters in place of frequent ones that look or sound like them."""
    found = [match.start() for match in _any_look_alike().finditer(document.text)]
    strange = [at for at in found if _is_strange(document.text, at)]
    if len(found) < FEWEST_SWAPS or not strange or len(document.text) > PER_SWAP * len(found):
        return
    if len(strange) < FEWEST_SWAPS and len({document.text[at] for at in found}) < FEWEST_SWAPS:
        return
    if sum(map(document.text.count, CANTONESE)) > len(strange):
        return
    edits = tuple(Edit(at, at + 1, LOOK_ALIKES[document.text[at]]) for at in found)
    first = strange[0]
    shown = document.text[first]
    message = (
        f"rare characters such as {shown} stand for frequent ones such as {LOOK_ALIKES[shown]}: the site spoils copies "
        "of its text so; put the frequent ones back"
    )
    yield Finding(
        first,
        first + 1,
        message,
        Fix(f"put {len(edits)} characters back", edits, Applicability.UNSAFE),
        occurrences=len(edits),
    )


def _is_strange(text: str, at: int) -> bool:
    return text[at] not in ALSO_WORDS and not (text[at] == "卟" and text[at + 1 : at + 2] in ("啉", "吩", "吟"))


@cache
def _any_look_alike() -> re.Pattern[str]:
    return re.compile(f"[{''.join(LOOK_ALIKES)}]")


def may_have_syllables(census: Census) -> bool:
    """Whether a text is Chinese with a little Hangul."""
    return census.hangul >= FEWEST_UNKNOWN and PER_SYLLABLE * census.hangul <= census.all_han


def syllables(document: Document) -> Iterator[Finding]:
    """Hangul syllables in place of Han characters."""
    if not may_have_syllables(document.census):
        return
    found = list(re.compile(SYLLABLES).finditer(document.text))
    unknown = [match for match in found if any(map(_is_unknown, match[0]))]
    if len(unknown) < FEWEST_UNKNOWN or 2 * sum(len(match[0]) for match in found) < document.census.hangul:
        return
    first = unknown[0]
    message = (
        f"Hangul syllables such as {first[0]} stand where Han characters were: the site swaps them so that copies of "
        "its text are worthless; drop the document, or take it from elsewhere"
    )
    yield Finding(*first.span(), message, occurrences=len(found))


def _is_unknown(syllable: str) -> bool:
    """Whether a syllable is not among the 2,350 of KS X 1001, with which nearly all Korean is written."""
    return len(syllable.encode("euc_kr")) > 2  # Python writes the others in pieces
