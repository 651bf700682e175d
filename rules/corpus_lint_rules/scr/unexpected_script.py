"""SCR005: a line in a script that has no business in its document."""

from __future__ import annotations

from corpus_lint.finding import Confidence, Finding, Severity
from corpus_lint.rule import Bad, DocumentRule, Good

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Annotated

    from corpus_lint.census import Census
    from corpus_lint.document import Document

LEAST = 200
"""Letters from which a document has a script of its own."""

RARE = 20
"""A script is foreign to a document that has so many times as many letters of its own."""

LINE = 6
"""Letters of the other script from which a line counts."""


_ESSAY = "网络安全教育是学校工作的重要内容，需要老师和家长共同努力，让孩子们学会保护自己的个人信息。\n" * 14


class UnexpectedScript(DocumentRule):
    """A line is in a script that the rest of the document does not use: a Thai line in a Chinese essay.

    Injected advertisements, comments of another site, and pages stitched together leave such lines; a model of one
    language learns to jump into another.

    With ``expected-scripts`` every stretch of another script is found, a line at a time. Without it, a line is found
    (with ``--pedantic``) when nearly all its letters are of a script of which the document, of 200 letters or more, has
    next to nothing. Latin letters are expected everywhere. Left alone are quotations and what follows a colon, lines
    that name languages, bilingual documents, lists of several scripts, code and addresses, and what a wrong decoding
    has left, which is of no script.

    There is no fix: only a reader knows whether the line belongs.
    """

    code = "SCR005"
    name = "unexpected-script"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM

    class Options:
        """What a corpus may hold."""

        expected_scripts: Annotated[
            tuple[str, ...], "the scripts that text may be in, by their Unicode names: Han, Latin, Hiragana, Thai ..."
        ] = ()

    options: Options
    examples = (
        Bad(f"{_ESSAY}⟦สล็อตเว็บตรง ไม่ผ่านเอเย่นต์⟧\n今后我们还要继续努力。"),
        Bad(f"{_ESSAY}⟦Лучшие казино онлайн⟧!\n今后我们还要继续努力。"),
        Good(f"{_ESSAY}English text is expected everywhere, and so are names.\n"),
        Good(f"{_ESSAY}他在俄文里写道：\nВсё хорошо, что хорошо кончается\n意思是结果好就一切都好。"),
        Good(f"{_ESSAY}俄语的“Всё хорошо, что хорошо кончается”是一句谚语。\n"),
        Good(f"{_ESSAY}Русский\n日本語のページ\nภาษาไทยอีสาน\n한국어 페이지\n"),
        Good("สล็อตเว็บตรง\n今后我们还要继续努力。"),
        Good("これは日本語の文章です。漢字とかなで書きます。\n" * 12 + "東京都千代田区霞が関\n全国都道府県一覧表\n"),
    )

    def wants(self, census: Census) -> bool:
        """Whether the document has a script of its own and a little of another."""
        if self.options.expected_scripts:
            return True
        own = max(census.all_han, census.kana, census.hangul, census.letter, census.other_script)
        return own >= LEAST and any(LINE <= count <= own // RARE for count in _few(census, own))

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a line."""
        from ._scripts import foreign_lines, unexpected

        if not self.wants(document.census):
            return
        expected = frozenset(self.options.expected_scripts)
        runs = unexpected(document.text, expected) if expected else foreign_lines(document.text, document.census)
        for run in runs:
            if not expected and _is_misread(document.text[run.start : run.end]):
                continue
            where = "the scripts that are expected here" if expected else f"a text that is otherwise {run.own}"
            yield Finding(
                run.start,
                run.end,
                f"{run.script} in {where}: see whether it belongs",
                confidence=Confidence.HIGH if expected else None,
            )


def _is_misread(text: str) -> bool:
    """Whether most of a line is no text at all."""
    from ._misread import misread

    return sum(end - start for start, end in misread(text)) * 2 > len(text)


def _few(census: Census, own: int) -> tuple[int, ...]:
    """The counts of the scripts that may be foreign where one has ``own`` letters."""
    if own in (census.kana, census.hangul):
        return (census.other_script,)
    return census.kana, census.hangul, census.other_script, census.all_han
