"""Single-byte code pages, and UTF-8 sequences that were read in them."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import cache as kept
from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Pattern

LOST = "\ufffd"
"""What stands for a byte that the code page has no character for."""

CODECS = (
    ("latin-1", "ISO-8859-1", 0.0),
    ("cp1252", "Windows-1252", 0.0),
    ("cp1251", "Windows-1251", 1.0),
    ("cp1250", "Windows-1250", 1.5),
    ("mac-roman", "Mac OS Roman", 1.5),
    ("cp1254", "Windows-1254", 1.5),
    ("cp1257", "Windows-1257", 2.0),
    ("cp1253", "Windows-1253", 2.0),
    ("cp437", "code page 437", 4.0),
    ("iso8859-2", "ISO-8859-2", 2.0),
    ("iso8859-15", "ISO-8859-15", 7.0),
    ("iso8859-9", "ISO-8859-9", 3.0),
    ("cp850", "code page 850", 4.5),
    ("cp852", "code page 852", 4.5),
    ("koi8-r", "KOI8-R", 3.0),
    ("koi8-u", "KOI8-U", 3.0),
    ("cp866", "code page 866", 4.5),
    ("cp1255", "Windows-1255", 3.0),
    ("cp1256", "Windows-1256", 3.0),
    ("cp1258", "Windows-1258", 3.0),
    ("cp874", "Windows-874", 3.0),
    ("iso8859-5", "ISO-8859-5", 3.0),
    ("iso8859-7", "ISO-8859-7", 3.0),
    ("mac-cyrillic", "Mac OS Cyrillic", 3.0),
)
"""Python's codec, the name shown, and how much rarer (in nats) it is as a cause than the commonest."""


class Sequence(NamedTuple):
    """Characters from ``start`` to ``end`` that are the bytes of one character, ``content``, in a code page.

    ``is_exact`` is whether every byte is known; else a byte is U+FFFD, or a no-break space that became a space.
    """

    start: int
    end: int
    content: str
    is_exact: bool


class Page:
    """A code page whose undefined bytes are C1 controls, as browsers have it."""

    def __init__(self, codec: str, name: str, rarity: float) -> None:
        self.codec = codec
        self.name = name
        self.rarity = rarity
        self.characters = _characters()[codec]
        self.bytes = {character: byte for byte, character in enumerate(self.characters) if character}
        self.leads = frozenset(self.characters[0xC2:0xF5])
        """What the first byte of a sequence can be: a text without any of them has no sequence."""

    def read(self, text: str) -> str | None:
        """How UTF-8 text looks when its bytes are read in this page: the damage, forwards. None where it cannot be."""
        read = [self.characters[byte] for byte in text.encode("utf-8", "surrogatepass")]
        return "".join(read) if all(read) else None

    @property
    def pattern(self) -> Pattern[str]:
        """What has the form of a UTF-8 sequence."""
        return _pattern(self.codec)

    def sequences(self, text: str) -> Iterator[Sequence]:
        """Every run of characters that is one character of UTF-8, from left to right."""
        position = 0
        search = self.pattern.search
        while match := search(text, position):
            found = self._sequence(match.start(), match[0])
            if found is not None and found.content == "à" and match[0][-1] == " ":
                behind = text[match.end() : match.end() + 8]
                if not (behind.startswith(" ") or _portuguese().match(behind)):
                    found = found._replace(content="à ")
            if found is not None:
                yield found
            position = match.end() if found is not None else match.start() + 1

    def _sequence(self, start: int, seen: str) -> Sequence | None:
        """The one character that the bytes of ``seen`` are; None when they are none."""
        end = start + len(seen)
        if LOST in seen or "?" in seen:
            return Sequence(start, end, self._restored(seen), is_exact=False)
        data = bytes(0xA0 if character == " " else self.bytes[character] for character in seen)
        try:
            content = data.decode("utf-8", "surrogatepass")
            if len(content) == 2:  # CESU-8: the halves of a surrogate pair, each as three bytes
                content = content.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            return None
        if "\ud800" <= content <= "\udfff":
            return None
        if " " in seen:
            return Sequence(start, end, content, is_exact=False)
        return Sequence(start, end, content, is_exact=True)

    def _restored(self, seen: str) -> str:
        """The character of which one byte became U+FFFD, or U+FFFD where several characters may be meant.

        What becomes U+FFFD or a question mark is a byte for which the page has nothing but a control character.
        """
        from ._oddness import look

        unread = [byte for byte in range(0x80, 0xA0) if self.characters[byte] == chr(byte)]
        lost = [place for place, character in enumerate(seen) if character in (LOST, "?")]
        if len(lost) > 1 or len(unread) > 8:
            return LOST
        data = bytearray(self.bytes.get(character, 0) for character in seen)
        possible = []
        for byte in unread:
            data[lost[0]] = byte
            content = data.decode("utf-8", "ignore")
            if content:
                possible.append((look(content).price, content))
        possible.sort()
        if possible and (len(possible) == 1 or possible[1][0] - possible[0][0] >= 2):
            return possible[0][1]
        return LOST


