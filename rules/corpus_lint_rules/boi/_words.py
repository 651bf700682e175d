"""Which lines consist of the words of a site: of its menus, of its buttons, or of a whole line that `BOI001` knows."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from operator import add
from typing import TYPE_CHECKING, Any

from corpus_lint import cache as kept
from corpus_lint import expressions as re
from corpus_lint.finding import Confidence
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

from . import _forms as forms
from . import _guards as guards
from . import _language as language
from . import _phrases as phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus_lint.document import Document
    from corpus_lint.rule import Trigger

FILE = "furniture_run.toml"
MODULES = ("_phrases.py", "_language.py", "_anchors.py", "_forms.py")
"""What is made of the file depends on them as well."""
BUTTON = "button"
MINOR_BUTTON = "minor-button"
STRONG = (BUTTON, "site-word")
SEPARATORS = r"[\s|｜·•/／>»＞,，、丨\-]+"
BARS = r"\s*[|｜·•»＞>]\s*|\s+/\s+"
"""What separates the items of a menu that are of several words."""
SEPARATOR_BYTES = rb"[^\n]{0,2}(?:[ \t|/>]|\xe3\x80\x80|\xc2\xa0|\xef\xbd\x9c|\xc2\xb7|\xe2\x80\xa2)"
PROSE = r"[0-9:：.。,，;；!?！？\"“”「」]"
"""What a line of listed and other words does not have."""
JOINED = r"(?<=[^\W\d_A-Z])(?=[A-Z])"
"""Where an extractor has joined the words of a menu: AboutContactHelp."""
REQUIRED = r"\(?(?:required|optional|必[填須须]|任意|選填|选填|обязательно|pflichtfeld|obligatoire|obligatorio)\)?$"
"""What stands behind the name of a form's field."""
LONGEST = 400
"""Characters of a line of a run."""


class Words(NamedTuple):
    """How many listed words a line consists of: words that only sites use, and words of channels.

    ``is_spoken`` tells a line that a site says to its visitor (`_voice`), which counts as one word of a channel.
    """

    site: int
    channel: int
    is_spoken: bool = False
    is_field: bool = False
    """Whether such a line is a field with a value, as addresses and forms have, which any text may have."""


NONE = Words(0, 0)


class Lexicon:
    """The listed words, ready to judge lines."""

    def __init__(self) -> None:
        folder = os.path.dirname(__file__)
        made: tuple[Any, ...] = kept.made(
            "words",
            phrases.state_of(folder, (FILE, "_words.py", *MODULES)),
            lambda: _packed(phrases.load(folder, FILE)),
        )
        self.words: dict[str, bool]
        """Every listed word, folded, and whether only sites use it."""
        self.site_words: list[str]
        """Every word that only sites use, as it is written."""
        self.words, self.site_words, minor_buttons, buttons, self._seen = made
        self.minor_buttons = frozenset(minor_buttons)
        """Buttons by which no document is known as a page of a site."""
        self.buttons = frozenset(buttons)
        """What a site asks its reader to do, as `_forms.bare` has it."""
        self._beginnings = frozenset(self._seen)
        self._separators = re.compile(SEPARATORS)
        self._bars = re.compile(BARS)
        self._markup = re.compile(phrases.MARKUP)
        self._markdown = re.compile(guards.MARKDOWN)
        self._required = re.compile(REQUIRED)
        self._joined = re.compile(JOINED)
        self._prose = re.compile(PROSE)
        self.words_of: Callable[[str], Words | None] = lru_cache(maxsize=8192)(self._words_of)
        """The listed words of which a line consists, or a phrase of `BOI001`; None when it does not."""
        self._kind: Callable[[str], bool | None] = lru_cache(maxsize=8192)(self._kind_of)

    def is_seen(self, text: str) -> bool:
        """Whether a trigger for a word of sites fires on a line: what the screen cannot see is no run."""
        folded = fold(text).text
        starts = self._beginnings & {*folded, *map(add, folded, folded[1:])}
        runs = [run for start in starts for word, run in self._seen[start] if word in folded]
        if not runs:
            return False
        data = f"\n{text}\n".encode("utf-8", "surrogatepass")
        return any(_fires(run, data) for run in runs)

    def listed(self, text: str) -> Words | None:
        """The words of menus of which a line consists; None when it does not."""
        if len(text) > LONGEST:
            return None
        whole = self._kind(text)
        tokens = [] if whole is not None else self._items(text)
        if whole is None and len(tokens) < 2:
            tokens = self._joined.split(text)
            if len(tokens) < 2 or not all(self._kind(token) is not None for token in tokens):
                return None
        kinds = [kind for kind in map(self._kind, tokens) if kind is not None]
        if (whole is None and 2 * len(kinds) < len(tokens)) or self._is_markup(text):
            return None
        if whole is not None:
            return Words(int(whole), int(not whole))
        if len(kinds) == len(tokens):
            return Words(sum(kinds), len(kinds) - sum(kinds))
        # Of a line that has other words as well no more is counted than what keeps it from being a run by itself.
        return Words(int(any(kinds)), 1) if len(kinds) > 1 and not self._prose.search(text) else None

    def _items(self, text: str) -> list[str]:
        """The items of a line: between its bars where all of those are listed, else between any separators."""
        items = [item for item in self._bars.split(text) if item]
        if len(items) > 1 and all(self._kind(item) is not None for item in items):
            return items
        return [token for token in self._separators.split(text) if token]

    def _words_of(self, text: str) -> Words | None:
        if len(text) > LONGEST or self._markup.search(text):
            return None
        listed = self.listed(text)
        if listed is not None:
            return listed
        lines, headings = _lines_of_sites()
        group = lines.match(text)
        if group is not None:
            return Words(1, 0) if group.confidence is Confidence.HIGH else Words(0, 1)
        return Words(0, 1) if headings.matches(text) else None

    def _is_markup(self, text: str) -> bool:
        return self._markup.search(text) is not None or self._markdown.match(text) is not None

    def _kind_of(self, text: str) -> bool | None:
        """Whether a text is a word that only sites use (True), another listed word (False) or none."""
        key = language.bare(fold(text).text).rstrip(":")
        kind = self.words.get(key)
        return kind if kind is not None else self.words.get(self._required.sub("", key))


