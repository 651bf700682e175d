"""What a site says to its visitor, in its own words: prompts, promises, notices, form fields, counters.

``Sign up for our weekly newsletter``, 登录后可发表评论 or ``Поля, отмеченные *, обязательны`` may be said in a text,
and are no furniture wherever they stand. Where a document is known to be a page of a site they are, when the whole
line fits one of the phrases in ``page_lines.toml`` (their language is that of `_language`). No trigger is made of them.

A phrase is looked for where a line has its key: the first letters of the longest word of its plain text, or one
character or two of it in Han, kana and Hangul.
"""

from __future__ import annotations

import marshal
import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import cache as kept
from corpus_lint import expressions as re
from corpus_lint.folding import fold

from . import _forms as forms
from . import _language as language
from . import _phrases as phrases
from . import _words
from ._words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "page_lines.toml"
LONGEST = 400
"""Characters of a line that is looked at."""
LONGEST_SYLLABIC = 80
"""The same of a line with Han, kana or Hangul, folded."""
MOST_COMMAS = 4
"""More of them make such a line prose."""
PROSE_COMMAS = 2
"""As many make it prose when it ends as a sentence does, unless the phrase is of a kind that has such sentences."""
STEM = 5
"""Letters of a word by which its phrases are found: behind them stand its endings."""
WORD = r"[^\W\d_]+"
SPOKEN = Words(0, 1, is_spoken=True)
FIELD = Words(0, 1, is_spoken=True, is_field=True)
PLAIN, SENTENCES, FIELDS = "", "sentences", "field"
"""The kinds of groups."""
SYLLABLES = r"[^\W\d_a-z]{1,2}"
CLAUSE = r"(?:[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百零\d]{1,6}[条條款]).*[;；。:：]$"
"""A numbered clause of a law, a contract or a rule, which forbids and permits as a site's notice does."""


class Voice:
    """The phrases, ready to judge lines."""

    def __init__(self, packed: bytes | memoryview) -> None:
        """``packed`` is what `_packed` gave."""
        self._by_key: dict[str, list[tuple[str, str, int, str]]] = marshal.loads(packed)
        self._word = re.compile(WORD)
        self.says: Callable[[str], Words | None] = lru_cache(maxsize=8192)(self._says)
        """What a line counts as that a site says to its visitor; None where it is no such line."""

    def _says(self, text: str) -> Words | None:
        if len(text) > LONGEST:
            return None
        keys = {word[:STEM] for word in self._word.findall(text.casefold())}
        folded = ""
        if forms.has_syllabic(text):
            folded = fold(text).text
            if phrases.compiled(CLAUSE).match(text.strip()):
                return None
            if len(folded) > LONGEST_SYLLABIC or folded.count("。") > 1 or folded.count(",") > MOST_COMMAS:
                return None
            keys.update(folded, (folded[at : at + 2] for at in range(len(folded) - 1)))
        found = [entry for key in keys if key in self._by_key for entry in self._by_key[key]]
        if not found or phrases.compiled(phrases.MARKUP).search(text):
            return None
        folded = folded or fold(text).text
        is_prose = folded.count(",") >= PROSE_COMMAS and text.endswith(forms.SYLLABIC_ENDS)
        kinds = {
            kind
            for pattern, plain, longest, kind in found
            if len(folded) <= longest
            and plain in folded
            and (kind == SENTENCES or not is_prose)
            and phrases.is_whole_line(pattern, folded)
        }
        return None if not kinds else FIELD if FIELDS in kinds and SENTENCES not in kinds else SPOKEN


@lru_cache(1 << 13)
def words_of(text: str) -> Words | None:
    """The listed words of which a line of a page consists; one that the site says counts as such a word."""
    found = _words.lexicon().words_of(text)
    if found is not None and found.site:
        return found
    return voice().says(text) or found


@cache
def voice() -> Voice:
    """The one book of them, from the cache where nothing has changed."""
    folder = os.path.dirname(__file__)
    key = phrases.state_of(folder, (FILE, "_voice.py", "_language.py", "_anchors.py"))
    stored = kept.read("voice", key)
    if stored is None:
        stored = _packed(os.path.join(folder, FILE))
        kept.write("voice", key, stored)
    return Voice(stored)


def _packed(path: str) -> bytes:
    """The phrases of the file as bytes: pattern, plain text, most characters of a line and kind, by key.

    Raises:
        ValueError: a phrase is wrong, or has no plain text.
    """
    import tomllib

    by_key: dict[str, list[tuple[str, str, int, str]]] = {}
    with open(path, "rb") as file:
        groups = tomllib.load(file)["group"]
    for group in groups:
        for written in group["phrases"]:
            pattern = language.pattern_of(written)
            for option in _needed(written):
                entry = (pattern, fold(option).text, group["longest"], group.get("kind", PLAIN))
                by_key.setdefault(_key(option), []).append(entry)
    return marshal.dumps(by_key)


def _needed(written: str) -> list[str]:
    """Plain texts one of which every line has that the phrase fits, as long as possible.

    Raises:
        ValueError: there are none, or a slot stands in a slot.
    """
    best: list[str] = []
    for token in re.finditer(language.TOKEN, written):
        slot = token["slot"]
        options = [token[0]] if token.lastgroup == "text" else slot.split("|") if slot and "|" in slot else [""]
        if min(map(_weight, options)) > min(map(_weight, best), default=0):
            best = options
    if not best or set("{}") & set(re.sub(language.TOKEN, "", written)):
        raise ValueError(f"phrase {written!r} cannot be looked for")
    return best


def _weight(run: str) -> int:
    return len(_key(run)) if not forms.has_syllabic(run) else STEM * len(_key(run)) // 2


def _key(run: str) -> str:
    """By what the phrases with a run of plain text are found."""
    if forms.has_syllabic(run):
        return max(re.findall(SYLLABLES, fold(run).text), key=len, default="")[:2]
    words: list[str] = re.findall(WORD, run.casefold())
    return max(words, key=len, default="")[:STEM]