@cache
def pages() -> tuple[Page, ...]:
    """All code pages, the likeliest causes first."""
    return tuple(Page(*codec) for codec in CODECS)


@cache
def _portuguese() -> Pattern[str]:
    """What goes on behind à in Portuguese; in every other language à is a word, or its end."""
    return re.compile(r"s\b(?!')|quel[ea]|quilo")


@cache
def _characters() -> dict[str, list[str]]:
    """For each codec the characters of all bytes; kept, since asking Python for them imports a module for each."""
    found: dict[str, list[str]] = kept.made(
        "code-pages",
        f"{CODECS}\0{sys.version}\0".encode() + kept.state([__file__]),
        lambda: {codec: _decoded(codec) for codec, *_ in CODECS},
    )
    return found


def _decoded(codec: str) -> list[str]:
    # No byte of any of these code pages is U+FFFD.
    decoded = enumerate(bytes(range(256)).decode(codec, "replace"))
    return [character if character != LOST else chr(byte) if byte < 0xA0 else "" for byte, character in decoded]


@cache
def _pattern(codec: str) -> Pattern[str]:
    characters = next(page for page in pages() if page.codec == codec).characters

    def one_of(first: int, last: int, more: str = "") -> str:
        members = "".join(characters[first : last + 1]) + more
        return f"[{re.escape(members)}]" if members else "(?!)"

    def lead(first: int, last: int) -> str:
        return f"(?<={one_of(first, last)})"

    tail, lossy = one_of(0x80, 0xBF), one_of(0x80, 0xBF, LOST + "?")
    space_behind = "|".join((lead(0xC2, 0xC3), *(lead(byte, byte) for byte in (0xC5, 0xCE, 0xD0, 0xD9))))
    surrogates = lead(0xED, 0xED) + one_of(0xA0, 0xAF) + tail + one_of(0xED, 0xED) + one_of(0xB0, 0xBF) + tail
    # Texts are searched for one class of characters many times faster than for several.
    return re.compile(
        f"{one_of(0xC2, 0xF4)}(?:{surrogates}|{lead(0xC2, 0xDF)}{tail}|{lead(0xE0, 0xEF)}{tail}{tail}"
        f"|{lead(0xF0, 0xF4)}{tail}{tail}{tail}"
        f"|{lead(0xC2, 0xDF)}{LOST}|{lead(0xC3, 0xC3)}[?]|{lead(0xE0, 0xEF)}(?:[{LOST}?]{lossy}|{tail}[{LOST}?])"
        f"|{lead(0xF0, 0xF4)}(?:{LOST}{lossy}{lossy}|{tail}(?:{LOST}{lossy}|{tail}{LOST}))"
        f"|(?:{space_behind}) |{lead(0xE1, 0xE3)} {tail}|{lead(0xE0, 0xE3)}{tail} "
        f"|{lead(0xF0, 0xF0)}(?: {tail}{tail}|{tail}(?: {tail}|{tail} )))"
    )
