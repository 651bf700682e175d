"""ENC006 private-use-character."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Finding
from corpus_lint.rule import Bad, DocumentRule, Good
from corpus_lint.tables import CharacterClass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.census import Census
    from corpus_lint.document import Document

SHOWN = 5
"""Code points that a message names."""
MANY_ENTRIES = 50
LONGEST_ENTRY = 24
"""So many short lines with nothing else behind their first word are one table, and one finding."""
NEAR = 16
"""Characters on both sides in which a table has the code of a character."""


@cache
def _private() -> re.Pattern[str]:
    return re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")


class PrivateUseCharacter(DocumentRule):
    """A private-use character: it means something in one font or one program, and nothing in a text.

    Several things leave them behind. Among Han characters: user-defined characters of GBK or Big5, or bytes of GBK
    read out of step, where a pair without a character becomes one (`常??头` for 常客服). From U+F000 to U+F0FF: the
    bullets and signs of Symbol and Wingdings, from a word processor. The rest: icon fonts of web pages, ligatures and
    signs of fonts whose text was taken out of a PDF. Planes 15 and 16 hold what collections number by themselves
    (CBETA's rare characters: U+F0A1F is its CB02591). A model learns a token without meaning.

    There is no fix: deleting would lose the character that was meant, and the damage around it would no longer show.
    Rare characters of Unicode's higher planes are none of these and are left alone, and so is a character whose code
    stands beside it, as in a table of characters. A table of an input method, or a vocabulary with one a line, is one
    finding.
    """

    code = "ENC006"
    name = "private-use-character"
    wants_some_of = ("private_use",)
    whole_lines = True
    examples = (
        Bad("的诈骗电话?客服头⟦\ue4b2⟧娫捦ㄟ^伪装"),
        Bad("⟦\uf0b7⟧ 第一条\n⟦\uf06c⟧ 第二条"),
        Bad("Menu ⟦\ue005⟧ Home \ue006 About"),
        Bad("用户⟦\U000f0001⟧自定义"),
        Bad("一行\n两个⟦\ue000\ue001⟧在这里"),
        Good("𠮷野家、𠀀、😀👨‍👩‍👧、龴、〇"),
        Good("523\tE9D4\t𣅳\t\ue9d4\t400\n0-EC88\tec88\t\uec88"),
        Good("U+E000 是私用区的第一个码位。"),
        Good("坏字\ufffd不是这里的事"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is any."""
        return census.private_use > 0

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a line, at its first private-use characters."""
        from .._places import places

        last = end = -1
        entries: list[re.Match[str]] = []
        matches: list[re.Match[str]] = []
        for at in places(document, CharacterClass.PRIVATE_USE):
            match = _private().match(document.text, at) if at >= end else None
            if match is None:
                continue
            end = match.end()
            if _is_named(document.text[max(0, match.start() - NEAR) : end + NEAR], match[0]):
                continue
            line = document.line_at(match.start())
            if matches and line != last:
                yield _finding(document.text, matches)
                matches = []
            if _is_entry(document.line_text(line), match[0]):
                entries.append(match)
                continue
            last = line
            matches.append(match)
        if matches:
            yield _finding(document.text, matches)
        for group in [entries] if len(entries) >= MANY_ENTRIES else ([match] for match in entries):
            yield _finding(document.text, group)


def _is_entry(text: str, characters: str) -> bool:
    """Whether the characters are all that a short line has behind its first word, as in a table of an input method."""
    return len(text) <= LONGEST_ENTRY and text.split()[-1] == characters and len(_private().findall(text)) == 1


def _is_named(around: str, characters: str) -> bool:
    """Whether the code point of each character stands beside it, as in a table of characters."""
    return all(f"{ord(character):04X}" in around.upper() for character in set(characters))


def _finding(text: str, matches: list[re.Match[str]]) -> Finding:
    found = "".join(match[0] for match in matches)
    different = list(dict.fromkeys(found))
    names = " ".join(f"U+{ord(character):04X}" for character in different[:SHOWN])
    if len(different) > SHOWN:
        names += f" and {len(different) - SHOWN} more"
    number = "a private-use character" if len(found) == 1 else f"{len(found)} private-use characters"
    first = matches[0]
    message = f"{number} ({names}): {_origin(text, first)}; find out what stood here, deleting would lose it"
    return Finding(first.start(), first.end(), message, occurrences=len(found))


def _origin(text: str, match: re.Match[str]) -> str:
    if match[0][0] >= "\U000f0000":
        return "a character that a collection of texts or a font gave a code of its own, as CBETA does"
    if "\uf000" <= match[0][0] <= "\uf0ff":
        return "a bullet or sign of the Symbol or Wingdings font"
    around = text[max(0, match.start() - 2) : match.start()] + text[match.end() : match.end() + 2]
    if any("\u2e80" <= character <= "\u9fff" for character in around):
        return "a user-defined character of GBK or Big5, or damaged bytes read as one"
    return "a sign of an icon font or of a font in a PDF"