def _packed(book: phrases.Book) -> tuple[Any, ...]:
    """What a lexicon has, as plain values: words, words of sites, both kinds of buttons, words by their beginnings."""
    named = [(book.groups[number].name, phrase) for number, phrase in book.phrases]
    words = {phrase.text: name in STRONG for name, phrase in reversed(named) if name != MINOR_BUTTON}
    site_words = sorted({phrase.anchor.run for name, phrase in named if name in STRONG})
    minor, buttons = ([forms.bare(p.text) for name, p in named if name == kind] for kind in (MINOR_BUTTON, BUTTON))
    return words, site_words, minor, buttons, _by_beginning(site_words)


def triggers_of(run: str) -> list[Trigger]:
    """The triggers of a word that only sites use: it stands alone in a line, or opens a line of words."""
    from corpus_lint.rule import Trigger

    from . import _anchors as anchors
    from ._anchors import Anchor

    alone = anchors.triggers_of(Anchor(run, short=True, head=True, tail=True))
    if not _opens_lines(run):
        return [*alone]
    if any("\u3400" <= c <= "\u9fff" for c in run):
        return [*alone, Trigger(_opening(run))]
    # Of alphabets that most text has not: a literal costs less, though it fires whatever stands behind it.
    forms_ = (form.encode() for form in anchors.spellings(run))
    return [*alone, *(Trigger(form, is_literal=True, head=anchors.MARK_BYTES) for form in forms_)]


def _opens_lines(run: str) -> bool:
    """Whether a word is looked for in front of others, too: one that other text has not at that place."""
    return not run.isascii() and len(run) > 1


def _opening(run: str) -> bytes:
    """An expression for a line that a word opens, with others behind it."""
    from . import _anchors as anchors

    forms_ = b"|".join(re.escape(form.encode()) for form in anchors.spellings(run))
    return b"\\n[^\\n]{0,%d}(?:%s)%s" % (anchors.MARK_BYTES, forms_, SEPARATOR_BYTES)


@cache
def lexicon() -> Lexicon:
    """The one lexicon."""
    return Lexicon()


def _fires(run: str, data: bytes) -> bool:
    """Whether a word stands alone in a line, or opens it; the line has a line feed on both sides."""
    from . import _anchors as anchors
    from ._anchors import Anchor

    alone = Anchor(run, short=True, head=True, tail=True)
    return anchors.fires(alone, data) or (_opens_lines(run) and _expression(run).search(data) is not None)


@cache
def _expression(run: str) -> re.Pattern[bytes]:
    return re.compile(_opening(run))


def _by_beginning(words: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Words, folded and as they are written, by their first two characters; all their spellings fold alike."""
    found: dict[str, list[tuple[str, str]]] = {}
    for run in words:
        word = fold(run).text
        found.setdefault(word[:2], []).append((word, run))
    return found


def is_line_of_sites(document: Document, number: int) -> bool:
    """Whether `BOI001` says of a line for certain that it is the site's."""
    text = document.line_text(number)
    group = lines_of_sites().match(text)
    if group is None or group.confidence is not Confidence.HIGH or lexicon().listed(text.strip()) is not None:
        return False
    from corpus_lint.document import Line

    line = Line(document, text, 0, document.line_starts[number])
    return (
        phrases.group_of(lines_of_sites(), line) is group and guards.lowered(group.confidence, line) is group.confidence
    )


def is_heading_of_list(document: Document, number: int) -> bool:
    """Whether `BOI003` says of a line for certain that it is the heading of a list of other pages."""
    text = document.line_text(number)
    headings = _lines_of_sites()[1]
    if not headings.matches(text):
        return False
    from corpus_lint.document import Line

    group = phrases.group_of(headings, Line(document, text, 0, document.line_starts[number]))
    return group is not None


def lines_of_sites() -> phrases.Book:
    """The lines that `BOI001` knows."""
    return _lines_of_sites()[0]


@cache
def _lines_of_sites() -> tuple[phrases.Book, phrases.Book]:
    """The lines that `BOI001` knows, and the headings of `BOI003`."""
    from . import related_list, site_furniture

    folder = os.path.dirname(__file__)
    return phrases.load(folder, *site_furniture.FILES), phrases.load(folder, related_list.PHRASES)
