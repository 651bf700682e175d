"""TXT015 hyphenated-word."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule, expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿḀ-ỿἀ-῾"
CUT = rf"(?<![\w’'-])([{LETTERS}]{{2,}})- ([{LETTERS}]{{2,}})(?![\w-])"
CONJUNCTIONS = frozenset(
    (
        *("und", "oder", "bis", "sowie", "wie", "als", "noch", "aber", "statt", "bzw", "and", "or", "to", "nor"),
        *("but", "versus", "vs", "et", "ou", "au", "e", "o", "y", "u", "ni", "en", "of", "og", "eller", "och"),
        *("samt", "ja", "tai", "sekä", "i", "oraz", "lub", "albo", "czy", "a", "nebo", "či", "ili", "и", "или"),
        *("та", "чи", "й", "або", "és", "vagy", "ve", "veya", "ile", "dan", "atau", "serta", "và", "hoặc", "και"),
        *("ή", "sau", "și", "über"),
    )
)
"""Words before which the end of a word is left out: Ein- und Ausgang, two- or threefold."""
MANY = 4
"""Places of a document that look so, from which those are told too of which the whole word stands nowhere."""


class HyphenatedWord(RegionRule):
    """A word is cut by the hyphen of a line end that is gone: `Mit- glied`, `wei- tere`.

    Text out of a PDF file or a scan has its lines joined, and the hyphens of the line ends stay, each with a space
    behind it. Both halves are words that nobody wrote, and a search does not find the whole one.

    It is certain where the document has the whole word elsewhere. Where it has four such places, those without are
    told with medium confidence. Left alone are hyphens that stand for the end of a word (`Ein- und Ausgang`, `pre- or
    postwar`), words behind them that begin with a capital, and code.

    The fix joins the halves. It is unsafe: a hyphen may belong to the word (`well- known`), and then only the space is
    wrong.
    """

    code = "TXT015"
    name = "hyphenated-word"
    triggers = (expression(r"[a-z\x80-\xbf]- [a-z\xc3-\xd4]", apart=True),)
    examples = (
        Bad(
            "Die Mitglieder tagen im Mai. Die ⟦Mit- glieder⟧ wählen den Vorstand.",
            "Die Mitglieder tagen im Mai. Die Mitglieder wählen den Vorstand.",
        ),
        Bad(
            "Она открыла окно, и за ним шумело море. Потом ⟦от- крыла⟧ дверь.",
            "Она открыла окно, и за ним шумело море. Потом открыла дверь.",
        ),
        Bad(
            "The ⟦har- bour⟧ was full. Old men stood along the ⟦har- bour⟧ wall, and the ⟦cap- tain⟧ of the ⟦fer- ry⟧"
            " came to the ⟦win- dow⟧.",
            "The harbour was full. Old men stood along the harbour wall, and the captain of the ferry"
            " came to the window.",
        ),
        Good("Ein- und Ausgang, Haupt- oder Nebenstraße, vor- bzw. nachmittags; Ausgang und Eingang."),
        Good("A well- known man came- then he left, pre- and postwar. He was known."),
        Good("- first\n- second, a minus b: a- b, and x - y."),
        Good("    option-  value\n```\nper- son person\n```"),
    )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """One finding for each cut word."""
        cuts = [
            (line, match)
            for line in lines
            if "- " in line.text
            for match in _cut().finditer(line.text)
            if match[2][0].islower() and match[1][1:].islower() and match[2].casefold() not in CONJUNCTIONS
        ]
        cuts = [(line, match) for line, match in cuts if not document.markup.in_code(line.start + match.start())]
        if not cuts:
            return
        for line, match in cuts:
            whole = match[1] + match[2]
            is_known = _stands(document.text, whole)
            if not is_known and len(cuts) < MANY:
                continue
            yield Finding(
                match.start(),
                match.end(),
                f"the hyphen of a line end is left inside the word {whole}"
                + (", which stands whole elsewhere in the document" if is_known else "; no search finds it"),
                Fix(f"write {whole}", (Edit(match.end(1), match.start(2), ""),), Applicability.UNSAFE),
                confidence=None if is_known else Confidence.MEDIUM,
            ).shifted(line.start)


@cache
def _cut() -> re.Pattern[str]:
    return re.compile(CUT)


def _stands(text: str, word: str) -> bool:
    """Whether a text has a word, in small letters or with a capital; a plain search is faster than any expression."""
    for form in dict.fromkeys((word, word.lower(), word.capitalize())):
        at = text.find(form)
        while at >= 0:
            around = text[max(0, at - 1) : at] + text[at + len(form) : at + len(form) + 1]
            if not any(c.isalnum() or c == "-" for c in around):
                return True
            at = text.find(form, at + 1)
    return False
