"""MOJ003: GBK, Big5, Shift-JIS or EUC-KR bytes read one by one: ÖÐÎÄ."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Severity
from corpus_lint.rule import Bad, Good, RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.finding import Finding
    from corpus_lint.rule import Trigger

    from ._misread_runs import Standard
    from ._signs import Signs


class DoubleByteReadAsSingleByte(RegionRule):
    """Double-byte text was read as Latin-1, Cyrillic or Thai: 中文 became `ÖÐÎÄ`.

    Each byte of GBK, Big5, Shift-JIS, EUC-JP or EUC-KR became a letter of its own. Nothing is lost by it: read with
    the right encoding, the bytes give the text back. Language filters take such text for Icelandic or worse. In
    English and code comments often only the marks are broken: `It¡¯s ¡°fine¡±`. A program that reads UTF-8 where the
    bytes happen to be UTF-8, and Latin-1 elsewhere, leaves strays of other alphabets: 目录 became `Ŀ¼`.

    A run must be far likelier text when its bytes are read rightly than as it stands, and than chance would make it;
    words with accents, Cyrillic and Thai text, French and Spanish marks (`10 £ »`, `¡¡Hola!!`), and lists of letters
    are left alone. In a document that is misread as a whole, lines count that say too little by themselves. UTF-8 read
    the same way is another defect.

    The fix is safe: writing the repaired text in its encoding and reading it wrongly gives exactly the text that was
    found, and no other answer is nearly as likely; otherwise it is unsafe or not offered.
    """

    code = "MOJ003"
    name = "double-byte-read-as-single-byte"
    severity = Severity.ERROR
    explains = True

    examples = (
        Bad("⟦¹«°²»ú¹ØÌáÐÑ¹ã´óÈºÖÚ⟧", "公安机关提醒广大群众"),
        Bad("⟦¹q«Hºô¸ô¶BÄF®×¥ó⟧", "電信網路詐騙案件"),
        Bad("// ⟦³õÊ¼»¯Á¬½Ó²ÎÊý¡£⟧ init()", "// 初始化连接参数。 init()"),
        Bad("⟦№«°І»ъ№ШМбРС№гґуИєЦЪ⟧", "公安机关提醒广大群众"),
        Bad("⟦Ŀ¼£ºǰÑԡ¢Ê×ҳ¡¢ÓÎϷ⟧", "目录：前言、首页、游戏"),
        Bad("⟦¹«°²»ú¹ØÌáÐÑ¹ã´óÈºÖÚ⟧\n⟦ËÑË÷⟧\n\n", "公安机关提醒广大群众\n搜索\n\n"),
        Good("L’été dernier, à Noël, où êtes-vous allés ? Ça coûte 10 £ »."),
        Good("¡¡Hola!! ¿¡Qué!? Año, niño, pingüino, vergüenza, ÀÁÂÃÄÅÆÇÈÉÊË"),
        Good("Съешь же ещё этих мягких французских булок, да выпей чаю."),
        Good("สวัสดีครับ ยินดีต้อนรับ"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """The signs of such text."""
        return _signs().triggers()

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """A finding for each run."""
        from . import _misread_documents as documents

        return documents.findings(document, lines, _signs(), _standard())


def double_byte_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of a line that this rule finds: what looks like UTF-8 in them is chance."""
    return [(finding.start, finding.end) for finding in _findings(text)]


@lru_cache(maxsize=16)
def _findings(text: str) -> tuple[Finding, ...]:
    from ._misread_runs import judged

    return tuple(finding for finding, _ in judged(text, _signs(), _standard()))


@cache
def _standard() -> Standard:
    from ._misread_runs import Standard

    return Standard(gain=40.0, evidence=16.0, safe_evidence=24.0)


@cache
def _signs() -> Signs:
    from ._misread_runs import signs_of
    from ._pairs import DOUBLE_AS_SINGLE

    return signs_of(DOUBLE_AS_SINGLE)
